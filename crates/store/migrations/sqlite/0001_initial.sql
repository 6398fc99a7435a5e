-- One workspace is one seller's or one team's data; every table is keyed by it, so that a larger
-- installation can distribute the tables by workspace.

CREATE TABLE workspace (
  id   INTEGER PRIMARY KEY,
  name TEXT NOT NULL
) STRICT;
INSERT INTO workspace (id, name) VALUES (1, 'mine');

CREATE TABLE setting (
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  name         TEXT NOT NULL,
  value        TEXT NOT NULL, -- JSON
  PRIMARY KEY (workspace_id, name)
) STRICT, WITHOUT ROWID;

-- The bytes as they came, compressed, kept once by content.
CREATE TABLE original (
  id           INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  hash         BLOB NOT NULL,    -- first 16 bytes of BLAKE3 over the uncompressed bytes
  bytes        INTEGER NOT NULL, -- before compression
  source       TEXT NOT NULL,    -- the file it came from first
  content      BLOB NOT NULL     -- zstd
) STRICT;
CREATE UNIQUE INDEX original_by_hash ON original (workspace_id, hash);

CREATE TABLE address (
  id           INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  email        TEXT NOT NULL,
  domain       TEXT NOT NULL,
  name         TEXT NOT NULL DEFAULT '' -- the display name seen last; '' if none was ever seen
) STRICT;
CREATE UNIQUE INDEX address_by_email ON address (workspace_id, email);
CREATE INDEX address_by_domain ON address (workspace_id, domain);

-- Two addresses of one person, or not: decided by a person, and undone by a later row.
CREATE TABLE same_person (
  id           INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  email_a      TEXT NOT NULL,
  email_b      TEXT NOT NULL,
  same         INTEGER NOT NULL, -- 1 same person, 0 two people
  decided_at   INTEGER NOT NULL  -- microseconds
) STRICT;
CREATE INDEX same_person_by_pair ON same_person (workspace_id, email_a, email_b, id);

-- A message has the id of its original: one original, at most one message.
CREATE TABLE message (
  id             INTEGER PRIMARY KEY REFERENCES original (id),
  workspace_id   INTEGER NOT NULL REFERENCES workspace (id),
  message_id     TEXT NOT NULL,
  thread_id      INTEGER NOT NULL,  -- the id of the first message of the thread that came in
  sent_at        INTEGER,           -- microseconds; NULL where no usable date stands
  offset_seconds INTEGER NOT NULL,  -- of the writer's clock
  from_id        INTEGER REFERENCES address (id),
  from_name      TEXT NOT NULL,     -- as it stood in this message
  subject        TEXT NOT NULL,
  nature         TEXT NOT NULL,     -- correspondence, automatic_reply, …
  details        TEXT NOT NULL,     -- JSON: what the columns do not hold
  new_text       BLOB NOT NULL      -- zstd; empty for mail that is no correspondence
) STRICT;
CREATE UNIQUE INDEX message_by_message_id ON message (workspace_id, message_id);
CREATE INDEX message_by_thread ON message (workspace_id, thread_id, sent_at);
CREATE INDEX message_by_sender ON message (workspace_id, from_id, sent_at);

CREATE TABLE recipient (
  message_id   INTEGER NOT NULL REFERENCES message (id),
  address_id   INTEGER NOT NULL REFERENCES address (id),
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  field        INTEGER NOT NULL,    -- 0 to, 1 cc, 2 bcc, 3 reply-to
  name         TEXT NOT NULL,
  PRIMARY KEY (message_id, field, address_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX recipient_by_address ON recipient (workspace_id, address_id, message_id);

-- Every Message-ID that was seen or referred to, by the first 8 bytes of its BLAKE3 hash.
CREATE TABLE thread_node (
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  hash         INTEGER NOT NULL,
  thread_id    INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX thread_node_by_thread ON thread_node (workspace_id, thread_id);

CREATE TABLE fact (
  id           INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  message_id   INTEGER NOT NULL REFERENCES message (id),
  kind         TEXT NOT NULL,
  email        TEXT NOT NULL DEFAULT '', -- about whom; '' is the whole company
  details      TEXT NOT NULL,            -- JSON: dates, successor, title
  quote        TEXT NOT NULL
) STRICT;
CREATE INDEX fact_by_message ON fact (message_id);
CREATE INDEX fact_by_email ON fact (workspace_id, email, kind);

CREATE TABLE deal (
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  id           TEXT NOT NULL,
  status       TEXT NOT NULL,   -- proposed, open, dismissed
  content      TEXT NOT NULL,   -- JSON: what the seller typed or an export held
  PRIMARY KEY (workspace_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE event (
  id           INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  uid          TEXT NOT NULL,
  starts_at    INTEGER,          -- microseconds
  content      TEXT NOT NULL     -- JSON
) STRICT;
CREATE UNIQUE INDEX event_by_uid ON event (workspace_id, uid, COALESCE(starts_at, 0));
CREATE INDEX event_by_start ON event (workspace_id, starts_at);

CREATE TABLE contact (
  id           INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  hash         BLOB NOT NULL,   -- of the content
  email        TEXT NOT NULL,   -- preferred address; '' if none
  content      TEXT NOT NULL    -- JSON
) STRICT;
CREATE UNIQUE INDEX contact_by_hash ON contact (workspace_id, hash);
CREATE INDEX contact_by_email ON contact (workspace_id, email);

-- What was wrong with imported input, and where; kept until the same place imports clean.
CREATE TABLE import_issue (
  id           INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  hash         BLOB NOT NULL,   -- of the content
  content      TEXT NOT NULL    -- JSON
) STRICT;
CREATE UNIQUE INDEX import_issue_by_hash ON import_issue (workspace_id, hash);

-- The words of every message; the text itself stays in the original.
CREATE VIRTUAL TABLE message_words USING fts5 (
  subject, people, body,
  content = '', columnsize = 0,
  tokenize = "unicode61 remove_diacritics 2"
);
