//! Signing in with an identity provider: a browser is sent there by a form of ours, and led back here by that provider.
//!
//! What a form asks for goes nowhere else, so that the page of the way leads there, not the answer to the form.
//! That a browser which comes back is let in by a GET is how the protocol has it: it has to bring what it was sent
//! with, once, and show what was given to it alone.

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Form, Router};
use inroad_service::{Back, CameBack, Entered, Error, Sent, Wish, now};
use serde::Deserialize;

use super::{CODE, failed_outside, not_here, page, shown};
use crate::access::{CameFrom, Door, PublicAddress};
use crate::forms::{Fields, one};
use crate::server::{App, failed};
use crate::{credentials, deeds, parts};

const BACK: &str = "/sign-in/back";

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/sign-in/with/{number}", post(sign_in))
        .route("/begin/{token}/with/{number}", post(take_up))
        .route(BACK, get(come_back))
}

/// The address to which a provider has to send browsers back: it is told to the provider beforehand.
pub fn return_address(address: &PublicAddress) -> String {
    format!("{address}{BACK}")
}

/// The same, under the address of the pages.
pub(crate) fn back_to(app: &App) -> String {
    format!("{}{BACK}", app.address)
}

/// Leads a browser to a provider.
pub(crate) fn on_the_way(sent: &Sent) -> Response {
    let mut answer = page::on_the_way(&sent.provider, &sent.address).into_response();
    if let Ok(there) = HeaderValue::from_str(&format!("0;url={}", sent.address)) {
        answer.headers_mut().insert(HeaderName::from_static("refresh"), there);
    }
    Door::with_sent(answer, Some(&sent.browser))
}

async fn sign_in(
    State(app): State<App>,
    Extension(door): Extension<Door>,
    Path(number): Path<i64>,
    from: CameFrom,
    Form(fields): Form<Fields>,
) -> Response {
    if !door.is_network() {
        return not_here();
    }
    let next = deeds::ours(one(&fields, "next"));
    match send(&app, number, &Wish::SignIn { next: &next }, &from).await {
        Ok(sent) => on_the_way(&sent),
        Err(error) => shown(&app, &next, Some(&error)).await,
    }
}

async fn take_up(
    State(app): State<App>,
    Extension(door): Extension<Door>,
    Path((token, number)): Path<(String, i64)>,
    from: CameFrom,
) -> Response {
    if !door.is_network() {
        return not_here();
    }
    match send(&app, number, &Wish::TakeUp { link: &token }, &from).await {
        Ok(sent) => on_the_way(&sent),
        Err(Error::NotFound { .. }) => page::link_leads_nowhere().into_response(),
        Err(error) => failed_outside(&error),
    }
}

async fn send(app: &App, number: i64, wish: &Wish<'_>, from: &CameFrom) -> Result<Sent, Error> {
    let (back_to, passwords) = (back_to(app), app.passwords.as_ref());
    app.inroad.send_to_provider(number, wish, &back_to, passwords, &from.caller, now()).await
}

/// What a provider sends along.
#[derive(Default, Deserialize)]
struct Brought {
    #[serde(default)]
    state: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    error: String,
    #[serde(rename = "iss")]
    issuer: Option<String>,
}

async fn come_back(
    State(app): State<App>,
    Extension(door): Extension<Door>,
    Query(brought): Query<Brought>,
    from: CameFrom,
    headers: HeaderMap,
) -> Response {
    if !door.is_network() {
        return not_here();
    }
    let session = match door.held(&headers) {
        Some(held) => app.inroad.session(held, now()).await,
        None => Ok(None),
    };
    let session = match session {
        Ok(session) => session,
        Err(error) => return failed_outside(&error),
    };
    let is_in = session.as_ref().is_some_and(|held| !held.awaits_code);
    let back = Back {
        state: &brought.state,
        browser: Door::sent(&headers).unwrap_or_default(),
        code: &brought.code,
        error: &brought.error,
        issuer: brought.issuer.as_deref(),
        session,
    };
    let (back_to, passwords) = (back_to(&app), app.passwords.as_ref());
    let answer = match app.inroad.come_back(back, &back_to, passwords, &from.caller, now()).await {
        Ok(CameBack::Entered { entered: Entered::In(token), next }) => door.let_in(&token, &next),
        Ok(CameBack::Entered { entered: Entered::AwaitsCode(token), next }) => {
            door.let_in(&token, &format!("{CODE}?next={}", parts::escape(&next)))
        }
        Ok(CameBack::Linked) => Redirect::to(credentials::ADDRESS).into_response(),
        Err(error) if is_in => failed(&error),
        Err(error) => shown(&app, "", Some(&error)).await,
    };
    Door::with_sent(answer, None)
}
