//! Signing in by a passkey: a script asks what the browser is to show, and a form goes off with its answer.

use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Form, Json, Router};
use inroad_service::{Error, PasskeyAnswer, PasskeyAsked, now};
use serde::Serialize;

use super::{not_here, shown, status, told};
use crate::access::{CameFrom, Door};
use crate::assets;
use crate::deeds;
use crate::forms::{Fields, one};
use crate::server::App;

/// An answer of a few thousand bytes, in a form where a byte may take three.
pub(crate) const FORM_BYTES_MAX: usize = 96 << 10;
/// Where whoever did not come in yet may ask for it, too.
pub(crate) const SCRIPT: &str = "/sign-in/passkey.js";

pub(super) fn routes() -> Router<App> {
    let limit = || DefaultBodyLimit::max(FORM_BYTES_MAX);
    Router::new()
        .route(
            "/sign-in/passkey.js",
            get(async || assets::script(include_str!("../../assets/passkey.js"))),
        )
        .route("/sign-in/passkey/ask", post(ask).layer(limit()))
        .route("/sign-in/passkey", post(sign_in).layer(limit()))
}

async fn ask(State(app): State<App>, Extension(door): Extension<Door>, from: CameFrom) -> Response {
    if !door.is_network() {
        return not_here();
    }
    asked(app.inroad.ask_for_passkey(&app.address, &from.caller, now()).await)
}

/// What the script is answered: what the browser is asked, or why it is asked nothing.
pub(crate) fn asked(asked: Result<PasskeyAsked, Error>) -> Response {
    #[derive(Serialize)]
    struct Refusal {
        why: String,
    }
    match asked {
        Ok(PasskeyAsked { options, browser }) => {
            let answer = ([(header::CONTENT_TYPE, "application/json")], options);
            Door::with_asked(answer.into_response(), Some(&browser))
        }
        Err(error) => {
            let why = if status(&error) == StatusCode::TOO_MANY_REQUESTS {
                "Too many tries. Wait a while".to_owned()
            } else {
                told(&error)
            };
            (status(&error), Json(Refusal { why })).into_response()
        }
    }
}

async fn sign_in(
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
    let answer = PasskeyAnswer {
        browser: Door::asked(&headers).unwrap_or_default(),
        given: one(&fields, "answer"),
    };
    let done = app.inroad.sign_in_by_passkey(&app.address, &answer, &from.caller, now()).await;
    let page = match done {
        Ok(token) => door.let_in(&token, &next),
        Err(error) => shown(&app, &next, Some(&error)).await,
    };
    Door::with_asked(page, None)
}
