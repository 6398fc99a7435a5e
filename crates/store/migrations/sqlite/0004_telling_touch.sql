-- What was read of each message that can tell something, as one text: a review asks for thousands
-- of them, and to fetch a row costs more than to read it.
CREATE TABLE telling_touch (
  message_id   INTEGER PRIMARY KEY REFERENCES message (id),
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  sent_at      INTEGER,      -- as in message
  touch        TEXT NOT NULL -- JSON on one line
) STRICT;

INSERT INTO telling_touch (message_id, workspace_id, sent_at, touch)
  SELECT t.message_id, t.workspace_id, t.sent_at, json_object(
    'id', m.message_id,
    'at', m.sent_at,
    'offset', m.offset_seconds,
    'from', json((
      SELECT json_object('email', a.email, 'name', m.from_name)
      FROM address a WHERE a.id = m.from_id)),
    'to', json((
      SELECT json_group_array(json_object('field', r.field, 'email', a.email, 'name', r.name)
        ORDER BY r.field, r.address_id)
      FROM recipient r JOIN address a ON a.id = r.address_id WHERE r.message_id = m.id)),
    'subject', m.subject,
    'details', json(m.details),
    'facts', json((
      SELECT json_group_array(json_object('kind', f.kind, 'email', f.email,
        'details', json(f.details), 'quote', f.quote) ORDER BY f.id)
      FROM fact f WHERE f.message_id = m.id)),
    'gist', NULL) -- taken down anew by whoever reads the text
  FROM telling t JOIN message m ON m.id = t.message_id ORDER BY t.message_id;

DROP TABLE telling;
ALTER TABLE telling_touch RENAME TO telling;

-- Whom a fact points to is asked for as often as whom it is about.
CREATE INDEX fact_by_to ON fact (workspace_id, json_extract(details, '$.to'));
