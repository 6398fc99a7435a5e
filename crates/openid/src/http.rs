//! The one way out: to the provider, by `rustls`, with a bound on time and size, without proxies, cookies and
//! redirects.
//!
//! The provider may lie wherever the administrator who named it wished. Where it says that its keys and tokens are
//! has to lie in the public network, or within the same one as itself.

use std::time::Duration;

use inroad_reach::Named;
use openidconnect::{HttpRequest, HttpResponse};
use ureq::config::Config;
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
            agent(issuer).run(request.map(|_nothing| ()))?
        } else {
            agent(issuer).run(request)?
        };
        whole(answer)
    }
}

fn whole(answer: http::Response<Body>) -> Result<HttpResponse, Unasked> {
    let (head, body) = answer.into_parts();
    let body = body.into_with_config().limit(BYTES_MAX).read_to_vec()?;
    Ok(http::Response::from_parts(head, body))
}

fn agent(issuer: &Issuer) -> Agent {
    let config = Config::builder()
        .timeout_global(Some(WHOLE))
        .timeout_connect(Some(CONNECT))
        .max_redirects(0)
        .max_redirects_will_error(false)
        .proxy(None)
        .http_status_as_error(false)
        .max_idle_connections(0)
        .user_agent("inroad")
        .build();
    Named::servers([issuer.as_str()]).agent(config)
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    /// What is asked of an address for a provider.
    fn asked(issuer: &str, there: &str) -> String {
        let issuer = Issuer::new(issuer).unwrap();
        let request = http::Request::get(there).body(Vec::new()).unwrap();
        asking(&issuer)(request).unwrap_err().to_string()
    }

    #[test]
    fn a_provider_names_nobody_within_this_network_but_its_own() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let port = listener.local_addr().unwrap().port();
        for host in ["localhost", "127.0.0.1", "2130706433"] {
            let why = asked("https://8.8.8.8/", &format!("https://{host}:{port}/keys"));
            assert!(why.contains("a network of its own"), "{host}: {why}");
        }
        for there in ["https://169.254.169.254/", "https://10.0.0.1/", "https://[::ffff:10.0.0.1]/"]
        {
            let why = asked("https://8.8.8.8/", there);
            assert!(why.contains("a network of its own"), "{there}: {why}");
        }
        assert!(listener.accept().is_err(), "a connection was opened");
        // One within the network, which an administrator named, names its neighbours.
        drop(listener);
        let why = asked("https://localhost:1/", &format!("https://127.0.0.1:{port}/keys"));
        assert!(!why.contains("a network of its own"), "{why}");
    }
}
