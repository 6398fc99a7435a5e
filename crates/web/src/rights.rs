//! Who asks, and which pages are theirs.
//!
//! Whose data file it is sees all pages. Whoever else works here sees those about what is shared, named
//! here one by one: a page that is not named is closed. Within them `service` decides.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use inroad_model::MemberRole;
use inroad_service::{Actor, Right};

use crate::access::denied;
use crate::frame::Place;
use crate::server::App;

/// The pages about what is shared; whatever lies below one is, too.
const SHARED: [&str; 8] =
    ["/leads", "/sellers", "/shared", "/team", "/help", "/credentials", "/sign-out", "/audit"];

/// What every page needs, and what other programs ask: there each question has its own right.
const OF_EVERY_PAGE: [&str; 7] =
    ["/style.css", "/app.js", "/palette.js", "/icon.svg", "/news", "/deeds", "/api"];

/// The answer to somebody for whom that page is not; `None` where they may see it.
pub(crate) fn turned_away(actor: &Actor, path: &str) -> Option<Response> {
    if actor.may(Right::Mailbox) {
        return None;
    }
    if path == "/" {
        return Some(Redirect::to(start_of(actor)).into_response());
    }
    let below = |place: &&str| {
        path.strip_prefix(*place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let is_open = SHARED.iter().chain(&OF_EVERY_PAGE).any(below);
    (!is_open).then(|| denied("This page is about somebody else's mailbox."))
}

/// Where somebody who works here begins.
fn start_of(actor: &Actor) -> &'static str {
    if actor.may(Right::Leads) {
        return "/leads";
    }
    if actor.is(MemberRole::Administrator) {
        return "/team";
    }
    if actor.may(Right::Inside) { "/sellers" } else { "/help" }
}

/// Whether the frame leads somebody to a place.
pub(crate) fn leads_to(actor: &Actor, place: Place) -> bool {
    match place {
        Place::Help => true,
        Place::Leads => actor.may(Right::Leads),
        Place::Sellers => actor.may(Right::Inside),
        Place::Shared => actor.may(Right::Inside) && !actor.is_owner(),
        Place::Team => actor.may(Right::Members) && !actor.is_owner(),
        _ => actor.may(Right::Mailbox),
    }
}

/// Who asks, as others know them.
pub(crate) struct As(pub(crate) Actor);

impl FromRequestParts<App> for As {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        Ok(Self(who(parts, app).await))
    }
}

/// Who asks, as the door found out.
pub(crate) async fn who(parts: &Parts, app: &App) -> Actor {
    app.inroad.as_known(parts.extensions.get::<Actor>()).await
}
