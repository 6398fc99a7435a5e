//! A seller's morning: what changed, what asks for something today, what rests and why.

mod changes;
mod page;

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::frame::Place;
use crate::leads;
use crate::server::{App, failed};
use crate::visit::Visit;

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/", get(today))
}

async fn today(State(app): State<App>, visit: Visit) -> Response {
    match app.desk.morning().await {
        Ok(morning) => match leads::on_today(&app).await {
            Ok(waiting) => {
                let body = page::today(&morning, &waiting);
                visit.page("Today", Place::Today, &body).into_response()
            }
            Err(error) => failed(&error),
        },
        Err(error) => failed(&error),
    }
}
