-- What providers count against their limits. Each row is noted before the
-- provider is asked, and goes when it counts no more: `until` is the end of the
-- longest window that counts it.

CREATE TABLE counted_uses (
  number INTEGER PRIMARY KEY,
  counted TEXT NOT NULL CHECK (
    counted IN ('code', 'refresh_token', 'access_token')),
  client INTEGER NOT NULL REFERENCES clients (number),
  user_id TEXT NOT NULL CHECK (user_id <> ''),
  refresh_token INTEGER REFERENCES refresh_tokens (number),
  time INTEGER NOT NULL,
  until INTEGER NOT NULL CHECK (until > time),
  CHECK ((counted = 'access_token') = (refresh_token IS NOT NULL))
) STRICT;

CREATE INDEX counted_uses_by_client ON counted_uses (client, counted, time);
CREATE INDEX counted_uses_by_user ON counted_uses (user_id, counted, time);
CREATE INDEX counted_uses_by_refresh_token
  ON counted_uses (refresh_token, time) WHERE refresh_token IS NOT NULL;
CREATE INDEX counted_uses_by_end ON counted_uses (until);

-- Set when a newer grant passed a cap at the provider, which ends the oldest;
-- null again when the provider's next answer shows that it did not.
ALTER TABLE grants ADD COLUMN presumed_evicted INTEGER;
