//! The conversation: bytes of a connection to answers of a server, and commands to bytes.
//!
//! `imap-next` keeps the protocol's flows (literals, AUTHENTICATE, IDLE) and knows no connection;
//! this file is the pump between it and one, with all bounds of time and size. Everything lives in
//! `Conversation` and nothing in a future, so that whoever stops waiting loses no byte.
//!
//! Must not: know what a command is for.

pub mod answer;
pub(crate) mod code;
pub mod lenient;

use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use imap_codec::imap_types::IntoStatic as _;
use imap_codec::imap_types::auth::AuthenticateData;
use imap_codec::imap_types::command::{Command, CommandBody};
use imap_codec::imap_types::core::Tag;
use imap_next::client::{Client, CommandHandle, Error as Broken, Event, Options};
use imap_next::{Interrupt, Io, State as _};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::Instant;

use crate::{Error, Kind, Limits, Step};
use answer::Answer;

/// How many bytes are read at once.
const READ_BYTES: usize = 64 << 10;

/// Until when to wait, while what is done.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Patience {
    /// Until when at the latest.
    pub until: Instant,
    /// How long without a byte.
    pub silence: Duration,
    /// For errors.
    pub step: Step,
}

/// A conversation over one connection.
pub(crate) struct Conversation<S> {
    stream: S,
    /// The protocol's state. It is handed line by line, so that behind an answer it holds nothing,
    /// and can be begun anew where a server's odd answer left it waiting.
    client: Client,
    is_greeted: bool,
    /// Commands that the state above is busy with, and their tags.
    busy: Vec<(CommandHandle, String)>,
    /// What is still to be written, from `written` on.
    out: Vec<u8>,
    written: usize,
    is_flushed: bool,
    /// What came, from `taken` to `filled` not yet handed on.
    buffer: Box<[u8]>,
    taken: usize,
    filled: usize,
    /// Bytes since the last answer, so that one that never ends is noticed before it has come.
    since_answer: u64,
    /// Bytes since the beginning.
    received: u64,
    limits: Limits,
    tags: u64,
}

impl<S> std::fmt::Debug for Conversation<S> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Neither the words that came nor those that are to go.
        out.debug_struct("Conversation").field("received", &self.received).finish_non_exhaustive()
    }
}

/// The protocol's state, at its beginning or behind the greeting.
fn client(limits: &Limits, is_greeted: bool) -> Client {
    let mut options = Options::default();
    // Some servers end lines without a carriage return; nothing rests on it.
    options.crlf_relaxed = true;
    // Ours is noticed first, since it needs not wait for the end.
    options.max_response_size =
        limits.response_bytes_max.saturating_add(u32::try_from(2 * READ_BYTES).unwrap_or(0));
    options.discard_greeting = is_greeted;
    Client::new(options)
}

impl<S: AsyncRead + AsyncWrite + Unpin> Conversation<S> {
    /// Over a connection on which the server has not spoken, or whose greeting was heard.
    pub(crate) fn new(stream: S, limits: &Limits, is_greeted: bool) -> Self {
        Self {
            stream,
            client: client(limits, is_greeted),
            is_greeted,
            busy: Vec::new(),
            out: Vec::new(),
            written: 0,
            is_flushed: true,
            buffer: vec![0; READ_BYTES].into_boxed_slice(),
            taken: 0,
            filled: 0,
            since_answer: 0,
            received: 0,
            limits: limits.clone(),
            tags: 0,
        }
    }

    /// The connection, with everything forgotten that was said on it; `None` where something was
    /// said behind the last answer.
    pub(crate) fn into_silent_stream(self) -> Option<S> {
        (self.taken == self.filled).then_some(self.stream)
    }

    /// How many bytes were heard.
    pub(crate) fn received(&self) -> u64 {
        self.received
    }

    /// Sends a command, with the next waiting for an answer; returns its tag.
    pub(crate) fn send(&mut self, body: CommandBody<'static>) -> String {
        self.tags += 1;
        let name = format!("i{}", self.tags);
        let tag = Tag::unvalidated(name.clone());
        let handle = self.client.enqueue_command(Command { tag, body });
        self.busy.push((handle, name.clone()));
        name
    }

    /// Says the next words of AUTHENTICATE; whether it was our turn.
    pub(crate) fn say(&mut self, words: Option<Vec<u8>>) -> bool {
        let data = words.map_or(AuthenticateData::Cancel, AuthenticateData::r#continue);
        self.client.set_authenticate_data(data.into_static()).is_ok()
    }

    /// Ends IDLE; whether it was under way.
    pub(crate) fn end_idle(&mut self) -> bool {
        self.client.set_idle_done().is_some()
    }

    /// The server's next answer. May be dropped and called again.
    pub(crate) async fn next(&mut self, patience: &Patience) -> Result<Answer, Error> {
        let answer = loop {
            match self.client.next() {
                Ok(event) => {
                    if let Some(answer) = self.understood(event) {
                        break answer;
                    }
                }
                Err(Interrupt::Io(Io::Output(bytes))) => self.out.extend_from_slice(&bytes),
                Err(Interrupt::Io(Io::NeedMoreInput)) => self.hand_on(patience).await?,
                Err(Interrupt::Error(
                    Broken::MalformedMessage { discarded_bytes }
                    | Broken::ExpectedCrlfGotLf { discarded_bytes },
                )) => {
                    if !self.is_greeted {
                        self.begin_anew();
                    }
                    break lenient::read(discarded_bytes.declassify());
                }
                Err(Interrupt::Error(Broken::ResponseTooLong { .. })) => {
                    return Err(self.too_large(patience));
                }
            }
        };
        self.since_answer = 0;
        // The end of a command that the state still waits for: refused before its text was taken,
        // or told in words that the state could not read.
        if let Answer::Done(tag, ..) = &answer
            && self.busy.iter().any(|(_, busy)| busy == tag)
        {
            self.begin_anew();
        }
        Ok(answer)
    }

    fn begin_anew(&mut self) {
        self.client = client(&self.limits, true);
        self.is_greeted = true;
        self.busy.clear();
    }

    fn understood(&mut self, event: Event) -> Option<Answer> {
        if let Event::CommandSent { handle, .. }
        | Event::CommandRejected { handle, .. }
        | Event::AuthenticateStatusReceived { handle, .. }
        | Event::IdleRejected { handle, .. }
        | Event::IdleDoneSent { handle } = &event
        {
            self.busy.retain(|(busy, _)| busy != handle);
        }
        Some(match event {
            Event::GreetingReceived { greeting } => {
                self.is_greeted = true;
                Answer::of_greeting(&greeting)
            }
            Event::DataReceived { data } => Answer::of_data(data),
            Event::StatusReceived { status }
            | Event::CommandRejected { status, .. }
            | Event::AuthenticateStatusReceived { status, .. }
            | Event::IdleRejected { status, .. } => Answer::of_status(status),
            Event::AuthenticateContinuationRequestReceived { continuation_request, .. }
            | Event::IdleAccepted { continuation_request, .. }
            | Event::ContinuationRequestReceived { continuation_request } => {
                Answer::of_continuation(continuation_request)
            }
            Event::CommandSent { .. }
            | Event::AuthenticateStarted { .. }
            | Event::IdleCommandSent { .. }
            | Event::IdleDoneSent { .. } => return None,
        })
    }

    /// Hands on the next line, or the next piece of one.
    async fn hand_on(&mut self, patience: &Patience) -> Result<(), Error> {
        // What is to be written goes out even while there is something to read.
        if self.taken == self.filled || !self.out.is_empty() {
            self.exchange(patience).await?;
        }
        let rest = self.buffer.get(self.taken..self.filled).unwrap_or_default();
        let line = rest.split_inclusive(|byte| *byte == b'\n').next().unwrap_or_default();
        self.client.enqueue_input(line);
        self.taken += line.len();
        self.received += line.len() as u64;
        self.since_answer += line.len() as u64;
        if self.since_answer > u64::from(self.limits.response_bytes_max) {
            return Err(self.too_large(patience));
        }
        Ok(())
    }

    /// Writes what is to be written and reads what comes, until there is something to hand on.
    async fn exchange(&mut self, patience: &Patience) -> Result<(), Error> {
        let now = Instant::now();
        let late = || Error::new(Kind::TimedOut, patience.step);
        // A server that always has something to say would never let a timer speak.
        if now >= patience.until {
            return Err(late());
        }
        let until = patience.until.min(now + patience.silence);
        let exchange = poll_fn(|context| self.poll_exchange(context));
        let broken = |error: std::io::Error| {
            Error::new(Kind::Closed, patience.step).saying(&error.to_string())
        };
        let exchanged = tokio::time::timeout_at(until, exchange).await;
        let is_open = exchanged.map_err(|_why| late())?.map_err(broken)?;
        if is_open { Ok(()) } else { Err(Error::new(Kind::Closed, patience.step)) }
    }

    fn too_large(&self, patience: &Patience) -> Error {
        Error::new(Kind::TooLarge, patience.step).at(self.received)
    }

    /// Writes and reads at once: if both sides only wrote, or only read, neither would go on. Tells
    /// whether the server is still there.
    fn poll_exchange(&mut self, context: &mut Context<'_>) -> Poll<std::io::Result<bool>> {
        while let Some(rest) = self.out.get(self.written..).filter(|rest| !rest.is_empty()) {
            match Pin::new(&mut self.stream).poll_write(context, rest) {
                Poll::Ready(Ok(0)) => {
                    return Poll::Ready(Err(std::io::ErrorKind::WriteZero.into()));
                }
                Poll::Ready(Ok(count)) => {
                    self.written += count;
                    self.is_flushed = false;
                }
                Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
                Poll::Pending => break,
            }
        }
        if self.written == self.out.len() {
            self.out.clear();
            self.written = 0;
        }
        if !self.is_flushed {
            match Pin::new(&mut self.stream).poll_flush(context) {
                Poll::Ready(Ok(())) => self.is_flushed = true,
                Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
                Poll::Pending => {}
            }
        }
        // What came before is handed on first.
        if self.taken < self.filled {
            return Poll::Ready(Ok(true));
        }
        let mut read = ReadBuf::new(&mut self.buffer);
        match Pin::new(&mut self.stream).poll_read(context, &mut read) {
            Poll::Ready(Ok(())) => {
                (self.taken, self.filled) = (0, read.filled().len());
                Poll::Ready(Ok(self.filled > 0))
            }
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
            Poll::Pending => Poll::Pending,
        }
    }
}

/// Commands that were sent and not answered.
pub(crate) type Outstanding = VecDeque<String>;
