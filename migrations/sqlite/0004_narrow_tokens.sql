-- Where a provider narrows, a grant has access tokens for fewer scopes beside
-- one another. `asked` is what a token was asked for; empty: all of the grant's.

ALTER TABLE access_tokens ADD COLUMN asked TEXT NOT NULL DEFAULT '';

DROP INDEX access_tokens_newest;
CREATE UNIQUE INDEX access_tokens_kept ON access_tokens (grant_number, asked)
  WHERE value IS NOT NULL;
