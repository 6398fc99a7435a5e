//! How the network is asked: two traits, so that everything else can be tried without one, and what
//! goes through them. What is real stands in [`http`] and [`dns`].
//!
//! Must not: decide whom to ask, or follow a redirect.

pub mod dns;
pub mod http;

use std::fmt;
use std::time::Duration;

use zeroize::Zeroizing;

use crate::{Error, WebAddress, words};

/// Asks DNS. A name that is not there gives an empty list.
pub trait Resolver {
    /// The servers of a service (SRV records).
    ///
    /// # Errors
    /// [`Unreached`] where no name server answers.
    fn services(&self, name: &str, patience: Duration) -> Result<Vec<ServiceRecord>, Unreached>;

    /// The hosts that take a domain's mail (MX records).
    ///
    /// # Errors
    /// [`Unreached`] where no name server answers.
    fn mail_hosts(&self, domain: &str, patience: Duration) -> Result<Vec<MailHost>, Unreached>;

    /// What stands at a name in words (TXT records), each record's pieces joined.
    ///
    /// # Errors
    /// [`Unreached`] where no name server answers.
    fn texts(&self, name: &str, patience: Duration) -> Result<Vec<String>, Unreached>;
}

/// Asks web servers. A redirect is an answer like others, and is never followed.
pub trait Web {
    /// Fetches what is at an address.
    ///
    /// # Errors
    /// [`Unreached`].
    fn get(&self, address: &WebAddress, bounds: Bounds) -> Result<Answer, Unreached>;

    /// Sends a form and takes the answer, of which JSON is wished for.
    ///
    /// # Errors
    /// [`Unreached`].
    fn post(&self, address: &WebAddress, form: &Form, bounds: Bounds) -> Result<Answer, Unreached>;
}

/// A server of a service (RFC 2782).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceRecord {
    /// The lower, the sooner.
    pub priority: u16,
    /// Of one priority, the higher the likelier.
    pub weight: u16,
    /// The port.
    pub port: u16,
    /// The host; `.` says that there is no such service.
    pub target: String,
}

/// A host that takes mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailHost {
    /// The lower, the sooner.
    pub preference: u16,
    /// The host; `.` says that the domain takes no mail (RFC 7505).
    pub host: String,
}

/// How long and how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Until there is a connection.
    pub connect: Duration,
    /// Until all is there.
    pub whole: Duration,
    /// The largest answer.
    pub bytes_max: u64,
}

/// What a web server answered.
#[derive(Clone, Default)]
pub struct Answer {
    /// HTTP's number.
    pub status: u16,
    /// Where a redirect leads.
    pub location: Option<String>,
    /// How many seconds the server asks to wait.
    pub retry_after_s: Option<u64>,
    /// What it sent, which may be tokens.
    pub body: Zeroizing<Vec<u8>>,
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Answer({}, {} bytes hidden)", self.status, self.body.len())
    }
}

/// Why nothing came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreached {
    /// Not in time.
    Slow,
    /// More than the bounds allow.
    TooLarge,
    /// No connection, or it broke; with what the system says.
    Failed(String),
}

impl Unreached {
    /// The same as an error, with who was asked.
    pub(crate) fn at(self, host: &str, bounds: Bounds) -> Error {
        let host = host.to_owned();
        match self {
            Self::Slow => Error::TooSlow { host, seconds: bounds.whole.as_secs().max(1) },
            Self::TooLarge => Error::TooLarge { host, bytes_max: bounds.bytes_max },
            Self::Failed(cause) => Error::NotReached { host, cause: words::shown(&cause, &[]) },
        }
    }
}

/// A form to be sent, which may hold secrets: `Debug` hides it, and its memory is overwritten.
pub struct Form(Zeroizing<String>);

impl Form {
    /// Of names and what stands in them.
    pub fn new(fields: &[(&str, &str)]) -> Self {
        // Enough for each sign to be escaped, so that nothing of it is copied while it grows.
        let room = fields.iter().map(|(name, value)| 3 * (name.len() + value.len()) + 2).sum();
        let mut form = url::form_urlencoded::Serializer::new(String::with_capacity(room));
        form.extend_pairs(fields);
        Self(Zeroizing::new(form.finish()))
    }

    /// As it is sent.
    pub fn body(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Form(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        let form = Form::new(&[("code", "a/b c"), ("id", "1")]);
        assert_eq!(form.body(), "code=a%2Fb+c&id=1");
        assert_eq!(format!("{form:?}"), "Form(hidden)");
        let answer = Answer { body: Zeroizing::new(b"secret".to_vec()), ..Answer::default() };
        assert_eq!(format!("{answer:?}"), "Answer(0, 6 bytes hidden)");
    }
}
