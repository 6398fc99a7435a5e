-- How those who work here come in, where pages listen to other machines. Of every secret only a hash is kept.

-- By a password and what else it takes. One for each person.
CREATE TABLE login (
  id            INTEGER PRIMARY KEY,
  workspace_id  INTEGER NOT NULL REFERENCES workspace (id),
  whose         TEXT NOT NULL,    -- the address of a member; '' for whose data it is
  email         TEXT NOT NULL,    -- what they type
  password_hash TEXT NOT NULL,    -- in the PHC format; '' where there is no password
  told_at       INTEGER NOT NULL, -- microseconds
  second        TEXT NOT NULL DEFAULT '' -- JSON of the second step; '' without one
) STRICT;
CREATE UNIQUE INDEX login_by_whose ON login (workspace_id, whose);
CREATE UNIQUE INDEX login_by_email ON login (workspace_id, email);

-- A link by which somebody sets up a login, once.
CREATE TABLE invitation (
  id           INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  whose        TEXT NOT NULL,
  token_hash   BLOB NOT NULL,
  told_at      INTEGER NOT NULL, -- microseconds
  expires_at   INTEGER NOT NULL  -- microseconds
) STRICT;
CREATE UNIQUE INDEX invitation_by_whose ON invitation (workspace_id, whose);

-- A browser that is signed in.
CREATE TABLE session (
  id           INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  whose        TEXT NOT NULL,
  token_hash   BLOB NOT NULL,
  told_at      INTEGER NOT NULL, -- microseconds
  seen_at      INTEGER NOT NULL, -- microseconds
  expires_at   INTEGER NOT NULL, -- microseconds
  awaits_code  INTEGER NOT NULL, -- 1 between the password and the second step
  details      TEXT NOT NULL     -- JSON
) STRICT;
CREATE UNIQUE INDEX session_by_token ON session (workspace_id, token_hash);
CREATE INDEX session_by_whose ON session (workspace_id, whose);

-- What another program shows to come in.
CREATE TABLE api_token (
  id           INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  whose        TEXT NOT NULL,
  token_hash   BLOB NOT NULL,
  told_at      INTEGER NOT NULL, -- microseconds
  expires_at   INTEGER NOT NULL, -- microseconds
  seen_at      INTEGER,          -- microseconds; NULL while it was never used
  withdrawn_at INTEGER,          -- microseconds; NULL while it opens
  details      TEXT NOT NULL     -- JSON
) STRICT;
CREATE UNIQUE INDEX api_token_by_token ON api_token (workspace_id, token_hash);
CREATE INDEX api_token_by_whose ON api_token (workspace_id, whose);

-- How often somebody tried in vain to come in, of late.
CREATE TABLE attempt (
  id           INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  bucket       TEXT NOT NULL,    -- whose login it was, or where it came from
  failures     INTEGER NOT NULL,
  since        INTEGER NOT NULL  -- microseconds
) STRICT;
CREATE UNIQUE INDEX attempt_by_bucket ON attempt (workspace_id, bucket);

-- Who did what that concerns who may do what. Each line holds a hash of itself and the one before it, so that
-- none is changed or taken out unseen.
CREATE TABLE audit (
  id           INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  told_at      INTEGER NOT NULL, -- microseconds
  content      TEXT NOT NULL,    -- JSON
  hash         BLOB NOT NULL
) STRICT;
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN
  SELECT RAISE(ABORT, 'the audit log is not changed');
END;
CREATE TRIGGER audit_is_not_shortened BEFORE DELETE ON audit BEGIN
  SELECT RAISE(ABORT, 'the audit log is not shortened');
END;
