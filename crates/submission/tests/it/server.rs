//! A mail server that does what a test tells it, breaks where it is told, and remembers what it took.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use inroad_submission::{Endpoint, Patience, Security};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

/// What a server does.
#[derive(Clone, Default)]
pub(crate) struct Script {
    /// What it answers where that is something else than usual, by step: `greeting`, `EHLO`, `STARTTLS`,
    /// `AUTH`, `MAIL`, `RCPT 0`, `RCPT 1` …, `DATA`, `end`. Without a line end nothing is added.
    pub answers: BTreeMap<&'static str, String>,
    /// After so many bytes in both directions, as they are before encryption, it is gone.
    pub breaks_after: Option<usize>,
    /// Whether it goes by a reset, in which what was not yet read is lost.
    pub by_reset: bool,
    /// It waits so long before each byte that it says.
    pub drips: Option<Duration>,
    /// It encrypts from the first byte on.
    pub tls: Option<TlsAcceptor>,
    /// It offers encryption and does it.
    pub start_tls: Option<TlsAcceptor>,
}

/// What a server saw.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seen {
    /// Lines outside of letters.
    pub lines: Vec<String>,
    /// Letters whose end it received, as they came.
    pub taken: Vec<Vec<u8>>,
    /// Whether its yes to a letter left it as a whole.
    pub said_yes: bool,
    /// Bytes in both directions, as they are before encryption.
    pub bytes: usize,
    /// Of these, up to and with its word that the letter may come.
    pub bytes_before_content: Option<usize>,
    pub encrypted: bool,
}

pub(crate) struct Server {
    pub port: u16,
    seen: Arc<Mutex<Seen>>,
    task: tokio::task::JoinHandle<()>,
}

impl Server {
    /// Starts one that serves one connection.
    pub(crate) async fn start(script: Script) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let seen = Arc::new(Mutex::new(Seen::default()));
        let shared = Arc::clone(&seen);
        let task = tokio::spawn(async move {
            let (stream, _from) = listener.accept().await.unwrap();
            stream.set_nodelay(true).unwrap();
            if script.by_reset {
                stream.set_zero_linger().unwrap();
            }
            let _broke = serve(stream, &script, &shared).await;
        });
        Self { port, seen, task }
    }

    /// Waits until it is done, and tells what it saw.
    pub(crate) async fn seen(self) -> Seen {
        tokio::time::timeout(Duration::from_secs(20), self.task).await.unwrap().unwrap();
        self.seen.lock().unwrap().clone()
    }

    /// How it is reached, by someone who is in a hurry.
    pub(crate) fn endpoint(&self, security: Security) -> Endpoint {
        Endpoint::new("localhost", self.port, security).unwrap().with_patience(hurry())
    }
}

pub(crate) fn hurry() -> Patience {
    Patience {
        connection: Duration::from_secs(5),
        answer: Duration::from_secs(5),
        content: Duration::from_secs(5),
        end: Duration::from_secs(5),
        goodbye: Duration::from_millis(200),
    }
}

async fn serve(stream: TcpStream, script: &Script, seen: &Mutex<Seen>) -> io::Result<()> {
    let mut first = Talk { stream, script, seen, ahead: Vec::new() };
    if let Some(tls) = &script.tls {
        let stream = tls.accept(first.stream).await?;
        seen.lock().unwrap().encrypted = true;
        return Talk { stream, script, seen, ahead: Vec::new() }.talk(true).await.map(|_| ());
    }
    if first.talk(true).await? == Ended::ForEncryption {
        let tls = script.start_tls.as_ref().unwrap();
        let stream = tls.accept(first.stream).await?;
        seen.lock().unwrap().encrypted = true;
        Talk { stream, script, seen, ahead: Vec::new() }.talk(false).await?;
    }
    Ok(())
}

#[derive(PartialEq, Eq)]
enum Ended {
    ForEncryption,
    ForGood,
}

struct Talk<'a, S> {
    stream: S,
    script: &'a Script,
    seen: &'a Mutex<Seen>,
    ahead: Vec<u8>,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Talk<'_, S> {
    async fn talk(&mut self, greets: bool) -> io::Result<Ended> {
        if greets {
            self.say("greeting", "220 ready").await?;
        }
        let mut recipients = 0;
        loop {
            let line = self.line().await?;
            let text = String::from_utf8_lossy(&line).trim_end().to_owned();
            self.seen.lock().unwrap().lines.push(text.clone());
            let verb = text.split(' ').next().unwrap_or_default().to_ascii_uppercase();
            match verb.as_str() {
                "EHLO" => {
                    let encrypted = self.seen.lock().unwrap().encrypted;
                    let offer = if self.script.start_tls.is_some() && !encrypted {
                        "250-here\r\n250-SIZE 100000\r\n250 STARTTLS"
                    } else {
                        "250-here\r\n250-SIZE 100000\r\n250 AUTH PLAIN LOGIN XOAUTH2"
                    };
                    self.say("EHLO", offer).await?;
                }
                "STARTTLS" => {
                    self.say("STARTTLS", "220 go on").await?;
                    if self.script.start_tls.is_some() {
                        return Ok(Ended::ForEncryption);
                    }
                }
                "AUTH" => self.say("AUTH", "235 welcome").await?,
                "MAIL" => self.say("MAIL", "250 ok").await?,
                "RCPT" => {
                    let step = ["RCPT 0", "RCPT 1", "RCPT 2", "RCPT 3"].get(recipients).copied();
                    recipients += 1;
                    self.say(step.unwrap_or("RCPT"), "250 ok").await?;
                }
                "RSET" => self.say("RSET", "250 forgotten").await?,
                "DATA" => {
                    self.say("DATA", "354 send it").await?;
                    if self.script.answers.get("DATA").is_some_and(|said| !said.starts_with("354"))
                    {
                        continue;
                    }
                    let bytes = self.seen.lock().unwrap().bytes;
                    self.seen.lock().unwrap().bytes_before_content = Some(bytes);
                    self.letter().await?;
                }
                "QUIT" => {
                    self.say("QUIT", "221 goodbye").await?;
                    return Ok(Ended::ForGood);
                }
                _ => self.say("other", "500 what").await?,
            }
        }
    }

    async fn letter(&mut self) -> io::Result<()> {
        let mut letter = Vec::new();
        loop {
            let line = self.line().await?;
            if line == b".\r\n" {
                break;
            }
            letter.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
        }
        // Whoever says nothing, or nonsense, may have taken it.
        let takes = self.script.answers.get("end").is_none_or(|said| !said.starts_with(['4', '5']));
        if takes {
            self.seen.lock().unwrap().taken.push(letter);
        }
        self.say("end", "250 2.0.0 queued as 4X2").await
    }

    async fn say(&mut self, step: &str, usual: &str) -> io::Result<()> {
        let told = self.script.answers.get(step);
        let text = told.cloned().unwrap_or_else(|| format!("{usual}\r\n"));
        let mut left = text.len();
        for piece in text.as_bytes().chunks(if self.script.drips.is_some() { 1 } else { 7 }) {
            if let Some(time) = self.script.drips {
                tokio::time::sleep(time).await;
            }
            let allowed = self.allowed(piece.len());
            self.stream.write_all(&piece[..allowed]).await?;
            self.stream.flush().await?;
            left -= allowed;
            if left == 0 && step == "end" {
                // Half a yes is none.
                let whole = text.ends_with('\n')
                    && text.lines().last().is_some_and(|line| line.get(3..4) != Some("-"));
                self.seen.lock().unwrap().said_yes = whole && text.starts_with('2');
            }
            self.count(allowed)?;
        }
        Ok(())
    }

    /// One line with its end; a byte at a time is counted, whatever came with it.
    async fn line(&mut self) -> io::Result<Vec<u8>> {
        let mut line = Vec::new();
        loop {
            self.allowed_or_gone()?;
            if self.ahead.is_empty() {
                let mut piece = [0; 512];
                let count = self.stream.read(&mut piece).await?;
                if count == 0 {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
                self.ahead = piece[..count].to_vec();
            }
            line.push(self.ahead.remove(0));
            // The last byte of a line is received, even where the server is gone right after it.
            if line.ends_with(b"\n") {
                self.seen.lock().unwrap().bytes += 1;
                return Ok(line);
            }
            self.count(1)?;
        }
    }

    fn allowed(&self, wanted: usize) -> usize {
        let bytes = self.seen.lock().unwrap().bytes;
        self.script.breaks_after.map_or(wanted, |end| wanted.min(end.saturating_sub(bytes)))
    }

    fn allowed_or_gone(&self) -> io::Result<()> {
        match self.allowed(1) {
            0 => Err(io::ErrorKind::ConnectionAborted.into()),
            _ => Ok(()),
        }
    }

    /// An error where the server is gone.
    fn count(&mut self, bytes: usize) -> io::Result<()> {
        self.seen.lock().unwrap().bytes += bytes;
        match self.script.breaks_after {
            Some(end) if self.seen.lock().unwrap().bytes >= end => {
                Err(io::ErrorKind::ConnectionAborted.into())
            }
            _ => Ok(()),
        }
    }
}
