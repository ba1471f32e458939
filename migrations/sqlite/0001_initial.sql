-- The first schema. Times are microseconds since 1970 in UTC; sets of scopes
-- are joined by blanks. A secret is two columns, the sealed bytes and the id of
-- the key they were sealed with; both are null together. Rows that hold secrets
-- are numbered by AUTOINCREMENT: a number is never given twice, so that what
-- was sealed for one row cannot open in a later one.

PRAGMA application_id = 0x62757273;

-- One row. `digest_key` keys the digests that secrets are found by.
CREATE TABLE meta (
  number INTEGER PRIMARY KEY CHECK (number = 1),
  created INTEGER NOT NULL,
  opened INTEGER NOT NULL,
  digest_key BLOB NOT NULL,
  digest_key_key_id TEXT NOT NULL
) STRICT;

-- OAuth clients. A deleted one stays for its grants' sake; its name is free.
CREATE TABLE clients (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL CHECK (name <> ''),
  provider TEXT NOT NULL CHECK (provider <> ''),
  client_id TEXT NOT NULL,
  data_center TEXT NOT NULL,
  redirect_uri TEXT NOT NULL,
  default_scopes TEXT NOT NULL,
  secret BLOB,
  secret_key_id TEXT,
  revision INTEGER NOT NULL DEFAULT 1 CHECK (revision >= 1),
  created INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  misconfigured_error TEXT,
  misconfigured_seen INTEGER,
  deleted INTEGER,
  CHECK ((secret IS NULL) = (secret_key_id IS NULL)),
  CHECK ((misconfigured_error IS NULL) = (misconfigured_seen IS NULL))
) STRICT;

CREATE UNIQUE INDEX clients_by_name ON clients (name) WHERE deleted IS NULL;

-- Grants. The two generated columns, here and in refresh_tokens, refer to each
-- other: when a transaction ends, an active grant has exactly one active
-- refresh token, and any other grant none.
CREATE TABLE grants (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE CHECK (id <> ''),
  user_id TEXT NOT NULL CHECK (user_id <> ''),
  client INTEGER NOT NULL REFERENCES clients (number),
  data_center TEXT NOT NULL,
  scopes TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'active' CHECK (
    state IN ('active', 'consent_required', 'revoked', 'superseded')),
  dead_reason TEXT CHECK (
    dead_reason IN ('refused_by_provider', 'outcome_lost', 'evicted')),
  generation INTEGER NOT NULL DEFAULT 0 CHECK (generation >= 0),
  created INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  ended INTEGER,
  failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
  pause_until INTEGER,
  pause_reason TEXT,
  superseded_by INTEGER REFERENCES grants (number),
  active_number INTEGER UNIQUE
    GENERATED ALWAYS AS (CASE state WHEN 'active' THEN number END) VIRTUAL
    REFERENCES refresh_tokens (active_grant) DEFERRABLE INITIALLY DEFERRED,
  CHECK ((state = 'consent_required') = (dead_reason IS NOT NULL)),
  CHECK ((state = 'superseded') = (superseded_by IS NOT NULL)),
  CHECK ((state = 'active') = (ended IS NULL)),
  CHECK ((pause_until IS NULL) = (pause_reason IS NULL)),
  CHECK (state = 'active' OR pause_until IS NULL)
) STRICT;

CREATE INDEX grants_by_user ON grants (user_id, client);
CREATE INDEX grants_by_client ON grants (client);

-- Every refresh token that a grant has or had. The value is kept while it is
-- redeemed, or must still be revoked at the provider, and wiped after.
-- Providers may give one token twice, so the digest is not unique.
CREATE TABLE refresh_tokens (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  grant_number INTEGER NOT NULL REFERENCES grants (number),
  generation INTEGER NOT NULL CHECK (generation >= 0),
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  value BLOB,
  value_key_id TEXT,
  state TEXT NOT NULL CHECK (
    state IN ('active', 'rotated', 'revoked', 'evicted', 'dead')),
  use_count INTEGER NOT NULL DEFAULT 0 CHECK (use_count >= 0),
  created INTEGER NOT NULL,
  last_used INTEGER,
  ended INTEGER,
  revocation TEXT NOT NULL DEFAULT 'none' CHECK (revocation IN (
    'none', 'pending', 'confirmed', 'unknown_to_provider', 'refused')),
  attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  next_attempt INTEGER,
  settled INTEGER,
  active_grant INTEGER UNIQUE
    GENERATED ALWAYS AS (CASE state WHEN 'active' THEN grant_number END) VIRTUAL
    REFERENCES grants (active_number) DEFERRABLE INITIALLY DEFERRED,
  CHECK ((value IS NULL) = (value_key_id IS NULL)),
  CHECK ((value IS NOT NULL) = (state = 'active' OR revocation = 'pending')),
  CHECK ((state = 'active') = (ended IS NULL)),
  CHECK ((use_count = 0) = (last_used IS NULL)),
  CHECK (revocation = 'none' OR state = 'revoked'),
  CHECK ((revocation = 'pending') = (next_attempt IS NOT NULL)),
  CHECK ((revocation IN ('none', 'pending')) = (settled IS NULL))
) STRICT;

CREATE INDEX refresh_tokens_by_grant ON refresh_tokens (grant_number);
CREATE INDEX refresh_tokens_by_digest ON refresh_tokens (digest);
CREATE INDEX refresh_tokens_to_revoke ON refresh_tokens (next_attempt)
  WHERE revocation = 'pending';

-- The last few access tokens of each grant. Only the newest has its value; the
-- others are there to be recognized.
CREATE TABLE access_tokens (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  grant_number INTEGER NOT NULL REFERENCES grants (number),
  generation INTEGER NOT NULL CHECK (generation >= 1),
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  value BLOB,
  value_key_id TEXT,
  token_type TEXT NOT NULL,
  scopes TEXT NOT NULL,
  api_domain TEXT NOT NULL,
  obtained INTEGER NOT NULL,
  expiry INTEGER NOT NULL,
  UNIQUE (grant_number, generation),
  CHECK ((value IS NULL) = (value_key_id IS NULL))
) STRICT;

CREATE UNIQUE INDEX access_tokens_newest ON access_tokens (grant_number)
  WHERE value IS NOT NULL;
CREATE INDEX access_tokens_by_digest ON access_tokens (digest);

-- A refresh that was begun and has not come to a known end: written before
-- anything is sent. `holder` is the process that began it.
CREATE TABLE refresh_notes (
  grant_number INTEGER PRIMARY KEY REFERENCES grants (number),
  generation INTEGER NOT NULL,
  holder TEXT NOT NULL CHECK (holder <> ''),
  started INTEGER NOT NULL,
  outcome_unknown INTEGER NOT NULL CHECK (outcome_unknown IN (0, 1))
) STRICT;

-- Consents that wait for their user. The state itself is not kept.
CREATE TABLE consents (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  state_digest BLOB NOT NULL UNIQUE CHECK (length(state_digest) = 32),
  verifier BLOB,
  verifier_key_id TEXT,
  user_id TEXT NOT NULL CHECK (user_id <> ''),
  client INTEGER NOT NULL REFERENCES clients (number),
  data_center TEXT NOT NULL,
  scopes TEXT NOT NULL,
  redirect_uri TEXT NOT NULL,
  actor TEXT NOT NULL,
  created INTEGER NOT NULL,
  expiry INTEGER NOT NULL,
  taken INTEGER,
  CHECK ((verifier IS NULL) = (verifier_key_id IS NULL)),
  CHECK (taken IS NULL OR verifier IS NULL)
) STRICT;

CREATE INDEX consents_by_expiry ON consents (expiry);

-- Who did what to which grant, when, with what outcome. Append-only.
CREATE TABLE events (
  id INTEGER PRIMARY KEY,
  time INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind <> ''),
  actor TEXT NOT NULL,
  grant_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  client TEXT NOT NULL,
  generation INTEGER NOT NULL,
  outcome TEXT NOT NULL
) STRICT;

CREATE INDEX events_by_grant ON events (grant_id);
CREATE INDEX events_by_user ON events (user_id);
CREATE INDEX events_by_client ON events (client);

CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
BEGIN
  SELECT RAISE(ABORT, 'events are append-only');
END;

CREATE TRIGGER events_are_never_deleted BEFORE DELETE ON events
BEGIN
  SELECT RAISE(ABORT, 'events are append-only');
END;

-- Also refuses INSERT OR REPLACE, which fires no trigger on what it replaces.
CREATE TRIGGER events_have_no_gaps BEFORE INSERT ON events
WHEN NEW.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM events)
BEGIN
  SELECT RAISE(ABORT, 'event ids have no gaps');
END;
