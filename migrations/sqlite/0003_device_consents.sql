-- Consents that are asked for from devices (RFC 8628): rows, because the
-- provider is asked about them until their user answers, over restarts too. The
-- code that the user enters is not kept. `interval` is in microseconds.

CREATE TABLE device_consents (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE CHECK (id <> ''),
  device_code BLOB,
  device_code_key_id TEXT,
  user_id TEXT NOT NULL CHECK (user_id <> ''),
  client INTEGER NOT NULL REFERENCES clients (number),
  data_center TEXT NOT NULL,
  scopes TEXT NOT NULL,
  actor TEXT NOT NULL,
  interval INTEGER NOT NULL CHECK (interval > 0),
  next_poll INTEGER,
  created INTEGER NOT NULL,
  expiry INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'pending' CHECK (
    state IN ('pending', 'granted', 'declined', 'expired', 'failed')),
  reason TEXT,
  grant_id TEXT,
  ended INTEGER,
  CHECK ((device_code IS NULL) = (device_code_key_id IS NULL)),
  CHECK ((state = 'pending') = (device_code IS NOT NULL)),
  CHECK ((state = 'pending') = (next_poll IS NOT NULL)),
  CHECK ((state = 'pending') = (ended IS NULL)),
  CHECK ((state = 'granted') = (grant_id IS NOT NULL)),
  CHECK ((state = 'failed') = (reason IS NOT NULL))
) STRICT;

CREATE INDEX device_consents_to_poll ON device_consents (next_poll)
  WHERE state = 'pending';
CREATE INDEX device_consents_by_client ON device_consents (client);
CREATE INDEX device_consents_by_end ON device_consents (ended);
