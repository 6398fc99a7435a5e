-- As in a data file: who else says who somebody is.
CREATE TABLE identity_provider (
  id           BIGINT NOT NULL,
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  name         TEXT COLLATE "C" NOT NULL, -- as the page of signing in calls it
  issuer       TEXT COLLATE "C" NOT NULL, -- its address, and what it signs as
  client_id    TEXT COLLATE "C" NOT NULL, -- by which it knows inroad
  told_at      BIGINT NOT NULL, -- microseconds
  details      TEXT COLLATE "C" NOT NULL, -- JSON
  PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX identity_provider_by_issuer ON identity_provider (workspace_id, issuer);

CREATE TABLE identity (
  id           BIGINT NOT NULL,
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  provider_id  BIGINT NOT NULL,
  subject      TEXT COLLATE "C" NOT NULL, -- who they are there
  whose        TEXT COLLATE "C" NOT NULL, -- the address of a member; '' for whose data it is
  told_at      BIGINT NOT NULL, -- microseconds
  details      TEXT COLLATE "C" NOT NULL, -- JSON
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, provider_id) REFERENCES identity_provider (workspace_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX identity_by_subject ON identity (workspace_id, provider_id, subject);
CREATE UNIQUE INDEX identity_by_whose ON identity (workspace_id, whose, provider_id);

CREATE TABLE authorization_request (
  id           BIGINT NOT NULL,
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  provider_id  BIGINT NOT NULL,
  state_hash   BYTEA NOT NULL, -- of what comes back with the browser
  browser_hash BYTEA NOT NULL, -- of what the browser shows
  told_at      BIGINT NOT NULL, -- microseconds
  expires_at   BIGINT NOT NULL, -- microseconds
  details      TEXT COLLATE "C" NOT NULL, -- JSON
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, provider_id) REFERENCES identity_provider (workspace_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX authorization_request_by_state ON authorization_request (workspace_id, state_hash);
CREATE TRIGGER next_id BEFORE INSERT ON identity_provider FOR EACH ROW EXECUTE FUNCTION next_id();
CREATE TRIGGER next_id BEFORE INSERT ON identity FOR EACH ROW EXECUTE FUNCTION next_id();
CREATE TRIGGER next_id BEFORE INSERT ON authorization_request FOR EACH ROW EXECUTE FUNCTION next_id();
