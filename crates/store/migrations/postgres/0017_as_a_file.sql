-- The schema of a data file as its migration 17 left it, in PostgreSQL: the same tables, columns and indexes,
-- which a test compares. Later migrations have the same numbers on both sides.
--
-- Every key and every reference begins with the workspace, so that an engine that spreads rows over several
-- machines can do so by workspace. Numbers of rows count in each workspace by themselves, as in a file. Texts are
-- ordered byte by byte, whatever the database's own order is.
--
-- What is only added here: the version of a workspace, which each write changes (crates/store/src/change.rs), and
-- the words by which SQLite calls some functions.

CREATE TABLE workspace (
  id      BIGINT PRIMARY KEY,
  name    TEXT COLLATE "C" NOT NULL UNIQUE,
  version BIGINT NOT NULL DEFAULT 0 -- another number after each write
);

CREATE FUNCTION json_of(content TEXT) RETURNS JSON
  LANGUAGE SQL IMMUTABLE PARALLEL SAFE AS 'SELECT content::json';

-- The values of a list one by one, with their places from 0 on.
CREATE FUNCTION json_each(list BIGINT[]) RETURNS TABLE (key BIGINT, value BIGINT)
  LANGUAGE SQL IMMUTABLE PARALLEL SAFE ROWS 100
  AS 'SELECT place - 1, one FROM unnest(list) WITH ORDINALITY AS each (one, place)';
CREATE FUNCTION json_each(list TEXT[]) RETURNS TABLE (key BIGINT, value TEXT)
  LANGUAGE SQL IMMUTABLE PARALLEL SAFE ROWS 100
  AS 'SELECT place - 1, one FROM unnest(list) WITH ORDINALITY AS each (one, place)';

-- What stands in a JSON text at a path like $.to or $.lead.name, as text.
CREATE FUNCTION json_extract(content TEXT, path TEXT) RETURNS TEXT
  LANGUAGE SQL IMMUTABLE PARALLEL SAFE
  -- An escaped zero byte is no text here.
  AS $$SELECT CASE WHEN strpos(content, '\u0000') = 0 THEN content
    ELSE regexp_replace(content, '(?<!\\)((\\\\)*)\\u0000', '\1', 'g') END::json
    #>> string_to_array(substr(path, 3), '.')$$;


CREATE TABLE setting (
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  name         TEXT COLLATE "C" NOT NULL,
  value        TEXT COLLATE "C" NOT NULL, -- JSON
  PRIMARY KEY (workspace_id, name)
);

CREATE TABLE original (
  id           BIGINT NOT NULL,
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  hash         BYTEA NOT NULL, -- first 16 bytes of BLAKE3 over the uncompressed bytes
  bytes        BIGINT NOT NULL, -- before compression
  source       TEXT COLLATE "C" NOT NULL, -- the file it came from first
  content      BYTEA NOT NULL, -- zstd
  PRIMARY KEY (workspace_id, id)
);

CREATE TABLE address (
  id           BIGINT NOT NULL,
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  email        TEXT COLLATE "C" NOT NULL,
  domain       TEXT COLLATE "C" NOT NULL,
  name         TEXT COLLATE "C" NOT NULL DEFAULT '', -- the display name seen last; '' if none was ever seen
  PRIMARY KEY (workspace_id, id)
);

CREATE TABLE same_person (
  id           BIGINT NOT NULL,
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  email_a      TEXT COLLATE "C" NOT NULL,
  email_b      TEXT COLLATE "C" NOT NULL,
  same         BIGINT NOT NULL, -- 1 same person, 0 two people
  decided_at   BIGINT NOT NULL, -- microseconds
  PRIMARY KEY (workspace_id, id)
);

CREATE TABLE message (
  id             BIGINT NOT NULL,
  workspace_id   BIGINT NOT NULL REFERENCES workspace (id),
  message_id     TEXT COLLATE "C" NOT NULL,
  thread_id      BIGINT NOT NULL, -- the id of the first message of the thread that came in
  sent_at        BIGINT, -- microseconds; NULL where no usable date stands
  offset_seconds BIGINT NOT NULL, -- of the writer's clock
  from_id        BIGINT,
  from_name      TEXT COLLATE "C" NOT NULL, -- as it stood in this message
  subject        TEXT COLLATE "C" NOT NULL,
  nature         TEXT COLLATE "C" NOT NULL, -- correspondence, automatic_reply, …
  details        TEXT COLLATE "C" NOT NULL, -- JSON: what the columns do not hold
  new_text       BYTEA NOT NULL, -- zstd; empty for mail that is no correspondence
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, id) REFERENCES original (workspace_id, id),
  FOREIGN KEY (workspace_id, from_id) REFERENCES address (workspace_id, id)
);

CREATE TABLE recipient (
  message_id   BIGINT NOT NULL,
  address_id   BIGINT NOT NULL,
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  field        BIGINT NOT NULL, -- 0 to, 1 cc, 2 bcc, 3 reply-to
  name         TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (workspace_id, message_id, field, address_id),
  FOREIGN KEY (workspace_id, message_id) REFERENCES message (workspace_id, id),
  FOREIGN KEY (workspace_id, address_id) REFERENCES address (workspace_id, id)
);

CREATE TABLE thread_node (
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  hash         BIGINT NOT NULL,
  thread_id    BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, hash)
);

CREATE TABLE fact (
  id           BIGINT NOT NULL,
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  message_id   BIGINT NOT NULL,
  kind         TEXT COLLATE "C" NOT NULL,
  email        TEXT COLLATE "C" NOT NULL DEFAULT '', -- about whom; '' is the whole company
  details      TEXT COLLATE "C" NOT NULL, -- JSON: dates, successor, title
  quote        TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, message_id) REFERENCES message (workspace_id, id)
);

CREATE TABLE deal (
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  id           TEXT COLLATE "C" NOT NULL,
  status       TEXT COLLATE "C" NOT NULL, -- proposed, open, dismissed
  content      TEXT COLLATE "C" NOT NULL, -- JSON: what the seller typed or an export held
  known_as     TEXT COLLATE "C" NOT NULL DEFAULT '[]', -- JSON
  PRIMARY KEY (workspace_id, id)
);

CREATE TABLE event (
  id           BIGINT NOT NULL,
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  uid          TEXT COLLATE "C" NOT NULL,
  starts_at    BIGINT, -- microseconds
  content      TEXT COLLATE "C" NOT NULL, -- JSON
  PRIMARY KEY (workspace_id, id)
);

CREATE TABLE contact (
  id           BIGINT NOT NULL,
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  hash         BYTEA NOT NULL, -- of the content
  email        TEXT COLLATE "C" NOT NULL, -- preferred address; '' if none
  content      TEXT COLLATE "C" NOT NULL, -- JSON
  PRIMARY KEY (workspace_id, id)
);

CREATE TABLE import_issue (
  id           BIGINT NOT NULL,
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  hash         BYTEA NOT NULL, -- of the content
  content      TEXT COLLATE "C" NOT NULL, -- JSON
  PRIMARY KEY (workspace_id, id)
);

CREATE TABLE deal_change (
  id           BIGINT NOT NULL,
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  deal_id      TEXT COLLATE "C" NOT NULL,
  changed_at   BIGINT NOT NULL, -- microseconds; a later row may tell of an earlier day
  status       TEXT COLLATE "C" NOT NULL, -- as in deal
  stage        TEXT COLLATE "C" NOT NULL, -- JSON, as in the content of deal
  PRIMARY KEY (workspace_id, id)
);

CREATE TABLE telling (
  message_id   BIGINT NOT NULL,
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  sent_at      BIGINT, -- as in message
  touch        TEXT COLLATE "C" NOT NULL, -- JSON on one line
  PRIMARY KEY (workspace_id, message_id),
  FOREIGN KEY (workspace_id, message_id) REFERENCES message (workspace_id, id)
);

CREATE TABLE lesson (
  id           BIGINT NOT NULL,
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  deal_id      TEXT COLLATE "C" NOT NULL,
  told_at      BIGINT NOT NULL, -- microseconds
  withdrawn_at BIGINT, -- microseconds; NULL while it counts
  outcome      TEXT COLLATE "C" NOT NULL, -- won, lost, no_decision, let_go
  stage_before TEXT COLLATE "C" NOT NULL, -- JSON: the stage that the deal had; '' if the lesson left it alone
  content      TEXT COLLATE "C" NOT NULL, -- JSON
  PRIMARY KEY (workspace_id, id)
);

CREATE TABLE overruling (
  id           BIGINT NOT NULL,
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  deal_id      TEXT COLLATE "C" NOT NULL,
  told_at      BIGINT NOT NULL, -- microseconds
  withdrawn_at BIGINT, -- microseconds; NULL while it counts
  asked_at     BIGINT, -- when the user was asked how it ended; NULL before, and then never again
  content      TEXT COLLATE "C" NOT NULL, -- JSON
  PRIMARY KEY (workspace_id, id)
);

CREATE TABLE second_reading (
  id           BIGINT NOT NULL,
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  deal_id      TEXT COLLATE "C" NOT NULL,
  as_of        BIGINT NOT NULL, -- microseconds: no later mail was shown to the model
  made_at      BIGINT NOT NULL, -- microseconds
  host         TEXT COLLATE "C" NOT NULL, -- who was asked
  model        TEXT COLLATE "C" NOT NULL, -- which model, as the user named it
  sent_hash    TEXT COLLATE "C" NOT NULL, -- of what was sent, in hex
  content      TEXT COLLATE "C" NOT NULL, -- JSON: the checked findings
  PRIMARY KEY (workspace_id, id)
);

CREATE TABLE reading (
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  first_id     BIGINT NOT NULL, -- of message
  last_id      BIGINT NOT NULL,
  reader       TEXT COLLATE "C" NOT NULL, -- '' is not known
  PRIMARY KEY (workspace_id, first_id)
);

CREATE TABLE insight (
  id           BIGINT NOT NULL,
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  email        TEXT COLLATE "C" NOT NULL, -- whom it is about; of a tie, from whom
  other_email  TEXT COLLATE "C" NOT NULL, -- of a tie, to whom; '' where it is about one person
  told_at      BIGINT NOT NULL, -- microseconds
  withdrawn_at BIGINT, -- microseconds; NULL while it counts
  content      TEXT COLLATE "C" NOT NULL, -- JSON
  PRIMARY KEY (workspace_id, id)
);

CREATE TABLE entry (
  id           BIGINT NOT NULL,
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  deal_id      TEXT COLLATE "C" NOT NULL, -- '' where it is about a person or a firm
  about        TEXT COLLATE "C" NOT NULL, -- the address or the domain; '' where it is about a deal
  kind         TEXT COLLATE "C" NOT NULL, -- as in content
  told_at      BIGINT NOT NULL, -- microseconds
  withdrawn_at BIGINT, -- microseconds; NULL while it counts
  content      TEXT COLLATE "C" NOT NULL, -- JSON
  PRIMARY KEY (workspace_id, id)
);

CREATE TABLE deed (
  id           BIGINT NOT NULL,
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  deal_id      TEXT COLLATE "C" NOT NULL, -- '' where it was about no one deal
  done_at      BIGINT NOT NULL, -- microseconds
  undone_at    BIGINT, -- microseconds; NULL while it stands
  says         TEXT COLLATE "C" NOT NULL,
  inverse      TEXT COLLATE "C" NOT NULL, -- JSON
  done_by      TEXT COLLATE "C" NOT NULL DEFAULT '',
  PRIMARY KEY (workspace_id, id)
);

CREATE TABLE correction (
  id           BIGINT NOT NULL,
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  message_id   TEXT COLLATE "C" NOT NULL, -- the letter in which it was corrected
  sentence     TEXT COLLATE "C" NOT NULL,
  cue          TEXT COLLATE "C" NOT NULL,
  holds        BIGINT NOT NULL, -- 1 the sentence does it, 0 it does not
  told_at      BIGINT NOT NULL, -- microseconds
  withdrawn_at BIGINT, -- microseconds; NULL while it counts
  PRIMARY KEY (workspace_id, id)
);

CREATE TABLE account (
  id           BIGINT NOT NULL,
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  hash         BYTEA NOT NULL, -- of the content
  account_key  TEXT COLLATE "C" NOT NULL, -- the mail domain, else a name in small letters and hyphens
  told_at      BIGINT NOT NULL, -- microseconds
  withdrawn_at BIGINT, -- microseconds; NULL while it counts
  content      TEXT COLLATE "C" NOT NULL, -- JSON
  PRIMARY KEY (workspace_id, id)
);

CREATE TABLE same_account (
  id           BIGINT NOT NULL,
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  key_a        TEXT COLLATE "C" NOT NULL,
  key_b        TEXT COLLATE "C" NOT NULL,
  same         BIGINT NOT NULL, -- 1 one firm, 0 two firms, 2 nobody says
  decided_at   BIGINT NOT NULL, -- microseconds
  PRIMARY KEY (workspace_id, id)
);

CREATE TABLE ideal_client (
  id           BIGINT NOT NULL,
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  told_at      BIGINT NOT NULL, -- microseconds
  content      TEXT COLLATE "C" NOT NULL, -- JSON
  PRIMARY KEY (workspace_id, id)
);

CREATE TABLE page (
  id           BIGINT NOT NULL,
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  account_key  TEXT COLLATE "C" NOT NULL,
  told_at      BIGINT NOT NULL, -- microseconds
  withdrawn_at BIGINT, -- microseconds; NULL while it is kept
  details      TEXT COLLATE "C" NOT NULL, -- JSON: what it is, where it stood, of which day
  content      BYTEA NOT NULL, -- zstd: its text
  PRIMARY KEY (workspace_id, id)
);

CREATE TABLE do_not_contact (
  id           BIGINT NOT NULL,
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  kind         TEXT COLLATE "C" NOT NULL, -- address, domain, sha256, erased
  value        TEXT COLLATE "C" NOT NULL, -- the address or the domain in small letters; a hash in hex
  reason       TEXT COLLATE "C" NOT NULL,
  source       TEXT COLLATE "C" NOT NULL, -- the list it came from
  since        TEXT COLLATE "C" NOT NULL, -- the day that the list tells; '' if it tells none
  told_at      BIGINT NOT NULL, -- microseconds
  withdrawn_at BIGINT, -- microseconds; NULL while it counts
  PRIMARY KEY (workspace_id, id)
);

CREATE TABLE member (
  id           BIGINT NOT NULL,
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  email        TEXT COLLATE "C" NOT NULL,
  told_at      BIGINT NOT NULL, -- microseconds
  left_at      BIGINT, -- microseconds; NULL while they work here
  key_hash     BYTEA, -- of the key in their link; NULL while they have none
  content      TEXT COLLATE "C" NOT NULL, -- JSON
  PRIMARY KEY (workspace_id, id)
);

CREATE TABLE lead (
  id           BIGINT NOT NULL,
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  email        TEXT COLLATE "C" NOT NULL, -- of the person; '' where none is known
  import_key   TEXT COLLATE "C" NOT NULL, -- by which a row of a table is known again; '' for what was typed
  PRIMARY KEY (workspace_id, id)
);

CREATE TABLE lead_event (
  id           BIGINT NOT NULL,
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  lead_id      BIGINT NOT NULL,
  told_at      BIGINT NOT NULL, -- microseconds
  told_by      TEXT COLLATE "C" NOT NULL, -- the address of a member; '' for whose data file it is
  withdrawn_at BIGINT, -- microseconds; NULL while it stands
  content      TEXT COLLATE "C" NOT NULL, -- JSON
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, lead_id) REFERENCES lead (workspace_id, id) ON DELETE CASCADE
);

CREATE TABLE lead_definition (
  id           BIGINT NOT NULL,
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  told_at      BIGINT NOT NULL, -- microseconds
  told_by      TEXT COLLATE "C" NOT NULL,
  withdrawn_at BIGINT, -- microseconds
  content      TEXT COLLATE "C" NOT NULL, -- JSON
  PRIMARY KEY (workspace_id, id)
);

CREATE TABLE lead_signature (
  id            BIGINT NOT NULL,
  workspace_id  BIGINT NOT NULL REFERENCES workspace (id),
  definition_id BIGINT NOT NULL,
  side          TEXT COLLATE "C" NOT NULL, -- 'marketing' or 'sales'
  told_at       BIGINT NOT NULL, -- microseconds
  told_by       TEXT COLLATE "C" NOT NULL,
  withdrawn_at  BIGINT, -- microseconds
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, definition_id) REFERENCES lead_definition (workspace_id, id)
);

CREATE TABLE provider_word (
  id           BIGINT NOT NULL,
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  firm         TEXT COLLATE "C" NOT NULL,
  told_at      BIGINT NOT NULL, -- microseconds
  told_by      TEXT COLLATE "C" NOT NULL,
  withdrawn_at BIGINT, -- microseconds
  content      TEXT COLLATE "C" NOT NULL, -- JSON
  PRIMARY KEY (workspace_id, id)
);

CREATE TABLE seller_word (
  id           BIGINT NOT NULL,
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  whose        TEXT COLLATE "C" NOT NULL, -- the address of a member; '' for whose data file it is
  told_by      TEXT COLLATE "C" NOT NULL, -- the same of who said it
  kind         TEXT COLLATE "C" NOT NULL,
  told_at      BIGINT NOT NULL, -- microseconds
  withdrawn_at BIGINT, -- microseconds; NULL while it counts
  content      TEXT COLLATE "C" NOT NULL, -- JSON
  PRIMARY KEY (workspace_id, id)
);

CREATE TABLE call_talk (
  entry_id     BIGINT NOT NULL,
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  content      TEXT COLLATE "C" NOT NULL, -- JSON
  PRIMARY KEY (workspace_id, entry_id),
  FOREIGN KEY (workspace_id, entry_id) REFERENCES entry (workspace_id, id) ON DELETE CASCADE
);

CREATE TABLE connection (
  id           BIGINT NOT NULL,
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  name         TEXT COLLATE "C" NOT NULL, -- what the user calls it, mostly an address
  told_at      BIGINT NOT NULL, -- microseconds
  removed_at   BIGINT, -- microseconds; NULL while it is read
  content      TEXT COLLATE "C" NOT NULL, -- JSON: the servers, how one signs in, what is wished
  PRIMARY KEY (workspace_id, id)
);

CREATE TABLE sync_folder (
  id            BIGINT NOT NULL,
  workspace_id  BIGINT NOT NULL REFERENCES workspace (id),
  connection_id BIGINT NOT NULL,
  path          TEXT COLLATE "C" NOT NULL, -- as the server calls it
  position      TEXT COLLATE "C" NOT NULL, -- JSON: what the server's protocol needs to go on from there
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, connection_id) REFERENCES connection (workspace_id, id) ON DELETE CASCADE
);

CREATE TABLE sync_mail (
  folder_id    BIGINT NOT NULL,
  uid          BIGINT NOT NULL,
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  hash         BYTEA NOT NULL, -- of the original; it need not be kept
  flags        TEXT COLLATE "C" NOT NULL, -- separated by blanks, in their order
  gone_at      BIGINT, -- microseconds
  PRIMARY KEY (workspace_id, folder_id, uid),
  FOREIGN KEY (workspace_id, folder_id) REFERENCES sync_folder (workspace_id, id) ON DELETE CASCADE
);

CREATE TABLE outgoing (
  id            BIGINT NOT NULL,
  workspace_id  BIGINT NOT NULL REFERENCES workspace (id),
  connection_id BIGINT NOT NULL,
  message_id    TEXT COLLATE "C" NOT NULL,
  state         TEXT COLLATE "C" NOT NULL, -- begun, accepted, refused, unknown
  approved_at   BIGINT NOT NULL, -- microseconds
  settled_at    BIGINT, -- microseconds; NULL while it is begun
  details       TEXT COLLATE "C" NOT NULL, -- JSON: draft or sent, to whom, about which deal, what the server said
  content       BYTEA NOT NULL, -- the text that was approved, zstd
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, connection_id) REFERENCES connection (workspace_id, id)
);

CREATE TABLE card_change (
  id            BIGINT NOT NULL,
  workspace_id  BIGINT NOT NULL REFERENCES workspace (id),
  connection_id BIGINT NOT NULL,
  entry_id      BIGINT NOT NULL, -- the decision
  email         TEXT COLLATE "C" NOT NULL, -- whose card it is
  book          TEXT COLLATE "C" NOT NULL, -- the address of the address book
  card          TEXT COLLATE "C" NOT NULL, -- the path of the card there
  state         TEXT COLLATE "C" NOT NULL, -- waiting, begun, written, refused, taken_back, there
  told_at       BIGINT NOT NULL, -- microseconds
  settled_at    BIGINT, -- microseconds; NULL while it waits
  content       TEXT COLLATE "C" NOT NULL, -- JSON: what takes the place of what, and why it was not written
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, connection_id) REFERENCES connection (workspace_id, id) ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, entry_id) REFERENCES entry (workspace_id, id) ON DELETE CASCADE
);

CREATE UNIQUE INDEX original_by_hash ON original (workspace_id, hash);
CREATE UNIQUE INDEX address_by_email ON address (workspace_id, email);
CREATE INDEX address_by_domain ON address (workspace_id, domain);
CREATE INDEX same_person_by_pair ON same_person (workspace_id, email_a, email_b, id);
CREATE UNIQUE INDEX message_by_message_id ON message (workspace_id, message_id);
CREATE INDEX message_by_thread ON message (workspace_id, thread_id, sent_at);
CREATE INDEX message_by_sender ON message (workspace_id, from_id, sent_at);
CREATE INDEX recipient_by_address ON recipient (workspace_id, address_id, message_id);
CREATE INDEX thread_node_by_thread ON thread_node (workspace_id, thread_id);
CREATE INDEX fact_by_message ON fact (workspace_id, message_id);
CREATE INDEX fact_by_email ON fact (workspace_id, email, kind);
CREATE UNIQUE INDEX event_by_uid ON event (workspace_id, uid, COALESCE(starts_at, 0));
CREATE INDEX event_by_start ON event (workspace_id, starts_at);
CREATE UNIQUE INDEX contact_by_hash ON contact (workspace_id, hash);
CREATE INDEX contact_by_email ON contact (workspace_id, email);
CREATE UNIQUE INDEX import_issue_by_hash ON import_issue (workspace_id, hash);
CREATE INDEX deal_change_by_deal ON deal_change (workspace_id, deal_id, id);
CREATE INDEX fact_by_to ON fact (workspace_id, json_extract(details, '$.to'));
CREATE UNIQUE INDEX lesson_that_counts ON lesson (workspace_id, deal_id) WHERE withdrawn_at IS NULL;
CREATE INDEX lesson_by_moment ON lesson (workspace_id, told_at);
CREATE UNIQUE INDEX overruling_that_counts ON overruling (workspace_id, deal_id) WHERE withdrawn_at IS NULL;
CREATE INDEX overruling_by_moment ON overruling (workspace_id, told_at);
CREATE INDEX second_reading_by_deal ON second_reading (workspace_id, deal_id, as_of, id);
CREATE INDEX insight_by_moment ON insight (workspace_id, told_at);
CREATE INDEX insight_by_person ON insight (workspace_id, email);
CREATE INDEX insight_by_other_person ON insight (workspace_id, other_email);
CREATE INDEX entry_by_moment ON entry (workspace_id, told_at);
CREATE INDEX entry_by_deal ON entry (workspace_id, deal_id);
CREATE INDEX entry_by_about ON entry (workspace_id, about);
CREATE INDEX deed_by_deal ON deed (workspace_id, deal_id, id);
-- A sentence may be longer than what an index takes, and corrections are few.
CREATE INDEX correction_by_sentence ON correction (workspace_id, cue);
CREATE UNIQUE INDEX account_by_hash ON account (workspace_id, hash);
CREATE INDEX account_by_key ON account (workspace_id, account_key);
CREATE INDEX same_account_by_pair ON same_account (workspace_id, key_a, key_b, id);
CREATE INDEX ideal_client_by_moment ON ideal_client (workspace_id, told_at);
CREATE INDEX page_by_account ON page (workspace_id, account_key, id);
CREATE UNIQUE INDEX do_not_contact_that_counts ON do_not_contact (workspace_id, kind, value) WHERE withdrawn_at IS NULL;
CREATE UNIQUE INDEX member_by_email ON member (workspace_id, email);
CREATE INDEX member_by_key ON member (workspace_id, key_hash);
CREATE INDEX lead_by_email ON lead (workspace_id, email);
CREATE UNIQUE INDEX lead_by_import_key ON lead (workspace_id, import_key) WHERE import_key <> '';
CREATE INDEX lead_event_by_lead ON lead_event (workspace_id, lead_id);
CREATE UNIQUE INDEX lead_signature_of_side ON lead_signature (workspace_id, definition_id, side) WHERE withdrawn_at IS NULL;
CREATE INDEX provider_word_by_firm ON provider_word (workspace_id, firm);
CREATE INDEX seller_word_by_whose ON seller_word (workspace_id, whose, id);
CREATE INDEX seller_word_by_kind ON seller_word (workspace_id, kind, id);
CREATE UNIQUE INDEX connection_by_name ON connection (workspace_id, name) WHERE removed_at IS NULL;
CREATE UNIQUE INDEX sync_folder_by_path ON sync_folder (workspace_id, connection_id, path);
CREATE UNIQUE INDEX outgoing_by_message_id ON outgoing (workspace_id, message_id);
CREATE INDEX card_change_by_connection ON card_change (workspace_id, connection_id, id);
CREATE INDEX card_change_by_entry ON card_change (workspace_id, entry_id);

-- Rows are numbered in each workspace by themselves, as in a file. Nobody else writes there meanwhile.
CREATE FUNCTION next_id() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.id IS NULL THEN
    EXECUTE format('SELECT COALESCE(MAX(id), 0) + 1 FROM %I WHERE workspace_id = $1', TG_TABLE_NAME)
      INTO NEW.id USING NEW.workspace_id;
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER next_id BEFORE INSERT ON same_person FOR EACH ROW EXECUTE FUNCTION next_id();
CREATE TRIGGER next_id BEFORE INSERT ON fact FOR EACH ROW EXECUTE FUNCTION next_id();
CREATE TRIGGER next_id BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION next_id();
CREATE TRIGGER next_id BEFORE INSERT ON contact FOR EACH ROW EXECUTE FUNCTION next_id();
CREATE TRIGGER next_id BEFORE INSERT ON import_issue FOR EACH ROW EXECUTE FUNCTION next_id();
CREATE TRIGGER next_id BEFORE INSERT ON deal_change FOR EACH ROW EXECUTE FUNCTION next_id();
CREATE TRIGGER next_id BEFORE INSERT ON lesson FOR EACH ROW EXECUTE FUNCTION next_id();
CREATE TRIGGER next_id BEFORE INSERT ON overruling FOR EACH ROW EXECUTE FUNCTION next_id();
CREATE TRIGGER next_id BEFORE INSERT ON second_reading FOR EACH ROW EXECUTE FUNCTION next_id();
CREATE TRIGGER next_id BEFORE INSERT ON insight FOR EACH ROW EXECUTE FUNCTION next_id();
CREATE TRIGGER next_id BEFORE INSERT ON entry FOR EACH ROW EXECUTE FUNCTION next_id();
CREATE TRIGGER next_id BEFORE INSERT ON deed FOR EACH ROW EXECUTE FUNCTION next_id();
CREATE TRIGGER next_id BEFORE INSERT ON correction FOR EACH ROW EXECUTE FUNCTION next_id();
CREATE TRIGGER next_id BEFORE INSERT ON account FOR EACH ROW EXECUTE FUNCTION next_id();
CREATE TRIGGER next_id BEFORE INSERT ON same_account FOR EACH ROW EXECUTE FUNCTION next_id();
CREATE TRIGGER next_id BEFORE INSERT ON ideal_client FOR EACH ROW EXECUTE FUNCTION next_id();
CREATE TRIGGER next_id BEFORE INSERT ON page FOR EACH ROW EXECUTE FUNCTION next_id();
CREATE TRIGGER next_id BEFORE INSERT ON do_not_contact FOR EACH ROW EXECUTE FUNCTION next_id();
CREATE TRIGGER next_id BEFORE INSERT ON member FOR EACH ROW EXECUTE FUNCTION next_id();
CREATE TRIGGER next_id BEFORE INSERT ON lead FOR EACH ROW EXECUTE FUNCTION next_id();
CREATE TRIGGER next_id BEFORE INSERT ON lead_event FOR EACH ROW EXECUTE FUNCTION next_id();
CREATE TRIGGER next_id BEFORE INSERT ON lead_definition FOR EACH ROW EXECUTE FUNCTION next_id();
CREATE TRIGGER next_id BEFORE INSERT ON lead_signature FOR EACH ROW EXECUTE FUNCTION next_id();
CREATE TRIGGER next_id BEFORE INSERT ON provider_word FOR EACH ROW EXECUTE FUNCTION next_id();
CREATE TRIGGER next_id BEFORE INSERT ON seller_word FOR EACH ROW EXECUTE FUNCTION next_id();
CREATE TRIGGER next_id BEFORE INSERT ON connection FOR EACH ROW EXECUTE FUNCTION next_id();
CREATE TRIGGER next_id BEFORE INSERT ON sync_folder FOR EACH ROW EXECUTE FUNCTION next_id();
CREATE TRIGGER next_id BEFORE INSERT ON outgoing FOR EACH ROW EXECUTE FUNCTION next_id();
CREATE TRIGGER next_id BEFORE INSERT ON card_change FOR EACH ROW EXECUTE FUNCTION next_id();

-- The words of every message with their places, each under where it stands: A the subject, B people, C the text.
CREATE TABLE message_words (
  workspace_id BIGINT NOT NULL REFERENCES workspace (id),
  message_id   BIGINT NOT NULL,
  words        TSVECTOR NOT NULL,
  PRIMARY KEY (workspace_id, message_id)
);
CREATE INDEX message_words_by_word ON message_words USING GIN (words);
