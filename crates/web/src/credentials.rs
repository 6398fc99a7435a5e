//! How somebody comes in, and what does in their name: browsers that are signed in, the password, the second step,
//! passkeys, tokens for programs.

mod page;
#[cfg(feature = "passkeys")]
mod passkeys;
#[cfg(feature = "oidc")]
mod providers;

use std::collections::BTreeSet;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use inroad_service::{Error, Right, Scope, now};

use crate::access::{CameFrom, Door};
use crate::forms::{OurForm, as_typed, one};
use crate::frame::Place;
use crate::rights::As;
use crate::server::{App, failed};
use crate::visit::Visit;

/// Where it stands.
pub(crate) const ADDRESS: &str = "/credentials";

pub(crate) fn routes() -> Router<App> {
    let routes = Router::new()
        .route(ADDRESS, get(show))
        .route("/credentials/browsers/{number}/end", post(end_browser))
        .route("/credentials/password", post(set_password))
        .route("/credentials/second-step", get(new_second_step).post(begin_second_step))
        .route("/credentials/second-step/end", post(end_second_step))
        .route("/credentials/tokens", post(make_token))
        .route("/credentials/tokens/{number}/end", post(end_token));
    #[cfg(feature = "oidc")]
    let routes = routes.merge(providers::routes());
    #[cfg(feature = "passkeys")]
    let routes = routes.merge(passkeys::routes());
    routes
}

async fn show(
    State(app): State<App>,
    Extension(door): Extension<Door>,
    from: CameFrom,
    visit: Visit,
) -> Response {
    let known = async {
        let at = now();
        let login = if door.is_network() {
            let has_password = app.inroad.has_password(&visit.actor).await?;
            #[cfg(feature = "oidc")]
            let providers = providers::section(&app, &visit, has_password).await?;
            #[cfg(not(feature = "oidc"))]
            let providers = maud::Markup::default();
            #[cfg(feature = "passkeys")]
            let passkeys = passkeys::section(&app, &visit, has_password).await?;
            #[cfg(not(feature = "passkeys"))]
            let passkeys = maud::Markup::default();
            Some(page::Login {
                has_password,
                passkeys,
                providers,
                browsers: app.inroad.sessions(&visit.actor, at).await?,
                this: from.session,
                second_step: app.inroad.second_step(&visit.actor).await?,
            })
        } else {
            None
        };
        Ok::<_, Error>(page::Known {
            login,
            tokens: app.inroad.tokens(&visit.actor, at).await?,
            sees_log: visit.actor.may(Right::Members),
        })
    };
    match known.await {
        Ok(known) => {
            let body = page::credentials(&known, &visit);
            visit.page("Signing in", Place::None, &body).into_response()
        }
        Err(error) => failed(&error),
    }
}

async fn end_browser(
    State(app): State<App>,
    Path(number): Path<i64>,
    As(actor): As,
    from: CameFrom,
    OurForm(_): OurForm,
) -> Response {
    back(app.inroad.end_session(&actor, number, &from.caller, now()).await)
}

async fn set_password(
    State(app): State<App>,
    As(actor): As,
    from: CameFrom,
    OurForm(fields): OurForm,
) -> Response {
    let (former, new) = (as_typed(&fields, "former"), as_typed(&fields, "password"));
    if new != as_typed(&fields, "again") {
        let what = "The two passwords are not the same".to_owned();
        return failed(&Error::Invalid { what });
    }
    let done = app.inroad.change_password(&actor, former, new, from.session, &from.caller, now());
    back(done.await)
}

async fn new_second_step(State(app): State<App>, visit: Visit) -> Response {
    match app.inroad.new_second_step(&visit.actor, None).await {
        Ok(new) => {
            let body = page::second_step(&new, None, &visit);
            visit.page("A second step", Place::None, &body).into_response()
        }
        Err(error) => failed(&error),
    }
}

async fn begin_second_step(
    State(app): State<App>,
    visit: Visit,
    from: CameFrom,
    OurForm(fields): OurForm,
) -> Response {
    let (secret, code) = (one(&fields, "secret"), one(&fields, "code"));
    let password = as_typed(&fields, "password");
    let begun =
        app.inroad.begin_second_step(&visit.actor, password, secret, code, &from.caller, now());
    match begun.await {
        Ok(codes) => {
            let body = page::codes(&codes);
            visit.page("Codes to write down", Place::None, &body).into_response()
        }
        Err(error) => again(&app, secret, &error, &visit).await,
    }
}

/// The page once more, with the secret that the phone has by now.
async fn again(app: &App, secret: &str, error: &Error, visit: &Visit) -> Response {
    let mistyped = matches!(error, Error::Invalid { .. } | Error::Forbidden { .. });
    match app.inroad.new_second_step(&visit.actor, Some(secret)).await {
        Ok(new) if mistyped => {
            let body = page::second_step(&new, Some(&error.to_string()), visit);
            let page = visit.page("A second step", Place::None, &body);
            (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
        }
        _ => failed(error),
    }
}

async fn end_second_step(
    State(app): State<App>,
    As(actor): As,
    from: CameFrom,
    OurForm(fields): OurForm,
) -> Response {
    let password = as_typed(&fields, "password");
    back(app.inroad.end_second_step(&actor, password, &from.caller, now()).await)
}

async fn make_token(
    State(app): State<App>,
    visit: Visit,
    from: CameFrom,
    OurForm(fields): OurForm,
) -> Response {
    let scopes: BTreeSet<Scope> = match one(&fields, "may") {
        "read" => [Scope::Read].into(),
        "write" => [Scope::Read, Scope::Write].into(),
        "propose" => [Scope::Read, Scope::Propose].into(),
        _ => BTreeSet::new(),
    };
    let days = one(&fields, "days").parse().unwrap_or_default();
    let name = one(&fields, "name");
    let made = app.inroad.make_token(&visit.actor, name, scopes, days, &from.caller, now());
    match made.await {
        Ok(made) => {
            let body = page::token(&made.secret);
            visit.page("A token", Place::None, &body).into_response()
        }
        Err(error) => failed(&error),
    }
}

async fn end_token(
    State(app): State<App>,
    Path(number): Path<i64>,
    As(actor): As,
    from: CameFrom,
    OurForm(_): OurForm,
) -> Response {
    back(app.inroad.withdraw_token(&actor, number, &from.caller, now()).await)
}

fn back(done: Result<(), Error>) -> Response {
    match done {
        Ok(()) => Redirect::to(ADDRESS).into_response(),
        Err(error) => failed(&error),
    }
}

/// There is nobody to sign in on one's own machine.
#[cfg(any(feature = "oidc", feature = "passkeys"))]
fn not_here() -> Response {
    crate::server::not_found("Here your link lets you in.")
}
