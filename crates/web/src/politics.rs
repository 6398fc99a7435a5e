//! Who moves a deal: a page with a picture.

mod page;

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use inroad_model::DealId;
use inroad_service::Comfort;

pub use self::page::standalone_map;
use crate::frame::Place;
use crate::parts;
use crate::picture::Layout;
use crate::server::{App, failed, not_found};
use crate::visit::Visit;

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/deals/{id}/politics", get(politics))
}

async fn politics(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(asked): Query<BTreeMap<String, String>>,
    visit: Visit,
) -> Response {
    let Ok(id) = DealId::new(&id) else { return not_found("There is no such deal.") };
    let comfort =
        asked.get("comfort").and_then(|name| Comfort::from_name(name)).unwrap_or_default();
    let layout = asked.get("layout").and_then(|name| Layout::from_name(name)).unwrap_or_default();
    match app.inroad.politics(id.as_str(), app.as_of(), comfort).await {
        Ok(politics) => {
            let title = format!("Who moves it · {}", politics.name);
            let body = page::politics(&politics, layout, &parts::deal_link(&id));
            visit.page(&title, Place::Deals, &body).into_response()
        }
        Err(error) => failed(&error),
    }
}
