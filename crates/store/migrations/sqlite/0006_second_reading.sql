-- What a language model made of one deal, where the user had it asked, with every quote looked up.
-- A later reading takes the place of none: a past day is reviewed with the one of its time.
CREATE TABLE second_reading (
  id           INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  deal_id      TEXT NOT NULL,
  as_of        INTEGER NOT NULL, -- microseconds: no later mail was shown to the model
  made_at      INTEGER NOT NULL, -- microseconds
  host         TEXT NOT NULL,    -- who was asked
  model        TEXT NOT NULL,    -- which model, as the user named it
  sent_hash    TEXT NOT NULL,    -- of what was sent, in hex
  content      TEXT NOT NULL     -- JSON: the checked findings
) STRICT;
CREATE INDEX second_reading_by_deal ON second_reading (workspace_id, deal_id, as_of, id);
