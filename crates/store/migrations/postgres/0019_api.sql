-- As in a data file: what other programs asked to be done, by the key that they gave it.
CREATE TABLE api_request (
  id           BIGINT NOT NULL,
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  asked_by     TEXT COLLATE "C" NOT NULL, -- the address of somebody who works here; '' for whose data it is
  request_key  TEXT COLLATE "C" NOT NULL,
  fingerprint  BYTEA NOT NULL, -- SHA-256 over what was asked
  told_at      BIGINT NOT NULL, -- microseconds
  status       BIGINT NOT NULL, -- of the answer; 0 while it is under way
  head         TEXT COLLATE "C" NOT NULL, -- JSON: what stood above the answer
  body         TEXT COLLATE "C" NOT NULL, -- the answer
  PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX api_request_by_key ON api_request (workspace_id, asked_by, request_key);
CREATE INDEX api_request_by_age ON api_request (workspace_id, told_at);
CREATE TRIGGER next_id BEFORE INSERT ON api_request FOR EACH ROW EXECUTE FUNCTION next_id();
