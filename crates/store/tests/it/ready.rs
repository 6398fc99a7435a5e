//! Whether the database answers, with the schema that this program knows.

use inroad_store::Store;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection, SqliteConnection};

#[tokio::test]
async fn it_knows_its_own_schema_and_a_later_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data.db");
    let store = Store::open(&path).await.unwrap();
    assert!(store.has_own_schema().await.unwrap());
    let [readers, writer] = store.pools();
    assert_eq!((readers.pool, writer.pool), ("readers", "writer"));
    // One that was used just now comes back a moment later.
    assert_eq!(writer.busy + writer.idle, 1);
    assert!(readers.busy + readers.idle >= 1, "{readers:?}");

    // Another program, of a later version, brings the file further while this one has it open.
    let mut other =
        SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(&path)).await.unwrap();
    sqlx::query(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         VALUES (9999, 'of tomorrow', TRUE, x'00', 0)",
    )
    .execute(&mut other)
    .await
    .unwrap();
    other.close().await.unwrap();
    assert!(!store.has_own_schema().await.unwrap());

    store.clone().close().await.unwrap();
    assert!(store.has_own_schema().await.is_err());
}
