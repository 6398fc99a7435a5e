-- Changes of cards on a server that a person decided on, and how far each is. A row is there before anything is
-- written to a server, so that none is lost while the server is away, and none is written twice.
CREATE TABLE card_change (
  id            INTEGER PRIMARY KEY,
  workspace_id  INTEGER NOT NULL REFERENCES workspace (id),
  connection_id INTEGER NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
  entry_id      INTEGER NOT NULL REFERENCES entry (id) ON DELETE CASCADE, -- the decision
  email         TEXT NOT NULL,    -- whose card it is
  book          TEXT NOT NULL,    -- the address of the address book
  card          TEXT NOT NULL,    -- the path of the card there
  state         TEXT NOT NULL,    -- waiting, begun, written, refused, taken_back, there
  told_at       INTEGER NOT NULL, -- microseconds
  settled_at    INTEGER,          -- microseconds; NULL while it waits
  content       TEXT NOT NULL     -- JSON: what takes the place of what, and why it was not written
) STRICT;
CREATE INDEX card_change_by_connection ON card_change (connection_id, id);
CREATE INDEX card_change_by_entry ON card_change (entry_id);
