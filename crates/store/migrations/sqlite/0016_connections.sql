-- Mailboxes that are read by themselves, and letters that a person approved. Passwords and tokens are not here: they lie in the keyring, or in a sealed file.
CREATE TABLE connection (
  id           INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  name         TEXT NOT NULL,    -- what the user calls it, mostly an address
  told_at      INTEGER NOT NULL, -- microseconds
  removed_at   INTEGER,          -- microseconds; NULL while it is read
  content      TEXT NOT NULL     -- JSON: the servers, how one signs in, what is wished
) STRICT;
CREATE UNIQUE INDEX connection_by_name ON connection (workspace_id, name) WHERE removed_at IS NULL;

-- How far a folder of a mailbox was read.
CREATE TABLE sync_folder (
  id            INTEGER PRIMARY KEY,
  workspace_id  INTEGER NOT NULL REFERENCES workspace (id),
  connection_id INTEGER NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
  path          TEXT NOT NULL, -- as the server calls it
  position      TEXT NOT NULL  -- JSON: what the server's protocol needs to go on from there
) STRICT;
CREATE UNIQUE INDEX sync_folder_by_path ON sync_folder (connection_id, path);

-- Which message on the server is which original. One that is gone there stays here, with the moment.
CREATE TABLE sync_mail (
  folder_id    INTEGER NOT NULL REFERENCES sync_folder (id) ON DELETE CASCADE,
  uid          INTEGER NOT NULL,
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  hash         BLOB NOT NULL,    -- of the original; it need not be kept
  flags        TEXT NOT NULL,    -- separated by blanks, in their order
  gone_at      INTEGER,          -- microseconds
  PRIMARY KEY (folder_id, uid)
) STRICT, WITHOUT ROWID;

-- Letters that a person approved, and what became of each. A row is there before anything is handed to a
-- server, so that a letter whose fate is not known is never sent again by itself.
CREATE TABLE outgoing (
  id            INTEGER PRIMARY KEY,
  workspace_id  INTEGER NOT NULL REFERENCES workspace (id),
  connection_id INTEGER NOT NULL REFERENCES connection (id),
  message_id    TEXT NOT NULL,
  state         TEXT NOT NULL,    -- begun, accepted, refused, unknown
  approved_at   INTEGER NOT NULL, -- microseconds
  settled_at    INTEGER,          -- microseconds; NULL while it is begun
  details       TEXT NOT NULL,    -- JSON: draft or sent, to whom, about which deal, what the server said
  content       BLOB NOT NULL     -- the text that was approved, zstd
) STRICT;
CREATE UNIQUE INDEX outgoing_by_message_id ON outgoing (workspace_id, message_id);
