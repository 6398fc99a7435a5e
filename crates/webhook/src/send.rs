//! The one way out: a request to an address that was looked at, by `rustls`, without a proxy, redirects and cookies,
//! with a bound on time and size.
//!
//! The very addresses that were looked at are the ones that are connected to: a name that leads elsewhere a moment
//! later leads nowhere.

use std::io::Read as _;
use std::time::Duration;

use inroad_reach::{Named, Reach, is_refused};
use ureq::config::Config;

use crate::sign::Secret;
use crate::target::Target;

/// Whoever is told has so long, with everything.
const WHOLE: Duration = Duration::from_secs(15);
/// Until there is a connection.
const CONNECT: Duration = Duration::from_secs(5);
/// So much of an answer is read, so that it ends in order; nobody looks at it.
const ANSWER_BYTES_MAX: u64 = 16 << 10;

/// What is told.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// The same each time that it is told.
    pub id: &'a str,
    /// When it is told, in seconds.
    pub second: i64,
    /// The text, JSON.
    pub text: &'a str,
}

/// Why somebody was not told.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotTold {
    /// The name leads to an address within a network.
    #[error("The address lies within a network of its own, where nobody is told anything")]
    NotPublic,
    /// Nobody answered, or not in time.
    #[error("Nobody answered: {0}")]
    NoAnswer(String),
    /// It was answered with another status than one of success.
    #[error("It was answered with the status {0}")]
    Status(u16),
}

/// Tells it, once.
///
/// # Errors
/// [`NotTold`].
pub fn send(
    target: &Target,
    secret: &Secret,
    told: Told<'_>,
    reach: Reach,
) -> Result<u16, NotTold> {
    let config = Config::builder()
        .timeout_global(Some(WHOLE))
        .timeout_connect(Some(CONNECT))
        .max_redirects(0)
        .max_redirects_will_error(false)
        .proxy(None)
        .http_status_as_error(false)
        .user_agent("inroad")
        .build();
    let answer = Named::nobody(reach)
        .agent(config)
        .post(target.as_str())
        .header("content-type", "application/json")
        .header("webhook-id", told.id)
        .header("webhook-timestamp", told.second.to_string())
        .header("webhook-signature", secret.sign(told.id, told.second, told.text))
        .send(told.text);
    let mut answer = answer.map_err(|error| why(&error))?;
    let status = answer.status().as_u16();
    let mut rest = answer.body_mut().as_reader().take(ANSWER_BYTES_MAX);
    // What the answer says is not asked for.
    let _unread = std::io::copy(&mut rest, &mut std::io::sink());
    if (200..300).contains(&status) { Ok(status) } else { Err(NotTold::Status(status)) }
}

fn why(error: &ureq::Error) -> NotTold {
    match error {
        refused if is_refused(refused) => NotTold::NotPublic,
        ureq::Error::Timeout(_) => NotTold::NoAnswer("it took too long".to_owned()),
        ureq::Error::HostNotFound => NotTold::NoAnswer("there is no such host".to_owned()),
        // Details of a network are nobody's business who only names an address.
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => {
            NotTold::NoAnswer("its certificate does not prove who it is".to_owned())
        }
        _ => NotTold::NoAnswer("the connection failed".to_owned()),
    }
}
