//! One message: with the words marked that state something, and as it was written.

mod correcting;
mod cues;
mod page;
mod written;

use std::collections::BTreeMap;

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use inroad_model::MessageId;
use inroad_service::AsWritten;

use crate::access::Beyond;
use crate::frame::Place;
use crate::server::{App, failed, not_found};
use crate::visit::Visit;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/messages/{id}", get(message))
        .route("/messages/{id}/correct", post(correcting::correct))
        .route("/messages/{id}/as-written", get(as_written))
        .route("/messages/{id}/as-written/mail", get(mail))
}

/// The message that an address names. On a desk of a past day there are no later ones.
async fn named(app: &App, id: &str) -> Result<MessageId, Response> {
    let Ok(id) = MessageId::new(id) else { return Err(not_found("There is no such message.")) };
    if let Some(as_of) = app.desk.fixed() {
        app.inroad.must_be_written_by(&id, as_of).await.map_err(|error| failed(&error))?;
    }
    Ok(id)
}

async fn message(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(asked): Query<BTreeMap<String, String>>,
    visit: Visit,
) -> Response {
    let id = match named(&app, &id).await {
        Ok(id) => id,
        Err(answer) => return answer,
    };
    match app.inroad.read_kept(&id, app.as_of()).await {
        Ok(reading) => {
            let meant = asked.get("words").map(String::as_str);
            let title = title(&reading.message.subject);
            let body = page::message(title, &reading, meant, &visit);
            visit.page(title, Place::None, &body).into_response()
        }
        Err(error) => failed(&error),
    }
}

/// The mail in our frame, which alone may hold the page below.
async fn as_written(State(app): State<App>, Path(id): Path<String>, visit: Visit) -> Response {
    let id = match named(&app, &id).await {
        Ok(id) => id,
        Err(answer) => return answer,
    };
    match app.inroad.as_written(&id).await {
        Ok(written) => {
            let title = title(&written.subject);
            let page = visit.page(title, Place::None, &written::around(title, &written, &id));
            (Extension(Beyond::Holds), page).into_response()
        }
        Err(error) => failed(&error),
    }
}

/// The mail alone, for that frame.
async fn mail(State(app): State<App>, Path(id): Path<String>) -> Response {
    let id = match named(&app, &id).await {
        Ok(id) => id,
        Err(answer) => return answer,
    };
    match app.inroad.as_written(&id).await {
        Ok(AsWritten { html: Some(html), .. }) => {
            (Extension(Beyond::IsHeld), written::alone(&html)).into_response()
        }
        Ok(_) => not_found("This message has no formatting."),
        Err(error) => failed(&error),
    }
}

fn title(subject: &str) -> &str {
    let subject = subject.trim();
    if subject.is_empty() { "A message without a subject" } else { subject }
}
