//! The log only grows, and whoever noted a hash knows whether anything before it was changed.

use inroad_store::Store;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection as _, SqliteConnection};
use tempfile::TempDir;

use crate::lessons::day;

async fn store() -> (TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("data.db")).await.unwrap();
    for n in 1..=5 {
        store.add_audit(&format!("{{\"n\":{n}}}"), day(n)).await.unwrap();
    }
    (folder, store)
}

async fn beside(folder: &TempDir) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(folder.path().join("data.db"));
    SqliteConnection::connect_with(&options).await.unwrap()
}

/// With whatever keeps lines as they are taken away.
async fn tamper(folder: &TempDir, sql: &'static str) {
    let mut connection = beside(folder).await;
    for sql in ["DROP TRIGGER audit_is_not_changed", "DROP TRIGGER audit_is_not_shortened", sql] {
        sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
    }
}

#[tokio::test]
async fn lines_are_kept_in_their_order() {
    let (_folder, store) = store().await;
    let lines = store.audit(None, 3).await.unwrap();
    assert_eq!(lines.iter().map(|line| line.number).collect::<Vec<_>>(), [5, 4, 3]);
    assert_eq!(lines[0].content, "{\"n\":5}");
    let earlier = store.audit(Some(3), 9).await.unwrap();
    assert_eq!(earlier.iter().map(|line| line.number).collect::<Vec<_>>(), [2, 1]);
    let checked = store.check_audit(Some(&lines[1].hash)).await.unwrap();
    assert_eq!((checked.lines, checked.broken_at, checked.noted), (5, None, Some(4)));
    assert_eq!(checked.head, lines[0].hash);
}

#[tokio::test]
async fn the_database_itself_refuses_to_change_a_line() {
    let (folder, store) = store().await;
    let mut connection = beside(&folder).await;
    for sql in ["UPDATE audit SET content = '{}'", "DELETE FROM audit WHERE id = 5"] {
        assert!(sqlx::raw_sql(sql).execute(&mut connection).await.is_err(), "{sql}");
    }
    assert_eq!(store.check_audit(None).await.unwrap().lines, 5);
}

#[tokio::test]
async fn what_was_changed_past_the_database_is_seen() {
    for (sql, broken_at) in [
        ("UPDATE audit SET content = '{\"n\":0}' WHERE id = 3", 3),
        ("UPDATE audit SET told_at = told_at + 1 WHERE id = 2", 2),
        ("DELETE FROM audit WHERE id = 1", 1),
        ("DELETE FROM audit WHERE id = 4", 4),
        ("UPDATE audit SET hash = x'00' WHERE id = 5", 5),
        ("UPDATE audit SET id = 9 WHERE id = 5", 5),
    ] {
        let (folder, store) = store().await;
        tamper(&folder, sql).await;
        assert_eq!(store.check_audit(None).await.unwrap().broken_at, Some(broken_at), "{sql}");
    }
}

#[tokio::test]
async fn what_was_cut_off_is_seen_by_whoever_noted_a_hash() {
    let (folder, store) = store().await;
    let noted = store.audit(None, 1).await.unwrap().remove(0).hash;
    tamper(&folder, "DELETE FROM audit WHERE id = 5").await;
    let checked = store.check_audit(Some(&noted)).await.unwrap();
    // The rest fits, so that only the note tells.
    assert_eq!((checked.broken_at, checked.noted), (None, None));
}

#[tokio::test]
async fn lines_written_at_once_come_one_after_the_other() {
    let (folder, one) = store().await;
    let other = Store::open(&folder.path().join("data.db")).await.unwrap();
    let at = day(9);
    for _ in 0..10 {
        let (a, b) = tokio::join!(one.add_audit("{}", at), other.add_audit("{}", at));
        a.and(b).unwrap();
    }
    let checked = one.check_audit(None).await.unwrap();
    assert_eq!((checked.lines, checked.broken_at), (25, None));
}
