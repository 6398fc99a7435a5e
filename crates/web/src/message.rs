//! One message, with the words marked that state something.

mod page;

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use inroad_model::MessageId;

use crate::frame::Place;
use crate::server::{App, failed, not_found};
use crate::visit::Visit;

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/messages/{id}", get(message))
}

async fn message(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(asked): Query<BTreeMap<String, String>>,
    visit: Visit,
) -> Response {
    let Ok(id) = MessageId::new(&id) else { return not_found("There is no such message.") };
    match app.inroad.read_kept(&id).await {
        Ok(reading) => {
            let subject = reading.message.subject.trim();
            let meant = asked.get("words").map(String::as_str);
            let title = if subject.is_empty() { "A message without a subject" } else { subject };
            visit.page(title, Place::None, &page::message(title, &reading, meant)).into_response()
        }
        Err(error) => failed(&error),
    }
}
