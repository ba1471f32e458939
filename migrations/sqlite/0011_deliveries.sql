-- Which caller got which grant's token, how often. `told` is when an event last
-- told of it.

CREATE TABLE deliveries (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  grant_number INTEGER NOT NULL REFERENCES grants (number),
  caller TEXT NOT NULL,
  count INTEGER NOT NULL CHECK (count > 0),
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  told INTEGER,
  UNIQUE (grant_number, caller)
) STRICT;

CREATE INDEX deliveries_by_caller ON deliveries (caller);
CREATE INDEX deliveries_by_last ON deliveries (last);
