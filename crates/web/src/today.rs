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
        let waiting = app.inroad.waiting_assessments(None, morning.review.as_of).await?;
        let waiting = waiting.into_iter().map(|one| one.deal).collect::<Vec<_>>();
        let touches = app.desk.touches().await?;
        Ok::<_, Error>((morning, touches, leads::on_today(&app).await?, waiting))
    };
    match seen.await {
        Ok((morning, touches, leads, waiting)) => {
            let body = page::today(&morning, &touches, &leads, &waiting);
            visit.page("Today", Place::Today, &body).into_response()
        }
        Err(error) => failed(&error),
    }
}
