//! How far a job is, by server-sent events: lines of a name and a value each.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::response::sse::{Event, KeepAlive};
use axum::response::{IntoResponse, Response, Sse};
use futures_util::{Stream, StreamExt, stream};
use inroad_service::Job;
use tokio::sync::watch;

use super::page;
use crate::server::{App, failed, not_found};

/// Nobody sees more changes than these.
const EVERY: Duration = Duration::from_millis(250);
/// So often a quiet connection says that it is still there.
const ALIVE_EVERY: Duration = Duration::from_secs(20);

pub(super) async fn tell(State(app): State<App>, Path(number): Path<String>) -> Response {
    let Ok(number) = number.parse() else { return not_found("There is no such import.") };
    match app.jobs.watch(number) {
        Ok(watch) => {
            let events = events(watch).take_until(app.ending.begun());
            Sse::new(events).keep_alive(KeepAlive::new().interval(ALIVE_EVERY)).into_response()
        }
        Err(error) => failed(&error),
    }
}

/// How it stands now, then every change, until it is over.
fn events(watch: watch::Receiver<Job>) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold((watch, true, false), async |(mut watch, is_first, was_over)| {
        if was_over {
            return None;
        }
        if !is_first {
            tokio::time::sleep(EVERY).await;
            watch.changed().await.ok()?;
        }
        let job = watch.borrow_and_update().clone();
        let is_over = job.state.is_over();
        Some((Ok(event(&job)), (watch, false, is_over)))
    })
}

fn event(job: &Job) -> Event {
    let line = |name: &str, value: &str| format!("{name}={}", value.replace(char::is_control, " "));
    let says = page::says(job);
    let lines = [
        line("over", if job.state.is_over() { "1" } else { "0" }),
        line("share", &says.percent.map(|percent| percent.to_string()).unwrap_or_default()),
        line("done", &says.done),
        line("file", &says.file),
    ];
    Event::default().event("job").data(lines.join("\n"))
}
