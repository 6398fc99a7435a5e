-- Which reader read which messages: runs of rows, both ends included. A reader is the program's way to
-- understand a text; of what an earlier one read the name is not known.
CREATE TABLE reading (
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  first_id     INTEGER NOT NULL, -- of message
  last_id      INTEGER NOT NULL,
  reader       TEXT NOT NULL,    -- '' is not known
  PRIMARY KEY (workspace_id, first_id)
) STRICT, WITHOUT ROWID;

INSERT INTO reading (workspace_id, first_id, last_id, reader)
  SELECT workspace_id, 1, MAX(id), '' FROM message GROUP BY workspace_id;
