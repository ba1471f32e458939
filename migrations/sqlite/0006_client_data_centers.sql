-- What a client has at one of its provider's data centres alone: a secret of its
-- own, in the place of the one in `clients`; and whether the provider rejects the
-- client there. A row is there for at least one of them. What `clients` held of
-- the second is forgotten, the provider's next answer tells it anew; its columns
-- for it stay empty.

CREATE TABLE client_data_centers (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  client INTEGER NOT NULL REFERENCES clients (number),
  data_center TEXT NOT NULL CHECK (data_center <> ''),
  secret BLOB,
  secret_key_id TEXT,
  misconfigured_error TEXT,
  misconfigured_seen INTEGER,
  UNIQUE (client, data_center),
  CHECK ((secret IS NULL) = (secret_key_id IS NULL)),
  CHECK ((misconfigured_error IS NULL) = (misconfigured_seen IS NULL)),
  CHECK (secret IS NOT NULL OR misconfigured_error IS NOT NULL)
) STRICT;

UPDATE clients SET misconfigured_error = NULL, misconfigured_seen = NULL;
