//! A seller's morning: what changed, what asks for something today, what rests and why.

mod changes;
mod page;

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use inroad_service::Error;

use crate::frame::Place;
use crate::leads;
use crate::server::{App, failed};
use crate::visit::Visit;

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/", get(today))
}

async fn today(State(app): State<App>, visit: Visit) -> Response {
    let seen = async {
        let morning = app.desk.morning().await?;
        Ok::<_, Error>((morning, app.desk.touches().await?, leads::on_today(&app).await?))
    };
    match seen.await {
        Ok((morning, touches, leads)) => {
            let body = page::today(&morning, &touches, &leads);
            visit.page("Today", Place::Today, &body).into_response()
        }
        Err(error) => failed(&error),
    }
}
