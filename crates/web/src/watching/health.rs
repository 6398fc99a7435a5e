//! Whether the program lives, and whether it is ready to answer.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use inroad_service::Readiness;

use super::Watching;

/// The process answers: that is all that is asked.
pub(super) async fn lives() -> Response {
    word(StatusCode::OK, "inroad answers.")
}

/// Whether somebody may be sent here now.
pub(super) async fn is_ready(State(watching): State<Watching>) -> Response {
    const NOT_NOW: StatusCode = StatusCode::SERVICE_UNAVAILABLE;
    if watching.ending.has_begun() {
        return word(NOT_NOW, "Stopping.");
    }
    match watching.inroad.readiness().await {
        Readiness::Ready => word(StatusCode::OK, "Ready."),
        Readiness::NoAnswer => word(NOT_NOW, "The database does not answer."),
        Readiness::OtherSchema => word(
            NOT_NOW,
            "The database belongs to another version of inroad; start the version that opened it last.",
        ),
    }
}

fn word(status: StatusCode, text: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (status, headers, format!("{text}\n")).into_response()
}
