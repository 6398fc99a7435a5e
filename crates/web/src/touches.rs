//! With whom one stays in touch until they respond: the list, one plan with its next step, and how one is
//! begun.
//!
//! Must not: approve anything by itself, or change anything without the key that our own forms hold.

mod begin;
mod list;
mod page;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use inroad_model::{
    AccountKey, Channel, DealId, EmailAddress, EntryNumber, Remark, Subject, Useful,
};
use inroad_service::{DeedNumber, Error, MadeTouch, NewTouchPlan, TouchApproval};
use jiff::civil::Date;

use crate::deeds;
use crate::forms::{Fields, OurForm, one};
use crate::frame::Place;
use crate::people::{Asked, page_asked};
use crate::server::{App, failed, not_found};
use crate::visit::Visit;

pub(crate) use begin::link as begin_link;
pub(crate) use list::by_words;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/touches", get(list))
        .route("/touches/begin", get(ask).post(begin))
        .route("/touches/{number}", get(plan))
        .route("/touches/{number}/{action}", post(act))
}

async fn list(State(app): State<App>, Query(asked): Query<Asked>, visit: Visit) -> Response {
    match app.desk.touches().await {
        Ok(touches) => {
            let state = asked.get("state").map_or("", String::as_str);
            let body = list::page(&touches, state, page_asked(&asked));
            visit.page("Touches", Place::Touches, &body).into_response()
        }
        Err(error) => failed(&error),
    }
}

/// The form with which one begins.
async fn ask(State(app): State<App>, Query(asked): Query<Asked>, visit: Visit) -> Response {
    match begin::choices(&app, &asked).await {
        Ok(choices) => {
            let body = begin::page(&choices, &visit);
            visit.page("Stay in touch", Place::Touches, &body).into_response()
        }
        Err(error) => failed(&error),
    }
}

async fn begin(State(app): State<App>, OurForm(fields): OurForm) -> Response {
    let begun = async {
        let new = new_plan(&app, &fields).await?;
        let touches = app.desk.touches().await?;
        app.inroad.begin_touches(&touches, new, app.as_of()).await
    };
    match begun.await {
        Ok(done) => deeds::back(&format!("/touches/{}", done.what), Some(done.deed)),
        Err(error) => failed(&error),
    }
}

async fn new_plan(app: &App, fields: &Fields) -> Result<NewTouchPlan, Error> {
    let typed = one(fields, "person");
    let person = match typed.parse::<EmailAddress>() {
        Ok(email) => email,
        Err(_is_a_name) => {
            let Subject::Person(email) = app.inroad.subject_called(typed).await? else {
                let what = format!("'{typed}' is no person; write an address");
                return Err(Error::Invalid { what });
            };
            email
        }
    };
    let invalid = |what: String| Error::Invalid { what };
    let deal = match one(fields, "deal") {
        "" => None,
        id => Some(DealId::new(id).map_err(|why| invalid(why.to_string()))?),
    };
    let firm = match one(fields, "firm") {
        "" => None,
        key => Some(key.parse::<AccountKey>().map_err(|why| invalid(why.to_string()))?),
    };
    Ok(NewTouchPlan { person, deal, firm, because: if_any(fields, "because")? })
}

async fn plan(State(app): State<App>, Path(number): Path<String>, visit: Visit) -> Response {
    let touches = match app.desk.touches().await {
        Ok(touches) => touches,
        Err(error) => return failed(&error),
    };
    let plan = number.parse::<EntryNumber>().ok().and_then(|number| touches.plan(number));
    let Some(plan) = plan else {
        // It was undone, or another one took its place.
        return Redirect::to("/touches").into_response();
    };
    let body = page::page(plan, app.as_of().date(), &visit);
    visit.page(&format!("In touch with {}", plan.label), Place::Touches, &body).into_response()
}

async fn act(
    State(app): State<App>,
    Path((number, action)): Path<(String, String)>,
    OurForm(fields): OurForm,
) -> Response {
    let Ok(number) = number.parse::<EntryNumber>() else {
        return not_found("There is no such touch plan.");
    };
    let deal = match app.desk.touches().await {
        Ok(touches) => touches.plan(number).and_then(|plan| plan.deal.clone()),
        Err(error) => return failed(&error),
    };
    let next = match one(&fields, "next") {
        "" => format!("/touches/{number}"),
        next => next.to_owned(),
    };
    match decided(&app, number, &action, &fields).await {
        Ok(Some(deed)) => match deal {
            Some(deal) => deeds::done(&app, &next, Some(&deal), deed).await,
            None => deeds::back(&next, Some(deed)),
        },
        Ok(None) => not_found("There is no such page."),
        Err(error) => failed(&error),
    }
}

async fn decided(
    app: &App,
    number: EntryNumber,
    action: &str,
    fields: &Fields,
) -> Result<Option<DeedNumber>, Error> {
    let at = app.as_of();
    let touches = app.desk.touches().await?;
    let useful = Useful::from_name(one(fields, "useful"));
    let by = Channel::from_name(one(fields, "by")).unwrap_or(Channel::Mail);
    let matter = || if_any(fields, "matter");
    let done = match action {
        "approve" => {
            let approval = TouchApproval {
                day: day(fields, "day")?,
                by,
                what: words(fields, "what")?,
                useful,
                matter: matter()?,
            };
            app.inroad.approve_touch(&touches, number, approval, at).await?
        }
        "made" => {
            let made = MadeTouch {
                day: day(fields, "day")?,
                by,
                useful,
                matter: matter()?,
                is_answered: one(fields, "answered") == "yes",
            };
            app.inroad.touch_made(&touches, number, made, at).await?
        }
        "skip" => app.inroad.skip_touch(&touches, number, words(fields, "because")?, at).await?,
        "put-off" => {
            let because = if_any(fields, "because")?;
            let until = day(fields, "until")?;
            app.inroad.put_touch_off(&touches, number, until, because, at).await?
        }
        "end" => app.inroad.end_touches(&touches, number, words(fields, "because")?, at).await?,
        _ => return Ok(None),
    };
    Ok(Some(done.deed))
}

fn day(fields: &Fields, name: &str) -> Result<Date, Error> {
    let invalid = |_| Error::Invalid { what: "Write the day as 2026-03-31".to_owned() };
    one(fields, name).parse().map_err(invalid)
}

fn words(fields: &Fields, name: &str) -> Result<Remark, Error> {
    Remark::new(one(fields, name)).map_err(|cause| Error::Invalid { what: cause.to_string() })
}

fn if_any(fields: &Fields, name: &str) -> Result<Option<Remark>, Error> {
    Remark::if_any(one(fields, name)).map_err(|cause| Error::Invalid { what: cause.to_string() })
}
