//! One message, with the words marked that state something.

mod page;

use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use inroad_model::MessageId;

use crate::frame::Place;
use crate::server::{App, failed, not_found};
use crate::visit::Visit;

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/messages/{id}", get(message))
}

async fn message(State(app): State<App>, Path(id): Path<String>, visit: Visit) -> Response {
    let Ok(id) = MessageId::new(&id) else { return not_found("There is no such message.") };
    match app.inroad.read_kept(&id).await {
        Ok(reading) => {
            let subject = reading.message.subject.trim();
            let title = if subject.is_empty() { "A message without a subject" } else { subject };
            visit.page(title, Place::None, &page::message(title, &reading)).into_response()
        }
        Err(error) => failed(&error),
    }
}
