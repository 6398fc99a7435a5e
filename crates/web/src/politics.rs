//! Who moves a deal: a page with a picture.

mod page;

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use inroad_service::Comfort;

pub use self::page::standalone_map;
use crate::deal::{self, Day};
use crate::frame::Place;
use crate::parts;
use crate::picture::Layout;
use crate::server::{App, failed};
use crate::visit::Visit;

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/deals/{id}/politics", get(politics))
}

async fn politics(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(asked): Query<BTreeMap<String, String>>,
    day: Day,
    visit: Visit,
) -> Response {
    let seen = match deal::see(&app, &id, &day).await {
        Ok(seen) => seen,
        Err(answer) => return answer,
    };
    let link = parts::deal_link(&seen.deal.id);
    let comfort =
        asked.get("comfort").and_then(|name| Comfort::from_name(name)).unwrap_or_default();
    let layout = asked.get("layout").and_then(|name| Layout::from_name(name)).unwrap_or_default();
    match app.inroad.politics_of(seen.deal, comfort).await {
        Ok(politics) => {
            let title = format!("Who moves it · {}", politics.name);
            let body = page::politics(&politics, layout, &link);
            visit.page(&title, Place::Deals, &body).into_response()
        }
        Err(error) => failed(&error),
    }
}
