//! What is planned, for calendar programs: at an address that holds its own secret, since they have no
//! cookie. It is only read.

use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::{Method, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::server::{App, failed, not_found};

const FOLDER: &str = "/calendar/";

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/calendar/{file}", get(calendar))
}

/// Whether a request is for a calendar, which needs no cookie.
pub(crate) fn is_asked(request: &Request) -> bool {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    reads && request.uri().path().starts_with(FOLDER)
}

/// The address of a calendar.
pub(crate) fn address(app: &App, secret: &str) -> String {
    format!("{}{FOLDER}{secret}.ics", app.address)
}

async fn calendar(State(app): State<App>, Path(file): Path<String>) -> Response {
    let secret = file.strip_suffix(".ics").unwrap_or_default();
    match app.desk.calendar(secret).await {
        Ok(Some(text)) => {
            ([(header::CONTENT_TYPE, "text/calendar; charset=utf-8")], text).into_response()
        }
        Ok(None) => not_found("There is no calendar at this address."),
        Err(error) => failed(&error),
    }
}
