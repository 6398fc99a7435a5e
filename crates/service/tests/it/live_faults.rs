//! A mailbox is read while its server fails in every way: what is read afterwards, undisturbed, ends in the
//! same data file, or nothing was hidden; each failure is told; and nobody asks in circles.
//!
//! `INROAD_FAULT_STEP` is how many bytes lie between two cuts (less is more runs).

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::time::Duration;

use inroad_imap::{Backoff, Limits};
use inroad_model::{
    Connection, ConnectionName, Deleted, FoldersWanted, MailboxConnection, Moment, Reads, Security,
    ServerAddress,
};
use inroad_service::{ImportReport, Inroad, Passwords, ReadOnce, Stop, Tempo, Trouble};
use jiff::SignedDuration;

use crate::desk::{day, email, moment};
use crate::mail_server::{Fault, MailServer};

/// Between two cuts, in bytes.
const STEP: usize = 37;
/// Whoever asks more often within a second or two asks in circles.
const CONNECTIONS_MAX: usize = 8;
const COMMANDS_MAX: usize = 300;

/// The hours by which the clock jumps, one after the other.
const JUMPS: [i64; 7] = [0, -26, 3, 9_000, -9_000, 1, -1];
static JUMP: AtomicUsize = AtomicUsize::new(0);
static TICKS: AtomicI64 = AtomicI64::new(0);

/// A clock that goes to and fro by hours and by a year.
fn jumping() -> Moment {
    let hours = JUMPS[JUMP.fetch_add(1, Ordering::Relaxed) % JUMPS.len()];
    let at = moment("2026-11-20T12:00:00Z");
    let by = SignedDuration::from_hours(hours)
        + SignedDuration::from_secs(TICKS.fetch_add(1, Ordering::Relaxed));
    Moment::new(at.timestamp().checked_add(by).unwrap(), at.offset())
}

/// Against a server that may fall silent.
fn impatient() -> Tempo {
    let mut tempo = quick();
    tempo.limits.silence = Duration::from_millis(700);
    (tempo.limits.command, tempo.limits.transfer) =
        (Duration::from_secs(9), Duration::from_secs(9));
    tempo
}

/// Tried again at once, and by a clock that jumps.
pub(crate) fn quick() -> Tempo {
    let short = Duration::from_millis(5);
    Tempo {
        limits: Limits {
            message_bytes_max: 200_000,
            response_bytes_max: 400_000,
            chunk_messages_max: 4,
            ..Limits::default()
        },
        backoff: Backoff { first: short, max: short },
        now: jumping,
        ..Tempo::default()
    }
}

pub(crate) fn mailbox(port: u16) -> MailboxConnection {
    MailboxConnection {
        public_only: false,
        address: email("marta@studio.example"),
        user: "marta".to_owned(),
        imap: ServerAddress { host: "localhost".to_owned(), port, security: Security::Plain },
        sign_in: inroad_model::SignIn::Password,
        submission: None,
        authority: None,
        since: None,
        folders: FoldersWanted::Usual,
        deleted: Deleted::Keep,
    }
}

pub(crate) fn connection(mailbox: MailboxConnection) -> Connection {
    let name = ConnectionName::new("marta@studio.example").unwrap();
    Connection { name, reads: Reads::Mailbox(Box::new(mailbox)) }
}

pub(crate) fn passwords(data: &Path) -> Passwords {
    Passwords::beside(data, None, Arc::new(|_is_new| Ok(Some("four plain words here".to_owned()))))
}

/// Letter `n`, now from one side and now from the other, some of them of a thread.
pub(crate) fn letter(n: u32) -> String {
    let (us, them) = ("marta@studio.example", format!("p{}@firm{}.example", n % 5, n % 3));
    let (from, to) = if n.is_multiple_of(2) { (them.as_str(), us) } else { (us, them.as_str()) };
    let reply =
        if n > 4 { format!("In-Reply-To: <{}.f@x.example>\r\n", n - 4) } else { String::new() };
    format!(
        "From: {from}\r\nTo: {to}\r\nDate: {} Oct 2026 09:{:02}:00 +0200\r\n{reply}\
         Message-ID: <{n}.f@x.example>\r\nSubject: Offer {}\r\n\r\nDear all,\r\n\r\nthis is letter \
         {n}. {}The price is 4,000 EUR.\r\n",
        n % 28 + 1,
        n % 60,
        n % 7,
        if n % 9 == 4 { "I am out of office until 30 October. " } else { "" },
    )
}

/// A server, a data file that knows it and is copied for each run, and how an undisturbed run ends.
struct Bench {
    server: MailServer,
    folder: tempfile::TempDir,
    passwords: Passwords,
    runs: usize,
}

/// What an undisturbed reading leaves.
#[derive(Debug, PartialEq, Eq)]
struct End {
    digest: String,
    seen: String,
}

impl Bench {
    async fn new() -> Self {
        let server = MailServer::start();
        {
            let mut mail = server.mail();
            (0..18).for_each(|n| mail.folder("INBOX").put(&letter(n)));
            (18..26).for_each(|n| mail.folder("Sent").put(&letter(n)));
            (26..30).for_each(|n| mail.folder("Clients").put(&letter(n)));
            mail.folder("Trash").put(&letter(900));
        }
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data.db");
        let inroad = Inroad::open(&data).await.unwrap();
        let passwords = passwords(&data);
        let connection = connection(mailbox(server.port));
        inroad.connect(&connection, "x".to_owned(), &passwords, day(1)).await.unwrap();
        inroad.close().await.unwrap();
        server.counts();
        Self { server, folder, passwords, runs: 0 }
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data.db")
    }

    /// The file as it is, to be read into.
    async fn copy(&mut self) -> Inroad {
        let copy = self.folder.path().join("run.db");
        for ending in ["-wal", "-shm", ".live.json", ".live.lock"] {
            let mut name = copy.as_os_str().to_owned();
            name.push(ending);
            let _missing = std::fs::remove_file(name);
        }
        std::fs::copy(self.data(), &copy).unwrap();
        self.runs += 1;
        Inroad::open(&copy).await.unwrap()
    }

    async fn read(&self, inroad: &Inroad) -> Result<ImportReport, Trouble> {
        self.read_at(inroad, quick()).await
    }

    async fn read_at(&self, inroad: &Inroad, tempo: Tempo) -> Result<ImportReport, Trouble> {
        let how = ReadOnce { only: None, stop: Stop::default() };
        let read = inroad.read_once_at(&how, &tempo, &self.passwords, &|_, _| ());
        let read = tokio::time::timeout(Duration::from_secs(90), read).await.unwrap();
        let [report] = <[_; 1]>::try_from(read.unwrap()).unwrap();
        report.outcome
    }

    /// How the file ends, and that an undisturbed reading finds nothing new.
    async fn end(&self, inroad: Inroad) -> End {
        let last = self.read(&inroad).await.unwrap();
        assert_eq!(last.messages, 0);
        let review = inroad.review(moment("2026-11-20T12:00:00Z")).await.unwrap();
        let review = serde_json::to_string(&review).unwrap();
        let told = inroad.diagnose().await.unwrap();
        let seen = format!("{:?}\n{review}", told.health.counts);
        End { digest: Self::digest(inroad).await, seen }
    }

    /// The digest of the file, which is whole.
    async fn digest(inroad: Inroad) -> String {
        let told = inroad.diagnose().await.unwrap();
        assert!(told.health.faults.is_empty(), "{:?}", told.health.faults);
        inroad.close().await.unwrap();
        told.digest
    }

    async fn undisturbed(&mut self) -> End {
        let inroad = self.copy().await;
        self.read(&inroad).await.unwrap();
        self.end(inroad).await
    }

    /// Reads while so many connections go wrong, then undisturbed. Whether the disturbed reading told of it.
    async fn disturbed(&mut self, fault: &Fault, connections: usize, expected: &End) -> bool {
        let inroad = self.copy().await;
        self.server.counts();
        {
            let mut mail = self.server.mail();
            (mail.fault, mail.bad_connections) = (Some(fault.clone()), connections);
        }
        let first = self.read_at(&inroad, impatient()).await;
        let [connected, commands, _] = self.server.counts();
        assert!(
            connected <= CONNECTIONS_MAX && commands < COMMANDS_MAX,
            "{fault:?}: {connected} connections and {commands} commands"
        );
        let told = first.is_err();
        if let Err(trouble) = first {
            assert!(trouble.what.len() > 10 && trouble.way_out.len() > 10, "{trouble:?}");
        }
        self.server.mail().fault = None;
        let rest = self.read(&inroad).await;
        assert!(rest.is_ok(), "{fault:?}: {rest:?}");
        if connections == 1 {
            assert_eq!(Self::digest(inroad).await, expected.digest, "{fault:?}");
        } else {
            // Where all of one folder was read before another's, rows have other numbers.
            let end = self.end(inroad).await;
            assert!(end.seen == expected.seen, "{fault:?}: {}", end.seen);
        }
        told
    }

    /// Reads all of it, and then much changes on the server.
    async fn follow(&mut self) {
        let inroad = Inroad::open(&self.data()).await.unwrap();
        self.read(&inroad).await.unwrap();
        inroad.close().await.unwrap();
        {
            let mut mail = self.server.mail();
            (40..46).for_each(|n| mail.folder("INBOX").put(&letter(n)));
            mail.folder("INBOX").mark(2, "\\Seen \\Flagged");
            mail.folder("INBOX").take(5);
            // Moved, renamed, numbered anew.
            let moved = mail.folder("INBOX").take(7);
            mail.folder("Clients").put(&moved);
            let sent = mail.folders.remove("Sent").unwrap();
            mail.folders.insert("Sent messages", sent);
            mail.folder("Clients").renumber();
            mail.folder("Clients").put(&letter(50));
        }
    }

    /// How many commands and bytes an undisturbed reading takes.
    async fn extent(&mut self) -> (usize, usize) {
        let inroad = self.copy().await;
        self.server.counts();
        self.read(&inroad).await.unwrap();
        inroad.close().await.unwrap();
        let [_, commands, bytes] = self.server.counts();
        (commands, bytes)
    }

    /// Cuts at every command and every few bytes, once and on every connection.
    async fn cuts(&mut self, what: &str) {
        let expected = self.undisturbed().await;
        assert_eq!(self.undisturbed().await, expected, "it can be told");
        let (commands, bytes) = self.extent().await;
        let step = std::env::var("INROAD_FAULT_STEP").ok().and_then(|step| step.parse().ok());
        let step: usize = step.unwrap_or(STEP);
        let (before, mut told) = (self.runs, 0);
        for connections in [1, usize::MAX] {
            for at in 1..=commands {
                for fault in [Fault::CutAtCommand(at), Fault::ByeAtCommand(at)] {
                    told += usize::from(self.disturbed(&fault, connections, &expected).await);
                }
            }
            let step = if connections == 1 { step } else { step * 2 };
            for at in (0..bytes).step_by(step) {
                let fault = Fault::CutAtByte(at);
                told += usize::from(self.disturbed(&fault, connections, &expected).await);
            }
        }
        for at in 1..=commands {
            told += usize::from(self.disturbed(&Fault::SilentAtCommand(at), 1, &expected).await);
        }
        let runs = self.runs - before;
        println!(
            "{what}: {runs} runs, {told} of which told of it; {commands} commands, {bytes} bytes"
        );
        assert!(told > 0 && told < runs);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cut_anywhere_while_a_mailbox_comes_in() {
    Bench::new().await.cuts("the first reading").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cut_anywhere_while_a_mailbox_is_followed() {
    let mut bench = Bench::new().await;
    bench.follow().await;
    bench.cuts("the second reading").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_a_server_says_at_first() {
    Bench::new().await.odd("at first").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_a_server_says_later() {
    let mut bench = Bench::new().await;
    bench.follow().await;
    bench.odd("later").await;
}

impl Bench {
    /// Against servers that say what they should not.
    async fn odd(&mut self, what: &str) {
        let bench = self;
        let expected = bench.undisturbed().await;
        let mut told = 0;
        let instead = [
            // Another validity, none, and one that does not last.
            (
                "EXAMINE",
                "* 3 EXISTS\r\n* OK [UIDVALIDITY 8] New\r\n* OK [UIDNEXT 4] Next\r\n{tag} OK\r\n",
            ),
            ("EXAMINE", "* 18 EXISTS\r\n* OK [UIDVALIDITY 0] None\r\n{tag} OK\r\n"),
            ("EXAMINE", "* 18 EXISTS\r\n{tag} OK [READ-ONLY] no validity at all\r\n"),
            ("EXAMINE", "{right}* OK [UIDVALIDITY 9] after the end\r\n"),
            (
                "EXAMINE",
                "* 0 EXISTS\r\n* OK [UIDVALIDITY 7] Valid\r\n* OK [UIDNEXT 1] Next\r\n{tag} OK\r\n",
            ),
            ("EXAMINE", "{tag} NO [NONEXISTENT] Renamed\r\n"),
            ("EXAMINE", "{tag} NO [NOPERM] Not for you\r\n"),
            ("EXAMINE", "{tag} NO [INUSE] Later\r\n"),
            ("EXAMINE Clients", "{tag} NO [NONEXISTENT] Renamed\r\n"),
            ("LIST", "{tag} OK none\r\n"),
            ("LIST", "* LIST () \"/\" INBOX\r\n* LIST () \"/\" \"Renamed\"\r\n{tag} OK\r\n"),
            ("LIST", "* LIST () NIL {4}\r\nSent\r\n{right}"),
            ("LIST", "{tag} NO [SERVERBUG] Oops\r\n"),
            // Offers without brackets, after the end, unreadable.
            ("AUTHENTICATE", "{tag} OK CAPABILITY IMAP4rev1 ENABLE CONDSTORE QRESYNC\r\n"),
            ("AUTHENTICATE", "* CAPABILITY IMAP4rev1 ] [ IDLE\r\n{right}"),
            ("AUTHENTICATE", "+\r\n{tag} OK\r\n"),
            ("AUTHENTICATE", "{tag} NO [AUTHENTICATIONFAILED] Wrong\r\n"),
            ("AUTHENTICATE", "{tag} NO [UNAVAILABLE] Later\r\n"),
            ("ENABLE", "{tag} BAD Never heard of it\r\n"),
            ("ENABLE", "+ \r\n{right}"),
            // Sets as some servers write them: backward, doubled, in pieces, as ranges.
            (
                "UID SEARCH",
                "* SEARCH 18 17 16 15 14 14 13 12 11\r\n* SEARCH 1 2 3 4 5 6 7 8 9 10 0\r\n{tag} OK\r\n",
            ),
            ("UID SEARCH", "* SEARCH 1:18\r\n{tag} OK\r\n"),
            ("UID SEARCH", "* SEARCH 1,2,3\r\n{tag} OK\r\n"),
            ("UID SEARCH", "* ESEARCH (TAG \"x\") UID ALL 1:18\r\n{tag} OK\r\n"),
            ("UID SEARCH", "* SEARCH 1 2 3\r\n{tag} NO Cut short\r\n"),
            ("UID SEARCH", "{tag} BAD\r\n"),
            // Lengths that lie, letters of 200 MB, a letter of another number, none at all.
            (
                "UID FETCH",
                "* 1 FETCH (UID 1 BODY[] {3}\r\nSubject: a\r\n\r\nb\r\n)\r\n{tag} OK\r\n",
            ),
            ("UID FETCH", "* 1 FETCH (UID 1 BODY[] {300}\r\nSubject: a\r\n)\r\n{tag} OK\r\n"),
            ("UID FETCH", "* 1 FETCH (UID 1 BODY[] {209715200}\r\nSubject: a\r\n{tag} OK\r\n"),
            ("UID FETCH", "* 1 FETCH (UID 1 BODY[] {99999999999}\r\nSubject: a\r\n{tag} OK\r\n"),
            (
                "UID FETCH",
                "* 1 FETCH (UID 1 RFC822.SIZE 209715200 INTERNALDATE \" 1-Oct-2026 10:20:30 +0100\" FLAGS ())\r\n{tag} NO Cut short\r\n",
            ),
            ("UID FETCH", "{tag} OK\r\n"),
            ("UID FETCH", "* 1 FETCH (UID 1 FLAGS ())\r\n{tag} OK\r\n"),
            ("UID FETCH", "{tag} NO [INUSE] Locked\r\n"),
            ("UID FETCH", "* BYE Out of memory\r\n"),
            ("UID FETCH", "* 1 FETCH UID 1\r\n{tag} OK\r\n"),
            ("UID FETCH", "i999 OK Done\r\n"),
            ("UID FETCH", "{right}* 3 EXPUNGE\r\n* 17 EXISTS\r\n"),
            ("UID FETCH", "+ stray\r\n+\r\n{right}"),
            ("LOGOUT", "* BYE\r\n"),
            ("LOGOUT", "{tag} BAD Stay\r\n"),
        ];
        let mut faults: Vec<Fault> =
            instead.into_iter().map(|(begin, answer)| Fault::Instead(begin, answer)).collect();
        faults.extend(
            [
                "",
                "* OK",
                "* OK ready\r\n",
                "* OK CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n",
                "* BYE Too many connections\r\n",
                "HTTP/1.1 400 Bad Request\r\n\r\n",
            ]
            .map(Fault::Greets),
        );
        faults.extend([Fault::Slow(40), Fault::HangsUpAt("Clients"), Fault::HangsUpAt("INBOX")]);
        for fault in faults {
            for connections in [1, usize::MAX] {
                told += usize::from(bench.seen_again(&fault, connections, &expected).await);
            }
        }
        println!("{what}: {} runs against odd servers, {told} of which told of it", bench.runs);
        assert!(told > 20);
    }

    /// As [`Bench::disturbed`], where the server may have put rows into another order.
    async fn seen_again(&mut self, fault: &Fault, connections: usize, expected: &End) -> bool {
        let inroad = self.copy().await;
        self.server.counts();
        {
            let mut mail = self.server.mail();
            (mail.fault, mail.bad_connections) = (Some(fault.clone()), connections);
        }
        let first = self.read_at(&inroad, impatient()).await;
        let [connected, commands, _] = self.server.counts();
        assert!(connected <= CONNECTIONS_MAX && commands < COMMANDS_MAX, "{fault:?}");
        self.server.mail().fault = None;
        let rest = self.read(&inroad).await;
        assert!(rest.is_ok(), "{fault:?}: {rest:?}");
        let end = self.end(inroad).await;
        assert!(end.seen == expected.seen, "{fault:?} {first:?}: {}", end.seen);
        first.is_err() || first.is_ok_and(|report| report.issue_count > 0)
    }
}
