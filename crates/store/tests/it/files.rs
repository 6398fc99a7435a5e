//! Files that are not ours are left alone.

use inroad_store::{Error, Store};

#[tokio::test]
async fn a_foreign_file_is_refused_and_unchanged() {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in [("letter.txt", &b"Dear Jana, this is no database"[..]), ("short", b"x")]
    {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        let refused = Store::open(&path).await;
        assert!(matches!(refused, Err(Error::NotOurs { .. })), "{name}: {refused:?}");
        assert_eq!(std::fs::read(&path).unwrap(), content);
    }
}

#[tokio::test]
async fn an_empty_file_becomes_a_data_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new.db");
    std::fs::write(&path, b"").unwrap();
    let store = Store::open(&path).await.unwrap();
    assert_eq!(store.message_count().await.unwrap(), 0);
    assert!(store.health().await.unwrap().faults.is_empty());
}

#[tokio::test]
async fn a_damaged_backup_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data.db");
    Store::open(&path).await.unwrap().close().await.unwrap();
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[4096..8192].fill(0xAA);
    std::fs::write(&path, bytes).unwrap();
    assert!(inroad_store::check_backup(&path).await.is_err());
}
