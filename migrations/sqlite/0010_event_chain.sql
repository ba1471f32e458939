-- Events are chained: each has the hash of the hash before it and of its own
-- content, and the ledger's own key signs which event has which hash. The events
-- of before wait in `unchained_events` for the server, which hashes them when it
-- opens the ledger and then drops that table.

-- One row: what the marks are signed with.
CREATE TABLE event_keys (
  number INTEGER PRIMARY KEY CHECK (number = 1),
  created INTEGER NOT NULL,
  public_key BLOB NOT NULL CHECK (length(public_key) = 32),
  signing_key BLOB NOT NULL,
  signing_key_key_id TEXT NOT NULL
) STRICT;

-- On the way, every so often.
CREATE TABLE event_checkpoints (
  event_id INTEGER PRIMARY KEY,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  time INTEGER NOT NULL,
  signature BLOB NOT NULL CHECK (length(signature) = 64)
) STRICT;

-- The newest event, signed anew by every transaction that appends; and the
-- newest of those that were removed, if any were.
CREATE TABLE event_ends (
  name TEXT PRIMARY KEY CHECK (name IN ('head', 'cut')),
  event_id INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  time INTEGER NOT NULL,
  signature BLOB NOT NULL CHECK (length(signature) = 64)
) STRICT;

DROP TRIGGER events_are_never_changed;
DROP TRIGGER events_are_never_deleted;
DROP TRIGGER events_have_no_gaps;
DROP INDEX events_by_grant;
DROP INDEX events_by_user;
DROP INDEX events_by_client;
ALTER TABLE events RENAME TO unchained_events;

CREATE TABLE events (
  id INTEGER PRIMARY KEY,
  time INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind <> ''),
  actor TEXT NOT NULL,
  grant_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  client TEXT NOT NULL,
  generation INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE INDEX events_by_grant ON events (grant_id);
CREATE INDEX events_by_user ON events (user_id);
CREATE INDEX events_by_client ON events (client);

CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
BEGIN
  SELECT RAISE(ABORT, 'events are append-only');
END;

-- Also refuses INSERT OR REPLACE, which fires no trigger on what it replaces.
CREATE TRIGGER events_have_no_gaps BEFORE INSERT ON events
WHEN NEW.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM events)
BEGIN
  SELECT RAISE(ABORT, 'event ids have no gaps');
END;

-- Only what a cut says was removed, and a cut may only say that of the events up
-- to a checkpoint, moves only forward, and never takes the newest event.
CREATE TRIGGER events_are_removed_by_a_cut_alone BEFORE DELETE ON events
WHEN OLD.id > coalesce(
  (SELECT event_id FROM event_ends WHERE name = 'cut'), 0)
BEGIN
  SELECT RAISE(ABORT, 'events are append-only');
END;

CREATE TRIGGER event_ends_begin_at_a_checkpoint BEFORE INSERT ON event_ends
WHEN NEW.name = 'cut' AND (
  NEW.event_id >= (SELECT max(id) FROM events)
  OR NOT EXISTS (
    SELECT * FROM event_checkpoints c
    WHERE c.event_id = NEW.event_id AND c.hash = NEW.hash))
BEGIN
  SELECT RAISE(ABORT, 'events are cut at a checkpoint');
END;

CREATE TRIGGER event_ends_move_forward BEFORE UPDATE ON event_ends
WHEN NEW.name IS NOT OLD.name OR NEW.event_id < OLD.event_id
  OR (NEW.name = 'cut' AND (
    NEW.event_id >= (SELECT max(id) FROM events)
    OR NOT EXISTS (
      SELECT * FROM event_checkpoints c
      WHERE c.event_id = NEW.event_id AND c.hash = NEW.hash)))
BEGIN
  SELECT RAISE(ABORT, 'the ends of the chain move forward');
END;

CREATE TRIGGER event_ends_stay BEFORE DELETE ON event_ends
BEGIN
  SELECT RAISE(ABORT, 'the ends of the chain stay');
END;
