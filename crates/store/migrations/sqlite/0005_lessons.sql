-- What finished deals taught, as the user told it. A lesson that was taken back stays, with the
-- moment at which it ceased to count, so that a past day is reviewed with what counted then.
CREATE TABLE lesson (
  id           INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  deal_id      TEXT NOT NULL,
  told_at      INTEGER NOT NULL, -- microseconds
  withdrawn_at INTEGER,          -- microseconds; NULL while it counts
  outcome      TEXT NOT NULL,    -- won, lost, no_decision, let_go
  stage_before TEXT NOT NULL,    -- JSON: the stage that the deal had; '' if the lesson left it alone
  content      TEXT NOT NULL     -- JSON
) STRICT;
-- Of each deal one lesson counts.
CREATE UNIQUE INDEX lesson_that_counts ON lesson (workspace_id, deal_id)
  WHERE withdrawn_at IS NULL;
CREATE INDEX lesson_by_moment ON lesson (workspace_id, told_at);

-- Where the user decided otherwise than advised. The last one of a deal counts.
CREATE TABLE overruling (
  id           INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  deal_id      TEXT NOT NULL,
  told_at      INTEGER NOT NULL, -- microseconds
  withdrawn_at INTEGER,          -- microseconds; NULL while it counts
  asked_at     INTEGER,          -- when the user was asked how it ended; NULL before, and then never again
  content      TEXT NOT NULL     -- JSON
) STRICT;
CREATE UNIQUE INDEX overruling_that_counts ON overruling (workspace_id, deal_id)
  WHERE withdrawn_at IS NULL;
CREATE INDEX overruling_by_moment ON overruling (workspace_id, told_at);
