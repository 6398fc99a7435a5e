//! Lines out, answers in, over any stream; every wait has an end, and every answer a bound.

use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, ReadBuf};
use tokio::time::timeout;
use zeroize::Zeroizing;

use crate::answer::{Answer, Arrived, read};

/// A stream in both directions.
pub(crate) trait Duplex: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Duplex for S {}

/// A stream with what has arrived on it and was not yet taken.
pub(crate) struct Wire<S> {
    stream: S,
    arrived: Vec<u8>,
}

/// Why nothing comes or goes, in words for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Broken {
    Closed,
    TooSlow,
    Failed(String),
    /// What came is no answer.
    NoAnswer(&'static str),
    /// It came before anything was asked; `None` where it is no answer.
    Unasked(Option<Answer>),
}

impl<S: Duplex> Wire<S> {
    pub(crate) fn new(stream: S) -> Self {
        Self { stream, arrived: Vec::new() }
    }

    /// Sends bytes, and waits until they have left.
    pub(crate) async fn say(&mut self, bytes: &[u8], time: Duration) -> Result<(), Broken> {
        let sending = async {
            self.stream.write_all(bytes).await?;
            self.stream.flush().await
        };
        timeout(time, sending).await.map_err(|_late| Broken::TooSlow)?.map_err(failed)
    }

    /// Waits for one whole answer.
    pub(crate) async fn hear(&mut self, time: Duration) -> Result<Answer, Broken> {
        timeout(time, self.hear_at_leisure()).await.map_err(|_late| Broken::TooSlow)?
    }

    async fn hear_at_leisure(&mut self) -> Result<Answer, Broken> {
        loop {
            match read(&self.arrived) {
                Arrived::Whole(answer, used) => {
                    self.arrived.drain(..used);
                    return Ok(answer);
                }
                Arrived::NoAnswer(why) => return Err(Broken::NoAnswer(why)),
                Arrived::Part => {}
            }
            let mut piece = [0; 2_048];
            let count = self.stream.read(&mut piece).await.map_err(failed)?;
            if count == 0 {
                return Err(Broken::Closed);
            }
            self.arrived.extend_from_slice(piece.get(..count).unwrap_or_default());
        }
    }

    /// An error if the server has said anything, or hung up, before it was asked. What was sent before
    /// a command is no answer to it.
    pub(crate) async fn expect_quiet(&mut self) -> Result<(), Broken> {
        self.take_what_is_there().await?;
        if self.arrived.is_empty() {
            return Ok(());
        }
        Err(Broken::Unasked(match read(&self.arrived) {
            Arrived::Whole(answer, _) => Some(answer),
            Arrived::Part | Arrived::NoAnswer(_) => None,
        }))
    }

    /// Reads once what has arrived, without waiting.
    async fn take_what_is_there(&mut self) -> Result<(), Broken> {
        let mut piece = [0; 2_048];
        let mut into = ReadBuf::new(&mut piece);
        let stream = &mut self.stream;
        let found = poll_fn(|context| match Pin::new(&mut *stream).poll_read(context, &mut into) {
            Poll::Ready(found) => Poll::Ready(Some(found)),
            Poll::Pending => Poll::Ready(None),
        });
        match found.await {
            None => Ok(()),
            Some(Err(error)) => Err(failed(error)),
            Some(Ok(())) if into.filled().is_empty() => Err(Broken::Closed),
            Some(Ok(())) => {
                self.arrived.extend_from_slice(into.filled());
                Ok(())
            }
        }
    }

    /// The stream itself, to be encrypted. What has arrived would be taken for something that came
    /// encrypted, so there must be nothing.
    pub(crate) async fn into_quiet_stream(mut self) -> Result<S, Broken> {
        self.expect_quiet().await?;
        Ok(self.stream)
    }

    /// Hangs up; whether the other side hears it does not matter.
    pub(crate) async fn hang_up(mut self, time: Duration) {
        let _unheard = timeout(time, self.stream.shutdown()).await;
    }
}

#[expect(clippy::needless_pass_by_value, reason = "map_err hands errors over by value")]
fn failed(error: io::Error) -> Broken {
    match error.kind() {
        io::ErrorKind::UnexpectedEof
        | io::ErrorKind::ConnectionReset
        | io::ErrorKind::BrokenPipe
        | io::ErrorKind::ConnectionAborted => Broken::Closed,
        _ => Broken::Failed(error.to_string()),
    }
}

impl Broken {
    /// What happened, for a person; of the server's words without what is hidden.
    pub(crate) fn words(&self, hidden: &[Zeroizing<String>]) -> String {
        match self {
            Self::Closed => "The server hung up".to_owned(),
            Self::TooSlow => "The server took too long".to_owned(),
            Self::Failed(what) => what.clone(),
            Self::NoAnswer(why) => format!("What the server said is no answer: {why}"),
            Self::Unasked(None) => "The server said something before it was asked".to_owned(),
            Self::Unasked(Some(answer)) => {
                format!(
                    "The server said {} {} before it was asked",
                    answer.code,
                    answer.words(hidden)
                )
            }
        }
    }
}
