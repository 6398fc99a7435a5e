//! Lists use their indexes: no query of a list reads a whole table.

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection, Row, SqliteConnection};

use inroad_store::Store;

/// What the lists ask, in the words of the store.
const LISTS: [&str; 27] = [
    "SELECT id FROM message WHERE workspace_id = 1 AND message_id = 'a'",
    "SELECT m.id FROM message m JOIN address a ON a.id = m.from_id \
     WHERE m.workspace_id = 1 AND a.workspace_id = 1 AND a.domain = 'x.example'",
    "SELECT r.message_id FROM recipient r JOIN address a ON a.id = r.address_id \
     WHERE r.workspace_id = 1 AND a.workspace_id = 1 AND a.email = 'a@x.example'",
    "SELECT id FROM original WHERE workspace_id = 1 AND hash IN (x'00', x'01')",
    "SELECT hash, thread_id FROM thread_node WHERE workspace_id = 1 AND hash IN (1, 2)",
    "SELECT message_id FROM message WHERE workspace_id = 1 AND thread_id = 1",
    "SELECT kind FROM fact WHERE +workspace_id = 1 AND message_id IN (SELECT value FROM json_each('[]'))",
    "SELECT f.message_id FROM fact f WHERE f.workspace_id = 1 AND f.email = 'a'",
    "SELECT status, content FROM deal WHERE workspace_id = 1 ORDER BY id",
    "SELECT email, name FROM address WHERE workspace_id = 1 ORDER BY email LIMIT 9",
    "SELECT a.email, o.source, COUNT(*) FROM address a \
     JOIN message m ON m.from_id = a.id JOIN original o ON o.id = m.id AND +o.workspace_id = 1 \
     WHERE a.workspace_id = 1 AND m.workspace_id = 1 \
       AND a.email IN (SELECT value FROM json_each('[]')) GROUP BY a.email, o.source",
    "SELECT r.message_id, a.email FROM recipient r JOIN address a ON a.id = r.address_id AND +a.workspace_id = r.workspace_id \
     WHERE +r.workspace_id = 1 AND r.message_id IN (SELECT value FROM json_each('[]')) \
     ORDER BY r.message_id, r.field, r.address_id",
    "WITH wanted AS (\
       SELECT id, email FROM address WHERE workspace_id = 1 \
         AND email IN (SELECT value FROM json_each('[]')) \
       UNION SELECT id, email FROM address WHERE workspace_id = 1 \
         AND domain IN (SELECT value FROM json_each('[]'))), \
     found AS (\
       SELECT m.id FROM wanted w CROSS JOIN message m ON m.from_id = w.id \
         WHERE m.workspace_id = 1 \
       UNION SELECT r.message_id FROM wanted w CROSS JOIN recipient r ON r.address_id = w.id \
         WHERE r.workspace_id = 1 \
       UNION SELECT f.message_id FROM wanted w CROSS JOIN fact f ON f.email = w.email \
         WHERE f.workspace_id = 1 \
       UNION SELECT f.message_id FROM wanted w \
         CROSS JOIN fact f ON json_extract(f.details, '$.to') = w.email \
         WHERE f.workspace_id = 1) \
     SELECT m.id FROM found CROSS JOIN message m ON m.id = found.id AND +m.workspace_id = 1 \
     WHERE COALESCE(m.sent_at, 0) <= 9 ORDER BY m.id",
    "SELECT group_concat(touch, char(10)) FROM telling \
     WHERE message_id BETWEEN 1 AND 9 AND workspace_id = 1",
    "SELECT group_concat(touch, char(10)) FROM telling \
     WHERE message_id IN (SELECT value FROM json_each('[]')) AND workspace_id = 1",
    "SELECT id, content FROM lesson \
     WHERE workspace_id = 1 AND told_at <= 9 AND (withdrawn_at IS NULL OR withdrawn_at > 9)",
    "SELECT id, content FROM overruling \
     WHERE workspace_id = 1 AND told_at <= 9 AND (withdrawn_at IS NULL OR withdrawn_at > 9)",
    "SELECT id, content FROM insight \
     WHERE workspace_id = 1 AND told_at <= 9 AND (withdrawn_at IS NULL OR withdrawn_at > 9)",
    "SELECT id, withdrawn_at, content FROM insight \
     WHERE workspace_id = 1 AND (email = 'a' OR other_email = 'a') ORDER BY id",
    "SELECT message_id, new_text FROM message WHERE workspace_id = 1 \
     AND message_id IN (SELECT value FROM json_each('[]'))",
    "SELECT deal_id, content FROM second_reading \
     WHERE workspace_id = 1 AND as_of <= 9 ORDER BY deal_id, as_of, id",
    "SELECT sent_hash FROM second_reading \
     WHERE workspace_id = 1 AND deal_id = 'a' AND as_of <= 9 ORDER BY as_of DESC, id DESC LIMIT 1",
    "SELECT m.id, COALESCE((SELECT group_concat(r.name || ' ' || t.email, ' ') FROM recipient r \
         JOIN address t ON t.id = r.address_id AND +t.workspace_id = r.workspace_id \
         WHERE r.message_id = m.id AND +r.workspace_id = m.workspace_id), ''), \
       (SELECT json_group_array(f.quote) FROM fact f WHERE f.message_id = m.id \
         AND +f.workspace_id = m.workspace_id AND f.kind = 'ill') \
     FROM json_each('[]') w CROSS JOIN message m ON m.id = w.value \
     LEFT JOIN address a ON a.id = m.from_id AND +a.workspace_id = m.workspace_id \
     WHERE +m.workspace_id = 1 ORDER BY w.key",
    "SELECT id, lead_id, told_at, told_by, withdrawn_at, content FROM lead_event \
     WHERE workspace_id = 1 AND lead_id = 1 ORDER BY lead_id, id",
    "SELECT id, lead_id, told_at, told_by, withdrawn_at, content FROM lead_event \
     WHERE workspace_id = 1 AND lead_id IN (SELECT lead_id FROM lead_event \
       WHERE +workspace_id = 1 AND id > 1) \
     ORDER BY lead_id, id",
    "SELECT l.import_key FROM lead l WHERE l.workspace_id = 1 AND l.import_key <> '' \
       AND l.import_key IN (SELECT value FROM json_each('[]')) \
       AND EXISTS (SELECT 1 FROM lead_event e WHERE e.workspace_id = l.workspace_id \
         AND e.lead_id = l.id AND e.withdrawn_at IS NULL)",
    "WITH wanted AS (SELECT id, email FROM address WHERE workspace_id = 1 \
       AND email IN (SELECT value FROM json_each('[]'))), \
     writers AS (SELECT id FROM address WHERE workspace_id = 1 \
       AND email IN (SELECT value FROM json_each('[]'))) \
     SELECT DISTINCT w.email, m.sent_at, m.offset_seconds FROM wanted w \
     CROSS JOIN recipient r ON r.address_id = w.id \
     CROSS JOIN message m ON m.id = r.message_id \
     WHERE r.workspace_id = 1 AND m.workspace_id = 1 AND m.from_id IN (SELECT id FROM writers) \
       AND m.sent_at IS NOT NULL ORDER BY m.sent_at, m.id",
];
/// What a plan may read whole: its own intermediate results, and lists given as a parameter.
const SCANS_ALLOWED: [&str; 4] = ["SCAN w", "SCAN found", "SCAN wanted", "SCAN json_each"];

/// What is asked for by the number of a row, or behind one, and the addresses at a domain.
const FEW: [&str; 8] = [
    "SELECT group_concat(id || ' ' || offset_seconds, ' ') FROM message \
     WHERE id IN (SELECT value FROM json_each('[]')) AND +workspace_id = 1",
    "SELECT id, content FROM original \
     WHERE id IN (SELECT value FROM json_each('[]')) AND +workspace_id = 1",
    "SELECT message_id FROM message WHERE +workspace_id = 1 \
     AND id IN (SELECT value FROM json_each('[]'))",
    "SELECT m.id, o.content FROM message m JOIN original o ON o.id = m.id \
     WHERE +m.workspace_id = 1 AND m.id > 1 ORDER BY m.id LIMIT 9",
    "SELECT o.id, m.message_id FROM original o LEFT JOIN message m ON m.id = o.id \
     WHERE +o.workspace_id = 1 AND o.id > 1 AND o.bytes > 0 ORDER BY o.id LIMIT 9",
    "SELECT COUNT(*) FROM reading r CROSS JOIN message m ON m.id BETWEEN r.first_id AND r.last_id \
     WHERE r.workspace_id = 1 AND r.reader <> 'a' AND +m.workspace_id = 1",
    "SELECT m.id, o.bytes FROM reading r CROSS JOIN message m \
       ON m.id BETWEEN r.first_id AND r.last_id JOIN original o ON o.id = m.id \
     WHERE r.workspace_id = 1 AND r.reader <> 'a' AND +m.workspace_id = 1 \
     ORDER BY r.first_id, m.id LIMIT 9",
    "SELECT email FROM address WHERE workspace_id = 1 AND domain = 'x.example'",
];

/// The steps by which a query is answered.
async fn steps(connection: &mut SqliteConnection, sql: &str) -> Vec<String> {
    let explain = format!("EXPLAIN QUERY PLAN {sql}");
    let rows = sqlx::raw_sql(sqlx::AssertSqlSafe(explain)).fetch_all(connection).await.unwrap();
    rows.iter().map(|row| row.get::<String, _>("detail").trim().to_owned()).collect()
}

#[tokio::test]
async fn no_list_reads_a_whole_table() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data.db");
    let _store = Store::open(&path).await.unwrap();
    let options = SqliteConnectOptions::new().filename(&path);
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    for sql in LISTS {
        for step in steps(&mut connection, sql).await {
            let own = SCANS_ALLOWED.iter().any(|scan| {
                step.strip_prefix(scan).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
            });
            assert!(own || !step.starts_with("SCAN"), "{sql}: {step}");
        }
    }
}

/// In a file of one workspace an index that is used for the workspace alone is the whole table.
#[tokio::test]
async fn a_few_rows_are_found_without_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data.db");
    let _store = Store::open(&path).await.unwrap();
    let options = SqliteConnectOptions::new().filename(&path);
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    // Of runs of readers, `r`, there are a handful.
    let is_small = |step: &str| step.contains("json_each") || step.contains(" r ");
    let is_whole = |step: &String| {
        !is_small(step) && (step.starts_with("SCAN") || step.ends_with("(workspace_id=?)"))
    };
    for sql in FEW {
        let steps = steps(&mut connection, sql).await;
        assert!(!steps.iter().any(is_whole), "{sql}: {steps:?}");
    }
    // Without the sign SQLite takes that very index; if it does so no more, the sign may go.
    let plain = FEW.iter().filter(|sql| sql.contains('+')).map(|sql| sql.replace('+', ""));
    for sql in plain {
        let steps = steps(&mut connection, &sql).await;
        assert!(steps.iter().any(is_whole), "{sql}: {steps:?}");
    }
}
