//! What is deleted on the server stays here, or goes with everything that was learned from it, as the user
//! wishes; what is moved stays in either case, and whoever asked for no more mail is left alone for good.

use inroad_model::{Deleted, FoldersWanted, MailboxConnection};
use inroad_service::{ImportReport, Passwords, ReadOnce, Stop};

use crate::desk::{Desk, day, email, moment};
use crate::live_faults::{connection, mailbox, passwords, quick};
use crate::mail_server::{Fault, MailServer};

const JANA: &str = "jana@lindner.example";
const OMAR: &str = "omar@acme.example";

fn letter(n: u32, from: &str, text: &str) -> String {
    format!(
        "From: {from}\r\nTo: marta@studio.example\r\nDate: {n} Oct 2026 09:00:00 +0200\r\n\
         Message-ID: <{n}.d@x.example>\r\nSubject: Crane {n}\r\n\r\nHello Marta,\r\n\r\n{text}\r\n"
    )
}

/// A mailbox that is read, and what is seen of it.
struct Read {
    server: MailServer,
    desk: Desk,
    passwords: Passwords,
}

impl Read {
    async fn with(deleted: Deleted) -> Self {
        Self::of(|port| MailboxConnection { deleted, ..mailbox(port) }).await
    }

    async fn of(wished: impl FnOnce(u16) -> MailboxConnection) -> Self {
        let server = MailServer::start();
        server.mail().folder("INBOX");
        server.mail().folder("Clients");
        server.mail().folder("Trash");
        let desk = Desk::new().await;
        let passwords = passwords(desk.inroad.path());
        let connection = connection(wished(server.port));
        desk.inroad.connect(&connection, "x".to_owned(), &passwords, day(1)).await.unwrap();
        Self { server, desk, passwords }
    }

    fn put(&self, folder: &'static str, letter: &str) {
        self.server.mail().folder(folder).put(letter);
    }

    /// Takes the letter at a place out of the inbox.
    fn take(&self, at: usize) -> String {
        self.server.mail().folder("INBOX").take(at)
    }

    async fn read(&self) -> ImportReport {
        let how = ReadOnce { only: None, stop: Stop::default() };
        let inroad = &self.desk.inroad;
        let read = inroad.read_once_at(&how, &quick(), &self.passwords, &|_, _| ()).await;
        read.unwrap().remove(0).outcome.unwrap()
    }

    /// How many messages, addresses and facts there are.
    async fn counts(&self) -> [u64; 3] {
        let health = self.desk.inroad.diagnose().await.unwrap().health;
        assert!(health.faults.is_empty(), "{:?}", health.faults);
        ["messages", "addresses", "facts"]
            .map(|noun| health.counts.iter().find(|(name, _)| *name == noun).unwrap().1)
    }

    async fn found(&self, words: &str) -> usize {
        self.desk.find(words).await.messages.shown.len()
    }

    async fn left_alone(&self) -> Vec<String> {
        let at = moment("2026-12-01T09:00:00Z");
        let listed = self.desk.inroad.not_contacted("", at).await.unwrap();
        listed.iter().map(|one| one.whom.key().to_owned()).collect()
    }
}

#[tokio::test]
async fn it_goes_with_everything_or_stays() {
    for deleted in [Deleted::Keep, Deleted::Forget] {
        let read = Read::with(deleted).await;
        read.put("INBOX", &letter(1, JANA, "The gantry is ordered for November."));
        read.put("INBOX", &letter(2, OMAR, "I am out of office until 30 October. Marzipan helps."));
        read.put("INBOX", &letter(3, OMAR, "Please remove me from your list."));
        read.read().await;
        assert_eq!((read.found("marzipan").await, read.found("gantry").await), (1, 1));
        let before = read.counts().await;
        assert_eq!((before[0], before[1]), (3, 3));
        assert_eq!(read.left_alone().await, [OMAR]);
        let trashed = read.take(1);
        read.take(1);
        read.put("Trash", &trashed);
        read.read().await;
        let after = read.counts().await;
        match deleted {
            Deleted::Keep => assert_eq!((after, read.found("marzipan").await), (before, 1)),
            Deleted::Forget => {
                assert_eq!((after[0], after[1], read.found("marzipan").await), (1, 2, 0));
                assert!(after[2] < before[2], "what was learned went, too");
            }
        }
        assert_eq!(
            (read.found("gantry").await, read.left_alone().await),
            (1, vec![OMAR.to_owned()])
        );
        assert_eq!(read.read().await.messages, 0);
        // Back out of the bin: a letter like any other.
        read.put("INBOX", &trashed);
        let again = read.read().await;
        let is_new = usize::from(deleted == Deleted::Forget);
        assert_eq!((again.messages, again.message_doubles), (is_new, 1 - is_new));
        assert_eq!(read.found("marzipan").await, 1);
    }
}

#[tokio::test]
async fn what_is_moved_or_brought_by_hand_stays() {
    let read = Read::with(Deleted::Forget).await;
    for n in 1..6 {
        read.put("INBOX", &letter(n, JANA, &format!("Word{n} and more.")));
    }
    read.read().await;
    let moved = read.take(0);
    read.put("Clients", &moved);
    read.read().await;
    assert_eq!((read.counts().await[0], read.found("word1").await), (5, 1));
    // A folder that is renamed, and numbers that are given anew.
    {
        let mut mail = read.server.mail();
        let clients = mail.folders.remove("Clients").unwrap();
        mail.folders.insert("Customers", clients);
        mail.folder("INBOX").renumber();
    }
    read.read().await;
    assert_eq!(read.counts().await[0], 5);
    // One with all that is in it is removed.
    read.server.mail().folders.remove("Customers");
    read.read().await;
    assert_eq!((read.counts().await[0], read.found("word1").await), (4, 0));
    // What came from a file of the user's own does not hang on a server.
    let own = letter(9, OMAR, "Brought by hand.");
    read.desk.take("own.eml", &own).await;
    read.put("INBOX", &own);
    read.read().await;
    read.take(4);
    read.read().await;
    assert_eq!(read.found("brought").await, 1);
}

#[tokio::test]
async fn of_two_copies_the_last_one_counts() {
    let read = Read::with(Deleted::Forget).await;
    let straight = letter(1, JANA, "The gantry is ordered.");
    let by_list =
        straight.replacen("\r\n\r\n", "\r\nList-Post: <mailto:all@lists.example>\r\n\r\n", 1);
    read.put("INBOX", &by_list);
    read.put("INBOX", &straight);
    read.put("INBOX", &letter(2, OMAR, "Something else."));
    read.read().await;
    assert_eq!(read.counts().await[0], 2);
    read.take(1);
    read.read().await;
    assert_eq!(read.found("gantry").await, 1, "the other copy is there");
    read.take(0);
    read.read().await;
    assert_eq!((read.counts().await[0], read.found("gantry").await), (1, 0));
}

#[tokio::test]
async fn what_cannot_be_looked_at_is_not_held_to_be_gone() {
    let these = FoldersWanted::These(["INBOX", "Clients"].map(str::to_owned).to_vec());
    let read = Read::of(|port| MailboxConnection {
        deleted: Deleted::Forget,
        folders: these,
        ..mailbox(port)
    })
    .await;
    read.put("INBOX", &letter(1, JANA, "The gantry is ordered."));
    read.put("INBOX", &letter(2, JANA, "Something else."));
    read.read().await;
    // Moved into a folder that may not be opened now.
    let moved = read.take(0);
    read.put("Clients", &moved);
    {
        let mut mail = read.server.mail();
        let refuses = Fault::Instead("EXAMINE Clients", "{tag} NO [NOPERM] Not for you\r\n");
        (mail.fault, mail.bad_connections) = (Some(refuses), 9);
    }
    for _ in 0..2 {
        assert_eq!(read.read().await.issue_count, 1);
    }
    assert_eq!(read.counts().await[0], 2, "it may be there");
    read.server.mail().fault = None;
    read.read().await;
    assert_eq!(read.counts().await[0], 2);
}

/// Somebody who is erased leaves nothing, not even where a folder bears their name.
#[tokio::test]
async fn a_folder_that_was_named_after_somebody_has_no_name() {
    let read = Read::with(Deleted::Keep).await;
    read.server.mail().folders.remove("Clients");
    read.put("INBOX", &letter(1, OMAR, "Something else."));
    read.put("Jana Kranich", &letter(2, "Jana Kranich <jana@lindner.example>", "The gantry."));
    read.put("Jana Kranich", &letter(3, OMAR, "A word of Omar about the fence."));
    read.read().await;
    let sealed = read.desk.folder.path().join("data.db.live.json");
    read.desk.inroad.erase(&email(JANA), &[], day(2)).await.unwrap();
    read.put("Jana Kranich", &letter(4, OMAR, "One more of Omar."));
    let again = read.read().await;
    assert_eq!((again.messages, again.message_doubles), (1, 0), "it is the same folder");
    assert_eq!(read.found("fence").await, 1);
    for path in [read.desk.inroad.path().to_owned(), sealed] {
        let mut wal = path.as_os_str().to_owned();
        wal.push("-wal");
        for path in [path, wal.into()] {
            let Ok(bytes) = std::fs::read(&path) else { continue };
            let name = b"Kranich";
            assert!(!bytes.windows(name.len()).any(|w| w == name), "{}", path.display());
        }
    }
}
