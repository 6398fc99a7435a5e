-- What other programs asked to be done, by the key that they gave it: asked for a second time, it is done once and
-- answered as the first time. Rows go a day later.
CREATE TABLE api_request (
  id           INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  asked_by     TEXT NOT NULL,    -- the address of somebody who works here; '' for whose data file it is
  request_key  TEXT NOT NULL,
  fingerprint  BLOB NOT NULL,    -- SHA-256 over what was asked
  told_at      INTEGER NOT NULL, -- microseconds
  status       INTEGER NOT NULL, -- of the answer; 0 while it is under way
  head         TEXT NOT NULL,    -- JSON: what stood above the answer
  body         TEXT NOT NULL     -- the answer
) STRICT;
CREATE UNIQUE INDEX api_request_by_key ON api_request (workspace_id, asked_by, request_key);
CREATE INDEX api_request_by_age ON api_request (workspace_id, told_at);
