//! Who may look. On this machine: whoever opened the link that was printed at the start, or a link of their own as
//! somebody who works here. From elsewhere: whoever signed in. A program: by its token, at the addresses for
//! programs alone.
//!
//! What a browser shows is a cookie that other sites can neither read nor use to change anything. The `Host` header
//! is checked so that a name that points to this machine (DNS rebinding) opens nothing. What changes
//! something must come from a page of ours: not from another site, and not from another program's
//! page on this machine, which browsers take for the same site. Some addresses need no cookie: the calendar,
//! since its programs have none, holds a secret of its own (see `feed`), the door for what was marked
//! on other pages knows nothing (see `clip`), and somebody has to be able to sign in (see `sign_in`).

mod came;
mod cookie;
mod key;
mod pace;
mod policy;
mod reach;

use std::net::{IpAddr, SocketAddr};
use std::time::Instant;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use inroad_service::{Actor, ApiCaller, Caller, Error, Inroad, Scope, now};

use self::came::CameIn;
use self::pace::Pace;
use self::policy::{ENCRYPTED_ONLY, HEADERS};
use crate::forms::value_in_query;
use crate::server::failed;
use crate::{assets, clip, feed, frame, parts, rights, sign_in};

pub(crate) use came::{CameFrom, FormKey};
pub use key::Key;
pub(crate) use policy::Beyond;
#[cfg(feature = "operations")]
pub(crate) use reach::is_this_machine;
pub use reach::{BadPublicAddress, PublicAddress, Reach};

/// What lies below is for programs, which are answered in their own way.
const FOR_PROGRAMS: &str = "/api/";

/// What lets a request in.
#[derive(Debug, Clone)]
pub(crate) struct Door {
    reach: Reach,
    port: u16,
    inroad: Inroad,
    pace: Pace,
}

impl Door {
    pub(crate) fn new(reach: Reach, port: u16, inroad: Inroad) -> Self {
        Self { reach, port, inroad, pace: Pace::default() }
    }

    /// Whether pages are asked for from other machines, by whoever signs in.
    pub(crate) fn is_network(&self) -> bool {
        matches!(self.reach, Reach::Network { .. })
    }

    /// Lets a browser in: what it shows from now on, and where it goes.
    pub(crate) fn let_in(&self, held: &str, to: &str) -> Response {
        let cookie = cookie::set(&self.reach, self.port, held);
        ([(header::SET_COOKIE, cookie)], Redirect::to(to)).into_response()
    }

    /// Takes away what a browser shows.
    pub(crate) fn let_out(&self, to: &str) -> Response {
        let cookie = cookie::clear(&self.reach, self.port);
        ([(header::SET_COOKIE, cookie)], Redirect::to(to)).into_response()
    }

    /// What a browser shows.
    pub(crate) fn held<'h>(&self, headers: &'h HeaderMap) -> Option<&'h str> {
        cookie::held(headers, &cookie::name(&self.reach, self.port))
    }

    /// An answer to a browser that goes to an identity provider, with what it shows when it comes back; `None` once
    /// it did.
    #[cfg(feature = "oidc")]
    pub(crate) fn with_sent(answer: Response, browser: Option<&str>) -> Response {
        let cookie = [(header::SET_COOKIE, cookie::set_sent(browser))];
        (axum::response::AppendHeaders(cookie), answer).into_response()
    }

    /// What a browser shows that comes back.
    #[cfg(feature = "oidc")]
    pub(crate) fn sent(headers: &HeaderMap) -> Option<&str> {
        cookie::held(headers, cookie::SENT)
    }

    /// An answer to a browser that is asked for a passkey, with what it shows when it answers; `None` once it did.
    #[cfg(feature = "passkeys")]
    pub(crate) fn with_asked(answer: Response, browser: Option<&str>) -> Response {
        let cookie = [(header::SET_COOKIE, cookie::set_asked(browser))];
        (axum::response::AppendHeaders(cookie), answer).into_response()
    }

    /// What a browser shows that answers.
    #[cfg(feature = "passkeys")]
    pub(crate) fn asked(headers: &HeaderMap) -> Option<&str> {
        cookie::held(headers, cookie::ASKED)
    }

    /// Who is at a browser that shows that; `None` if it opens nothing.
    async fn whose(&self, held: &str) -> Result<Option<CameIn>, Response> {
        let form_key = Some(Key::of_forms_for(held));
        let failed = |error: Error| failed(&error);
        match &self.reach {
            Reach::ThisMachine { key } if key.is(held) => {
                Ok(Some(CameIn { actor: Actor::owner(), session: None, form_key }))
            }
            Reach::ThisMachine { .. } => {
                let member = self.inroad.member_with_key(held).await.map_err(failed)?;
                let came =
                    |member| CameIn { actor: Actor::member(member), session: None, form_key };
                Ok(member.map(came))
            }
            Reach::Network { .. } => {
                let held = self.inroad.session(held, now()).await.map_err(failed)?;
                let held = held.filter(|held| !held.awaits_code);
                let came = |held: inroad_service::SessionHeld| CameIn {
                    actor: held.actor,
                    session: Some(held.number),
                    form_key,
                };
                Ok(held.map(came))
            }
        }
    }

    /// Who asks by a token: never a browser, so that no page elsewhere makes one ask. The token has to allow what is
    /// wanted.
    async fn by_token(&self, token: &str, wanted: Scope) -> Result<ApiCaller, Response> {
        let found = self.inroad.token(token, now()).await;
        let Some(caller) = found.map_err(|error| failed(&error))? else {
            return Err(without_token("This token opens nothing, or no more"));
        };
        if let Some(seconds) = self.pace.take(caller.number, Instant::now()) {
            let mut answer = refusal(StatusCode::TOO_MANY_REQUESTS, "This token asks too often");
            answer.headers_mut().insert(header::RETRY_AFTER, seconds.into());
            return Err(answer);
        }
        if !caller.scopes.contains(&wanted) {
            let what = match wanted {
                Scope::Read => "This token may not read",
                Scope::Write => "This token may not write",
                Scope::Propose => "This token may not propose",
            };
            return Err(refusal(StatusCode::FORBIDDEN, what));
        }
        Ok(caller)
    }
}

/// Lets a request through when it comes by its own name and from somebody who may ask.
pub(crate) async fn check(State(door): State<Door>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
    let caller = caller(request.headers(), &door.reach, peer);
    request.extensions_mut().insert(caller);
    request.extensions_mut().insert(door.clone());
    let refused = in_the_words_of(request.uri().path());
    let answered = answer(&door, request, next).await;
    let mut response = answered.unwrap_or_else(refused);
    let beyond = response.extensions().get::<Beyond>().copied();
    let own = beyond.map(Beyond::headers).unwrap_or_default();
    let encrypted = door.is_network().then_some(ENCRYPTED_ONLY);
    for (name, value) in HEADERS.into_iter().chain(own).chain(encrypted) {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

async fn answer(door: &Door, request: Request, next: Next) -> Result<Response, Response> {
    if !reach::is_asked_by_name(request.headers(), &door.reach) {
        return Err(denied("This page answers only under its own address."));
    }
    let path = request.uri().path();
    #[cfg(feature = "mcp")]
    if crate::mcp::is_asked(path) {
        return assistant(door, request, next).await;
    }
    let is_program = path.starts_with(FOR_PROGRAMS);
    if feed::is_asked(&request) || clip::is_asked(&request) {
        return Ok(next.run(request).await);
    }
    if let Some(token) = bearer(request.headers()).filter(|_| is_program) {
        let wanted = if request.method().is_safe() { Scope::Read } else { Scope::Write };
        let caller = door.by_token(token, wanted).await?;
        return Ok(let_through(request, by_token(caller), next).await);
    }
    let is_ours =
        request.method().is_safe() || reach::is_from_our_page(request.headers(), &door.reach);
    if door.is_network() && (sign_in::is_asked(path) || assets::is_asked(path)) {
        return if is_ours { Ok(next.run(request).await) } else { Err(from_elsewhere()) };
    }
    let given = request.uri().query().and_then(|query| value_in_query(query, "key"));
    if let Some(given) = given.filter(|_| !door.is_network()) {
        door.whose(given).await?.ok_or_else(wrong_key)?;
        return Ok(door.let_in(given, &without_key(request.uri())));
    }
    let came = match door.held(request.headers()) {
        Some(held) => door.whose(held).await?,
        None => None,
    };
    let came = match came {
        Some(came) => came,
        None if is_program => return Err(without_token(SHOW_ONE)),
        None if door.is_network() => return Err(to_sign_in(&request)),
        None => return Err(wrong_key()),
    };
    if !is_ours {
        return Err(from_elsewhere());
    }
    if let Some(elsewhere) = rights::turned_away(&came.actor, path) {
        return Err(elsewhere);
    }
    Ok(let_through(request, came, next).await)
}

/// An assistant comes by a token and by nothing else: a browser's cookie would let any page ask that makes a browser ask.
#[cfg(feature = "mcp")]
async fn assistant(door: &Door, mut request: Request, next: Next) -> Result<Response, Response> {
    let token = bearer(request.headers()).ok_or_else(|| without_token(SHOW_ONE))?;
    let caller = door.by_token(token, Scope::Read).await?;
    request.extensions_mut().insert(crate::mcp::asker(&caller));
    Ok(let_through(request, by_token(caller), next).await)
}

/// How somebody came in who shows a token: without a form.
fn by_token(caller: ApiCaller) -> CameIn {
    CameIn { actor: caller.actor, session: None, form_key: None }
}

async fn let_through(mut request: Request, came: CameIn, next: Next) -> Response {
    request.extensions_mut().insert(came.actor.clone());
    request.extensions_mut().insert(came);
    next.run(request).await
}

fn caller(headers: &HeaderMap, reach: &Reach, peer: Option<IpAddr>) -> Caller {
    let browser = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    Caller::new(&reach::machine(headers, reach, peer), browser.unwrap_or_default())
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

/// Who wanted to look at a page goes there once they are in; what wanted to change something asks again.
fn to_sign_in(request: &Request) -> Response {
    if request.method() != Method::GET {
        let text = "You are signed out. Sign in, and send it again.";
        return (StatusCode::UNAUTHORIZED, frame::notice("Sign in first", text)).into_response();
    }
    let wanted = request.uri().path_and_query().map_or("/", |wanted| wanted.as_str());
    let next =
        if wanted == "/" { String::new() } else { format!("?next={}", parts::escape(wanted)) };
    Redirect::to(&format!("{}{next}", sign_in::ADDRESS)).into_response()
}

/// The address that was asked for, without the key.
fn without_key(address: &Uri) -> String {
    let pairs = address.query().unwrap_or_default().split('&');
    let rest: Vec<&str> = pairs.filter(|pair| !pair.starts_with("key=")).collect();
    let path = address.path();
    if rest.is_empty() { path.to_owned() } else { format!("{path}?{}", rest.join("&")) }
}

/// What is said to a program that shows no token.
const SHOW_ONE: &str = "Show a token: Authorization: Bearer …";

fn without_token(text: &'static str) -> Response {
    let mut answer = refusal(StatusCode::UNAUTHORIZED, text);
    answer.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    answer
}

/// How a refusal at an address is told: to a program as programs read it, who are shown no page.
#[cfg_attr(
    not(any(feature = "api", feature = "mcp")),
    expect(unused_variables, reason = "without a face for programs all are shown pages")
)]
fn in_the_words_of(path: &str) -> fn(Response) -> Response {
    #[cfg(feature = "mcp")]
    if crate::mcp::is_asked(path) {
        return |page| for_program(&page, inroad_mcp::refused);
    }
    #[cfg(feature = "api")]
    if path.starts_with(FOR_PROGRAMS) {
        return |page| for_program(&page, inroad_api::refused);
    }
    |page| page
}

/// A refusal without its page. What names a way in or a time to wait stays.
#[cfg(any(feature = "api", feature = "mcp"))]
fn for_program(page: &Response, tell: impl Fn(StatusCode, &'static str) -> Response) -> Response {
    let why = page.extensions().get::<Refused>();
    let why = why.map_or("Something went wrong here; try again", |refused| refused.0);
    let mut told = tell(page.status(), why);
    for name in [header::WWW_AUTHENTICATE, header::RETRY_AFTER] {
        if let Some(value) = page.headers().get(&name) {
            told.headers_mut().insert(name, value.clone());
        }
    }
    told
}

fn wrong_key() -> Response {
    denied("Open the link that inroad printed when it started.")
}

fn from_elsewhere() -> Response {
    denied("This was asked by another page. Open the deal here, and try again.")
}

pub(crate) fn denied(text: &'static str) -> Response {
    refusal(StatusCode::FORBIDDEN, text)
}

/// Why a request was refused at the door. Programs are told the same in their own way.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(
    not(any(feature = "api", feature = "mcp")),
    expect(dead_code, reason = "only the faces for programs read it")
)]
struct Refused(&'static str);

fn refusal(status: StatusCode, text: &'static str) -> Response {
    let mut response = (status, frame::notice("Not open to you", text)).into_response();
    response.extensions_mut().insert(Refused(text));
    response
}
