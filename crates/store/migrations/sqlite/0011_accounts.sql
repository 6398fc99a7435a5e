-- Firms as exports and the user describe them, kept once by content; of one firm the later word counts.
CREATE TABLE account (
  id           INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  hash         BLOB NOT NULL,    -- of the content
  account_key  TEXT NOT NULL,    -- the mail domain, else a name in small letters and hyphens
  told_at      INTEGER NOT NULL, -- microseconds
  withdrawn_at INTEGER,          -- microseconds; NULL while it counts
  content      TEXT NOT NULL     -- JSON
) STRICT;
CREATE UNIQUE INDEX account_by_hash ON account (workspace_id, hash);
CREATE INDEX account_by_key ON account (workspace_id, account_key);

-- Two names of one firm, or not: decided by a person, and undone by a later row.
CREATE TABLE same_account (
  id           INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  key_a        TEXT NOT NULL,
  key_b        TEXT NOT NULL,
  same         INTEGER NOT NULL, -- 1 one firm, 0 two firms, 2 nobody says
  decided_at   INTEGER NOT NULL  -- microseconds
) STRICT;
CREATE INDEX same_account_by_pair ON same_account (workspace_id, key_a, key_b, id);

-- Whom one can help best, each time it was stated; the last one counts.
CREATE TABLE ideal_client (
  id           INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  told_at      INTEGER NOT NULL, -- microseconds
  content      TEXT NOT NULL     -- JSON
) STRICT;
CREATE INDEX ideal_client_by_moment ON ideal_client (workspace_id, told_at);

-- What the user found of a firm and kept: a page, a report, a press note.
CREATE TABLE page (
  id           INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  account_key  TEXT NOT NULL,
  told_at      INTEGER NOT NULL, -- microseconds
  withdrawn_at INTEGER,          -- microseconds; NULL while it is kept
  details      TEXT NOT NULL,    -- JSON: what it is, where it stood, of which day
  content      BLOB NOT NULL     -- zstd: its text
) STRICT;
CREATE INDEX page_by_account ON page (workspace_id, account_key, id);
