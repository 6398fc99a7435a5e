//! The morning review: what asks for something today comes first.

pub(crate) mod page;

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::frame::{self, Place};
use crate::parts::Links;
use crate::server::{App, failed};
use crate::visit::Visit;

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/", get(today))
}

async fn today(State(app): State<App>, visit: Visit) -> Response {
    match app.desk.morning().await {
        Ok(morning) => {
            let review = &morning.review;
            let body = page::list(review, Links::Pages);
            visit.page(&frame::title(review.as_of), Place::Today, &body).into_response()
        }
        Err(error) => failed(&error),
    }
}
