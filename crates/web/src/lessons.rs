//! What finished deals taught: the list, one told from a form, one taken back.
//!
//! Must not: change anything without the key that our own forms hold.

mod form;
mod page;

use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use inroad_advice::DealReview;
use inroad_model::{Cause, DealId, LessonWords, Outcome, Remark, State as DealState};
use inroad_service::{Error, LessonAnswers, LessonOffer};

pub(crate) use self::form::{LessonForm, form};
use crate::forms::{Fields, OurForm, all, one};
use crate::frame::Place;
use crate::server::{App, failed, not_found};
use crate::visit::Visit;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/lessons", get(list))
        .route("/deals/{id}/lesson", post(tell))
        .route("/lessons/{number}/undo", post(undo))
}

/// The review that a deal's page offers: only where the deal has ended.
pub(crate) async fn offer(app: &App, deal: &DealReview) -> Option<LessonOffer> {
    if deal.state != DealState::Closed {
        return None;
    }
    // A proposal that is closed by an opt-out has nothing to teach.
    app.desk.lesson_offer(deal.id.as_str()).await.ok()
}

async fn list(State(app): State<App>, visit: Visit) -> Response {
    match app.inroad.lessons(app.as_of()).await {
        Ok(report) => {
            let body = page::lessons(&report, &visit.form_key);
            visit.page("What finished deals taught", Place::Lessons, &body).into_response()
        }
        Err(error) => failed(&error),
    }
}

async fn tell(
    State(app): State<App>,
    Path(id): Path<String>,
    OurForm(fields): OurForm,
) -> Response {
    let Ok(id) = DealId::new(&id) else { return not_found("There is no such deal.") };
    let done = match answers(&fields) {
        Ok(answers) => app.inroad.learn(id.as_str(), answers, app.as_of()).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(_number) => Redirect::to("/lessons").into_response(),
        Err(error) => failed(&error),
    }
}

async fn undo(State(app): State<App>, Path(number): Path<String>, OurForm(_): OurForm) -> Response {
    let Ok(number) = number.parse() else { return not_found("There is no such lesson.") };
    match app.inroad.withdraw_lesson(number, app.as_of()).await {
        Ok(_lesson) => Redirect::to("/lessons").into_response(),
        Err(error) => failed(&error),
    }
}

/// Reads the answers of a form.
fn answers(fields: &Fields) -> Result<LessonAnswers, Error> {
    let invalid = |what: String| Error::Invalid { what };
    let remark =
        |wanted| Remark::if_any(one(fields, wanted)).map_err(|why| invalid(why.to_string()));
    let cause = |name: &str| {
        Cause::from_name(name).ok_or_else(|| invalid(format!("There is no cause '{name}'")))
    };
    Ok(LessonAnswers {
        outcome: Outcome::from_name(one(fields, "outcome")),
        causes: all(fields, "cause").map(cause).collect::<Result<_, _>>()?,
        play: Some(one(fields, "play").to_owned()).filter(|play| !play.is_empty()),
        words: LessonWords {
            people: remark("people")?,
            process: remark("process")?,
            changed: remark("changed")?,
        },
        ended_at: None,
    })
}
