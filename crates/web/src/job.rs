//! Long work, as it stands: a page that shows how far it is and what came of it.
//!
//! Every window sees the same. With the script it moves by itself; without, it comes again and again.

mod news;
mod page;
mod report;

use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use inroad_service::{Job, JobState, Work};
use maud::{Markup, html};

use crate::frame::Place;
use crate::server::{App, failed, not_found};
use crate::visit::Visit;

pub(crate) use self::report::{NextStep, count, grouped, issue, next_step};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/import/{number}", get(show))
        .route("/import/{number}/news", get(news::tell))
}

/// The address of a job's page.
pub(crate) fn address(number: u64) -> String {
    format!("/import/{number}")
}

async fn show(State(app): State<App>, Path(number): Path<String>, visit: Visit) -> Response {
    let Ok(number) = number.parse() else { return not_found("There is no such import.") };
    let job = match app.jobs.watch(number) {
        Ok(watch) => watch.borrow().clone(),
        Err(error) => return failed(&error),
    };
    let next = match next_step(&app).await {
        Ok(next) => next,
        Err(error) => return failed(&error),
    };
    let is_import = matches!(job.work, Work::Import { .. });
    let place = if is_import { Place::Import } else { Place::Settings };
    visit.page(&title(&job), place, &page::job(&job, next, &visit.form_key)).into_response()
}

/// What it is, or was.
fn title(job: &Job) -> String {
    let over = job.state.is_over();
    match (job.work, &job.state) {
        (_, JobState::Failed(_)) => "It could not be done".to_owned(),
        (Work::Import { dry_run: true }, _) if over => format!("Looked into {}", job.of),
        (Work::Import { dry_run: true }, _) => format!("Looking into {}", job.of),
        (Work::Import { dry_run: false }, _) if over => format!("Imported {}", job.of),
        (Work::Import { dry_run: false }, _) => format!("Importing {}", job.of),
        (Work::Reread, _) if over => "Read anew".to_owned(),
        (Work::Reread, _) => "Reading anew".to_owned(),
        (Work::Check, _) if over => "Looked whether all is whole".to_owned(),
        (Work::Check, _) => "Looking whether all is whole".to_owned(),
    }
}

/// A job in a line, with the way to it.
pub(crate) fn line(job: &Job) -> Markup {
    let stands = match &job.state {
        JobState::Waiting => "waits for its turn",
        JobState::Running(_) => "under way",
        JobState::Over(came) if report::was_stopped(came) => "interrupted",
        JobState::Over(_) => "done",
        JobState::Failed(_) => "not done",
    };
    html! { a href=(address(job.number)) { (title(job)) } " " span.quiet { (stands) } }
}
