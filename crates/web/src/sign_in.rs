//! Signing in, where pages are asked for from other machines: by a link that works once, by a password, by a code, by a
//! passkey, or with an identity provider.
//!
//! Nobody is known here yet, so that these forms hold no key; the door takes them from our own pages alone. They
//! hold nothing that tells who works here.

#[cfg(feature = "passkeys")]
mod by_passkey;
mod page;
#[cfg(feature = "oidc")]
mod with_provider;

use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Form, Router};
use inroad_model::EmailAddress;
use inroad_service::{Credentials, Entered, Error, now};
use serde::Deserialize;

use crate::access::{CameFrom, Door, PublicAddress};
use crate::deeds;
use crate::forms::{Fields, OurForm, as_typed, one};
use crate::frame;
use crate::parts;
use crate::server::{App, failed, not_found};
use crate::visit::Visit;

/// Where somebody signs in.
pub(crate) const ADDRESS: &str = "/sign-in";
const CODE: &str = "/sign-in/code";
const BEGIN: &str = "/begin/";

pub(crate) fn routes() -> Router<App> {
    let routes = Router::new()
        .route(ADDRESS, get(ask).post(enter))
        .route(CODE, get(ask_code).post(enter_code))
        .route("/begin/{token}", get(begin).post(take_up))
        .route("/sign-out", post(sign_out));
    #[cfg(feature = "oidc")]
    let routes = routes.merge(with_provider::routes());
    #[cfg(feature = "passkeys")]
    let routes = routes.merge(by_passkey::routes());
    routes
}

#[cfg(feature = "passkeys")]
pub(crate) use by_passkey::{
    FORM_BYTES_MAX as PASSKEY_FORM_BYTES_MAX, SCRIPT as PASSKEY_SCRIPT, asked as passkey_asked,
};

#[cfg(feature = "oidc")]
pub use with_provider::return_address;
#[cfg(feature = "oidc")]
pub(crate) use with_provider::{back_to, on_the_way};

/// How somebody may sign in beside a password.
#[derive(Debug)]
struct Offered {
    providers: Vec<Provider>,
    /// The script that asks for passkeys, where there can be any.
    passkeys: Option<&'static str>,
}

/// An identity provider with which somebody may sign in.
#[derive(Debug)]
struct Provider {
    number: i64,
    name: String,
}

async fn offered(app: &App) -> Result<Offered, Error> {
    Ok(Offered { providers: providers(app).await?, passkeys: passkeys(app) })
}

#[cfg(feature = "oidc")]
async fn providers(app: &App) -> Result<Vec<Provider>, Error> {
    let named = app.inroad.identity_providers().await?.into_iter();
    Ok(named.map(|provider| Provider { number: provider.number, name: provider.name }).collect())
}

#[cfg(not(feature = "oidc"))]
#[expect(clippy::unused_async, reason = "a program that knows providers asks for them")]
async fn providers(_: &App) -> Result<Vec<Provider>, Error> {
    Ok(Vec::new())
}

#[cfg(feature = "passkeys")]
fn passkeys(app: &App) -> Option<&'static str> {
    inroad_service::passkeys_open(&app.address).then_some(PASSKEY_SCRIPT)
}

#[cfg(not(feature = "passkeys"))]
fn passkeys(_: &App) -> Option<&'static str> {
    None
}

/// Whether a page is for whoever did not come in yet.
pub(crate) fn is_asked(path: &str) -> bool {
    path == ADDRESS || path.starts_with("/sign-in/") || path.starts_with(BEGIN)
}

/// The link by which somebody sets up a login.
pub fn begin_link(address: &PublicAddress, token: &str) -> String {
    link(&address.to_string(), token)
}

/// The same, under the address of the pages.
pub(crate) fn link(address: &str, token: &str) -> String {
    format!("{address}{BEGIN}{token}")
}

#[derive(Debug, Default, Deserialize)]
struct Next {
    #[serde(default)]
    next: String,
}

async fn ask(
    State(app): State<App>,
    Extension(door): Extension<Door>,
    Query(next): Query<Next>,
) -> Response {
    if !door.is_network() {
        return not_here();
    }
    match app.inroad.owner_has_login().await {
        Ok(true) => shown(&app, &next.next, None).await,
        Ok(false) => page::nobody_yet().into_response(),
        Err(error) => failed_outside(&error),
    }
}

/// The page of signing in, once more with why somebody was not let in.
async fn shown(app: &App, next: &str, why_not: Option<&Error>) -> Response {
    let offered = match offered(app).await {
        Ok(offered) => offered,
        Err(error) => return failed_outside(&error),
    };
    match why_not {
        None => page::sign_in(next, &offered, None).into_response(),
        Some(error) => refused(error, page::sign_in(next, &offered, Some(&told(error)))),
    }
}

async fn enter(
    State(app): State<App>,
    Extension(door): Extension<Door>,
    from: CameFrom,
    Form(fields): Form<Fields>,
) -> Response {
    if !door.is_network() {
        return not_here();
    }
    let next = deeds::ours(one(&fields, "next"));
    // A password may begin and end with blanks.
    let password = as_typed(&fields, "password");
    let credentials = Credentials { email: one(&fields, "email"), password };
    match app.inroad.sign_in(&credentials, &from.caller, now()).await {
        Ok(Entered::In(token)) => door.let_in(&token, &next),
        Ok(Entered::AwaitsCode(token)) => {
            door.let_in(&token, &format!("{CODE}?next={}", parts::escape(&next)))
        }
        Err(error) => shown(&app, &next, Some(&error)).await,
    }
}

async fn ask_code(Extension(door): Extension<Door>, Query(next): Query<Next>) -> Response {
    if !door.is_network() {
        return not_here();
    }
    page::code(&next.next, None).into_response()
}

async fn enter_code(
    State(app): State<App>,
    Extension(door): Extension<Door>,
    from: CameFrom,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Response {
    if !door.is_network() {
        return not_here();
    }
    let next = deeds::ours(one(&fields, "next"));
    let half = door.held(&headers).unwrap_or_default();
    match app.inroad.show_code(half, one(&fields, "code"), &from.caller, now()).await {
        Ok(token) => door.let_in(&token, &next),
        Err(error @ Error::NotFound { .. }) => shown(&app, &next, Some(&error)).await,
        Err(error) => refused(&error, page::code(&next, Some(&told(&error)))),
    }
}

async fn begin(
    State(app): State<App>,
    Extension(door): Extension<Door>,
    Path(token): Path<String>,
) -> Response {
    if !door.is_network() {
        return not_here();
    }
    let found = async { Ok((app.inroad.invited(&token, now()).await?, offered(&app).await?)) };
    match found.await {
        Ok((Some(invited), offered)) => {
            page::begin(&token, &invited, &offered, None).into_response()
        }
        Ok((None, _)) => page::link_leads_nowhere().into_response(),
        Err(error) => failed_outside(&error),
    }
}

async fn take_up(
    State(app): State<App>,
    Extension(door): Extension<Door>,
    Path(token): Path<String>,
    from: CameFrom,
    Form(fields): Form<Fields>,
) -> Response {
    if !door.is_network() {
        return not_here();
    }
    let taken = async {
        let invited = app.inroad.invited(&token, now()).await?;
        let offered = offered(&app).await?;
        let typed = one(&fields, "email").to_lowercase();
        let password = as_typed(&fields, "password");
        let done = match typed.parse::<EmailAddress>() {
            Err(_odd) => Err(Error::Invalid {
                what: format!("'{typed}' is no mail address; write it as name@firm.example"),
            }),
            Ok(_) if password != as_typed(&fields, "again") => {
                Err(Error::Invalid { what: "The two passwords are not the same".to_owned() })
            }
            Ok(email) => app.inroad.take_up(&token, &email, password, &from.caller, now()).await,
        };
        Ok::<_, Error>((invited, offered, done))
    };
    match taken.await {
        Ok((_, _, Ok(Entered::In(held) | Entered::AwaitsCode(held)))) => door.let_in(&held, "/"),
        Ok((Some(invited), offered, Err(error @ Error::Invalid { .. }))) => {
            refused(&error, page::begin(&token, &invited, &offered, Some(&told(&error))))
        }
        Ok((None, _, Err(Error::Invalid { .. })) | (_, _, Err(Error::NotFound { .. }))) => {
            page::link_leads_nowhere().into_response()
        }
        Ok((_, _, Err(error))) | Err(error) => failed_outside(&error),
    }
}

async fn sign_out(
    State(app): State<App>,
    Extension(door): Extension<Door>,
    from: CameFrom,
    visit: Visit,
    OurForm(_): OurForm,
) -> Response {
    let Some(number) = from.session else { return not_here() };
    match app.inroad.end_session(&visit.actor, number, &from.caller, now()).await {
        Ok(()) | Err(Error::NotFound { .. }) => door.let_out(ADDRESS),
        Err(error) => failed(&error),
    }
}

/// The page once more, with why it was not taken.
fn refused(error: &Error, page: maud::Markup) -> Response {
    let mut answer = (status(error), page).into_response();
    if let Error::TooOften { seconds } = error {
        answer.headers_mut().insert(header::RETRY_AFTER, (*seconds).into());
    }
    answer
}

/// What is told to somebody who is not known: of faults of this machine, that there is one.
fn told(error: &Error) -> String {
    match status(error) {
        StatusCode::INTERNAL_SERVER_ERROR => {
            "Something went wrong here. Try again, or tell whoever runs this".to_owned()
        }
        _ => error.to_string(),
    }
}

fn failed_outside(error: &Error) -> Response {
    (status(error), frame::notice("Not now", &told(error))).into_response()
}

fn status(error: &Error) -> StatusCode {
    match error {
        Error::TooOften { .. } => StatusCode::TOO_MANY_REQUESTS,
        Error::Invalid { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        Error::Forbidden { .. } | Error::NotFound { .. } => StatusCode::FORBIDDEN,
        Error::Conflict { .. } => StatusCode::CONFLICT,
        Error::Unavailable { .. } => StatusCode::BAD_GATEWAY,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

fn not_here() -> Response {
    not_found("On this machine the link lets you in that inroad printed when it started.")
}
