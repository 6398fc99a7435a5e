//! The people who sell: what is one's own, what others let one look at, and where help is wanted.
//!
//! Must not: show a part of anybody's that `service` did not give, or put people in an order of how they do.

mod acts;
pub(crate) mod beside_deal;
mod goal;
mod me;
mod open;
mod profile;
mod trend;
mod wanted;

use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use inroad_model::EmailAddress;
use inroad_service::{Error, Right};

use crate::frame::Place;
use crate::server::{App, failed};
use crate::visit::Visit;

/// One's own page.
const ME: &str = "/sellers/me";
/// What one practises.
const GOAL: &str = "/sellers/goal";

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/sellers", get(start))
        .route(ME, get(mine))
        .route("/sellers/me/say", post(acts::say))
        .route("/sellers/me/leave", post(acts::leave))
        .route("/sellers/me/offer", post(acts::offer))
        .route("/sellers/me/ask", post(acts::ask))
        .route("/sellers/me/share", post(acts::share))
        .route("/sellers/words/{number}/back", post(acts::back))
        .route("/sellers/words/{number}/agree", post(acts::agree))
        .route(GOAL, get(goal).post(acts::goal))
        .route("/sellers/goal/done", post(acts::practised))
        .route("/sellers/{email}", get(other))
        .route("/sellers/{email}/note", post(acts::note))
}

/// Where everybody begins: what is one's own, what is open to one, and where help is wanted.
async fn start(State(app): State<App>, visit: Visit) -> Response {
    let at = app.as_of();
    let found = async {
        let wanted = if visit.actor.may(Right::HelpWanted) {
            Some(app.inroad.help_wanted(&visit.actor, at).await?)
        } else {
            None
        };
        Ok::<_, Error>(wanted::Start {
            wanted,
            open: app.inroad.open_to(&visit.actor).await?,
            asked_of_me: app.inroad.asked_of(&visit.actor, at).await?,
            shares: app.inroad.my_shares(&visit.actor, at).await?,
        })
    };
    match found.await {
        Ok(start) => {
            let body = wanted::page(&start, &visit, at.date());
            visit.page("You", Place::Sellers, &body).into_response()
        }
        Err(error) => failed(&error),
    }
}

async fn mine(State(app): State<App>, visit: Visit) -> Response {
    match app.inroad.my_selling(&visit.actor, app.as_of()).await {
        Ok(selling) => {
            let body = me::page(&selling, &visit);
            visit.page("Your selling", Place::Sellers, &body).into_response()
        }
        Err(error) => failed(&error),
    }
}

async fn goal(State(app): State<App>, visit: Visit) -> Response {
    match app.inroad.my_selling(&visit.actor, app.as_of()).await {
        Ok(selling) => {
            let body = goal::page(&selling, &visit);
            visit.page("What you practise", Place::Sellers, &body).into_response()
        }
        Err(error) => failed(&error),
    }
}

async fn other(State(app): State<App>, Path(email): Path<String>, visit: Visit) -> Response {
    let found = async {
        visit.actor.must(Right::Inside)?;
        let email = address(&email)?;
        let selling = app.inroad.selling_of(&visit.actor, &email, app.as_of()).await?;
        Ok((email, selling))
    };
    match found.await {
        Ok((email, selling)) => {
            let body = open::page(&email, &selling, &visit);
            visit.page(&selling.name, Place::Sellers, &body).into_response()
        }
        Err(error) => failed(&error),
    }
}

fn address(typed: &str) -> Result<EmailAddress, Error> {
    typed.trim().parse().map_err(|_fault| Error::Invalid {
        what: format!("'{typed}' is no mail address; write it as name@firm.example"),
    })
}
