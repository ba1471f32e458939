-- Of each grant only the newest refresh tokens stay, to be recognized. A newer
-- row stands for those that went: how many, and how often they were used.

ALTER TABLE refresh_tokens ADD COLUMN forgotten INTEGER NOT NULL DEFAULT 0;
ALTER TABLE refresh_tokens ADD COLUMN forgotten_uses INTEGER NOT NULL DEFAULT 0;
