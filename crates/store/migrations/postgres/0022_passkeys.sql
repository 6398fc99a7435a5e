-- As in a data file: by what those who work here come in without a password.
CREATE TABLE passkey (
  id            BIGINT NOT NULL,
  workspace_id  BIGINT NOT NULL REFERENCES workspace (id),
  whose         TEXT COLLATE "C" NOT NULL, -- the address of a member; '' for whose data it is
  credential_id BYTEA NOT NULL, -- its name among all passkeys
  user_handle   BYTEA NOT NULL, -- by what the device knows whose it is; random, one a person
  public_key    TEXT COLLATE "C" NOT NULL, -- JSON: the key, how often it was used, whether there are copies
  told_at       BIGINT NOT NULL, -- microseconds
  used_at       BIGINT, -- microseconds
  details       TEXT COLLATE "C" NOT NULL, -- JSON
  PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX passkey_by_credential ON passkey (workspace_id, credential_id);
CREATE INDEX passkey_by_whose ON passkey (workspace_id, whose);

CREATE TABLE passkey_request (
  id           BIGINT NOT NULL,
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  browser_hash BYTEA NOT NULL, -- of what the browser shows
  told_at      BIGINT NOT NULL, -- microseconds
  expires_at   BIGINT NOT NULL, -- microseconds
  details      TEXT COLLATE "C" NOT NULL, -- JSON: what for, and what was asked
  PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX passkey_request_by_browser ON passkey_request (workspace_id, browser_hash);
CREATE TRIGGER next_id BEFORE INSERT ON passkey FOR EACH ROW EXECUTE FUNCTION next_id();
CREATE TRIGGER next_id BEFORE INSERT ON passkey_request FOR EACH ROW EXECUTE FUNCTION next_id();
