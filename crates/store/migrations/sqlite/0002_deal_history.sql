-- Under which identifiers other programs know a deal, as a JSON list of "system:id".
ALTER TABLE deal ADD COLUMN known_as TEXT NOT NULL DEFAULT '[]';

-- What a deal was on which day: a row for each change of its status or its stage.
CREATE TABLE deal_change (
  id           INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  deal_id      TEXT NOT NULL,
  changed_at   INTEGER NOT NULL, -- microseconds; a later row may tell of an earlier day
  status       TEXT NOT NULL,    -- as in deal
  stage        TEXT NOT NULL     -- JSON, as in the content of deal
) STRICT;
CREATE INDEX deal_change_by_deal ON deal_change (workspace_id, deal_id, id);

-- Of deals that are there already the first day is not known.
INSERT INTO deal_change (workspace_id, deal_id, changed_at, status, stage)
  SELECT workspace_id, id, 0, status, COALESCE(json_quote(json_extract(content, '$.stage')), 'null')
  FROM deal;
