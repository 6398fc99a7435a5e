//! A seller's morning: what changed, what asks for something today, what rests and why.

mod changes;
mod page;

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use inroad_service::Error;

use crate::frame::Place;
use crate::server::{App, failed};
use crate::visit::Visit;

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/", get(today))
}

async fn today(State(app): State<App>, visit: Visit) -> Response {
    let seen = async { Ok::<_, Error>((app.desk.morning().await?, app.desk.touches().await?)) };
    match seen.await {
        Ok((morning, touches)) => {
            let body = page::today(&morning, &touches);
            visit.page("Today", Place::Today, &body).into_response()
        }
        Err(error) => failed(&error),
    }
}
