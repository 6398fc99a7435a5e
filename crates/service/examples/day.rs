//! Days of following two mailboxes of ten folders each, in a few minutes: `cargo xtask bench sync` runs it in
//! an empty folder beside Dovecot. Each of the 480 rounds of a day stands for the three minutes after which
//! every folder is asked; in each something changes. On the last of several days no letter is new, and some are
//! marked and moved. Prints the memory of this process by the hour.
#![expect(clippy::print_stdout, reason = "prints a table")]

use std::io::{self, BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use inroad_model::{
    Connection, ConnectionName, Deleted, FoldersWanted, MailboxConnection, Moment, Reads, Security,
    ServerAddress,
};
use inroad_service::{Error, Inroad, LiveState, Passwords, Result, Stop, Tempo, give_memory_back};

const PEOPLE: [&str; 2] = ["seller11", "seller12"];
const FOLDERS: usize = 10;
const LETTERS_A_FOLDER: usize = 100;
/// Every three minutes.
const ROUNDS_A_DAY: usize = 480;
const ROUNDS_AN_HOUR: usize = ROUNDS_A_DAY / 24;
/// How long a round takes here.
const ROUND: Duration = Duration::from_millis(300);
const HOURS_BETWEEN_ROWS: usize = 3;

#[tokio::main]
async fn main() -> Result<()> {
    let variable = |name: &str| std::env::var(name).unwrap_or_default();
    let (port, password) = (variable("INROAD_IMAP_PORT"), variable("INROAD_IMAP_PASSWORD"));
    let (Some(folder), Ok(port)) = (std::env::args_os().nth(1).map(PathBuf::from), port.parse())
    else {
        println!(
            "Usage: cargo xtask beside cargo run --package inroad-service --example day -- EMPTY_FOLDER [DAYS]"
        );
        return Ok(());
    };
    let days = std::env::args().nth(2).and_then(|days| days.parse().ok()).unwrap_or(1).max(1);
    let data = folder.join("day.db");
    let inroad = Inroad::open(&data).await?;
    let ask = Arc::new(|_is_new| Ok(Some("four plain words here".to_owned())));
    let passwords = Passwords::beside(&data, None, ask);
    let mut others = Vec::new();
    for person in PEOPLE {
        let other = Other::of(person, port, &password).and_then(|mut other| {
            other.fill()?;
            Ok(other)
        });
        others.push(other.map_err(|cause| unreadable(&data, cause))?);
        let connection = mailbox(person, port)?;
        inroad.connect(&connection, password.clone(), &passwords, now()).await?;
    }
    let stop = Stop::default();
    let tempo = Tempo { others_every: ROUND, ..Tempo::default() };
    let watching = {
        let (inroad, passwords, stop) = (inroad.clone(), passwords.clone(), stop.clone());
        tokio::spawn(async move { inroad.watch_at(&tempo, &passwords, &stop).await })
    };
    // Once in three minutes, where the program itself does it each minute.
    let giving_back = tokio::spawn(give_memory_back(ROUND));
    let all_read = async || {
        let shown = inroad.connections().await?;
        Ok::<_, Error>(shown.iter().all(|one| one.status.state == LiveState::Listening))
    };
    while !all_read().await? {
        tokio::time::sleep(ROUND).await;
    }
    println!("| hour | letters so far | resident MB |\n| ---: | ---: | ---: |");
    for round in 0..=ROUNDS_A_DAY * days {
        if round % (ROUNDS_AN_HOUR * HOURS_BETWEEN_ROWS) == 0 {
            let put: usize = others.iter().map(|other| other.put).sum();
            println!("| {} | {put} | {:.1} |", round / ROUNDS_AN_HOUR, resident_mb());
        }
        for other in &mut others {
            let brings_letters = days == 1 || round < ROUNDS_A_DAY * (days - 1);
            other.change(round, brings_letters).map_err(|cause| unreadable(&data, cause))?;
        }
        // A little more than the tempo, so that every folder was asked meanwhile.
        tokio::time::sleep(ROUND + ROUND / 10).await;
    }
    giving_back.abort();
    stop.now();
    watching.await.map_err(|cause| Error::Internal { what: cause.to_string() })??;
    let expected: usize = others.iter().map(|other| other.put).sum();
    println!("\n{} messages were delivered, {} are kept.", expected, messages(&inroad).await?);
    inroad.close().await
}

/// Another mail program with the same mailbox.
struct Other {
    person: &'static str,
    stream: TcpStream,
    lines: io::Lines<BufReader<TcpStream>>,
    put: usize,
    /// How many letters each folder holds.
    holds: [usize; FOLDERS],
}

impl Other {
    fn of(person: &'static str, port: u16, password: &str) -> io::Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_nodelay(true)?;
        let lines = BufReader::new(stream.try_clone()?).lines();
        let mut other = Self { person, stream, lines, put: 0, holds: [0; FOLDERS] };
        other.says(&format!("LOGIN {person} \"{password}\""))?;
        Ok(other)
    }

    fn says(&mut self, command: &str) -> io::Result<()> {
        write!(self.stream, "x {command}\r\n")?;
        for line in self.lines.by_ref() {
            let line = line?;
            if line.starts_with("x ") {
                let refused = || io::Error::other(format!("{command}: {line}"));
                return if line.starts_with("x OK") { Ok(()) } else { Err(refused()) };
            }
        }
        Err(io::ErrorKind::UnexpectedEof.into())
    }

    fn puts(&mut self, folder: usize) -> io::Result<()> {
        let n = self.put;
        let them = format!("p{}@firm{}.example", n % 40, n % 15);
        let letter = format!(
            "From: {them}\r\nTo: {}@studio.example\r\nDate: {} Oct 2026 {:02}:{:02}:00 +0200\r\n\
             Message-ID: <{n}.{}@day.example>\r\nSubject: Offer {}\r\n\r\nGood morning,\r\n\r\n{}\
             could you tell me by Friday what the crane would cost?\r\n",
            self.person,
            n % 28 + 1,
            n % 24,
            n % 60,
            self.person,
            n % 9,
            "we looked at the plans with our purchasing department. ".repeat(n % 30),
        );
        self.put += 1;
        self.holds[folder] += 1;
        self.says(&format!("APPEND {} {{{}+}}\r\n{letter}", name(folder), letter.len()))
    }

    fn fill(&mut self) -> io::Result<()> {
        for folder in 0..FOLDERS {
            if folder > 0 {
                self.says(&format!("CREATE {}", name(folder)))?;
            }
            for _ in 0..LETTERS_A_FOLDER {
                self.puts(folder)?;
            }
        }
        Ok(())
    }

    /// What happens in three minutes: a letter now and then, marks, and some go or are moved.
    fn change(&mut self, round: usize, brings_letters: bool) -> io::Result<()> {
        let fullest = (0..FOLDERS).max_by_key(|folder| self.holds[*folder]).unwrap_or_default();
        match round % 5 {
            0 | 2 if brings_letters => self.puts(0),
            1 if brings_letters => self.puts(round % FOLDERS),
            0..=3 => {
                let folder = (round / 5) % FOLDERS;
                self.says(&format!("SELECT {}", name(folder)))?;
                let sign = if (round / ROUNDS_AN_HOUR).is_multiple_of(2) { '+' } else { '-' };
                let letter = round % self.holds[folder] + 1;
                self.says(&format!("STORE {letter} {sign}FLAGS (\\Flagged)"))
            }
            _ => {
                let to = (fullest + 3) % FOLDERS;
                self.says(&format!("SELECT {}", name(fullest)))?;
                self.says(&format!("MOVE 2 {}", name(to)))?;
                self.holds[fullest] -= 1;
                self.holds[to] += 1;
                if brings_letters {
                    self.says("STORE 1:2 +FLAGS (\\Deleted)")?;
                    self.holds[fullest] -= 2;
                    self.says("EXPUNGE")?;
                }
                Ok(())
            }
        }
    }
}

fn name(folder: usize) -> String {
    if folder == 0 { "INBOX".to_owned() } else { format!("Client{folder}") }
}

fn mailbox(person: &str, port: u16) -> Result<Connection> {
    let invalid = |what: String| Error::Invalid { what };
    let address = format!("{person}@studio.example");
    Ok(Connection {
        name: ConnectionName::new(&address).map_err(|no| invalid(no.to_string()))?,
        reads: Reads::Mailbox(Box::new(MailboxConnection {
            public_only: false,
            address: address.parse().map_err(|_cause| invalid(address.clone()))?,
            user: person.to_owned(),
            imap: ServerAddress { host: "localhost".to_owned(), port, security: Security::Plain },
            sign_in: inroad_model::SignIn::Password,
            submission: None,
            authority: None,
            since: None,
            folders: FoldersWanted::Usual,
            deleted: Deleted::Keep,
        })),
    })
}

async fn messages(inroad: &Inroad) -> Result<u64> {
    let health = inroad.diagnose().await?.health;
    Ok(health.counts.iter().find(|(noun, _)| *noun == "messages").map_or(0, |(_, count)| *count))
}

/// What this process holds in memory.
fn resident_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.trim()
        .trim_end_matches(" kB")
        .parse()
        .map_or(f64::NAN, |kilobytes: f64| kilobytes / 1024.0)
}

fn now() -> Moment {
    Moment::utc(jiff::Timestamp::now())
}

fn unreadable(path: &Path, cause: io::Error) -> Error {
    Error::File { path: path.to_owned(), cause }
}
