-- Who began the consent that a grant came of: a caller as authentication names
-- it. Empty: not known, as of grants from before.

ALTER TABLE grants ADD COLUMN begun_by TEXT NOT NULL DEFAULT '';
