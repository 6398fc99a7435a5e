-- As in a data file: other programs that the user wishes to be told of what was done.
CREATE TABLE webhook (
  id           BIGINT NOT NULL,
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  url          TEXT COLLATE "C" NOT NULL,
  events       TEXT COLLATE "C" NOT NULL, -- JSON: of which events
  secret       TEXT COLLATE "C" NOT NULL, -- with which what is told is signed; '' once it is removed
  told_at      BIGINT NOT NULL, -- microseconds
  removed_at   BIGINT, -- microseconds; NULL while it stands
  seen_deed    BIGINT NOT NULL, -- the last deed of which it was told
  seen_undone  BIGINT NOT NULL, -- the last undo of which it was told, by its undone_clock
  PRIMARY KEY (workspace_id, id)
);

CREATE TABLE webhook_delivery (
  id           BIGINT NOT NULL,
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  webhook_id   BIGINT NOT NULL,
  event        TEXT COLLATE "C" NOT NULL, -- the same each time that it is told
  content      TEXT COLLATE "C" NOT NULL, -- JSON, as it is sent: numbers, and no words of anybody's
  state        TEXT COLLATE "C" NOT NULL, -- waiting, told, given_up
  tries        BIGINT NOT NULL,
  told_at      BIGINT NOT NULL, -- microseconds
  due_at       BIGINT NOT NULL, -- microseconds: when it is to be tried
  held_until   BIGINT NOT NULL, -- microseconds: until when whoever sends it has it; 0 while nobody does
  status       BIGINT NOT NULL, -- of the last answer; 0 if there was none
  says         TEXT COLLATE "C" NOT NULL, -- why it was not told
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, webhook_id) REFERENCES webhook (workspace_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX webhook_delivery_by_event ON webhook_delivery (workspace_id, webhook_id, event);
CREATE INDEX webhook_delivery_by_due ON webhook_delivery (workspace_id, state, due_at);
CREATE TRIGGER next_id BEFORE INSERT ON webhook FOR EACH ROW EXECUTE FUNCTION next_id();
CREATE TRIGGER next_id BEFORE INSERT ON webhook_delivery FOR EACH ROW EXECUTE FUNCTION next_id();
ALTER TABLE deed ADD COLUMN undone_clock BIGINT; -- microseconds of the clock; each undo has a later one than all before
CREATE INDEX deed_by_undone_clock ON deed (workspace_id, undone_clock);
