//! The one place from which something goes to a language model: one request to the host that the user
//! consented to, by `rustls`, without redirects, proxies or cookies, and with a bound on time and
//! size.
//!
//! Must not: be called without a consent that names the host, go to another host, or write a key
//! or a letter anywhere else.

use std::time::{Duration, Instant};

use ureq::config::Config;
use ureq::http::Response;
use ureq::{Agent, Body, Timeout};

use crate::endpoint::Endpoint;
use crate::envelope::{self, Said};
use crate::key::Key;
use crate::request::Request;

/// How long is waited for what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// For a connection.
    pub connect: Duration,
    /// For an answer that has begun to end. A model thinks before it begins, so this may be short,
    /// and it ends an answer that drips.
    pub body: Duration,
    /// For all of it, a second try among it.
    pub whole: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            body: Duration::from_secs(30),
            whole: Duration::from_mins(5),
        }
    }
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// Nobody answers there.
    #[error("{host} cannot be reached: {cause}")]
    NotReached {
        /// The host.
        host: String,
        /// The system's words.
        cause: String,
    },
    /// It takes too long.
    #[error("{host} took longer than {seconds} seconds; try again later or ask a quicker model")]
    TooSlow {
        /// The host.
        host: String,
        /// How long was waited in all.
        seconds: u64,
    },
    /// The answer is too large.
    #[error("{host} answered with more than {} KB, which is no answer", BODY_BYTES_MAX >> 10)]
    TooLarge {
        /// The host.
        host: String,
    },
    /// The host refuses: a wrong key, too many questions, a fault of its own.
    #[error("{host} refused ({status}): {words}; {way_out}")]
    Refused {
        /// The host.
        host: String,
        /// The HTTP status.
        status: u16,
        /// What it says.
        words: String,
        /// What to do about it.
        way_out: &'static str,
    },
    /// The host points elsewhere, where nobody consented to send anything.
    #[error("{host} points elsewhere, and nothing was sent there; name the right address yourself")]
    Redirected {
        /// The host.
        host: String,
    },
    /// What came is no answer of such a server.
    #[error("What {host} answered is no answer of a model; is the address right?")]
    NotAModel {
        /// The host.
        host: String,
    },
    /// The model declines.
    #[error("The model declines: {words}")]
    Declined {
        /// In these words.
        words: String,
    },
}

/// Bytes of an answer with its wrapping at most.
const BODY_BYTES_MAX: u64 = 1 << 20;
/// Characters of somebody else's words in an error at most.
const WORDS_CHARS_MAX: usize = 200;
/// Servers that know no schema say one of these.
const NO_SCHEMA: [u16; 3] = [400, 415, 422];

/// Asks, and returns the model's words as they came. A server that refuses the schema is asked
/// once more without; beyond that nothing is tried again.
///
/// # Errors
/// [`AskError`]; nothing of the answer is kept then.
pub fn ask(
    endpoint: &Endpoint,
    key: Option<&Key>,
    model: &str,
    request: &Request,
    patience: Patience,
) -> Result<String, AskError> {
    let line = Line { endpoint, key, patience, until: Instant::now() + patience.whole };
    let (status, bytes) = match line.send(&request.body(model))? {
        (status, _) if NO_SCHEMA.contains(&status) => line.send(&request.plain_body(model))?,
        answered => answered,
    };
    match status {
        200..=299 => line.words(&bytes),
        300..=399 => Err(AskError::Redirected { host: endpoint.host() }),
        _ => Err(line.refused(status, &bytes)),
    }
}

/// A way to one host.
struct Line<'a> {
    endpoint: &'a Endpoint,
    key: Option<&'a Key>,
    patience: Patience,
    until: Instant,
}

impl Line<'_> {
    /// One request: its status, and what came.
    fn send(&self, body: &str) -> Result<(u16, Vec<u8>), AskError> {
        let left = self.until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(self.too_slow());
        }
        let agent: Agent = self.config(left).into();
        let mut call = agent.post(self.endpoint.call()).content_type("application/json");
        if let Some(key) = self.key {
            call = call.header("Authorization", key.header());
        }
        let response = call.send(body).map_err(|error| self.failed(&error))?;
        let status = response.status().as_u16();
        Ok((status, self.read(response)?))
    }

    fn config(&self, left: Duration) -> Config {
        Agent::config_builder()
            .timeout_global(Some(left))
            .timeout_connect(Some(self.patience.connect.min(left)))
            .timeout_recv_body(Some(self.patience.body.min(left)))
            // A redirect or a proxy would carry letters to a host that nobody consented to.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .http_status_as_error(false)
            .max_idle_connections(0)
            .user_agent("inroad")
            .build()
    }

    fn read(&self, response: Response<Body>) -> Result<Vec<u8>, AskError> {
        let body = response.into_body().into_with_config().limit(BODY_BYTES_MAX);
        body.read_to_vec().map_err(|error| self.failed(&error))
    }

    fn words(&self, bytes: &[u8]) -> Result<String, AskError> {
        match envelope::open(bytes) {
            Said::Words(words) => Ok(words),
            Said::Declined(words) => Err(AskError::Declined { words: self.shown(&words) }),
            Said::Nothing => Err(AskError::NotAModel { host: self.endpoint.host() }),
        }
    }

    fn refused(&self, status: u16, bytes: &[u8]) -> AskError {
        let way_out = match status {
            401 | 403 => "check the key",
            404 => "check the address and the model",
            429 => "wait a while, then try again",
            500..=599 => "try again later",
            _ => "check the address, the model and the key",
        };
        let words = self.shown(&String::from_utf8_lossy(bytes));
        AskError::Refused { host: self.endpoint.host(), status, words, way_out }
    }

    /// Somebody else's words, short, on one line, and without our key.
    fn shown(&self, words: &str) -> String {
        let folded = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let hidden = self.key.map_or_else(|| folded.clone(), |key| key.hidden_in(&folded));
        hidden.chars().filter(|c| !c.is_control()).take(WORDS_CHARS_MAX).collect()
    }

    fn too_slow(&self) -> AskError {
        let seconds = self.patience.whole.as_secs().max(1);
        AskError::TooSlow { host: self.endpoint.host(), seconds }
    }

    fn failed(&self, error: &ureq::Error) -> AskError {
        let host = self.endpoint.host();
        match error {
            ureq::Error::Timeout(Timeout::RecvBody) => {
                AskError::TooSlow { host, seconds: self.patience.body.as_secs().max(1) }
            }
            ureq::Error::Timeout(Timeout::Connect) => {
                AskError::NotReached { host, cause: "it does not answer".to_owned() }
            }
            ureq::Error::Timeout(_) => self.too_slow(),
            ureq::Error::BodyExceedsLimit(_) => AskError::TooLarge { host },
            other => AskError::NotReached { host, cause: self.shown(&other.to_string()) },
        }
    }
}
