-- What those who sell say of their own selling, to whom they gave leave to look, what they practise, where
-- they want help, and what was agreed about a share. Words of a person about themselves: nobody but they and
-- those with leave are shown them.
CREATE TABLE seller_word (
  id           INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  whose        TEXT NOT NULL,    -- the address of a member; '' for whose data file it is
  told_by      TEXT NOT NULL,    -- the same of who said it
  kind         TEXT NOT NULL,
  told_at      INTEGER NOT NULL, -- microseconds
  withdrawn_at INTEGER,          -- microseconds; NULL while it counts
  content      TEXT NOT NULL     -- JSON
) STRICT;
CREATE INDEX seller_word_by_whose ON seller_word (workspace_id, whose, id);
CREATE INDEX seller_word_by_kind ON seller_word (workspace_id, kind, id);

-- How much each side spoke in a call that was kept as a note: numbers, no words.
CREATE TABLE call_talk (
  entry_id     INTEGER PRIMARY KEY REFERENCES entry (id) ON DELETE CASCADE,
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  content      TEXT NOT NULL     -- JSON
) STRICT;
