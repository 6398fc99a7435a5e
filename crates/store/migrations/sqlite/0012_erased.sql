-- Whom not to write to, beside what letters, address books and the desk say: the rows of lists that were
-- brought, and of people who were erased nothing but a hash. One that was taken back stays, with the moment
-- at which it ceased to count, so that a past day is seen with what counted then.
CREATE TABLE do_not_contact (
  id           INTEGER PRIMARY KEY,
  workspace_id INTEGER NOT NULL REFERENCES workspace (id),
  kind         TEXT NOT NULL,    -- address, domain, sha256, erased
  value        TEXT NOT NULL,    -- the address or the domain in small letters; a hash in hex
  reason       TEXT NOT NULL,
  source       TEXT NOT NULL,    -- the list it came from
  since        TEXT NOT NULL,    -- the day that the list tells; '' if it tells none
  told_at      INTEGER NOT NULL, -- microseconds
  withdrawn_at INTEGER           -- microseconds; NULL while it counts
) STRICT;
CREATE UNIQUE INDEX do_not_contact_that_counts ON do_not_contact (workspace_id, kind, value)
  WHERE withdrawn_at IS NULL;
