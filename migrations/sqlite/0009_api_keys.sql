-- Keys that operators make for callers. What a caller shows is not here, only a
-- digest to compare it with.

CREATE TABLE api_keys (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE CHECK (id <> ''),
  name TEXT NOT NULL CHECK (name <> ''),
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  actor TEXT NOT NULL,
  created INTEGER NOT NULL,
  expiry INTEGER NOT NULL CHECK (expiry > created),
  last_used INTEGER,
  revoked INTEGER
) STRICT;
