//! Sessions with a real server, Dovecot, which `cargo xtask test` starts and names in variables.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::num::NonZeroU64;
use std::time::Duration;

use inroad_imap::plan::{Plan, plan};
use inroad_imap::{
    Credentials, Endpoint, Error, Flag, Flags, Idled, Kind, Limits, Link, Role, Security, Session,
    Since, Trust, UidSet, connect,
};

use crate::reading::secret;

/// Where the server is, and what opens it.
struct Server {
    port: u16,
    tls_port: u16,
    authority: Vec<u8>,
    password: String,
    token: String,
    token_old: String,
}

/// The server, if one was started for tests.
fn server() -> Option<Server> {
    let told = |name: &str| std::env::var(name).ok();
    let found = || {
        Some(Server {
            port: told("INROAD_IMAP_PORT")?.parse().ok()?,
            tls_port: told("INROAD_IMAP_TLS_PORT")?.parse().ok()?,
            authority: std::fs::read(told("INROAD_IMAP_AUTHORITY")?).ok()?,
            password: told("INROAD_IMAP_PASSWORD")?,
            token: told("INROAD_IMAP_TOKEN")?,
            token_old: told("INROAD_IMAP_TOKEN_OLD")?,
        })
    };
    let server = found();
    if server.is_none() {
        println!("SKIPPED: no Dovecot was started (cargo xtask test does)");
    }
    server
}

impl Server {
    fn password_of(&self, user: &str) -> Credentials {
        Credentials::Password { user: user.to_owned(), password: secret(&self.password) }
    }

    async fn connect(&self, security: Security) -> Result<Session<Box<dyn Link>>, Error> {
        let port = if security == Security::Tls { self.tls_port } else { self.port };
        let endpoint = Endpoint { host: "localhost".to_owned(), port, security };
        let trust = Trust::new(std::slice::from_ref(&self.authority))?;
        connect(&endpoint, &trust, Limits::default()).await
    }

    /// A session of that person, with that folder open. Each test has a person of its own.
    async fn session(&self, user: &str) -> Session<Box<dyn Link>> {
        let mut session = self.connect(Security::Tls).await.unwrap();
        session.sign_in(&self.password_of(user)).await.unwrap();
        session
    }

    /// What another program does in that person's inbox meanwhile.
    fn meanwhile(&self, user: &str, commands: &[&str]) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
        let login = format!("LOGIN {user} \"{}\"", self.password);
        for command in [login.as_str(), "SELECT INBOX"].iter().chain(commands) {
            write!(stream, "x {command}\r\n").unwrap();
            let end = lines.by_ref().map(Result::unwrap).find(|line| line.starts_with("x "));
            assert!(end.is_some_and(|line| line.starts_with("x OK")), "{command}");
        }
    }
}

fn letter(n: u32) -> Vec<u8> {
    let lines = "Dear Anna, the offer is attached.\r\n".repeat(n as usize * 7 % 50);
    format!("From: me@lindner.example\r\nSubject: letter {n}\r\nMessage-ID: <d{n}@lindner.example>\r\n\r\n{lines}").into_bytes()
}

#[tokio::test]
async fn every_way_in() {
    let Some(server) = server() else { return };
    for security in [Security::Tls, Security::StartTls, Security::Plain] {
        let mut session = server.connect(security).await.unwrap();
        session.sign_in(&server.password_of("seller1")).await.unwrap();
        assert!(session.enabled().has("QRESYNC"), "{security:?}");
        session.leave().await.unwrap();
    }
    let token = |token: &str| Credentials::Token { user: "seller1".into(), token: secret(token) };
    let wrong = Credentials::Password { user: "seller1".into(), password: secret("guessed") };
    for (credentials, kind) in [
        (token(&server.token), None),
        (token(&server.token_old), Some(Kind::TokenExpired)),
        (token("no.token.at-all"), Some(Kind::TokenExpired)),
        (wrong, Some(Kind::Password)),
        (server.password_of("nobody"), Some(Kind::Password)),
    ] {
        let mut session = server.connect(Security::Tls).await.unwrap();
        let done = session.sign_in(&credentials).await;
        assert_eq!(done.err().map(|error| error.kind), kind, "{credentials:?}");
    }
    // A certificate of nobody we know.
    let endpoint =
        Endpoint { host: "localhost".into(), port: server.tls_port, security: Security::Tls };
    let stranger = connect(&endpoint, &Trust::new(&[]).unwrap(), Limits::default()).await;
    assert_eq!(stranger.unwrap_err().kind, Kind::Certificate);
}

#[tokio::test]
async fn folders_and_drafts() {
    let Some(server) = server() else { return };
    let mut session = server.session("seller2").await;
    let folders = session.folders().await.unwrap();
    let name_of = |role| {
        let folder = folders.iter().find(|folder| folder.role == Some(role));
        folder.map(|folder| (folder.name.as_str(), folder.role_is_guessed))
    };
    assert_eq!(name_of(Role::Inbox), Some(("INBOX", false)));
    assert_eq!(name_of(Role::Sent), Some(("Sent", false)));
    assert_eq!(name_of(Role::Drafts), Some(("Entwürfe", false)));
    let flags: Flags = [Flag::Draft, Flag::Seen].into_iter().collect();
    let date = "2024-02-01T09:20:30Z".parse().unwrap();
    for n in 1..=3 {
        let appended = session.append("Entwürfe", &flags, Some(date), &letter(n)).await.unwrap();
        assert_eq!(appended.map(|appended| appended.uid), Some(n));
    }
    let found = session.find_by_message_id("Entwürfe", "<d2@lindner.example>").await.unwrap();
    assert_eq!(found, UidSet::range(2, 2));
    // A part of an id is another id.
    assert!(session.find_by_message_id("Entwürfe", "2@lindner.example").await.unwrap().is_empty());
    let sizes = session.sizes(&found).await.unwrap();
    assert_eq!(sizes[0].size, Some(letter(2).len() as u64));
    assert_eq!((sizes[0].internal_date, &sizes[0].flags), (Some(date), &flags));
    let missing = session.examine("Nowhere", None).await.unwrap_err();
    assert_eq!(missing.kind, Kind::FolderGone);
    let missing = session.append("Nowhere", &flags, None, &letter(1)).await.unwrap_err();
    assert_eq!(missing.kind, Kind::FolderGone);
    session.leave().await.unwrap();
}

#[tokio::test]
async fn everything_is_read_and_followed() {
    const COUNT: u32 = 450;
    let Some(server) = server() else { return };
    let mut session = server.session("seller3").await;
    for n in 1..=COUNT {
        session.append("INBOX", &Flags::default(), None, &letter(n)).await.unwrap();
    }
    let opened = session.examine("INBOX", None).await.unwrap();
    assert_eq!((opened.told.exists, opened.told.uid_next.unwrap().get()), (COUNT, COUNT + 1));
    let uids = session.uids(None).await.unwrap();
    assert_eq!(uids, UidSet::range(1, COUNT));
    assert!(session.uids(Some(jiff::civil::date(2090, 1, 1))).await.unwrap().is_empty());
    assert_eq!(session.uids(Some(jiff::civil::date(2001, 1, 1))).await.unwrap(), uids);
    let sizes = session.sizes(&uids).await.unwrap();
    let mut fetching = session.fetch(&sizes).unwrap();
    let mut count = 0;
    while let Some(message) = fetching.next().await.unwrap() {
        assert_eq!(message.bytes, letter(message.uid));
        assert!(!message.flags.contains(&Flag::Seen), "reading does not mark");
        count += 1;
    }
    assert_eq!((count, fetching.missing()), (COUNT, &[][..]));
    // Another program marks one, removes two, and a letter comes.
    server.meanwhile(
        "seller3",
        &[
            "UID STORE 7 +FLAGS (\\Flagged $Work)",
            "UID STORE 9,11 +FLAGS (\\Deleted)",
            "EXPUNGE",
            "APPEND INBOX {4+}\r\nA: b",
        ],
    );
    let kept = inroad_imap::plan::Kept {
        uid_validity: opened.told.uid_validity.unwrap(),
        uid_next: opened.told.uid_next,
        modseq: opened.told.highest_modseq,
        exists: opened.told.exists,
        uids: uids.clone(),
    };
    let since = Since {
        uid_validity: kept.uid_validity,
        modseq: kept.modseq.unwrap(),
        known: uids.clone(),
    };
    let again = session.examine("INBOX", Some(&since)).await.unwrap();
    let Plan::GoOn(go_on) = plan(Some(&kept), &again.told) else { panic!("{:?}", again.told) };
    assert_eq!(go_on.new_from.map(std::num::NonZero::get), Some(COUNT + 1));
    let on_opening = again.changes.unwrap();
    for changes in [
        on_opening,
        session.changes(&uids, kept.modseq).await.unwrap(),
        session.changes(&uids, NonZeroU64::new(1)).await.unwrap(),
        session.changes(&uids, None).await.unwrap(),
    ] {
        assert_eq!(changes.gone, UidSet::parse("9,11").unwrap());
        assert!(changes.flags[&7].contains(&Flag::Flagged));
        assert!(changes.flags[&7].contains(&Flag::Other("$Work".to_owned())));
    }
    session.leave().await.unwrap();
}

#[tokio::test]
async fn news_are_told() {
    let Some(server) = server() else { return };
    let mut session = server.session("seller4").await;
    session.examine("INBOX", None).await.unwrap();
    let second = Duration::from_secs(1);
    assert_eq!(session.idle(second, std::future::pending()).await, Ok(Idled::TimeUp));
    assert_eq!(session.idle(60 * second, tokio::time::sleep(second)).await, Ok(Idled::Woken));
    let server = std::sync::Arc::new(server);
    let other = std::sync::Arc::clone(&server);
    let comes = tokio::task::spawn_blocking(move || {
        std::thread::sleep(Duration::from_millis(300));
        other.meanwhile("seller4", &["APPEND INBOX {4+}\r\nA: b"]);
    });
    let idled = session.idle(60 * second, std::future::pending()).await;
    assert!(matches!(idled, Ok(Idled::Changed(news)) if news.came && !news.gone), "{idled:?}");
    comes.await.unwrap();
    let by_now = session.told_by_now().await.unwrap();
    assert_eq!(by_now, Some(session.examine("INBOX", None).await.unwrap().told));
    assert!(session.poll().await.unwrap().is_none());
    server.meanwhile("seller4", &["STORE 1 +FLAGS (\\Deleted)", "EXPUNGE"]);
    assert!(session.poll().await.unwrap().gone);
    assert!(session.uids(None).await.unwrap().is_empty());
    session.leave().await.unwrap();
}
