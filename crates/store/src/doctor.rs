//! Looking after the data file: is it whole, how large is it, what is in it.

use futures_util::TryStreamExt;
use sqlx::Row;

use crate::database::WORKSPACE;
use crate::{Result, Store};

/// What the doctor found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// The version of `SQLite`.
    pub sqlite: String,
    /// What is wrong with the file; empty if nothing is.
    pub faults: Vec<String>,
    /// Rows by noun, in a fixed order.
    pub counts: Vec<(&'static str, u64)>,
    /// The size of the file in bytes.
    pub bytes: u64,
}

const COUNTS: [(&str, &str); 11] = [
    ("messages", "SELECT COUNT(*) FROM message WHERE workspace_id = ?"),
    ("addresses", "SELECT COUNT(*) FROM address WHERE workspace_id = ?"),
    ("facts", "SELECT COUNT(*) FROM fact WHERE workspace_id = ?"),
    ("deals", "SELECT COUNT(*) FROM deal WHERE workspace_id = ?"),
    ("lessons", "SELECT COUNT(*) FROM lesson WHERE workspace_id = ?"),
    ("insights", "SELECT COUNT(*) FROM insight WHERE workspace_id = ?"),
    ("calendar entries", "SELECT COUNT(*) FROM event WHERE workspace_id = ?"),
    ("contacts", "SELECT COUNT(*) FROM contact WHERE workspace_id = ?"),
    ("leads", "SELECT COUNT(*) FROM lead WHERE workspace_id = ?"),
    ("companies", "SELECT COUNT(DISTINCT account_key) FROM account WHERE workspace_id = ?"),
    (
        "people and firms on lists not to write to",
        "SELECT COUNT(*) FROM do_not_contact WHERE workspace_id = ? AND withdrawn_at IS NULL",
    ),
];

impl Store {
    /// Reads every page and every reference between rows.
    pub async fn health(&self) -> Result<Health> {
        let (sqlite,): (String,) =
            sqlx::query_as("SELECT sqlite_version()").fetch_one(&self.readers).await?;
        let mut faults = Vec::new();
        for row in sqlx::query("PRAGMA integrity_check").fetch_all(&self.readers).await? {
            let line: String = row.try_get(0)?;
            if line != "ok" {
                faults.push(line);
            }
        }
        for row in sqlx::query("PRAGMA foreign_key_check").fetch_all(&self.readers).await? {
            let (table, id): (String, Option<i64>) = (row.try_get(0)?, row.try_get(1)?);
            faults.push(format!("{table} {} refers to a row that is gone", id.unwrap_or(0)));
        }
        let mut counts = Vec::new();
        for (noun, sql) in COUNTS {
            let (n,): (i64,) = sqlx::query_as(sql).bind(WORKSPACE).fetch_one(&self.readers).await?;
            counts.push((noun, n.unsigned_abs()));
        }
        let (pages,): (i64,) = sqlx::query_as("PRAGMA page_count").fetch_one(&self.readers).await?;
        let (size,): (i64,) = sqlx::query_as("PRAGMA page_size").fetch_one(&self.readers).await?;
        Ok(Health { sqlite, faults, counts, bytes: (pages * size).unsigned_abs() })
    }
}

/// One statement per table: a row as one text, in a fixed order. What was wrong with the input is
/// left out: it depends on how often an import was stopped.
const CONTENT: [&str; 36] = [
    "SELECT name || char(31) || value FROM setting ORDER BY workspace_id, name",
    "SELECT id || char(31) || hex(hash) || char(31) || bytes || char(31) || source || char(31) || \
     hex(content) FROM original ORDER BY id",
    "SELECT id || char(31) || email || char(31) || name FROM address ORDER BY id",
    "SELECT id || char(31) || message_id || char(31) || thread_id || char(31) || \
     COALESCE(sent_at, '') || char(31) || offset_seconds || char(31) || COALESCE(from_id, '') || \
     char(31) || from_name || char(31) || subject || char(31) || nature || char(31) || details || \
     char(31) || hex(new_text) FROM message ORDER BY id",
    "SELECT message_id || char(31) || address_id || char(31) || field || char(31) || name \
     FROM recipient ORDER BY message_id, field, address_id",
    "SELECT hash || char(31) || thread_id FROM thread_node ORDER BY hash",
    "SELECT message_id || char(31) || kind || char(31) || email || char(31) || details || \
     char(31) || quote FROM fact ORDER BY message_id, id",
    "SELECT message_id || char(31) || COALESCE(sent_at, '') || char(31) || touch \
     FROM telling ORDER BY message_id",
    "SELECT id || char(31) || status || char(31) || content || char(31) || known_as \
     FROM deal ORDER BY id",
    // Without its moment: the same input on another day gives the same digest.
    "SELECT deal_id || char(31) || status || char(31) || stage FROM deal_change \
     ORDER BY deal_id, id",
    "SELECT deal_id || char(31) || (withdrawn_at IS NULL) || char(31) || stage_before || char(31) || \
     content FROM lesson ORDER BY id",
    "SELECT deal_id || char(31) || (withdrawn_at IS NULL) || char(31) || (asked_at IS NULL) || \
     char(31) || content FROM overruling ORDER BY id",
    "SELECT id || char(31) || (withdrawn_at IS NULL) || char(31) || content FROM insight ORDER BY id",
    "SELECT deal_id || char(31) || about || char(31) || (withdrawn_at IS NULL) || char(31) || content \
     FROM entry ORDER BY id",
    "SELECT sentence || char(31) || cue || char(31) || holds || char(31) || (withdrawn_at IS NULL) \
     FROM correction ORDER BY id",
    "SELECT email_a || char(31) || email_b || char(31) || same FROM same_person ORDER BY id",
    "SELECT uid || char(31) || content FROM event ORDER BY id",
    "SELECT hex(hash) || char(31) || content FROM contact ORDER BY id",
    "SELECT hex(hash) || char(31) || account_key || char(31) || (withdrawn_at IS NULL) || char(31) || \
     content FROM account ORDER BY id",
    "SELECT key_a || char(31) || key_b || char(31) || same FROM same_account ORDER BY id",
    "SELECT content FROM ideal_client ORDER BY id",
    "SELECT account_key || char(31) || (withdrawn_at IS NULL) || char(31) || details || char(31) || \
     hex(content) FROM page ORDER BY id",
    "SELECT (left_at IS NULL) || char(31) || content FROM member ORDER BY email",
    "SELECT kind || char(31) || value || char(31) || reason || char(31) || (withdrawn_at IS NULL) \
     FROM do_not_contact ORDER BY id",
    "SELECT id || char(31) || email || char(31) || import_key FROM lead ORDER BY id",
    "SELECT lead_id || char(31) || told_by || char(31) || (withdrawn_at IS NULL) || char(31) || content \
     FROM lead_event ORDER BY id",
    "SELECT told_by || char(31) || (withdrawn_at IS NULL) || char(31) || content \
     FROM lead_definition ORDER BY id",
    "SELECT definition_id || char(31) || side || char(31) || told_by || char(31) || (withdrawn_at IS NULL) \
     FROM lead_signature ORDER BY id",
    "SELECT firm || char(31) || told_by || char(31) || (withdrawn_at IS NULL) || char(31) || content \
     FROM provider_word ORDER BY id",
    "SELECT whose || char(31) || told_by || char(31) || (withdrawn_at IS NULL) || char(31) || content \
     FROM seller_word ORDER BY id",
    "SELECT entry_id || char(31) || content FROM call_talk ORDER BY entry_id",
    "SELECT id || char(31) || name || char(31) || (removed_at IS NULL) || char(31) || content \
     FROM connection ORDER BY id",
    "SELECT id || char(31) || connection_id || char(31) || path || char(31) || position \
     FROM sync_folder ORDER BY id",
    "SELECT folder_id || char(31) || uid || char(31) || hex(hash) || char(31) || flags || char(31) || \
     (gone_at IS NULL) FROM sync_mail ORDER BY folder_id, uid",
    "SELECT id || char(31) || connection_id || char(31) || message_id || char(31) || state || char(31) || \
     approved_at || char(31) || COALESCE(settled_at, '') || char(31) || details || char(31) || \
     hex(content) FROM outgoing ORDER BY id",
    "SELECT connection_id || char(31) || entry_id || char(31) || email || char(31) || book || char(31) || \
     card || char(31) || state || char(31) || content FROM card_change ORDER BY id",
];

impl Store {
    /// A digest of everything that was imported and decided. The same input gives the same
    /// digest, however often the import was stopped and repeated.
    pub async fn digest(&self) -> Result<String> {
        let mut hasher = blake3::Hasher::new();
        for sql in CONTENT {
            let mut rows = sqlx::query_scalar::<_, String>(sql).fetch(&self.readers);
            while let Some(row) = rows.try_next().await? {
                hasher.update(row.as_bytes());
                hasher.update(&[0x1e]);
            }
            hasher.update(&[0x1d]);
        }
        self.digest_words(&mut hasher).await?;
        Ok(hasher.finalize().to_hex().chars().take(32).collect())
    }

    /// The search index, by what it finds: every word with its messages.
    async fn digest_words(&self, hasher: &mut blake3::Hasher) -> Result<()> {
        let mut connection = self.readers.acquire().await?;
        sqlx::query(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.word_list \
             USING fts5vocab('main', 'message_words', 'col')",
        )
        .execute(&mut *connection)
        .await?;
        let mut rows = sqlx::query_as::<_, (String, String, i64, i64)>(
            "SELECT term, col, doc, cnt FROM temp.word_list",
        )
        .fetch(&mut *connection);
        while let Some((term, column, messages, times)) = rows.try_next().await? {
            hasher.update(format!("{term}\u{1f}{column}\u{1f}{messages}\u{1f}{times}").as_bytes());
        }
        Ok(())
    }
}
