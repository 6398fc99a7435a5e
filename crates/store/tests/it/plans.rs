//! Lists use their indexes: no query of a list reads a whole table.

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection, Row, SqliteConnection};

use crate::samples::store;

/// What the lists ask, in the words of the store.
const LISTS: [&str; 4] = [
    "SELECT id FROM message WHERE workspace_id = 1 AND message_id = 'a'",
    "SELECT m.id FROM message m JOIN address a ON a.id = m.from_id \
     WHERE m.workspace_id = 1 AND a.workspace_id = 1 AND a.domain = 'x.example'",
    "SELECT r.message_id FROM recipient r JOIN address a ON a.id = r.address_id \
     WHERE r.workspace_id = 1 AND a.workspace_id = 1 AND a.email = 'a@x.example'",
    "SELECT id FROM original WHERE workspace_id = 1 AND hash = x'00'",
];

#[tokio::test]
async fn no_list_reads_a_whole_table() {
    let (_folder, store) = store().await;
    let options = SqliteConnectOptions::new().filename(store.path());
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    for sql in LISTS {
        let explain = format!("EXPLAIN QUERY PLAN {sql}");
        for row in
            sqlx::raw_sql(sqlx::AssertSqlSafe(explain)).fetch_all(&mut connection).await.unwrap()
        {
            let step: String = row.get("detail");
            assert!(!step.starts_with("SCAN"), "{sql}: {step}");
        }
    }
}
