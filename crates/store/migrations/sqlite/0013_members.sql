-- Who works here, what they do, and in which team. One who left stays, so that what they did has a name.
CREATE TABLE member (
  id           INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  email        TEXT NOT NULL,
  told_at      INTEGER NOT NULL, -- microseconds
  left_at      INTEGER,          -- microseconds; NULL while they work here
  key_hash     BLOB,             -- of the key in their link; NULL while they have none
  content      TEXT NOT NULL     -- JSON
) STRICT;
CREATE UNIQUE INDEX member_by_email ON member (workspace_id, email);
CREATE INDEX member_by_key ON member (workspace_id, key_hash);

-- Who did it: the address of a member; '' for whose data file it is.
ALTER TABLE deed ADD COLUMN done_by TEXT NOT NULL DEFAULT '';
