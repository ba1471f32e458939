-- Grants that no refresh token renews: by a client's own credentials, or not at
-- all. Only those that one renews must have one, which SQLite lets be said only
-- in a new table (its manual: "Making Other Kinds Of Table Schema Changes"). No
-- grant is ever deleted, so that its numbers go on where they were.

ALTER TABLE clients ADD COLUMN response_type TEXT NOT NULL DEFAULT 'code'
  CHECK (response_type IN ('code', 'token'));

CREATE TABLE new_grants (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE CHECK (id <> ''),
  user_id TEXT NOT NULL CHECK (user_id <> ''),
  client INTEGER NOT NULL REFERENCES clients (number),
  data_center TEXT NOT NULL,
  scopes TEXT NOT NULL,
  renewal TEXT NOT NULL CHECK (
    renewal IN ('refresh_token', 'client_credentials', 'none')),
  organization TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'active' CHECK (
    state IN ('active', 'consent_required', 'revoked', 'superseded')),
  dead_reason TEXT CHECK (dead_reason IN (
    'refused_by_provider', 'outcome_lost', 'evicted', 'expired')),
  generation INTEGER NOT NULL DEFAULT 0 CHECK (generation >= 0),
  created INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  ended INTEGER,
  failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
  pause_until INTEGER,
  pause_reason TEXT,
  superseded_by INTEGER REFERENCES grants (number),
  presumed_evicted INTEGER,
  active_number INTEGER UNIQUE
    GENERATED ALWAYS AS (
      CASE WHEN state = 'active' AND renewal = 'refresh_token' THEN number END
    ) VIRTUAL
    REFERENCES refresh_tokens (active_grant) DEFERRABLE INITIALLY DEFERRED,
  CHECK ((state = 'consent_required') = (dead_reason IS NOT NULL)),
  CHECK ((state = 'superseded') = (superseded_by IS NOT NULL)),
  CHECK ((state = 'active') = (ended IS NULL)),
  CHECK ((pause_until IS NULL) = (pause_reason IS NULL)),
  CHECK (state = 'active' OR pause_until IS NULL),
  CHECK (organization = '' OR renewal = 'client_credentials'),
  CHECK (dead_reason IS NOT 'expired' OR renewal = 'none')
) STRICT;

INSERT INTO new_grants (
  number, id, user_id, client, data_center, scopes, renewal, organization,
  state, dead_reason, generation, created, updated, ended, failures,
  pause_until, pause_reason, superseded_by, presumed_evicted)
SELECT
  number, id, user_id, client, data_center, scopes, 'refresh_token', '',
  state, dead_reason, generation, created, updated, ended, failures,
  pause_until, pause_reason, superseded_by, presumed_evicted
FROM grants ORDER BY number;

DROP TABLE grants;
ALTER TABLE new_grants RENAME TO grants;

CREATE INDEX grants_by_user ON grants (user_id, client);
CREATE INDEX grants_by_client ON grants (client);
