-- Who else says who somebody is: identity providers that an administrator named (OpenID Connect). What inroad proves
-- itself by there lies sealed beside the data, with the other passwords.
CREATE TABLE identity_provider (
  id           INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  name         TEXT NOT NULL,    -- as the page of signing in calls it
  issuer       TEXT NOT NULL,    -- its address, and what it signs as
  client_id    TEXT NOT NULL,    -- by which it knows inroad
  told_at      INTEGER NOT NULL, -- microseconds
  details      TEXT NOT NULL     -- JSON
) STRICT;
CREATE UNIQUE INDEX identity_provider_by_issuer ON identity_provider (workspace_id, issuer);

-- As whom such a provider knows one who works here.
CREATE TABLE identity (
  id           INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  provider_id  INTEGER NOT NULL REFERENCES identity_provider (id) ON DELETE CASCADE,
  subject      TEXT NOT NULL,    -- who they are there
  whose        TEXT NOT NULL,    -- the address of a member; '' for whose data it is
  told_at      INTEGER NOT NULL, -- microseconds
  details      TEXT NOT NULL     -- JSON
) STRICT;
CREATE UNIQUE INDEX identity_by_subject ON identity (workspace_id, provider_id, subject);
CREATE UNIQUE INDEX identity_by_whose ON identity (workspace_id, whose, provider_id);

-- A browser that was sent to a provider and did not come back yet.
CREATE TABLE authorization_request (
  id           INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  provider_id  INTEGER NOT NULL REFERENCES identity_provider (id) ON DELETE CASCADE,
  state_hash   BLOB NOT NULL,    -- of what comes back with the browser
  browser_hash BLOB NOT NULL,    -- of what the browser shows
  told_at      INTEGER NOT NULL, -- microseconds
  expires_at   INTEGER NOT NULL, -- microseconds
  details      TEXT NOT NULL     -- JSON
) STRICT;
CREATE UNIQUE INDEX authorization_request_by_state ON authorization_request (workspace_id, state_hash);
