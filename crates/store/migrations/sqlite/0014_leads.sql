-- Leads between marketing and sales. What happened to one is a row a step; nothing is overwritten, and what
-- was taken back says when. The person stands in the first event of a lead and, by address, here.
CREATE TABLE lead (
  id           INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  email        TEXT NOT NULL, -- of the person; '' where none is known
  import_key   TEXT NOT NULL  -- by which a row of a table is known again; '' for what was typed
) STRICT;
CREATE INDEX lead_by_email ON lead (workspace_id, email);
CREATE UNIQUE INDEX lead_by_import_key ON lead (workspace_id, import_key) WHERE import_key <> '';

CREATE TABLE lead_event (
  id           INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  lead_id      INTEGER NOT NULL REFERENCES lead (id) ON DELETE CASCADE,
  told_at      INTEGER NOT NULL, -- microseconds
  told_by      TEXT NOT NULL,    -- the address of a member; '' for whose data file it is
  withdrawn_at INTEGER,          -- microseconds; NULL while it stands
  content      TEXT NOT NULL     -- JSON
) STRICT;
CREATE INDEX lead_event_by_lead ON lead_event (workspace_id, lead_id);

-- What a qualified lead is, in versions; one counts once both sides have signed it.
CREATE TABLE lead_definition (
  id           INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  told_at      INTEGER NOT NULL, -- microseconds
  told_by      TEXT NOT NULL,
  withdrawn_at INTEGER,          -- microseconds
  content      TEXT NOT NULL     -- JSON
) STRICT;

CREATE TABLE lead_signature (
  id            INTEGER PRIMARY KEY,
  workspace_id  INTEGER NOT NULL REFERENCES workspace (id),
  definition_id INTEGER NOT NULL REFERENCES lead_definition (id),
  side          TEXT NOT NULL,    -- 'marketing' or 'sales'
  told_at       INTEGER NOT NULL, -- microseconds
  told_by       TEXT NOT NULL,
  withdrawn_at  INTEGER           -- microseconds
) STRICT;
CREATE UNIQUE INDEX lead_signature_of_side ON lead_signature (definition_id, side) WHERE withdrawn_at IS NULL;

-- How an outside provider of leads works, as somebody said on a day.
CREATE TABLE provider_word (
  id           INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  firm         TEXT NOT NULL,
  told_at      INTEGER NOT NULL, -- microseconds
  told_by      TEXT NOT NULL,
  withdrawn_at INTEGER,          -- microseconds
  content      TEXT NOT NULL     -- JSON
) STRICT;
CREATE INDEX provider_word_by_firm ON provider_word (workspace_id, firm);
