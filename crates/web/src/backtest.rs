//! The replay of the past.

pub(crate) mod page;

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::frame::Place;
use crate::server::{App, failed};
use crate::visit::Visit;

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/backtest", get(backtest))
}

async fn backtest(State(app): State<App>, visit: Visit) -> Response {
    match app.inroad.backtest(app.as_of()).await {
        Ok(report) => visit
            .page("What the past says", Place::Backtest, &page::backtest(&report))
            .into_response(),
        Err(error) => failed(&error),
    }
}
