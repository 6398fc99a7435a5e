-- Other programs that the user wishes to be told of what was done.
CREATE TABLE webhook (
  id           INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  url          TEXT NOT NULL,
  events       TEXT NOT NULL,    -- JSON: of which events
  secret       TEXT NOT NULL,    -- with which what is told is signed; '' once it is removed
  told_at      INTEGER NOT NULL, -- microseconds
  removed_at   INTEGER,          -- microseconds; NULL while it stands
  seen_deed    INTEGER NOT NULL, -- the last deed of which it was told
  seen_undone  INTEGER NOT NULL  -- the last undo of which it was told, by its undone_clock
) STRICT;

-- What each of them is told, and how far that is. A row is there before anything is sent, so that none is lost, and
-- whoever sends it has it for a while, so that no two send it at once.
CREATE TABLE webhook_delivery (
  id           INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  webhook_id   INTEGER NOT NULL REFERENCES webhook (id) ON DELETE CASCADE,
  event        TEXT NOT NULL,    -- the same each time that it is told
  content      TEXT NOT NULL,    -- JSON, as it is sent: numbers, and no words of anybody's
  state        TEXT NOT NULL,    -- waiting, told, given_up
  tries        INTEGER NOT NULL,
  told_at      INTEGER NOT NULL, -- microseconds
  due_at       INTEGER NOT NULL, -- microseconds: when it is to be tried
  held_until   INTEGER NOT NULL, -- microseconds: until when whoever sends it has it; 0 while nobody does
  status       INTEGER NOT NULL, -- of the last answer; 0 if there was none
  says         TEXT NOT NULL     -- why it was not told
) STRICT;
CREATE UNIQUE INDEX webhook_delivery_by_event ON webhook_delivery (workspace_id, webhook_id, event);
CREATE INDEX webhook_delivery_by_due ON webhook_delivery (workspace_id, state, due_at);

-- When a deed was last undone, in microseconds of the clock, whatever day was looked at; each undo has a later one
-- than all before. NULL for what was undone before anybody was told of it.
ALTER TABLE deed ADD COLUMN undone_clock INTEGER;
CREATE INDEX deed_by_undone_clock ON deed (workspace_id, undone_clock);
