//! The same data on a server: what a user sees, and how it comes there and back. Runs where the environment names a
//! server.

use inroad_service::{Error, ImportOptions, Inroad, ServerPlace};

use crate::desk::{Desk, day};
use crate::letters::{JANA, ME, exchange, letter, mbox, usual};

fn workspace(desk: &Desk, name: &str) -> Option<ServerPlace> {
    let Ok(database) = std::env::var("INROAD_POSTGRES") else {
        println!("SKIPPED: INROAD_POSTGRES names no server");
        return None;
    };
    Some(ServerPlace { database, workspace: format!("{name} {}", desk.folder.path().display()) })
}

#[tokio::test]
async fn a_data_file_goes_to_a_server_and_everything_is_seen_as_before() {
    let desk = Desk::new().await;
    let Some(to) = workspace(&desk, "migrated") else { return };
    desk.take_letters(&[usual(), exchange(JANA, 8)].concat()).await;
    desk.inroad.decide_deals(&[], true).await.unwrap();
    let team = desk.folder.path().join("moved.toml");
    let copied = desk.inroad.migrate(&to, &team, &mut |_table| ()).await.unwrap();
    assert!(copied.iter().any(|table| table.table == "message" && table.rows > 8));

    let inroad = Inroad::open(&team).await.unwrap();
    let there = Desk { folder: tempfile::tempdir().unwrap(), inroad };
    assert_eq!(there.review(day(20)).await, desk.review(day(20)).await);
    assert_eq!(there.find("offer").await, desk.find("offer").await);

    // What is there already does not come in again; what is new is seen by another program at once.
    let again = there.take_letters(&usual()).await;
    assert_eq!(again.messages, 0);
    let other = Inroad::open(&team).await.unwrap();
    let before = other.review(day(21)).await.unwrap();
    let news = [letter(JANA, ME, 20, "We have decided; please send the contract.")];
    let path = there.write("news.mbox", mbox(&news));
    there.inroad.import(&[path], &ImportOptions::default(), &|_| ()).await.unwrap();
    assert_ne!(other.review(day(21)).await.unwrap(), before);

    // A name that is taken, a workspace that is not empty.
    let taken = desk.inroad.migrate(&to, &team, &mut |_table| ()).await.unwrap_err();
    assert!(matches!(taken, Error::Conflict { .. }), "{taken}");
    let elsewhere = desk.folder.path().join("elsewhere.toml");
    let full = desk.inroad.migrate(&to, &elsewhere, &mut |_table| ()).await.unwrap_err();
    assert!(full.to_string().contains("something in it already") && !elsewhere.exists(), "{full}");
}

#[tokio::test]
async fn a_backup_comes_back_into_an_empty_workspace_alone() {
    let desk = Desk::new().await;
    let Some(to) = workspace(&desk, "restored") else { return };
    desk.take_letters(&usual()).await;
    let backup = desk.folder.path().join("backup.db");
    desk.inroad.backup(&backup).await.unwrap();
    let team = desk.folder.path().join("restored.toml");
    to.write(&team).unwrap();
    let (messages, former) = Inroad::restore(&backup, &team).await.unwrap();
    assert_eq!((messages, former), (usual().len() as u64, None));
    let there = Inroad::open_existing(&team).await.unwrap();
    assert_eq!(there.review(day(20)).await.unwrap(), desk.inroad.review(day(20)).await.unwrap());
    let full = Inroad::restore(&backup, &team).await.unwrap_err();
    assert!(full.to_string().contains("something in it already"), "{full}");
    std::fs::write(&backup, "no database").unwrap();
    assert!(Inroad::restore(&backup, &team).await.is_err());
    let left: Vec<_> = std::fs::read_dir(desk.folder.path())
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().into_string().ok())
        .filter(|name| name.contains("restoring"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}
