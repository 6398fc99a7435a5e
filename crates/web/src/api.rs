//! The routes for other programs, behind the same door as the pages and over the same desk and jobs.

use axum::Router;
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
