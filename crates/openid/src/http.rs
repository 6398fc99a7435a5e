//! The one way out: to the provider, by `rustls`, with a bound on time and size, without proxies, cookies and
//! redirects.

use std::time::Duration;

use openidconnect::{HttpRequest, HttpResponse};
use ureq::{Agent, Body, http};
use url::Url;

use crate::Issuer;

/// Until there is a connection.
const CONNECT: Duration = Duration::from_secs(5);
/// Until an answer is there.
const WHOLE: Duration = Duration::from_secs(10);
/// No description, list of keys or token is larger.
const BYTES_MAX: u64 = 256 * 1024;

/// Why nothing came.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unasked {
    /// The address is none that is asked.
    #[error("it names an address that is not encrypted")]
    Address,
    /// No connection, not in time, or too much.
    #[error("{0}")]
    Failed(#[from] ureq::Error),
    /// What was to be sent, or what came, is no message.
    #[error("{0}")]
    Message(#[from] http::Error),
}

/// Asks a provider, and nobody whom it may not name.
pub(crate) fn asking(issuer: &Issuer) -> impl Fn(HttpRequest) -> Result<HttpResponse, Unasked> {
    move |request| {
        let url = Url::parse(&request.uri().to_string()).map_err(|_odd| Unasked::Address)?;
        if !issuer.may_name(&url) {
            return Err(Unasked::Address);
        }
        let answer = if request.body().is_empty() {
            agent().run(request.map(|_nothing| ()))?
        } else {
            agent().run(request)?
        };
        whole(answer)
    }
}

fn whole(answer: http::Response<Body>) -> Result<HttpResponse, Unasked> {
    let (head, body) = answer.into_parts();
    let body = body.into_with_config().limit(BYTES_MAX).read_to_vec()?;
    Ok(http::Response::from_parts(head, body))
}

fn agent() -> Agent {
    Agent::config_builder()
        .timeout_global(Some(WHOLE))
        .timeout_connect(Some(CONNECT))
        .max_redirects(0)
        .max_redirects_will_error(false)
        .proxy(None)
        .http_status_as_error(false)
        .max_idle_connections(0)
        .user_agent("inroad")
        .build()
        .into()
}
