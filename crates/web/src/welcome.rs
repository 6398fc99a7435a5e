//! The first minutes: bring a mailbox or try the sample, say who one is, take the deals, read the review.
//!
//! Each step has its address; what is known tells which comes next, so one may leave and come back.

mod page;

use axum::Router;
use axum::extract::{Query, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use inroad_service::{Desk, Error};
use jiff::Span;
use jiff::civil::Date;
use maud::Markup;

use crate::forms::{Fields, OurForm};
use crate::frame::Place;
use crate::job::next_step;
use crate::proposals;
use crate::server::{App, failed};
use crate::visit::Visit;
use crate::{import, sample, settings};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/welcome", get(start))
        .route("/welcome/you", get(you).post(say_you))
        .route("/welcome/deals", get(deals))
        .route("/welcome/sample", post(show_sample).get(to_sample))
}

/// Leads from the review to the first step while nothing is there to review.
pub(crate) async fn first_of_all(State(app): State<App>, request: Request, next: Next) -> Response {
    let is_review = request.method() == Method::GET && request.uri().path() == "/";
    if is_review && app.inroad.is_empty().await.unwrap_or(false) {
        return Redirect::to("/welcome").into_response();
    }
    next.run(request).await
}

async fn start(State(app): State<App>, visit: Visit) -> Response {
    let body = async {
        let empty = app.inroad.is_empty().await?;
        let next = next_step(&app).await?;
        let jobs = app.jobs.all();
        let offered = app.sample.is_offered();
        Ok::<Markup, Error>(page::start(
            &page::Start { files: import::files_for(&app), empty, next, jobs, offered },
            &visit.form_key,
        ))
    };
    match body.await {
        Ok(body) => visit.page("Welcome", Place::None, &body).into_response(),
        Err(error) => failed(&error),
    }
}

async fn you(State(app): State<App>, visit: Visit) -> Response {
    let found = async {
        let candidates = app.owner.candidates().await?;
        Ok::<_, Error>((app.inroad.myself().await?, candidates))
    };
    match found.await {
        Ok((myself, candidates)) => {
            let body = page::you(myself.as_ref(), &candidates, &visit.form_key);
            visit.page("Who are you?", Place::None, &body).into_response()
        }
        Err(error) => failed(&error),
    }
}

async fn say_you(State(app): State<App>, OurForm(fields): OurForm) -> Response {
    settings::declare(&app, &fields, "/welcome/deals").await
}

/// A deal with no letter for so long is not marked beforehand.
const RECENT_DAYS: i64 = 365;

async fn deals(State(app): State<App>, Query(query): Query<Fields>, visit: Visit) -> Response {
    let from = proposals::from(&query);
    match app.inroad.proposals(from, proposals::ROWS).await {
        Ok((proposals, count)) => {
            let marked = recent(&app.desk);
            let list = proposals::page::List { proposals: &proposals, from, count, marked };
            let body = page::deals(&list, &visit.form_key);
            visit.page("Which of these are deals?", Place::None, &body).into_response()
        }
        Err(error) => failed(&error),
    }
}

fn recent(desk: &Desk) -> Option<Date> {
    desk.now().date().checked_sub(Span::new().days(RECENT_DAYS)).ok()
}

async fn show_sample(State(app): State<App>, OurForm(_): OurForm) -> Response {
    match sample::show(&app).await {
        Ok(()) => Redirect::to("/welcome/sample").into_response(),
        Err(error) => failed(&error),
    }
}

/// The sample has an address of its own, to which a form may not lead; a page may.
async fn to_sample(State(app): State<App>, visit: Visit) -> Response {
    let Some(link) = app.sample.link().await else {
        return Redirect::to("/welcome").into_response();
    };
    let body = page::to_sample(&link);
    let page = visit.page("The sample", Place::None, &body);
    ([("refresh", format!("0; url={link}"))], page).into_response()
}
