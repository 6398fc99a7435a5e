//! One user's story: import, who am I, deals, people, backup.

use inroad_service::{DealStatus, Inroad};

use crate::desk::{Desk, day, email, is_in_file};
use crate::letters::{ME, letter, mbox, usual};

#[tokio::test]
async fn a_second_import_adds_nothing_and_a_dry_run_keeps_nothing() {
    let desk = Desk::new().await;
    let mail = desk.write("mail.mbox", mbox(&usual()));
    let rehearsed = desk.rehearse(&[&mail]).await;
    assert_eq!((rehearsed.messages, rehearsed.message_doubles), (usual().len(), 0));
    assert!(desk.find("looked").await.is_empty(), "nothing was kept");
    assert!(desk.inroad.seller().await.unwrap().is_none());

    let first = desk.import(&[&mail]).await;
    assert_eq!(first.messages, usual().len());
    let digest = desk.inroad.diagnose().await.unwrap().digest;
    for again in [desk.rehearse(&[&mail]).await, desk.import(&[&mail]).await] {
        assert_eq!((again.messages, again.message_doubles), (0, usual().len()));
        assert_eq!(again.deals_proposed, 0);
    }
    assert_eq!(desk.inroad.diagnose().await.unwrap().digest, digest);
}

#[tokio::test]
async fn a_fault_is_told_with_its_line_and_the_rest_comes_in() {
    let desk = Desk::new().await;
    let mail = desk.folder.path().join("mail");
    std::fs::create_dir(&mail).unwrap();
    std::fs::write(mail.join("a.mbox"), mbox(&usual())).unwrap();
    std::fs::write(mail.join("deals.json"), "{\"me\": {},\n \"deals\": [\n  oops\n]}").unwrap();
    let report = desk.import(&[&mail]).await;
    assert_eq!(report.messages, usual().len());
    assert_eq!(report.issue_count, 1, "{:?}", report.issues);
    assert_eq!(report.issues[0].place.line, Some(3));
}

#[tokio::test]
async fn strange_dates_stop_nothing() {
    let desk = Desk::new().await;
    let mut letters = usual();
    for date in
        ["", "tomorrow", "1 Jan 9999 00:00:00 +0000", "1 Jan 0001 00:00:00 +1400", "32 Mar 2026"]
    {
        let mut strange = letter("jana@lindner.example", ME, 1, &format!("dated '{date}'"));
        date.clone_into(&mut strange.date);
        letters.push(strange);
    }
    let report = desk.take_letters(&letters).await;
    assert_eq!(report.messages, letters.len());
    assert_eq!(desk.find("dated").await.messages.shown.len(), 5);
    for at in ["0001-01-02T00:00:00Z", "2026-03-20T00:00:00Z", "9999-01-02T00:00:00Z"] {
        desk.review(at.parse().unwrap()).await;
    }
}

#[tokio::test]
async fn the_owner_is_guessed_and_deals_are_proposed_for_a_person_to_decide() {
    let desk = Desk::new().await;
    let report = desk.take_letters(&usual()).await;
    assert_eq!(report.owner.unwrap().emails, [email(ME)]);
    assert_eq!(report.deals_proposed, 2);
    let names = ["Acme".to_owned()];
    assert_eq!(desk.inroad.decide_deals(&names, false).await.unwrap(), 1);
    assert_eq!(desk.inroad.decide_deals(&[], true).await.unwrap(), 1);
    assert!(desk.inroad.decide_deals(&["nobody".to_owned()], true).await.is_err());
    assert_eq!(desk.inroad.propose_deals().await.unwrap(), 0, "what was refused stays refused");
    let deals = desk.inroad.deals().await.unwrap();
    let status = |name: &str| deals.iter().find(|d| d.deal.name == name).unwrap().status;
    assert_eq!((status("Acme"), status("Lindner")), (DealStatus::Dismissed, DealStatus::Open));

    let review = desk.review(day(20)).await;
    assert_eq!(review["deals"].as_array().unwrap().len(), 1);
    let twice = desk.inroad.review(day(20)).await.unwrap();
    let once = desk.inroad.review(day(20)).await.unwrap();
    assert_eq!(serde_json::to_vec(&once).unwrap(), serde_json::to_vec(&twice).unwrap());
}

#[tokio::test]
async fn two_addresses_become_one_person_and_two_again() {
    let desk = Desk::new().await;
    let mut letters = usual();
    letters.push(letter("Jana Kühn <jana.kuehn@gmail.com>", ME, 18, "Writing from home."));
    desk.take_letters(&letters).await;
    let (office, home) = (email("jana@lindner.example"), email("jana.kuehn@gmail.com"));
    let before = desk.review(day(20)).await;
    let proposed = desk.inroad.person(&office, day(20)).await.unwrap().maybe_same_as;
    assert!(proposed.iter().any(|p| p.email == home), "{proposed:?}");

    desk.inroad.decide_same_person(&office, &home, true, day(20)).await.unwrap();
    let joined = desk.inroad.person(&office, day(20)).await.unwrap();
    assert_eq!(joined.same_as, std::slice::from_ref(&home));
    assert!(joined.messages.iter().any(|m| m.date.unwrap() > day(17)));
    let after = desk.review(day(20)).await;
    assert_ne!(after, before, "the letter from home counts");

    desk.inroad.decide_same_person(&office, &home, false, day(20)).await.unwrap();
    assert_eq!(desk.review(day(20)).await, before);
    let apart = desk.inroad.person(&office, day(20)).await.unwrap();
    assert!(apart.same_as.is_empty());
    assert!(apart.maybe_same_as.is_empty(), "what was refused is not proposed again");
    assert!(desk.inroad.decide_same_person(&office, &office, true, day(20)).await.is_err());
}

#[tokio::test]
async fn a_backup_comes_back_and_a_damaged_one_is_refused() {
    if !is_in_file() {
        return;
    }
    let desk = Desk::new().await;
    desk.take_letters(&usual()).await;
    let backup = desk.folder.path().join("backup.db");
    desk.inroad.backup(&backup).await.unwrap();
    assert!(desk.inroad.backup(&backup).await.is_err(), "a backup is never overwritten");
    let digest = desk.inroad.diagnose().await.unwrap().digest;

    desk.take_letters(&[letter("new@lindner.example", ME, 19, "Hello")]).await;
    let later = desk.inroad.diagnose().await.unwrap().digest;
    let data = desk.inroad.path().to_owned();
    desk.inroad.close().await.unwrap();

    let mut bytes = std::fs::read(&backup).unwrap();
    let end = bytes.len();
    bytes[4096..end].iter_mut().for_each(|byte| *byte = 0xAA);
    let damaged = desk.folder.path().join("damaged.db");
    std::fs::write(&damaged, &bytes).unwrap();
    assert!(Inroad::restore(&damaged, &data).await.is_err());
    let inroad = Inroad::open(&data).await.unwrap();
    assert_eq!(inroad.diagnose().await.unwrap().digest, later, "nothing was changed");
    inroad.close().await.unwrap();

    let (messages, former) = Inroad::restore(&backup, &data).await.unwrap();
    assert_eq!(messages, usual().len() as u64);
    let restored = Inroad::open(&data).await.unwrap();
    assert_eq!(restored.diagnose().await.unwrap().digest, digest);
    let former = Inroad::open(&former.unwrap()).await.unwrap();
    assert_eq!(former.diagnose().await.unwrap().digest, later, "the former file is kept");
}
