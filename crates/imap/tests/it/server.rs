//! A small mail server in this process: orderly by itself, and as bad as a test wants it.

use std::fmt::Write as _;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use inroad_imap::UidSet;
use tokio::io::{
    AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, BufReader,
    ReadBuf,
};

/// A message of the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Letter {
    pub(crate) uid: u32,
    pub(crate) flags: &'static str,
    pub(crate) modseq: u64,
    pub(crate) bytes: Vec<u8>,
}

/// What the server holds and offers.
#[derive(Debug, Clone)]
pub(crate) struct Mailbox {
    pub(crate) offers: &'static str,
    pub(crate) list: &'static str,
    pub(crate) validity: u32,
    pub(crate) letters: Vec<Letter>,
    /// Numbers and states at which messages went.
    pub(crate) gone: Vec<(u32, u64)>,
}

impl Default for Mailbox {
    fn default() -> Self {
        let letter = |uid: u32| {
            Letter {
            uid,
            flags: if uid.is_multiple_of(2) { "\\Seen" } else { "$Forwarded" },
            modseq: u64::from(uid),
            bytes: format!(
                "From: anna@lindner.example\r\nSubject: letter {uid}\r\nMessage-ID: <m{uid}@lindner.example>\r\n\r\n{}\r\n",
                "Words (of) a {3} letter\r\n".repeat(uid as usize % 7),
            )
            .into_bytes(),
        }
        };
        let mut letters: Vec<Letter> = (1..=12).map(|n| letter(n * 3)).collect();
        // What the strict reader cannot read.
        letters[3].bytes =
            b"Subject: zero\r\n\r\na\0b\r\n)\r\n* 5 FETCH (UID 1 BODY[] {3}\r\n".to_vec();
        letters[5].flags = "\\Seen Gelöscht";
        letters[7].bytes = Vec::new();
        Self {
            offers: "IMAP4rev1 ENABLE IDLE CONDSTORE QRESYNC UIDPLUS SASL-IR AUTH=PLAIN LITERAL+",
            list: "* LIST (\\HasNoChildren) \"/\" INBOX\r\n* LIST (\\Sent) \"/\" \"Gesendet\"\r\n\
                   * LIST (\\Noselect) \"/\" Clients\r\n* LIST () \"/\" \"Entw&APw-rfe\"\r\n",
            validity: 7,
            letters,
            gone: vec![(4, 5), (8, 50)],
        }
    }
}

impl Mailbox {
    pub(crate) fn modseq(&self) -> u64 {
        self.letters.iter().map(|letter| letter.modseq).max().unwrap_or(1)
    }

    pub(crate) fn uid_next(&self) -> u32 {
        self.letters.iter().map(|letter| letter.uid).max().unwrap_or(0) + 1
    }

    pub(crate) fn greeting(&self) -> Vec<u8> {
        format!("* OK [CAPABILITY {}] Welcome\r\n", self.offers).into_bytes()
    }

    /// What an orderly server says to a command.
    pub(crate) fn answer(&self, tag: &str, command: &str) -> Vec<u8> {
        let upper = command.to_ascii_uppercase();
        let mut out: Vec<u8> = Vec::new();
        let mut line = |text: String| out.extend_from_slice(text.as_bytes());
        let known = self.letters.len();
        match upper.split(' ').next().unwrap_or_default() {
            "CAPABILITY" => line(format!("* CAPABILITY {}\r\n", self.offers)),
            "ENABLE" => line("* ENABLED QRESYNC\r\n".to_owned()),
            "LIST" => line(self.list.to_owned()),
            "EXAMINE" => {
                line(format!("* {known} EXISTS\r\n* 0 RECENT\r\n* FLAGS (\\Seen)\r\n"));
                line(format!("* OK [UIDVALIDITY {}] Valid\r\n", self.validity));
                line(format!("* OK [UIDNEXT {}] Next\r\n", self.uid_next()));
                line(format!("* OK [HIGHESTMODSEQ {}] State\r\n", self.modseq()));
                if let Some((_, state)) = upper.split_once("QRESYNC (7 ") {
                    let state: u64 = state.split([' ', ')']).next().unwrap().parse().unwrap();
                    out.extend(self.changed(&UidSet::range(1, u32::MAX), state, true));
                }
            }
            "UID" if upper.starts_with("UID SEARCH") => {
                line(
                    self.letters.iter().fold("* SEARCH".to_owned(), |mut text, letter| {
                        let is_wanted = upper.split_once("MESSAGE-ID ").is_none_or(|(_, id)| {
                            let id = id.trim_matches('"').to_ascii_lowercase();
                            String::from_utf8_lossy(&letter.bytes).contains(&id)
                        });
                        if is_wanted {
                            write!(text, " {}", letter.uid).unwrap();
                        }
                        text
                    }) + "\r\n",
                );
            }
            "UID" => {
                let set = UidSet::parse(upper.split(' ').nth(2).unwrap()).unwrap();
                if let Some((_, state)) = upper.split_once("CHANGEDSINCE ") {
                    let state: u64 = state.split([' ', ')']).next().unwrap().parse().unwrap();
                    out.extend(self.changed(&set, state, upper.contains("VANISHED")));
                } else {
                    out.extend(self.items(&set, &upper));
                }
            }
            "LOGOUT" => line("* BYE See you\r\n".to_owned()),
            _ => {}
        }
        out.extend_from_slice(format!("{tag} OK Done\r\n").as_bytes());
        out
    }

    fn changed(&self, set: &UidSet, since: u64, with_gone: bool) -> Vec<u8> {
        let mut out = String::new();
        let gone: UidSet =
            self.gone.iter().filter(|(_, at)| *at > since).map(|gone| gone.0).collect();
        if with_gone && !gone.is_empty() {
            write!(out, "* VANISHED (EARLIER) {gone}\r\n").unwrap();
        }
        for (sequence, letter) in (1..).zip(&self.letters) {
            if set.contains(letter.uid) && letter.modseq > since {
                let (uid, flags, modseq) = (letter.uid, letter.flags, letter.modseq);
                write!(out, "* {sequence} FETCH (UID {uid} FLAGS ({flags}) MODSEQ ({modseq}))\r\n")
                    .unwrap();
            }
        }
        out.into_bytes()
    }

    fn items(&self, set: &UidSet, asked: &str) -> Vec<u8> {
        let mut out = Vec::new();
        for (sequence, letter) in
            (1..).zip(&self.letters).filter(|(_, letter)| set.contains(letter.uid))
        {
            let mut text = format!("* {sequence} FETCH (UID {}", letter.uid);
            if asked.contains("FLAGS") {
                write!(text, " FLAGS ({})", letter.flags).unwrap();
            }
            if asked.contains("INTERNALDATE") {
                text.push_str(" INTERNALDATE \" 1-Feb-2024 10:20:30 +0100\"");
            }
            if asked.contains("RFC822.SIZE") {
                write!(text, " RFC822.SIZE {}", letter.bytes.len()).unwrap();
            }
            out.extend_from_slice(text.as_bytes());
            if asked.contains("BODY.PEEK[]") {
                out.extend_from_slice(format!(" BODY[] {{{}}}\r\n", letter.bytes.len()).as_bytes());
                out.extend_from_slice(&letter.bytes);
            } else if asked.contains("HEADER.FIELDS") {
                let head = String::from_utf8_lossy(&letter.bytes);
                let id =
                    head.lines().find(|line| line.starts_with("Message-ID")).unwrap_or_default();
                out.extend_from_slice(
                    format!(
                        " BODY[HEADER.FIELDS (MESSAGE-ID)] {{{}}}\r\n{id}\r\n\r\n",
                        id.len() + 4
                    )
                    .as_bytes(),
                );
            }
            out.extend_from_slice(b")\r\n");
        }
        out
    }
}

/// What goes wrong on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    None,
    /// The connection is closed after so many bytes of the server.
    Close(usize),
    /// After so many bytes the server says nothing more.
    Silence(usize),
    /// The connection is closed after so many commands, unanswered.
    CloseAtCommand(usize),
    /// So many milliseconds pass before each byte.
    Drip(u64),
    /// The byte at this place becomes another one.
    Change(usize, u8),
}

/// Serves one connection until it ends. The handler is given tag and command, a literal inside of it
/// after a line end; what it gives is sent.
pub(crate) async fn serve<S: AsyncRead + AsyncWrite + Unpin>(
    stream: S,
    greeting: Vec<u8>,
    fault: Fault,
    mut handler: impl FnMut(&str, &str) -> Vec<u8>,
) {
    let (read, write) = tokio::io::split(stream);
    let mut read = BufReader::new(read);
    let mut sent = Sent { write, count: 0, fault };
    if sent.send(&greeting).await.is_none() {
        return;
    }
    let mut idle_tag = String::new();
    for count in 1.. {
        let Some(line) = command(&mut read, &mut sent).await else { return };
        if fault == Fault::CloseAtCommand(count) {
            return;
        }
        let (tag, rest) = match line.split_once(' ') {
            Some((tag, rest)) if tag.starts_with('i') => (tag, rest),
            // Words that have no tag: the end of IDLE, or what AUTHENTICATE wants.
            _ => (idle_tag.as_str(), line.as_str()),
        };
        let answer = handler(tag, rest);
        if sent.send(&answer).await.is_none() {
            return;
        }
        tag.to_owned().clone_into(&mut idle_tag);
    }
}

async fn command<R: AsyncRead + Unpin, W: AsyncWrite + Unpin>(
    read: &mut BufReader<R>,
    sent: &mut Sent<W>,
) -> Option<String> {
    let mut all = String::new();
    loop {
        let mut line = Vec::new();
        if read.read_until(b'\n', &mut line).await.ok()? == 0 {
            return None;
        }
        let line = String::from_utf8_lossy(&line).trim_end_matches(['\r', '\n']).to_owned();
        all.push_str(&line);
        let Some((_, length)) = line.strip_suffix('}').and_then(|line| line.rsplit_once('{'))
        else {
            return Some(all);
        };
        let at_once = length.strip_suffix('+');
        if at_once.is_none() {
            sent.send(b"+ go on\r\n").await?;
        }
        let mut literal = vec![0; at_once.unwrap_or(length).parse().ok()?];
        read.read_exact(&mut literal).await.ok()?;
        all.push('\n');
        all.push_str(&String::from_utf8_lossy(&literal));
    }
}

struct Sent<W> {
    write: W,
    count: usize,
    fault: Fault,
}

impl<W: AsyncWrite + Unpin> Sent<W> {
    /// `None` once nothing more is to be sent.
    async fn send(&mut self, bytes: &[u8]) -> Option<()> {
        let mut bytes = bytes.to_vec();
        let end = self.count + bytes.len();
        match self.fault {
            Fault::Close(at) | Fault::Silence(at) if end > at => {
                bytes.truncate(at - self.count.min(at));
                self.write.write_all(&bytes).await.ok()?;
                if matches!(self.fault, Fault::Silence(_)) {
                    std::future::pending::<()>().await;
                }
                return None;
            }
            Fault::Change(at, byte) if (self.count..end).contains(&at) => {
                bytes[at - self.count] = byte;
            }
            Fault::Drip(milliseconds) => {
                for byte in &bytes {
                    tokio::time::sleep(std::time::Duration::from_millis(milliseconds)).await;
                    self.write.write_all(&[*byte]).await.ok()?;
                }
                self.count = end;
                return Some(());
            }
            _ => {}
        }
        self.count = end;
        self.write.write_all(&bytes).await.ok()
    }
}

/// A connection to such a server, which runs in a task of its own.
pub(crate) fn connected(
    greeting: Vec<u8>,
    fault: Fault,
    handler: impl FnMut(&str, &str) -> Vec<u8> + Send + 'static,
) -> Counted<tokio::io::DuplexStream> {
    let (ours, theirs) = tokio::io::duplex(4 << 10);
    tokio::spawn(serve(theirs, greeting, fault, handler));
    Counted { stream: ours, polls: Arc::default() }
}

/// A connection to an orderly server.
pub(crate) fn orderly(mailbox: Mailbox, fault: Fault) -> Counted<tokio::io::DuplexStream> {
    connected(mailbox.greeting(), fault, move |tag, command| mailbox.answer(tag, command))
}

/// A connection that counts how often it is asked for bytes, so that one who asks in circles is seen.
#[derive(Debug)]
pub(crate) struct Counted<S> {
    stream: S,
    polls: Arc<AtomicUsize>,
}

impl<S> Counted<S> {
    pub(crate) fn polls(&self) -> Arc<AtomicUsize> {
        Arc::clone(&self.polls)
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Counted<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        self.polls.fetch_add(1, Ordering::Relaxed);
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Counted<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
