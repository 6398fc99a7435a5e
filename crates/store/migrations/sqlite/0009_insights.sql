-- What the user knows of people that no letter says. Of two words on the same thing the later one
-- holds, and while it counts the former does not; one that was taken back stays, with the moment at
-- which it ceased to count, so that a past day is reviewed with what counted then.
CREATE TABLE insight (
  id           INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  email        TEXT NOT NULL,    -- whom it is about; of a tie, from whom
  other_email  TEXT NOT NULL,    -- of a tie, to whom; '' where it is about one person
  told_at      INTEGER NOT NULL, -- microseconds
  withdrawn_at INTEGER,          -- microseconds; NULL while it counts
  content      TEXT NOT NULL     -- JSON
) STRICT;
CREATE INDEX insight_by_moment ON insight (workspace_id, told_at);
CREATE INDEX insight_by_person ON insight (workspace_id, email);
CREATE INDEX insight_by_other_person ON insight (workspace_id, other_email);
