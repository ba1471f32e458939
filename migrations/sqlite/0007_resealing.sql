-- Keys that take one another's place. A row is there while everything is being
-- sealed anew under the primary key, with how many values were; which are still
-- to do is what the key ids say. The indexes find those, and count them, by key.

CREATE TABLE resealing (
  number INTEGER PRIMARY KEY CHECK (number = 1),
  begun INTEGER NOT NULL,
  resealed INTEGER NOT NULL CHECK (resealed >= 0)
) STRICT;

CREATE INDEX refresh_tokens_by_key ON refresh_tokens (value_key_id)
  WHERE value_key_id IS NOT NULL;
CREATE INDEX access_tokens_by_key ON access_tokens (value_key_id)
  WHERE value_key_id IS NOT NULL;
