//! One folder that always ends the session hides none of the others, and a server that is never well is not
//! asked in circles.

use std::time::Duration;

use inroad_service::{LiveState, ReadOnce, Stop, Tempo};

use crate::desk::{Desk, day};
use crate::live_faults::{connection, letter, mailbox, passwords, quick};
use crate::mail_server::{Fault, MailServer};

async fn mails(desk: &Desk) -> u64 {
    let health = desk.inroad.diagnose().await.unwrap().health;
    health.counts.iter().find(|(noun, _)| *noun == "messages").unwrap().1
}

async fn connected(server: &MailServer) -> Desk {
    let desk = Desk::new().await;
    let passwords = passwords(desk.inroad.path());
    let connection = connection(mailbox(server.port));
    desk.inroad.connect(&connection, "x".to_owned(), &passwords, day(1)).await.unwrap();
    server.counts();
    desk
}

fn server() -> MailServer {
    let server = MailServer::start();
    let mut mail = server.mail();
    for (n, folder) in (0..).zip(["INBOX", "Bad", "Clients", "Sent"]) {
        mail.folder(folder).put(&letter(n));
    }
    drop(mail);
    server
}

#[tokio::test]
async fn those_behind_it_are_read() {
    for bad in ["Bad", "INBOX"] {
        let server = server();
        let desk = connected(&server).await;
        {
            let mut mail = server.mail();
            (mail.fault, mail.bad_connections) = (Some(Fault::HangsUpAt(bad)), usize::MAX);
        }
        let how = ReadOnce { only: None, stop: Stop::default() };
        let passwords = passwords(desk.inroad.path());
        let read = desk.inroad.read_once_at(&how, &quick(), &passwords, &|_, _| ()).await.unwrap();
        let trouble = read[0].outcome.as_ref().unwrap_err();
        assert!(trouble.what.contains(bad) && trouble.what.contains("broke"), "{trouble:?}");
        assert_eq!(mails(&desk).await, 3);
        let [connections, ..] = server.counts();
        assert_eq!(connections, 3);
        assert!(desk.inroad.seller().await.unwrap().is_some());

        // While it is followed, news of the others come, too.
        let stop = Stop::default();
        let tempo = Tempo {
            others_every: Duration::from_millis(300),
            asked_every: Duration::from_millis(300),
            looked_every: Duration::from_millis(100),
            ..quick()
        };
        let watching = {
            let (inroad, stop) = (desk.inroad.clone(), stop.clone());
            tokio::spawn(async move { inroad.watch_at(&tempo, &passwords, &stop).await })
        };
        until(async || {
            let status = &desk.inroad.connections().await.unwrap()[0].status;
            matches!(status.state, LiveState::Listening | LiveState::Asking { .. })
        })
        .await;
        server.mail().folder("Clients").put(&letter(10));
        until(async || mails(&desk).await == 4).await;
        let issues = desk.inroad.diagnose().await.unwrap().issues;
        assert!(issues.iter().any(|issue| format!("{issue:?}").contains(bad)), "{issues:?}");
        // And once it is well again, so is everything.
        server.mail().fault = None;
        stop.now();
        watching.await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn nobody_asks_in_circles() {
    for fault in [
        Fault::CutAtCommand(1),
        Fault::CutAtCommand(3),
        Fault::CutAtCommand(5),
        Fault::ByeAtCommand(9),
        Fault::Greets("* BYE Too many connections\r\n"),
        Fault::Instead("IDLE", ""),
        Fault::Instead("EXAMINE", "{tag} NO Not now\r\n"),
        Fault::Instead("LIST", "{tag} OK none\r\n"),
    ] {
        let server = server();
        let desk = connected(&server).await;
        {
            let mut mail = server.mail();
            (mail.fault, mail.bad_connections) = (Some(fault.clone()), usize::MAX);
        }
        let (stop, passwords) = (Stop::default(), passwords(desk.inroad.path()));
        let watching = {
            let (inroad, stop) = (desk.inroad.clone(), stop.clone());
            tokio::spawn(async move { inroad.watch(&passwords, &stop).await })
        };
        tokio::time::sleep(Duration::from_millis(1200)).await;
        let [connections, commands, _] = server.counts();
        assert!(connections <= 2 && commands < 60, "{fault:?}: {connections}, {commands}");
        stop.now();
        let ended = tokio::time::timeout(Duration::from_secs(5), watching).await;
        ended.unwrap().unwrap().unwrap();
    }
}

#[tokio::test]
async fn what_came_and_went_again_is_no_news_for_ever() {
    let server = MailServer::start();
    server.mail().folder("INBOX");
    let desk = connected(&server).await;
    let (stop, passwords) = (Stop::default(), passwords(desk.inroad.path()));
    let watching = {
        let (inroad, stop) = (desk.inroad.clone(), stop.clone());
        tokio::spawn(async move { inroad.watch(&passwords, &stop).await })
    };
    let listens = async || {
        let status = &desk.inroad.connections().await.unwrap()[0].status;
        matches!(status.state, LiveState::Listening | LiveState::Asking { .. })
    };
    until(listens).await;
    // It moves the next number, and leaves nothing.
    {
        let mut mail = server.mail();
        let inbox = mail.folder("INBOX");
        inbox.put(&letter(1));
        inbox.take(0);
    }
    desk.inroad.read_now(&"marta@studio.example".to_owned().try_into().unwrap()).await.unwrap();
    tokio::time::sleep(Duration::from_millis(800)).await;
    server.counts();
    tokio::time::sleep(Duration::from_millis(1200)).await;
    let [connections, commands, _] = server.counts();
    assert!(connections == 0 && commands < 10, "{connections}, {commands}");
    // And it listens, so that what comes is there at once.
    server.mail().folder("INBOX").put(&letter(2));
    until(async || mails(&desk).await == 1).await;
    stop.now();
    watching.await.unwrap().unwrap();
}

async fn until(holds: impl AsyncFn() -> bool) {
    let start = std::time::Instant::now();
    while !holds().await {
        assert!(start.elapsed() < Duration::from_secs(20), "it did not come");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
