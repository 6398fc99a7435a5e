//! The one way out: requests to the hosts that the person named, by `rustls`, without proxies and
//! cookies, with a bound on time, size and redirects.
//!
//! What comes packed is never asked for, so nothing can be a bomb. Nothing is tried again here.
//!
//! Must not: go to a host that [`redirect`] does not allow, or tell anybody but the named origins
//! who asks.

use std::collections::BTreeSet;
use std::io::{self, BufReader, Read};

use inroad_reach::{Named, REFUSED, is_refused};
use ureq::config::Config;
use ureq::http::{HeaderMap, HeaderValue, Request, header};
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::{Agent, Body, Timeout};
use url::Url;

use crate::credentials::Credentials;
use crate::error::{Error, Why, shown};
use crate::limits::Limits;
use crate::redirect::{self, Origin};
use crate::retry_after::retry_after;

/// The way to one server.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    agent: Agent,
    pub(crate) limits: Limits,
    credentials: Credentials,
    /// What the person named: nobody else is told who asks.
    pub(crate) named: BTreeSet<Origin>,
    /// The certificates that are trusted in place of those that everybody trusts.
    roots: Vec<Certificate<'static>>,
    /// Whether paths are a secret, as those of feeds are.
    secret_paths: bool,
}

/// One request.
#[derive(Debug)]
pub(crate) struct Question<'a> {
    pub(crate) method: &'static str,
    pub(crate) url: &'a Url,
    pub(crate) fields: Vec<(&'static str, String)>,
    pub(crate) body: Option<String>,
    /// Bytes of the answer at most.
    pub(crate) bytes_max: u64,
}

/// What came: the head, with the body still to be read.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// From where it came at last.
    pub(crate) url: Url,
    at: At,
    head: HeaderMap,
    body: Body,
    bytes_max: u64,
    /// What it means that the server does not know who asks.
    login_refused: Why,
}

/// At which request something went wrong.
#[derive(Debug, Clone)]
pub(crate) struct At {
    method: &'static str,
    host: String,
    path: Option<String>,
}

impl At {
    pub(crate) fn error(&self, why: Why) -> Error {
        // What a feed points to is as secret as the feed.
        let why = match why {
            Why::Elsewhere(address) if self.path.is_none() => Why::Elsewhere(
                Url::parse(&address)
                    .ok()
                    .and_then(|url| url.host_str().map(str::to_owned))
                    .unwrap_or_default(),
            ),
            other => other,
        };
        Error { method: self.method, host: self.host.clone(), path: self.path.clone(), why }
    }
}

impl Line {
    pub(crate) fn new(url: &Url, credentials: Credentials, secret_paths: bool) -> Self {
        let limits = Limits::default();
        let named = BTreeSet::from([Origin::of(url)]);
        let agent = agent(&limits, &[], &named);
        Self { agent, limits, credentials, named, roots: Vec::new(), secret_paths }
    }

    pub(crate) fn within(self, limits: Limits) -> Self {
        Self { agent: agent(&limits, &self.roots, &self.named), limits, ..self }
    }

    /// `None` if there is no certificate in the text.
    pub(crate) fn trusting(self, pem: &[u8]) -> Option<Self> {
        let mut roots = Vec::new();
        for item in ureq::tls::parse_pem(pem) {
            if let ureq::tls::PemItem::Certificate(certificate) = item.ok()? {
                roots.push(certificate);
            }
        }
        let agent = agent(&self.limits, &roots, &self.named);
        (!roots.is_empty()).then(|| Self { agent, roots, ..self })
    }

    /// Another one that the person named.
    pub(crate) fn also(mut self, origin: Origin) -> Self {
        self.named.insert(origin);
        Self { agent: agent(&self.limits, &self.roots, &self.named), ..self }
    }

    pub(crate) fn at(&self, method: &'static str, url: &Url) -> At {
        let host = url.host_str().unwrap_or_default();
        let host = url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
        let path = (!self.secret_paths).then(|| url.path().to_owned());
        At { method, host, path }
    }

    /// What it means that the server does not know who asks.
    pub(crate) fn login_refused(&self) -> Why {
        self.credentials.refused()
    }

    /// Asks, and follows redirects as far as they are allowed; those of what writes are not.
    pub(crate) fn send(&self, question: &Question<'_>) -> Result<Answer, Error> {
        let mut url = question.url.clone();
        let mut knows_us = self.named.contains(&Origin::of(&url));
        if !knows_us {
            let why = Why::Elsewhere(redirect::elsewhere(&url));
            return Err(self.at(question.method, &url).error(why));
        }
        for _ in 0..=self.limits.redirects {
            let answer = self.once(question, &url, knows_us)?;
            if !matches!(answer.status, 301 | 302 | 303 | 307 | 308) {
                if answer.status == 401 && !knows_us {
                    return Err(answer.at.error(Why::Elsewhere(redirect::elsewhere(&url))));
                }
                return Ok(answer);
            }
            let location = answer.field(header::LOCATION).unwrap_or_default();
            let step =
                redirect::step(&url, location, &self.named).map_err(|why| answer.at.error(why))?;
            if question.method == "PUT" {
                return Err(answer.at.error(Why::Elsewhere(redirect::elsewhere(&step.url))));
            }
            (url, knows_us) = (step.url, step.knows_us);
        }
        let why = Why::Protocol("it sends us on and on".to_owned());
        Err(self.at(question.method, &url).error(why))
    }

    fn once(&self, question: &Question<'_>, url: &Url, knows_us: bool) -> Result<Answer, Error> {
        let at = self.at(question.method, url);
        let mut request = Request::builder().method(question.method).uri(url.as_str());
        for (name, value) in &question.fields {
            request = request.header(*name, value);
        }
        if let (Some(secret), true) = (self.credentials.header(), knows_us) {
            // What is marked so is left out of every log.
            let secret = HeaderValue::try_from(secret).map(|mut secret| {
                secret.set_sensitive(true);
                secret
            });
            if let Ok(secret) = secret {
                request = request.header(header::AUTHORIZATION, secret);
            }
        }
        let sent = match &question.body {
            Some(body) => request.body(body.as_str()).map(|request| self.agent.run(request)),
            None => request.body(()).map(|request| self.agent.run(request)),
        };
        let response = match sent {
            Ok(Ok(response)) => response,
            Ok(Err(error)) => return Err(at.error(why(&error))),
            Err(_) => {
                return Err(
                    at.error(Why::Protocol("it has an address that cannot be asked".to_owned()))
                );
            }
        };
        let (head, body) = response.into_parts();
        Ok(Answer {
            status: head.status.as_u16(),
            url: url.clone(),
            at,
            head: head.headers,
            body,
            bytes_max: question.bytes_max,
            login_refused: self.credentials.refused(),
        })
    }
}

impl Answer {
    /// A field of the head, if it is text.
    pub(crate) fn field(&self, name: impl header::AsHeaderName) -> Option<&str> {
        self.head.get(name)?.to_str().ok().map(str::trim).filter(|value| !value.is_empty())
    }

    /// The `ETag`.
    pub(crate) fn etag(&self) -> Option<String> {
        self.field(header::ETAG).map(str::to_owned)
    }

    /// What a status means that is none of success.
    pub(crate) fn refusal(&self) -> Error {
        let why = match self.status {
            401 => self.login(),
            403 => Why::Forbidden,
            404 | 410 => Why::Gone,
            status @ (429 | 503) => {
                let field = |name| self.field(name);
                let after = retry_after(field(header::RETRY_AFTER), field(header::DATE));
                Why::Busy { status, after }
            }
            status @ 500..=599 => Why::Fault(status),
            status => Why::Refused(status),
        };
        self.at.error(why)
    }

    pub(crate) fn at(&self) -> At {
        self.at.clone()
    }

    fn login(&self) -> Why {
        let offers: Vec<&str> = self
            .head
            .get_all(header::WWW_AUTHENTICATE)
            .iter()
            .filter_map(|value| value.to_str().ok()?.split_whitespace().next())
            .collect();
        let known =
            |offer: &&str| ["basic", "bearer"].contains(&offer.to_ascii_lowercase().as_str());
        if offers.is_empty() || offers.iter().any(known) {
            return self.login_refused.clone();
        }
        Why::LoginKind(shown(&offers.join(", ")))
    }

    /// Takes less of the body than was asked for.
    pub(crate) fn take_at_most(&mut self, bytes: u64) {
        self.bytes_max = self.bytes_max.min(bytes);
    }

    /// The body as it comes.
    pub(crate) fn reader(self) -> BufReader<impl Read> {
        BufReader::new(self.body.into_with_config().limit(self.bytes_max).reader())
    }

    /// The whole body.
    pub(crate) fn bytes(self) -> Result<Vec<u8>, Error> {
        let at = self.at();
        let body = self.body.into_with_config().limit(self.bytes_max);
        body.read_to_vec().map_err(|error| at.error(why(&error)))
    }
}

/// What the person named may lie wherever they wished; where that leads to has to lie in the public network, or within
/// the same one.
fn agent(limits: &Limits, roots: &[Certificate<'static>], named: &BTreeSet<Origin>) -> Agent {
    let tls = TlsConfig::builder().root_certs(match roots {
        [] => RootCerts::WebPki,
        roots => RootCerts::Specific(std::sync::Arc::new(roots.to_vec())),
    });
    let config = Config::builder()
        .timeout_global(Some(limits.whole))
        .timeout_connect(Some(limits.connect))
        .timeout_per_read(Some(limits.silence))
        .timeout_per_write(Some(limits.silence))
        .max_redirects(0)
        .max_redirects_will_error(false)
        .proxy(None)
        .http_status_as_error(false)
        .allow_non_standard_methods(true)
        .user_agent("inroad")
        .tls_config(tls.build())
        .build();
    Named::servers(named.iter().map(Origin::as_str)).agent(config)
}

/// What an error in the middle of a body means.
pub(crate) fn why_io(error: &io::Error) -> Why {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<ureq::Error>()) {
        Some(inner) => why(inner),
        None => why_of_system(error),
    }
}

fn why(error: &ureq::Error) -> Why {
    match error {
        refused if is_refused(refused) => Why::NotReached(REFUSED.to_owned()),
        ureq::Error::Timeout(Timeout::Connect | Timeout::Resolve) => {
            Why::NotReached("it does not answer".to_owned())
        }
        ureq::Error::Timeout(_) => Why::TooSlow,
        ureq::Error::BodyExceedsLimit(bytes) => Why::TooLarge(*bytes),
        ureq::Error::HostNotFound => Why::NotReached("there is no such host".to_owned()),
        ureq::Error::Io(error) => why_io(error),
        ureq::Error::LargeResponseHeader(..) => {
            Why::Protocol("the head of its answer is too large".to_owned())
        }
        ureq::Error::Protocol(_) => Why::Protocol("its answer is no HTTP".to_owned()),
        ureq::Error::Rustls(error) => Why::Certificate(shown(&error.to_string())),
        ureq::Error::BodyStalled => Why::Broken,
        _ => Why::NotReached("the connection failed".to_owned()),
    }
}

fn why_of_system(error: &io::Error) -> Why {
    use io::ErrorKind as Kind;
    match error.kind() {
        Kind::UnexpectedEof
        | Kind::ConnectionReset
        | Kind::ConnectionAborted
        | Kind::BrokenPipe => Why::Broken,
        Kind::TimedOut | Kind::WouldBlock => Why::TooSlow,
        Kind::ConnectionRefused => Why::NotReached("it takes no connection".to_owned()),
        Kind::InvalidData if error.to_string().contains("certificate") => {
            Why::Certificate(shown(&error.to_string()))
        }
        kind => Why::NotReached(kind.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    #[test]
    fn a_server_leads_to_nobody_within_this_network_but_its_own() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let there = format!("http://127.0.0.1:{}/", listener.local_addr().unwrap().port());
        drop(listener);
        let asks = |named: &str| {
            let named = BTreeSet::from([Origin::of(&Url::parse(named).unwrap())]);
            why(&agent(&Limits::default(), &[], &named).get(&there).call().unwrap_err())
        };
        assert_eq!(asks("https://8.8.8.8/"), Why::NotReached(REFUSED.to_owned()));
        // Who lies within it may lead to a neighbour, who is not at home here.
        assert_eq!(
            asks("http://localhost:1/"),
            Why::NotReached("it takes no connection".to_owned())
        );
    }
}
