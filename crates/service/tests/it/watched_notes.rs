//! Notes and transcripts in a folder, and letters to oneself, become notes of the deals that they name.

use std::sync::Arc;

use inroad_model::{Connection, ConnectionName, Entry, NotesFolder, Reads};
use inroad_service::{Error, ImportReport, LiveStatus, Passwords, ReadOnce, Stop};

use crate::desk::{Desk, day};
use crate::letters::{Letter, ME, letter};

const DEALS: &str = r#"{"me": {"name": "Marta Weber", "emails": ["marta@studio.example"]}, "deals": [
    {"id": "w", "name": "Warehouse", "domain": "lindner.example",
     "people": [{"email": "jana@lindner.example", "name": "Jana Lindner"}]},
    {"id": "c", "name": "Cranes", "domain": "brandt.example"}]}"#;

async fn desk() -> Desk {
    let desk = Desk::new().await;
    desk.take("deals.json", DEALS).await;
    std::fs::create_dir(desk.folder.path().join("notes")).unwrap();
    let folder = desk.folder.path().join("notes");
    let connection = Connection {
        name: ConnectionName::new("notes").unwrap(),
        reads: Reads::Notes(Box::new(NotesFolder { folder })),
    };
    desk.inroad.connect(&connection, String::new(), &passwords(&desk), day(1)).await.unwrap();
    desk
}

/// Nobody is asked for a passphrase: a folder has no password.
fn passwords(desk: &Desk) -> Passwords {
    Passwords::beside(
        desk.inroad.path(),
        None,
        Arc::new(|_is_new| unreachable!("nobody is to be asked")),
    )
}

async fn look(desk: &Desk) -> (ImportReport, LiveStatus) {
    let how = ReadOnce { only: None, stop: Stop::default() };
    let mut reports = desk.inroad.read_once(&how, &passwords(desk), &|_, _| ()).await.unwrap();
    let status = desk.inroad.connections().await.unwrap().remove(0).status;
    (reports.remove(0).outcome.unwrap(), status)
}

/// The notes of a deal, in their order.
async fn notes(desk: &Desk, deal: &str) -> Vec<String> {
    let now = "2100-01-01T00:00:00Z".parse().unwrap();
    let all = desk.inroad.entries(now).await.unwrap();
    all.into_iter()
        .filter(|kept| kept.deal().is_some_and(|id| id.as_str() == deal))
        .filter_map(|kept| match kept.entry {
            Entry::Note { day, text, .. } => Some(format!("{day} {}", text.as_str())),
            _ => None,
        })
        .collect()
}

#[tokio::test]
async fn each_file_is_a_note_once() {
    let desk = desk().await;
    desk.write("notes/2026-03-10 Warehouse.txt", "Jana wants to decide in May.\n");
    desk.write(
        "notes/Cranes/call.vtt",
        "WEBVTT\n\n00:01.000 --> 00:03.000\nMarta Weber: Good morning.\n\n\
         00:04.000 --> 00:08.000\nEva Brandt: Your price is way above our budget.\n",
    );
    desk.write("notes/thoughts.md", "Nothing in particular.\n");
    desk.write("notes/Warehouse sound.mp3", b"\xff\xfb\x90\x00\x00\xff\xfe");
    desk.write("notes/Warehouse later.txt.part", "half of it");
    desk.write("notes/.hidden", "Warehouse");
    let (report, status) = look(&desk).await;
    assert_eq!(report.notes, 2);
    assert_eq!(notes(&desk, "w").await, ["2026-03-10 Jana wants to decide in May."]);
    let call = notes(&desk, "c").await;
    assert!(call.len() == 1 && call[0].contains("above our budget"), "{call:?}");
    let told: Vec<String> = status.left_out.iter().map(|left| left.what.clone()).collect();
    assert_eq!(told, ["Warehouse sound.mp3: it is no text", "thoughts.md: it names no deal"]);

    // The same again, under another name too, is none besides; one that is called otherwise is taken.
    let folder = desk.folder.path().join("notes");
    std::fs::rename(folder.join("2026-03-10 Warehouse.txt"), folder.join("Warehouse.txt")).unwrap();
    std::fs::rename(folder.join("thoughts.md"), folder.join("Cranes 2026-03-11.md")).unwrap();
    let (report, status) = look(&desk).await;
    assert_eq!((report.notes, status.left_out.len()), (1, 1));
    assert_eq!(notes(&desk, "w").await.len(), 1);
    assert_eq!(notes(&desk, "c").await[1], "2026-03-11 Nothing in particular.");
    assert_eq!(look(&desk).await.0.notes, 0);

    // One that changes once it was noted is told, and not noted again.
    desk.write("notes/Cranes 2026-03-11.md", "Nothing in particular, and more.\n");
    let (report, status) = look(&desk).await;
    assert_eq!((report.notes, notes(&desk, "c").await.len()), (0, 2));
    let told = status.left_out.iter().any(|left| left.what.contains("has changed since"));
    assert!(told, "{status:?}");
}

#[tokio::test]
async fn a_talk_of_nobody_known_waits() {
    let desk = desk().await;
    desk.write(
        "notes/Warehouse.vtt",
        "WEBVTT\n\n00:01.000 --> 00:03.000\nSomebody Else: Good morning.\n\n\
         00:04.000 --> 00:08.000\nJana Lindner: Good morning.\n",
    );
    let (report, status) = look(&desk).await;
    assert_eq!(report.notes, 0);
    assert!(status.left_out[0].way_out.contains("--me NAME --keep 'w'"), "{status:?}");
}

#[tokio::test]
async fn a_letter_to_oneself_is_a_note() {
    let desk = desk().await;
    let to_me = |subject: &str, day: u8, text: &str| Letter {
        subject: subject.to_owned(),
        ..letter(ME, ME, day, text)
    };
    let waits = to_me("An idea", 12, "Ask them for a plan.");
    let first = to_me("Warehouse: call with Jana", 10, "She decides in May.");
    let taken = desk
        .take_letters(&[
            first.clone(),
            to_me("Thought", 11, "Ask jana@lindner.example for the plan."),
            Letter {
                date: "12 Jan 2026 09:00:00 +0000".to_owned(),
                ..to_me("Shopping, long ago", 12, "Milk")
            },
            waits.clone(),
            letter(ME, "jana@lindner.example", 12, "Not to myself"),
        ])
        .await;
    assert_eq!(taken.notes, 2);
    let of_w =
        ["2026-03-10 She decides in May.", "2026-03-11 Ask jana@lindner.example for the plan."];
    assert_eq!(notes(&desk, "w").await, of_w);
    assert_eq!(desk.take_letters(&[first]).await.notes, 0);

    // One that names no deal waits until it is said of which it is.
    let now = day(20);
    let waiting = desk.inroad.waiting_notes(now).await.unwrap();
    let titles: Vec<&str> = waiting.iter().map(|note| note.title.as_str()).collect();
    assert_eq!(titles, ["An idea"]);
    assert!(desk.inroad.waiting_notes(day(11)).await.unwrap().is_empty(), "it was not written yet");
    let absent = desk.inroad.place_note(&waiting[0].id, "Nothing", now).await;
    assert!(matches!(absent, Err(Error::NotFound { .. })));
    let done = desk.inroad.place_note(&waiting[0].id, "Cranes", now).await.unwrap();
    assert_eq!(notes(&desk, "c").await.len(), 1);
    assert!(desk.inroad.waiting_notes(now).await.unwrap().is_empty());
    let twice = desk.inroad.place_note(&waiting[0].id, "Cranes", now).await;
    assert!(matches!(twice, Err(Error::NotFound { .. })));
    desk.inroad.undo(done.deed, now).await.unwrap();
    assert!(notes(&desk, "c").await.is_empty());
    assert_eq!(desk.inroad.waiting_notes(now).await.unwrap().len(), 1, "it waits again");
    desk.take_letters(&[waits, letter(ME, ME, 14, "Seen")]).await;
    assert!(notes(&desk, "c").await.is_empty());
}

#[tokio::test]
async fn a_transcript_may_be_imported() {
    let desk = desk().await;
    let talk = "WEBVTT\n\n00:01.000 --> 00:03.000\nMarta Weber: Good morning.\n\n\
         00:04.000 --> 00:08.000\nEva Brandt: Your price is way above our budget.\n";
    assert_eq!(desk.take("2026-03-10 Cranes.vtt", talk).await.notes, 1);
    assert!(notes(&desk, "c").await[0].starts_with("2026-03-10 A call of Marta Weber"));
    let again = desk.take("2026-03-10 Cranes.vtt", talk).await;
    assert_eq!((again.notes, again.issue_count), (0, 0));
    let nobodys = desk.take("call.vtt", talk).await;
    assert_eq!((nobodys.notes, nobodys.issue_count), (0, 1));
    assert!(nobodys.issues[0].what.contains("it names no deal"), "{nobodys:?}");
    let path = desk.folder.path().join("2026-03-10 Cranes.vtt");
    let fresh = self::desk().await;
    assert_eq!(fresh.rehearse(&[&path]).await.notes, 1);
    assert!(notes(&fresh, "c").await.is_empty(), "only looked at");
}
