//! Who asks for a page, and from where: what the frame around every page needs.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use inroad_service::{Actor, Deed, Desk};
use maud::Markup;

use crate::access::{FormKey, Key};
use crate::forms::value_in_query;
use crate::frame::{self, Place};
use crate::rights;
use crate::server::App;

/// One visit of a page.
#[derive(Debug)]
pub(crate) struct Visit {
    /// The address that was asked for, with its query.
    pub address: String,
    /// What the visitor has just done, if the address tells of it: it can be undone.
    pub deed: Option<Deed>,
    /// Who asks.
    pub actor: Actor,
    /// The key of the forms.
    pub form_key: Key,
    /// The number of news at the time when the page was asked for.
    pub news: u64,
    desk: Desk,
    /// The way to the user's own pages, on a page of the sample.
    pub own: Option<String>,
}

/// The name in the query under which a page is told what was just done.
pub(crate) const DONE: &str = "done";

impl Visit {
    /// Whether something newer than what was just looked at is being worked out.
    pub(crate) fn is_stale(&self) -> bool {
        self.desk.is_stale()
    }

    /// A page in its frame.
    pub(crate) fn page(&self, title: &str, place: Place, body: &Markup) -> Markup {
        frame::page(title, place, Some(self), body)
    }
}

impl FromRequestParts<App> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let actor = rights::who(parts, app).await;
        let number = value_in_query(parts.uri.query().unwrap_or_default(), DONE);
        let deed = match number.and_then(|number| number.parse().ok()) {
            // What was done and undone meanwhile is no news.
            Some(number) => {
                let deed = app.inroad.deed(number).await.ok();
                deed.filter(|deed| actor.did(deed.by.as_ref()))
            }
            None => None,
        };
        Ok(Self {
            address: parts.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned(),
            deed,
            actor,
            form_key: FormKey::of(&parts.extensions).key(),
            news: *app.desk.changes().borrow(),
            desk: app.desk.clone(),
            own: app.own.clone(),
        })
    }
}
