//! The routes for other programs, behind the same door as the pages and over the same desk and jobs.

use axum::Router;
use axum::response::Response;
use inroad_api::Api;
use inroad_service::{Inroad, Stop, WebhookReach};
use tokio::task::JoinHandle;

use crate::server::App;

/// Where they lie.
pub(crate) const PLACE: &str = "/api/v1";

pub(crate) fn routes(app: &App) -> Router {
    let (inroad, desk) = (app.inroad.clone(), app.desk.clone());
    inroad_api::router(Api::new(inroad, desk, app.coaches.clone(), app.jobs.clone()))
}

/// Other programs are told of what was done for as long as this is held.
#[derive(Debug)]
pub(crate) struct Telling {
    stop: Stop,
    task: Option<JoinHandle<()>>,
}

impl Telling {
    pub(crate) fn begin(inroad: &Inroad) -> Self {
        let stop = Stop::default();
        let (inroad, wished) = (inroad.clone(), stop.clone());
        let task =
            tokio::spawn(async move { inroad.tell_webhooks(WebhookReach::Public, &wished).await });
        Self { stop, task: Some(task) }
    }

    /// Waits until what is under way is told; nothing more is begun.
    pub(crate) async fn end(mut self) {
        self.stop.now();
        if let Some(task) = self.task.take()
            && task.await.is_err()
        {
            tracing::warn!(target: "inroad::webhooks", "telling other programs did not end by itself");
        }
    }
}

impl Drop for Telling {
    fn drop(&mut self) {
        self.stop.now();
    }
}

/// A refusal at the door, as whoever asked for that path can read it: a program is shown no page. What names a way
/// in, or leads elsewhere, stays.
pub(crate) fn refused(path: &str, refusal: Response) -> Response {
    let is_of_program =
        path.strip_prefix("/api").is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let status = refusal.status();
    // Who showed a token was told as programs are.
    let is_told = refusal
        .headers()
        .get(axum::http::header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes() == b"application/problem+json");
    if is_told || !is_of_program || !(status.is_client_error() || status.is_server_error()) {
        return refusal;
    }
    let mut told = inroad_api::refused(
        status,
        "Nobody is let in with what this request shows; open the link that inroad printed, or show a token",
    );
    let way_in = refusal.headers().get(axum::http::header::WWW_AUTHENTICATE);
    if let Some(way_in) = way_in {
        told.headers_mut().insert(axum::http::header::WWW_AUTHENTICATE, way_in.clone());
    }
    told
}
