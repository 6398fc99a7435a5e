//! Who may look: whoever opened the link that was printed at the start, or a link of their own as somebody
//! who works here, from this machine.
//!
//! The link sets a cookie that other sites can neither read nor send. The `Host` header is
//! checked so that a name that points to this machine (DNS rebinding) opens nothing. What changes
//! something must come from a page of ours: not from another site, and not from another program's
//! page on this machine, which browsers take for the same site. Two addresses need no cookie: the calendar,
//! since its programs have none, holds a secret of its own (see `feed`), and the door for what was marked
//! on other pages knows nothing (see `clip`).

use std::fmt;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

use inroad_service::{Actor, Inroad};

use crate::forms::value_in_query;
use crate::server::failed;
use crate::{clip, feed, frame, rights};

/// The secret of one start of the server: 32 hexadecimal digits.
#[derive(Clone, PartialEq, Eq)]
pub struct Key(String);

impl Key {
    /// Takes 16 random bytes.
    pub fn new(random: [u8; 16]) -> Self {
        Self(format!("{:032x}", u128::from_be_bytes(random)))
    }

    /// The text of the key.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Compares without telling by its time how much was right.
    pub(crate) fn is(&self, other: &str) -> bool {
        let differing = self.0.bytes().zip(other.bytes()).fold(0, |acc, (a, b)| acc | (a ^ b));
        self.0.len() == other.len() && differing == 0
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

/// Browsers keep cookies by host without the port; the name tells two servers apart, so that
/// they do not log each other out.
fn cookie_name(port: u16) -> String {
    format!("inroad_key_{port}")
}

/// What lets a request in.
#[derive(Debug, Clone)]
pub(crate) struct Lock {
    pub key: Key,
    pub port: u16,
    /// Who else has a link.
    pub inroad: Inroad,
}

impl Lock {
    /// Who holds a key; `None` if it opens nothing.
    async fn whose(&self, held: &str) -> Result<Option<Actor>, Response> {
        if self.key.is(held) {
            return Ok(Some(Actor::owner()));
        }
        let member = self.inroad.member_with_key(held).await;
        Ok(member.map_err(|error| failed(&error))?.map(Actor::member))
    }
}

/// Lets a request through when it comes to this machine by its own name and holds the key.
pub(crate) async fn check(State(lock): State<Lock>, request: Request, next: Next) -> Response {
    let mut response = answer(&lock, request, next).await.unwrap_or_else(|refusal| refusal);
    let beyond = response.extensions().get::<Beyond>().copied();
    let own = beyond.map(Beyond::headers).unwrap_or_default();
    for (name, value) in HEADERS.into_iter().chain(own) {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

async fn answer(lock: &Lock, mut request: Request, next: Next) -> Result<Response, Response> {
    let cookie = cookie_name(lock.port);
    if !is_this_machine(request.headers()) {
        return Err(denied("This page answers only on this machine."));
    }
    if feed::is_asked(&request) || clip::is_asked(&request) {
        return Ok(next.run(request).await);
    }
    if let Some(given) = request.uri().query().and_then(|query| value_in_query(query, "key")) {
        lock.whose(given).await?.ok_or_else(wrong_key)?;
        return Ok(let_in(&cookie, given, &without_key(request.uri())));
    }
    let held = request
        .headers()
        .get(header::COOKIE)
        .and_then(|cookies| cookies.to_str().ok())
        .and_then(|cookies| value_of_cookie(cookies, &cookie));
    let actor = match held {
        Some(held) => lock.whose(held).await?.ok_or_else(wrong_key)?,
        None => return Err(wrong_key()),
    };
    if !request.method().is_safe() && !is_from_our_page(request.headers()) {
        return Err(denied("This was asked by another page. Open the deal here, and try again."));
    }
    if let Some(elsewhere) = rights::turned_away(&actor, request.uri().path()) {
        return Err(elsewhere);
    }
    request.extensions_mut().insert(actor);
    Ok(next.run(request).await)
}

/// Whether the browser says that a page of this server asks. Our pages tell nobody where they are
/// (`Referrer-Policy`), so browsers may send `null` for their origin; then `Sec-Fetch-Site` tells, and
/// the key in the form.
fn is_from_our_page(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let host = text("host").unwrap_or("");
    let same_origin = match text("origin") {
        None | Some("null") => true,
        Some(origin) => origin.strip_prefix("http://") == Some(host),
    };
    same_origin && text("sec-fetch-site").is_none_or(|site| site == "same-origin")
}

/// Nothing is loaded from elsewhere, framed, guessed, or kept by the browser. A `blob:` is what the
/// script of the map makes of the picture on the page.
const HEADERS: [(header::HeaderName, &str); 5] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CACHE_CONTROL, "no-store"),
];

macro_rules! policy_and {
    ($more:literal) => {
        concat!(
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; ",
            "img-src 'self' blob:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
            $more
        )
    };
}

const POLICY: &str = policy_and!("");
const FRAMING_POLICY: &str = policy_and!("; frame-src 'self'");
const LISTENING_POLICY: &str = policy_and!("; media-src blob:");

/// Nothing but styles that stand in the page itself. A link opens apart when a person clicks it, and
/// the page that it opens is an ordinary one.
const MAIL_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; \
    base-uri 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

/// What a few pages may do beyond all others, and what one of them may not. A response that carries it
/// gets its headers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Beyond {
    /// It holds a frame with a page of ours.
    Holds,
    /// It plays what a person recorded in it.
    Listens,
    /// It is held: a mail alone, which may do nothing but be styled and be left by a click. Whatever
    /// is opened so is not bound by what binds the mail.
    IsHeld,
}

impl Beyond {
    fn headers(self) -> Vec<(header::HeaderName, &'static str)> {
        match self {
            Self::Holds => vec![(header::CONTENT_SECURITY_POLICY, FRAMING_POLICY)],
            Self::Listens => vec![(header::CONTENT_SECURITY_POLICY, LISTENING_POLICY)],
            Self::IsHeld => vec![
                (header::CONTENT_SECURITY_POLICY, MAIL_POLICY),
                (header::X_FRAME_OPTIONS, "SAMEORIGIN"),
            ],
        }
    }
}

/// The address that was asked for, without the key.
fn without_key(address: &Uri) -> String {
    let pairs = address.query().unwrap_or_default().split('&');
    let rest: Vec<&str> = pairs.filter(|pair| !pair.starts_with("key=")).collect();
    let path = address.path();
    if rest.is_empty() { path.to_owned() } else { format!("{path}?{}", rest.join("&")) }
}

fn let_in(name: &str, key: &str, path: &str) -> Response {
    let cookie = format!("{name}={key}; HttpOnly; SameSite=Strict; Path=/");
    ([(header::SET_COOKIE, cookie)], Redirect::to(path)).into_response()
}

pub(crate) fn is_this_machine(headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("");
    let name = host.rsplit_once(':').map_or(host, |(name, port)| {
        if port.bytes().all(|b| b.is_ascii_digit()) { name } else { host }
    });
    matches!(name, "127.0.0.1" | "localhost" | "[::1]")
}

fn value_of_cookie<'t>(cookies: &'t str, name: &str) -> Option<&'t str> {
    cookies
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

fn wrong_key() -> Response {
    denied("Open the link that inroad printed when it started.")
}

pub(crate) fn denied(text: &str) -> Response {
    (StatusCode::FORBIDDEN, frame::notice("Not open to you", text)).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine() {
        for (host, expected) in [
            ("127.0.0.1:4747", true),
            ("localhost", true),
            ("[::1]:80", true),
            ("evil.example:4747", false),
            ("127.0.0.1.evil.example", false),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_str(host).unwrap());
            assert_eq!(is_this_machine(&headers), expected, "{host}");
        }
    }

    #[test]
    fn only_our_own_pages_change_anything() {
        for (origin, site, expected) in [
            (None, None, true),
            (Some("http://localhost:4747"), Some("same-origin"), true),
            (Some("null"), Some("same-origin"), true),
            (Some("null"), Some("cross-site"), false),
            (Some("http://localhost:8080"), None, false),
            (Some("http://localhost:4747.evil.example"), None, false),
            (Some("https://localhost:4747"), None, false),
            (None, Some("same-site"), false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static("localhost:4747"));
            for (name, value) in [("origin", origin), ("sec-fetch-site", site)] {
                value.map(|value| headers.insert(name, HeaderValue::from_static(value)));
            }
            assert_eq!(is_from_our_page(&headers), expected, "{origin:?} {site:?}");
        }
    }

    #[test]
    fn a_key_is_itself_only() {
        let key = Key::new([7; 16]);
        assert!(key.is(key.as_str()));
        assert!(!key.is(""));
        assert!(!key.is(Key::new([8; 16]).as_str()));
        assert_eq!(format!("{key:?}"), "Key(…)");
    }
}
