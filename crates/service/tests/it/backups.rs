//! A restore works when it is needed: when the data file is of no use any more.

use inroad_service::Inroad;

use crate::desk::{Desk, is_in_file};
use crate::letters::{JANA, exchange};

async fn check(broken: &[u8]) {
    if !is_in_file() {
        return;
    }
    let desk = Desk::new().await;
    desk.take_letters(&exchange(JANA, 6)).await;
    let (data, backup) = (desk.inroad.path().to_owned(), desk.folder.path().join("backup.db"));
    desk.inroad.backup(&backup).await.unwrap();
    desk.inroad.clone().close().await.unwrap();
    let mut bytes = std::fs::read(&data).unwrap();
    bytes.splice(..broken.len(), broken.iter().copied());
    std::fs::write(&data, &bytes).unwrap();

    let (messages, former) = Inroad::restore(&backup, &data).await.unwrap();
    assert_eq!(messages, 6);
    let kept = std::fs::read(former.unwrap()).unwrap();
    assert!(broken.is_empty() || kept == bytes, "what cannot be opened is kept as it was");
    let restored = Inroad::open_existing(&data).await.unwrap();
    assert_eq!(restored.diagnose().await.unwrap().health.faults, [""; 0]);
    let left: Vec<_> = std::fs::read_dir(desk.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .filter(|name| name.to_string_lossy().contains("restoring"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[tokio::test]
async fn a_damaged_header_hinders_no_restore() {
    check(b"no database any more").await;
}

#[tokio::test]
async fn a_whole_file_is_put_aside_too() {
    check(b"").await;
}

#[tokio::test]
async fn a_mistyped_name_makes_no_data_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("typo.db");
    assert!(Inroad::open_existing(&path).await.is_err());
    assert!(!path.exists());
}

#[cfg(unix)]
#[tokio::test]
async fn nobody_else_reads_the_letters() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new().await;
    let backup = desk.folder.path().join("backup.db");
    desk.inroad.backup(&backup).await.unwrap();
    for path in [desk.inroad.path(), &backup] {
        let mode = std::fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{}", path.display());
    }
}
