-- What the user writes down at the desk: notes of calls and meetings, plans, deals laid aside for a
-- while, steps that are done, tags, who is to be left alone. One that was taken back stays, with the
-- moment at which it ceased to count, so that a past day is seen with what counted then.
CREATE TABLE entry (
  id           INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  deal_id      TEXT NOT NULL,    -- '' where it is about a person or a firm
  about        TEXT NOT NULL,    -- the address or the domain; '' where it is about a deal
  kind         TEXT NOT NULL,    -- as in content
  told_at      INTEGER NOT NULL, -- microseconds
  withdrawn_at INTEGER,          -- microseconds; NULL while it counts
  content      TEXT NOT NULL     -- JSON
) STRICT;
CREATE INDEX entry_by_moment ON entry (workspace_id, told_at);
CREATE INDEX entry_by_deal ON entry (workspace_id, deal_id);
CREATE INDEX entry_by_about ON entry (workspace_id, about);

-- What the user did, in words, and how it is undone.
CREATE TABLE deed (
  id           INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  deal_id      TEXT NOT NULL,    -- '' where it was about no one deal
  done_at      INTEGER NOT NULL, -- microseconds
  undone_at    INTEGER,          -- microseconds; NULL while it stands
  says         TEXT NOT NULL,
  inverse      TEXT NOT NULL     -- JSON
) STRICT;
CREATE INDEX deed_by_deal ON deed (workspace_id, deal_id, id);

-- Where a sentence was read otherwise than the user says: the sentence, and whether it does what the
-- cue says. The last word on a sentence and a cue counts.
CREATE TABLE correction (
  id           INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  message_id   TEXT NOT NULL,    -- the letter in which it was corrected
  sentence     TEXT NOT NULL,
  cue          TEXT NOT NULL,
  holds        INTEGER NOT NULL, -- 1 the sentence does it, 0 it does not
  told_at      INTEGER NOT NULL, -- microseconds
  withdrawn_at INTEGER           -- microseconds; NULL while it counts
) STRICT;
CREATE INDEX correction_by_sentence ON correction (workspace_id, sentence, cue);
