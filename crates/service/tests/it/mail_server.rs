//! A mail server with folders in this process, whose mail changes as a test wants, and which is as bad as a
//! test wants: it cuts, falls silent, takes leave, or says what it should not.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use inroad_imap::UidSet;

/// What it offers.
pub(crate) const OFFERS: &str =
    "IMAP4rev1 ENABLE IDLE CONDSTORE QRESYNC SASL-IR AUTH=PLAIN LITERAL+";

/// What goes wrong on a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It is closed when the command of that number comes.
    CutAtCommand(usize),
    /// It is closed after so many bytes.
    CutAtByte(usize),
    /// Nothing more is said from the command of that number on.
    SilentAtCommand(usize),
    /// The server takes leave at the command of that number.
    ByeAtCommand(usize),
    /// So many milliseconds pass before each answer.
    Slow(u64),
    /// Commands that begin so get another answer: `{tag}` is the tag, `{right}` what would have been right.
    Instead(&'static str, &'static str),
    /// The greeting is another one.
    Greets(&'static str),
    /// Whoever opens that folder is hung up on.
    HangsUpAt(&'static str),
}

/// A letter of the server.
#[derive(Debug, Clone)]
pub(crate) struct Held {
    uid: u32,
    flags: String,
    modseq: u64,
    text: String,
}

/// A folder of the server.
#[derive(Debug, Clone)]
pub(crate) struct Folder {
    pub(crate) validity: u32,
    next: u32,
    modseq: u64,
    letters: Vec<Held>,
    gone: Vec<(u32, u64)>,
}

impl Default for Folder {
    fn default() -> Self {
        Self { validity: 7, next: 1, modseq: 1, letters: Vec::new(), gone: Vec::new() }
    }
}

impl Folder {
    pub(crate) fn put(&mut self, text: &str) {
        self.modseq += 1;
        let (uid, modseq, text) = (self.next, self.modseq, text.to_owned());
        self.letters.push(Held { uid, flags: "\\Seen".to_owned(), modseq, text });
        self.next += 1;
    }

    /// Marks the letter at a place.
    pub(crate) fn mark(&mut self, at: usize, flags: &str) {
        self.modseq += 1;
        (self.letters[at].flags, self.letters[at].modseq) = (flags.to_owned(), self.modseq);
    }

    /// Takes the letter at a place out.
    pub(crate) fn take(&mut self, at: usize) -> String {
        self.modseq += 1;
        let held = self.letters.remove(at);
        self.gone.push((held.uid, self.modseq));
        held.text
    }

    /// Gives all numbers anew.
    pub(crate) fn renumber(&mut self) {
        self.validity += 1;
        self.gone.clear();
        for (uid, letter) in (1..).zip(&mut self.letters) {
            letter.uid = uid;
        }
        self.next = u32::try_from(self.letters.len()).unwrap() + 1;
    }

    pub(crate) fn len(&self) -> usize {
        self.letters.len()
    }

    fn opened(&self, upper: &str, out: &mut String) {
        write!(out, "* {} EXISTS\r\n* OK [UIDVALIDITY {}] Valid\r\n", self.len(), self.validity)
            .unwrap();
        write!(out, "* OK [UIDNEXT {}] Next\r\n", self.next).unwrap();
        write!(out, "* OK [HIGHESTMODSEQ {}] State\r\n", self.modseq).unwrap();
        assert!(!upper.contains("QRESYNC"), "nothing is asked on opening");
    }

    fn fetched(&self, upper: &str, out: &mut String) {
        let set = UidSet::parse(upper.split(' ').nth(2).unwrap()).unwrap();
        let since = upper
            .split_once("CHANGEDSINCE ")
            .map(|(_, state)| state.split([' ', ')']).next().unwrap().parse::<u64>().unwrap());
        let gone = |since| self.gone.iter().filter(move |(_, at)| *at > since);
        if let Some(since) = since.filter(|since| gone(*since).next().is_some()) {
            let gone: UidSet = gone(since).map(|(uid, _)| *uid).collect();
            write!(out, "* VANISHED (EARLIER) {gone}\r\n").unwrap();
        }
        for (at, held) in (1..).zip(&self.letters) {
            if !set.contains(held.uid) || since.is_some_and(|since| held.modseq <= since) {
                continue;
            }
            write!(out, "* {at} FETCH (UID {} FLAGS ({})", held.uid, held.flags).unwrap();
            if upper.contains("INTERNALDATE") {
                out.push_str(" INTERNALDATE \" 1-Oct-2026 10:20:30 +0100\"");
            }
            if upper.contains("RFC822.SIZE") {
                write!(out, " RFC822.SIZE {}", held.text.len()).unwrap();
            }
            if upper.contains("BODY.PEEK[]") {
                write!(out, " BODY[] {{{}}}\r\n{}", held.text.len(), held.text).unwrap();
            }
            out.push_str(")\r\n");
        }
    }
}

/// What the server holds, and how it behaves.
#[derive(Debug, Default)]
pub(crate) struct Mail {
    pub(crate) folders: BTreeMap<&'static str, Folder>,
    pub(crate) fault: Option<Fault>,
    /// Only so many of the next connections are bad.
    pub(crate) bad_connections: usize,
}

impl Mail {
    pub(crate) fn folder(&mut self, name: &'static str) -> &mut Folder {
        self.folders.entry(name).or_default()
    }

    fn answer(&self, open: &mut Option<&'static str>, tag: &str, line: &str) -> String {
        let upper = line.to_ascii_uppercase();
        let mut out = String::new();
        match upper.split(' ').next().unwrap_or_default() {
            "CAPABILITY" => write!(out, "* CAPABILITY {OFFERS}\r\n").unwrap(),
            "ENABLE" => out.push_str("* ENABLED QRESYNC\r\n"),
            "LIST" => {
                for name in self.folders.keys() {
                    let role = if *name == "Trash" { "\\Trash" } else { "\\HasNoChildren" };
                    write!(out, "* LIST ({role}) \"/\" \"{name}\"\r\n").unwrap();
                }
            }
            "EXAMINE" => {
                let rest = line.split_once(' ').map_or("", |(_, rest)| rest);
                let name = match rest.strip_prefix('"') {
                    Some(quoted) => quoted.split('"').next(),
                    None => rest.split(' ').next(),
                };
                let name = name.unwrap_or_default();
                *open = self.folders.keys().find(|known| known.eq_ignore_ascii_case(name)).copied();
                let Some(folder) = open.and_then(|name| self.folders.get(name)) else {
                    return format!("{tag} NO [NONEXISTENT] There is none\r\n");
                };
                folder.opened(&upper, &mut out);
            }
            "UID" => {
                let Some(folder) = open.and_then(|name| self.folders.get(name)) else {
                    return format!("{tag} NO Nothing is open\r\n");
                };
                if upper.starts_with("UID SEARCH") {
                    out.push_str("* SEARCH");
                    for held in &folder.letters {
                        write!(out, " {}", held.uid).unwrap();
                    }
                    out.push_str("\r\n");
                } else {
                    folder.fetched(&upper, &mut out);
                }
            }
            "LOGOUT" => out.push_str("* BYE See you\r\n"),
            _ => {}
        }
        write!(out, "{tag} OK Done\r\n").unwrap();
        out
    }
}

/// The running server; what it does ends with the process.
#[derive(Debug, Clone)]
pub(crate) struct MailServer {
    pub(crate) port: u16,
    mail: Arc<Mutex<Mail>>,
    connections: Arc<AtomicUsize>,
    commands: Arc<AtomicUsize>,
    bytes: Arc<AtomicUsize>,
}

impl MailServer {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Self {
            port: listener.local_addr().unwrap().port(),
            mail: Arc::default(),
            connections: Arc::default(),
            commands: Arc::default(),
            bytes: Arc::default(),
        };
        let accepting = server.clone();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let server = accepting.clone();
                // Whoever hangs up is gone.
                thread::spawn(move || server.serve(&stream.unwrap()).unwrap_or_default());
            }
        });
        server
    }

    pub(crate) fn mail(&self) -> MutexGuard<'_, Mail> {
        self.mail.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many connections, commands and bytes of answers there were since this was last asked.
    pub(crate) fn counts(&self) -> [usize; 3] {
        [&self.connections, &self.commands, &self.bytes].map(|one| one.swap(0, Ordering::SeqCst))
    }

    fn serve(&self, stream: &TcpStream) -> std::io::Result<()> {
        self.connections.fetch_add(1, Ordering::SeqCst);
        stream.set_nodelay(true)?;
        let fault = {
            let mut mail = self.mail();
            let is_bad = mail.bad_connections > 0;
            mail.bad_connections = mail.bad_connections.saturating_sub(1);
            mail.fault.clone().filter(|_| is_bad)
        };
        let mut out = Out { stream, fault: fault.clone(), sent: 0, server: self };
        match &fault {
            Some(Fault::Greets(greeting)) => out.send(greeting)?,
            _ => out.send(&format!("* OK [CAPABILITY {OFFERS}] Welcome\r\n"))?,
        }
        let mut lines = BufReader::new(stream);
        let mut open = None;
        for count in 1.. {
            let mut line = String::new();
            if lines.read_line(&mut line)? == 0 {
                return Ok(());
            }
            self.commands.fetch_add(1, Ordering::SeqCst);
            let (tag, line) = line.trim_end().split_once(' ').unwrap_or_default();
            match &fault {
                Some(Fault::CutAtCommand(at)) if *at == count => return Ok(()),
                Some(Fault::ByeAtCommand(at)) if *at == count => {
                    return out.send("* BYE Good night\r\n");
                }
                Some(Fault::SilentAtCommand(at)) if *at <= count => continue,
                Some(Fault::Slow(wait)) => thread::sleep(Duration::from_millis(*wait)),
                Some(Fault::HangsUpAt(folder))
                    if line.starts_with("EXAMINE") && line.contains(folder) =>
                {
                    return Ok(());
                }
                _ => {}
            }
            if let Some(Fault::Instead(begin, answer)) = &fault
                && line.starts_with(begin)
            {
                let right = self.mail().answer(&mut open, tag, line);
                out.send(&answer.replace("{tag}", tag).replace("{right}", &right))?;
                continue;
            }
            if line.eq_ignore_ascii_case("IDLE") {
                self.idle(&mut out, &mut lines, open)?;
                out.send(&format!("{tag} OK Done\r\n"))?;
                continue;
            }
            let right = self.mail().answer(&mut open, tag, line);
            out.send(&right)?;
        }
        Ok(())
    }

    /// Tells of what comes into the folder until the other side has enough.
    fn idle(
        &self,
        out: &mut Out<'_>,
        lines: &mut BufReader<&TcpStream>,
        open: Option<&'static str>,
    ) -> std::io::Result<()> {
        let exists = || self.mail().folder(open.unwrap_or("INBOX")).len();
        let mut told = exists();
        out.send("+ idling\r\n")?;
        lines.get_ref().set_read_timeout(Some(Duration::from_millis(20)))?;
        let mut byte = [0];
        loop {
            match lines.read(&mut byte) {
                Ok(0) => return Err(std::io::ErrorKind::UnexpectedEof.into()),
                Ok(_) if byte == *b"\n" => break,
                Ok(_) => {}
                Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {
                    let now = exists();
                    if now != told {
                        told = now;
                        out.send(&format!("* {now} EXISTS\r\n"))?;
                    }
                }
                Err(error) => return Err(error),
            }
        }
        lines.get_ref().set_read_timeout(None)
    }
}

struct Out<'a> {
    stream: &'a TcpStream,
    fault: Option<Fault>,
    sent: usize,
    server: &'a MailServer,
}

impl Out<'_> {
    fn send(&mut self, text: &str) -> std::io::Result<()> {
        let mut bytes = text.as_bytes();
        let mut cut = Ok(());
        if let Some(Fault::CutAtByte(at)) = self.fault
            && self.sent + bytes.len() > at
        {
            bytes = &bytes[..at - self.sent];
            cut = Err(std::io::ErrorKind::BrokenPipe.into());
        }
        self.sent += bytes.len();
        self.server.bytes.fetch_add(bytes.len(), Ordering::SeqCst);
        self.stream.write_all(bytes)?;
        cut
    }
}
