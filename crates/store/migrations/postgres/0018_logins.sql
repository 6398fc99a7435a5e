-- How those who work here come in, where pages listen to other machines. Of every secret only a hash is kept.

-- By a password and what else it takes. One for each person.
CREATE TABLE login (
  id            BIGINT NOT NULL,
  workspace_id  BIGINT NOT NULL REFERENCES workspace (id),
  whose         TEXT COLLATE "C" NOT NULL,    -- the address of a member; '' for whose data it is
  email         TEXT COLLATE "C" NOT NULL,    -- what they type
  password_hash TEXT COLLATE "C" NOT NULL,    -- in the PHC format; '' where there is no password
  told_at       BIGINT NOT NULL, -- microseconds
  second        TEXT COLLATE "C" NOT NULL DEFAULT '', -- JSON of the second step; '' without one
  PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX login_by_whose ON login (workspace_id, whose);
CREATE UNIQUE INDEX login_by_email ON login (workspace_id, email);

-- A link by which somebody sets up a login, once.
CREATE TABLE invitation (
  id           BIGINT NOT NULL,
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  whose        TEXT COLLATE "C" NOT NULL,
  token_hash   BYTEA NOT NULL,
  told_at      BIGINT NOT NULL, -- microseconds
  expires_at   BIGINT NOT NULL, -- microseconds
  PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX invitation_by_whose ON invitation (workspace_id, whose);

-- A browser that is signed in.
CREATE TABLE session (
  id           BIGINT NOT NULL,
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  whose        TEXT COLLATE "C" NOT NULL,
  token_hash   BYTEA NOT NULL,
  told_at      BIGINT NOT NULL, -- microseconds
  seen_at      BIGINT NOT NULL, -- microseconds
  expires_at   BIGINT NOT NULL, -- microseconds
  awaits_code  BIGINT NOT NULL, -- 1 between the password and the second step
  details      TEXT COLLATE "C" NOT NULL, -- JSON
  PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX session_by_token ON session (workspace_id, token_hash);
CREATE INDEX session_by_whose ON session (workspace_id, whose);

-- What another program shows to come in.
CREATE TABLE api_token (
  id           BIGINT NOT NULL,
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  whose        TEXT COLLATE "C" NOT NULL,
  token_hash   BYTEA NOT NULL,
  told_at      BIGINT NOT NULL, -- microseconds
  expires_at   BIGINT NOT NULL, -- microseconds
  seen_at      BIGINT,          -- microseconds; NULL while it was never used
  withdrawn_at BIGINT,          -- microseconds; NULL while it opens
  details      TEXT COLLATE "C" NOT NULL, -- JSON
  PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX api_token_by_token ON api_token (workspace_id, token_hash);
CREATE INDEX api_token_by_whose ON api_token (workspace_id, whose);

-- How often somebody tried in vain to come in, of late.
CREATE TABLE attempt (
  id           BIGINT NOT NULL,
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  bucket       TEXT COLLATE "C" NOT NULL,    -- whose login it was, or where it came from
  failures     BIGINT NOT NULL,
  since        BIGINT NOT NULL, -- microseconds
  PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX attempt_by_bucket ON attempt (workspace_id, bucket);

-- Who did what that concerns who may do what. Each line holds a hash of itself and the one before it, so that
-- none is changed or taken out unseen.
CREATE TABLE audit (
  id           BIGINT NOT NULL,
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  told_at      BIGINT NOT NULL, -- microseconds
  content      TEXT COLLATE "C" NOT NULL,    -- JSON
  hash         BYTEA NOT NULL,
  PRIMARY KEY (workspace_id, id)
);
CREATE TRIGGER next_id BEFORE INSERT ON login FOR EACH ROW EXECUTE FUNCTION next_id();
CREATE TRIGGER next_id BEFORE INSERT ON invitation FOR EACH ROW EXECUTE FUNCTION next_id();
CREATE TRIGGER next_id BEFORE INSERT ON session FOR EACH ROW EXECUTE FUNCTION next_id();
CREATE TRIGGER next_id BEFORE INSERT ON api_token FOR EACH ROW EXECUTE FUNCTION next_id();
CREATE TRIGGER next_id BEFORE INSERT ON attempt FOR EACH ROW EXECUTE FUNCTION next_id();
CREATE TRIGGER next_id BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION next_id();

CREATE FUNCTION audit_stays() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is not changed';
END
$$;
CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_stays();
