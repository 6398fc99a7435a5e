//! A mailbox on a real server is read: at once, from where it was left, with what became of it there; and a
//! program that is stopped anywhere ends the same.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use inroad_model::{
    Connection, ConnectionName, Deleted, FoldersWanted, MailboxConnection, Reads, Security,
    ServerAddress, SignIn,
};
use inroad_service::{Error, ImportReport, Inroad, LiveState, Passwords, ReadOnce, Stop};

use crate::desk::{Desk, day, email};

/// Where Dovecot is, and what opens it.
pub(crate) struct Server {
    port: u16,
    tls_port: u16,
    authority: PathBuf,
    password: String,
}

/// The server, if one was started for tests.
pub(crate) fn server() -> Option<Server> {
    let told = |name: &str| std::env::var(name).ok();
    let found = || {
        Some(Server {
            port: told("INROAD_IMAP_PORT")?.parse().ok()?,
            tls_port: told("INROAD_IMAP_TLS_PORT")?.parse().ok()?,
            authority: told("INROAD_IMAP_AUTHORITY")?.into(),
            password: told("INROAD_IMAP_PASSWORD")?,
        })
    };
    let server = found();
    if server.is_none() {
        println!("SKIPPED: no Dovecot was started (cargo xtask test does)");
    }
    server
}

/// Another mail program, which has the same mailbox open.
struct Other {
    stream: TcpStream,
    lines: std::io::Lines<BufReader<TcpStream>>,
}

impl Other {
    fn of(server: &Server, user: &str) -> Self {
        let stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
        let lines = BufReader::new(stream.try_clone().unwrap()).lines();
        let mut other = Self { stream, lines };
        other.says(&format!("LOGIN {user} \"{}\"", server.password));
        other
    }

    fn says(&mut self, command: &str) {
        write!(self.stream, "x {command}\r\n").unwrap();
        self.ends(command);
    }

    fn ends(&mut self, command: &str) {
        let end = self.lines.by_ref().map(Result::unwrap).find(|line| line.starts_with("x "));
        assert!(end.is_some_and(|line| line.starts_with("x OK")), "{command}");
    }

    fn puts(&mut self, folder: &str, letter: &str) {
        write!(self.stream, "x APPEND {folder} {{{}+}}\r\n{letter}\r\n", letter.len()).unwrap();
        self.ends("APPEND");
    }
}

fn letter(n: u32, text: &str) -> String {
    let (from, to) = if n.is_multiple_of(2) {
        ("jana@lindner.example", "marta@studio.example")
    } else {
        ("marta@studio.example", "jana@lindner.example")
    };
    format!(
        "From: {from}\r\nTo: {to}\r\nDate: {} Oct 2026 09:00:00 +0200\r\n\
         Message-ID: <{n}.live@lindner.example>\r\nSubject: Offer {n}\r\n\r\n{text}\r\n",
        n % 28 + 1
    )
}

pub(crate) fn mailbox(server: &Server, user: &str, security: Security) -> Connection {
    let port = if security == Security::Tls { server.tls_port } else { server.port };
    Connection {
        name: ConnectionName::new("marta@studio.example").unwrap(),
        reads: Reads::Mailbox(Box::new(MailboxConnection {
            public_only: false,
            address: email("marta@studio.example"),
            user: user.to_owned(),
            imap: ServerAddress { host: "localhost".to_owned(), port, security },
            submission: None,
            sign_in: SignIn::Password,
            authority: None,
            since: None,
            folders: FoldersWanted::Usual,
            deleted: Deleted::Keep,
        })),
    }
}

pub(crate) fn passwords(data: &Path) -> Passwords {
    Passwords::beside(data, None, Arc::new(|_is_new| Ok(Some("four plain words here".to_owned()))))
}

async fn read(inroad: &Inroad) -> ImportReport {
    let how = ReadOnce { only: None, stop: Stop::default() };
    let reports = inroad.read_once(&how, &passwords(inroad.path()), &|_, _| ()).await.unwrap();
    let [report] = <[_; 1]>::try_from(reports).unwrap();
    report.outcome.unwrap()
}

pub(crate) async fn connected(server: &Server, user: &str) -> Desk {
    let desk = Desk::new().await;
    let passwords = passwords(desk.inroad.path());
    let password = server.password.clone();
    let mailbox = mailbox(server, user, Security::Plain);
    desk.inroad.connect(&mailbox, password, &passwords, day(1)).await.unwrap();
    desk
}

#[tokio::test]
async fn what_does_not_work_is_not_kept_and_says_why() {
    let Some(server) = server() else { return };
    let desk = Desk::new().await;
    let passwords = passwords(desk.inroad.path());
    let tries = |mailbox: Connection, password: &str| {
        let (inroad, passwords, password) =
            (desk.inroad.clone(), passwords.clone(), password.to_owned());
        async move { inroad.connect(&mailbox, password, &passwords, day(1)).await }
    };
    let plain = mailbox(&server, "seller4", Security::Plain);
    let wrong = tries(plain.clone(), "a wrong one").await;
    let Err(Error::Unavailable { what }) = wrong else { panic!("{wrong:?}") };
    assert!(what.contains("does not accept this name and password"), "{what}");
    assert!(!what.contains("a wrong one"), "{what}");
    // The authority of the test's server is nobody's whom the world knows.
    let unknown = tries(mailbox(&server, "seller4", Security::Tls), &server.password).await;
    let Err(Error::Unavailable { what }) = unknown else { panic!("{unknown:?}") };
    assert!(what.contains("could not prove that it is the right one"), "{what}");
    assert!(desk.inroad.connections().await.unwrap().is_empty());
    // A certificate of their own is named as a file.
    let der = std::fs::read(&server.authority).unwrap();
    let pem = desk.write("authority.pem", pem_of(&der));
    let mut own = mailbox(&server, "seller4", Security::Tls);
    let Reads::Mailbox(inner) = &mut own.reads else { panic!() };
    inner.authority = Some(pem);
    tries(own, &server.password).await.unwrap();
    let kept = desk.inroad.connections().await.unwrap();
    assert_eq!(kept[0].status.state, LiveState::Off { trouble: None });
    assert_eq!(kept[0].status.worked_at, None);
}

fn pem_of(der: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::from("-----BEGIN CERTIFICATE-----\n");
    for (at, three) in der.chunks(3).enumerate() {
        let bits = three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte));
        let bits = bits << (8 * (3 - three.len()));
        for place in 0..4 {
            let six = (bits >> (18 - 6 * place)) & 63;
            text.push(if place > three.len() { '=' } else { char::from(LETTERS[six as usize]) });
        }
        if at % 16 == 15 {
            text.push('\n');
        }
    }
    text.push_str("\n-----END CERTIFICATE-----\n");
    text
}

#[tokio::test]
async fn a_mailbox_is_read_from_where_it_was_left() {
    let Some(server) = server() else { return };
    let mut other = Other::of(&server, "seller5");
    for n in 0..40 {
        let folder = if n % 2 == 0 { "INBOX" } else { "Sent" };
        other.puts(folder, &letter(n, &format!("Dear all, this is letter {n}.")));
    }
    other.puts("Entw&APw-rfe", &letter(900, "Not finished."));
    let desk = connected(&server, "seller5").await;
    let inroad = &desk.inroad;
    assert_eq!(read(inroad).await.messages, 40, "drafts stay where they are");
    let again = read(inroad).await;
    assert_eq!((again.messages, again.message_doubles), (0, 0), "nothing is fetched twice");

    // One comes, one is marked, one goes; what was learned stays.
    other.puts("INBOX", &letter(40, "Please remove me from your list."));
    other.says("SELECT INBOX");
    other.says("STORE 2 +FLAGS (\\Flagged)");
    other.says("STORE 1 +FLAGS (\\Deleted)");
    other.says("EXPUNGE");
    assert_eq!(read(inroad).await.messages, 1);
    assert_eq!(messages(&desk).await, 41);
    let listed = inroad.not_contacted("", "2026-12-01T09:00:00Z".parse().unwrap()).await.unwrap();
    assert_eq!(listed.len(), 1, "who asked for no more mail is left alone at once");

    // The server numbers all of it anew.
    other.says("CREATE Old");
    other.puts("Old", &letter(41, "In another folder."));
    assert_eq!(read(inroad).await.messages, 1);
    other.says("DELETE Old");
    other.says("CREATE Old");
    other.puts("Old", &letter(41, "In another folder."));
    other.puts("Old", &letter(42, "One more."));
    let anew = read(inroad).await;
    assert_eq!((anew.messages, anew.message_doubles), (1, 1), "nothing comes in twice");
    assert_eq!(read(inroad).await.messages, 0);
}

#[tokio::test]
async fn stopped_anywhere_it_ends_the_same() {
    let Some(server) = server() else { return };
    let mut other = Other::of(&server, "seller6");
    for n in 0..1200 {
        other.puts("INBOX", &letter(n, &format!("Dear all, this is letter {n}.")));
    }
    let whole = connected(&server, "seller6").await;
    assert_eq!(read(&whole.inroad).await.messages, 1200);
    let in_parts = connected(&server, "seller6").await;
    let mut rounds = 0;
    loop {
        let stop = Stop::default();
        let how = ReadOnce { only: None, stop: stop.clone() };
        // Each time a little later.
        let told = |_: &ConnectionName, state: &LiveState| {
            if matches!(state, LiveState::Reading { .. }) {
                stop.now();
            }
        };
        let passwords = passwords(in_parts.inroad.path());
        let reports = in_parts.inroad.read_once(&how, &passwords, &told).await.unwrap();
        rounds += 1;
        if !reports[0].outcome.as_ref().unwrap().stopped {
            break;
        }
        assert!(rounds < 50, "it comes to an end");
    }
    assert!(rounds > 1, "it was stopped");
    assert_eq!(read(&in_parts.inroad).await.messages, 0);
    let digest = async |desk: &Desk| desk.inroad.diagnose().await.unwrap().digest;
    assert_eq!(digest(&in_parts).await, digest(&whole).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_letter_is_there_while_one_waits() {
    let Some(server) = server() else { return };
    let desk = connected(&server, "seller7").await;
    let stop = Stop::default();
    let watching = {
        let (inroad, stop) = (desk.inroad.clone(), stop.clone());
        let passwords = passwords(inroad.path());
        tokio::spawn(async move { inroad.watch(&passwords, &stop).await })
    };
    let listens = async || {
        let kept = desk.inroad.connections().await.unwrap();
        kept[0].status.state == LiveState::Listening
    };
    until(listens).await;
    // Another program only sees how it is.
    let how = ReadOnce { only: None, stop: Stop::default() };
    let second = desk.inroad.read_once(&how, &passwords(desk.inroad.path()), &|_, _| ()).await;
    assert!(matches!(second, Err(Error::Conflict { .. })), "{second:?}");

    let mut other = Other::of(&server, "seller7");
    other.puts("INBOX", &letter(2, "Dear Marta, when can we talk?"));
    let start = Instant::now();
    until(async || messages(&desk).await == 1).await;
    println!("a new letter was there after {} ms", start.elapsed().as_millis());
    stop.now();
    watching.await.unwrap().unwrap();
    // A server learns a moment later that nobody has the turn any more.
    until(async || {
        let shown = desk.inroad.connections().await.unwrap();
        shown[0].status.state == LiveState::Off { trouble: None }
    })
    .await;
}

#[tokio::test]
async fn numbers_given_anew_before_the_end_hide_nothing() {
    let Some(server) = server() else { return };
    let mut other = Other::of(&server, "seller9");
    other.says("CREATE Old");
    for n in 0..700 {
        other.puts("Old", &letter(n, &format!("Dear all, this is letter {n}.")));
    }
    let desk = connected(&server, "seller9").await;
    let stop = Stop::default();
    let how = ReadOnce { only: None, stop: stop.clone() };
    let told = |_: &ConnectionName, state: &LiveState| {
        if matches!(state, LiveState::Reading { .. }) {
            stop.now();
        }
    };
    let passwords = passwords(desk.inroad.path());
    let reports = desk.inroad.read_once(&how, &passwords, &told).await.unwrap();
    let report = reports[0].outcome.as_ref().unwrap();
    assert!(report.stopped && report.messages > 0, "{report:?}");
    // The same numbers mean other letters from now on. One is not finished, and no letter yet.
    other.says("DELETE Old");
    other.says("CREATE Old");
    for n in 1000..1100 {
        other.puts("Old", &letter(n, &format!("Dear all, this is letter {n}.")));
    }
    other.says("SELECT Old");
    other.says("STORE 100 +FLAGS (\\Draft)");
    assert_eq!(read(&desk.inroad).await.messages, 99);
    assert_eq!(read(&desk.inroad).await.messages, 0);
}

/// How many messages are kept.
async fn messages(desk: &Desk) -> u64 {
    let health = desk.inroad.diagnose().await.unwrap().health;
    health.counts.iter().find(|(noun, _)| *noun == "messages").unwrap().1
}

pub(crate) async fn until(holds: impl AsyncFn() -> bool) {
    let start = Instant::now();
    while !holds().await {
        assert!(start.elapsed() < Duration::from_secs(30), "it did not come");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_connected_meanwhile_is_read_with_its_password() {
    let Some(server) = server() else { return };
    let desk = Desk::new().await;
    let (stop, passwords) = (Stop::default(), passwords(desk.inroad.path()));
    let watching = {
        let (inroad, stop, passwords) = (desk.inroad.clone(), stop.clone(), passwords.clone());
        tokio::spawn(async move { inroad.watch(&passwords, &stop).await })
    };
    let mut mailbox = mailbox(&server, "seller8", Security::Plain);
    let connect = async |mailbox: &Connection, at| {
        desk.inroad.connect(mailbox, server.password.clone(), &passwords, day(at)).await
    };
    connect(&mailbox, 1).await.unwrap();
    let status = async || desk.inroad.connections().await.unwrap().remove(0).status;
    until(async || status().await.state == LiveState::Listening).await;
    // Once more, and it begins anew.
    let before = status().await.since;
    connect(&mailbox, 2).await.unwrap();
    until(async || {
        let now = status().await;
        now.state == LiveState::Listening && now.since > before
    })
    .await;
    let Reads::Mailbox(inner) = &mut mailbox.reads else { panic!() };
    inner.folders = FoldersWanted::These(vec!["inbox".to_owned(), "Inbx".to_owned()]);
    let absent = connect(&mailbox, 3).await;
    let Err(Error::Invalid { what }) = absent else { panic!("{absent:?}") };
    assert!(what.contains("Inbx") && !what.contains("inbox"), "{what}");
    #[cfg(unix)]
    for ending in [".live.json", ".secrets", ""] {
        let mut file = desk.inroad.path().as_os_str().to_owned();
        file.push(ending);
        let mode = std::fs::metadata(&file).unwrap().permissions();
        let mode = std::os::unix::fs::PermissionsExt::mode(&mode);
        assert_eq!(mode & 0o077, 0, "{} is its owner's alone", file.display());
    }
    stop.now();
    watching.await.unwrap().unwrap();
}

#[tokio::test]
async fn no_password_lies_in_clear() {
    let Some(server) = server() else { return };
    let desk = connected(&server, "seller8").await;
    let name = ConnectionName::new("marta@studio.example").unwrap();
    let Desk { folder, inroad } = desk;
    let passwords = passwords(inroad.path());
    inroad.backup(&folder.path().join("backup.db")).await.unwrap();
    let mut seen = 0;
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let mut bytes = Vec::new();
        std::fs::File::open(entry.unwrap().path()).unwrap().read_to_end(&mut bytes).unwrap();
        let is_there =
            bytes.windows(server.password.len()).any(|w| w == server.password.as_bytes());
        assert!(!is_there);
        seen += 1;
    }
    assert!(seen >= 3, "data file, sealed file, backup");
    assert!(inroad.disconnect(&name, &passwords, day(3)).await.unwrap().is_none());
    assert!(inroad.connections().await.unwrap().is_empty());
    assert!(inroad.disconnect(&name, &passwords, day(3)).await.is_err());
}
