-- Every message that can tell something about a deal: all but mail to lists and newsletters that
-- state nothing. Most mailboxes hold far more of those, so a review looks here first, and finds
-- what it asks of a text without unpacking it.
CREATE TABLE telling (
  message_id   INTEGER PRIMARY KEY REFERENCES message (id),
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  sent_at      INTEGER, -- as in message
  words        INTEGER, -- how many the writer added; NULL in rows older than this table
  names        TEXT     -- on which names the text's statements depend, a line each; NULL with words
) STRICT;

INSERT INTO telling (message_id, workspace_id, sent_at)
  SELECT m.id, m.workspace_id, m.sent_at FROM message m
  WHERE m.nature NOT IN ('mailing_list', 'newsletter')
    OR EXISTS (SELECT 1 FROM fact f WHERE f.message_id = m.id)
  ORDER BY m.id;
