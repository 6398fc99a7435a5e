-- By what those who work here come in without a password: of each passkey the public half. The other one never leaves
-- the device that made it.
CREATE TABLE passkey (
  id            INTEGER PRIMARY KEY,
  workspace_id  INTEGER NOT NULL REFERENCES workspace (id),
  whose         TEXT NOT NULL,    -- the address of a member; '' for whose data it is
  credential_id BLOB NOT NULL,    -- its name among all passkeys
  user_handle   BLOB NOT NULL,    -- by what the device knows whose it is; random, one a person
  public_key    TEXT NOT NULL,    -- JSON: the key, how often it was used, whether there are copies
  told_at       INTEGER NOT NULL, -- microseconds
  used_at       INTEGER,          -- microseconds
  details       TEXT NOT NULL     -- JSON
) STRICT;
CREATE UNIQUE INDEX passkey_by_credential ON passkey (workspace_id, credential_id);
CREATE INDEX passkey_by_whose ON passkey (workspace_id, whose);

-- A browser that was asked to make or to show one and did not answer yet.
CREATE TABLE passkey_request (
  id           INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  browser_hash BLOB NOT NULL,    -- of what the browser shows
  told_at      INTEGER NOT NULL, -- microseconds
  expires_at   INTEGER NOT NULL, -- microseconds
  details      TEXT NOT NULL     -- JSON: what for, and what was asked
) STRICT;
CREATE UNIQUE INDEX passkey_request_by_browser ON passkey_request (workspace_id, browser_hash);
