//! One deal: what is concluded, every word that shows it, what can be done, and what happened.

mod day;
mod numbers;
mod overrule_form;
mod overruling;
pub(crate) mod page;
mod plays;
mod proposed;
mod records;
mod sheet;
mod timeline;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use inroad_advice::DealReview;
use inroad_model::{AccountKey, DealId, Moment};
use inroad_service::{Error, Morning, StoredDeal};
use maud::{Markup, html};

pub(crate) use self::day::Day;
use self::page::Between;
use crate::frame::Place;
use crate::lessons::{self, LessonForm};
use crate::parts::{self, Links};
use crate::server::{App, failed, not_found};
use crate::visit::Visit;
use crate::{acts, assets, sellers, shared};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/deals/{id}", get(deal))
        .route("/deals/{id}/overrule", get(overruling::ask).post(overruling::decide))
        .route("/deals/{id}/overrule/undo", post(overruling::undo))
        .route("/deals/{id}/step", post(plays::tick))
        .route("/deals/{id}/timeline", get(timeline::whole))
        .route("/proposed/{number}/confirm", post(proposed::confirm))
        .route("/proposed/{number}/dismiss", post(proposed::dismiss))
        .route("/deals/{id}/sheet", get(sheet::printable))
        .route("/deals/{id}/form", get(form))
        .route("/slider.js", get(async || assets::script(include_str!("../assets/slider.js"))))
}

/// What a page of one deal is made from.
#[derive(Debug)]
pub(crate) struct Seen {
    pub deal: DealReview,
    stored: StoredDeal,
    morning: Arc<Morning>,
    as_of: Moment,
}

/// The deal as it stands on the day that is looked at. Today's is at hand; a past day is reviewed
/// anew, as it was known then.
pub(crate) async fn see(app: &App, id: &str, day: &Day) -> Result<Seen, Response> {
    let id = DealId::new(id).map_err(|_invalid| not_found("There is no such deal."))?;
    let morning = app.desk.morning().await.map_err(|error| failed(&error))?;
    let kept = morning.deals.iter().find(|stored| stored.deal.id == id).cloned();
    let Some(stored) = kept else {
        let what = format!("No deal is called '{id}'");
        return Err(failed(&Error::NotFound { what }));
    };
    let at_hand = morning.review.deals.iter().find(|deal| deal.id == id);
    if let (None, Some(deal)) = (day.past(), at_hand) {
        let (deal, as_of) = (deal.clone(), morning.review.as_of);
        return Ok(Seen { deal, stored, morning, as_of });
    }
    let as_of = day.past().unwrap_or_else(|| app.as_of());
    match app.desk.look_at(&id, as_of).await.map_err(|error| failed(&error))? {
        Some(deal) => Ok(Seen { deal, stored, morning, as_of }),
        None => Err(not_found("This deal was not open on that day.")),
    }
}

async fn deal(State(app): State<App>, Path(id): Path<String>, day: Day, visit: Visit) -> Response {
    let seen = match see(&app, &id, &day).await {
        Ok(seen) => seen,
        Err(answer) => return answer,
    };
    let between = match between(&app, &seen, &day, &visit).await {
        Ok(between) => between,
        Err(error) => return failed(&error),
    };
    let lesson = match day.past() {
        None => lessons::offer(&app, &seen.deal).await,
        Some(_) => None,
    };
    let lesson = lesson.as_ref().map(|offer| LessonForm::new(offer, &visit.form_key));
    let body = html! {
        (page::body(&seen.deal, seen.as_of, Links::Pages, &between))
        @if let Some(lesson) = lesson { (lessons::form(&lesson)) }
    };
    visit.page(&seen.deal.name, Place::Deals, &body).into_response()
}

/// The form of a deal is that of its firm.
async fn form(State(app): State<App>, Path(id): Path<String>, day: Day, visit: Visit) -> Response {
    let seen = match see(&app, &id, &day).await {
        Ok(seen) => seen,
        Err(answer) => return answer,
    };
    let register = match app.desk.register().await {
        Ok(register) => register,
        Err(error) => return failed(&error),
    };
    let firms: Vec<_> = register.accounts_of(&seen.stored.deal).into_iter().collect();
    let form = |key: &AccountKey| format!("{}/form", parts::account_link(key.as_str()));
    match firms.as_slice() {
        [] => not_found(
            "Of this deal no firm is known. Give it an organisation or a mail domain first.",
        ),
        [one] => Redirect::to(&form(one)).into_response(),
        several => {
            let body = html! {
                h1 { "Which firm?" }
                p { "The people of this deal are of several. Give the deal a mail domain, and its form is that firm's." }
                ul { @for key in several { li { a href=(form(key)) { (key) } } } }
            };
            visit.page("Which firm?", Place::Deals, &body).into_response()
        }
    }
}

async fn between(app: &App, seen: &Seen, day: &Day, visit: &Visit) -> Result<Between, Error> {
    let Seen { deal, stored, morning, as_of } = seen;
    let link = parts::deal_link(&deal.id);
    let is_now = day.past().is_none();
    // Steps that were ticked later were not ticked then.
    let entries = app.inroad.entries(*as_of).await?;
    let playbook = app.inroad.playbook()?;
    let timeline = timeline::short(app, &stored.deal, *as_of, day).await?;
    let log = records::log(app, &deal.id, *as_of).await?;
    let (help, shared, proposed) = if is_now {
        let help = sellers::beside_deal::section(app, deal, visit).await?;
        let waiting = app.inroad.waiting_assessments(Some(&deal.id), *as_of).await?;
        let proposed = proposed::section(&waiting, deal, visit);
        (help, shared::beside_deal(app, &deal.id, visit).await?, proposed)
    } else {
        <(Markup, Markup, Markup)>::default()
    };
    Ok(Between {
        day: html! {
            (places(&link, day))
            (day::slider(&link, day, stored, app.as_of()))
        },
        decision: if is_now {
            html! { (overrule_form::form(deal, &visit.form_key)) (acts::on_its_page(deal)) }
        } else {
            Markup::default()
        },
        plays: html! {
            (proposed)
            (plays::plays(deal, stored, &playbook, &entries, is_now.then_some(&visit.form_key)))
        },
        records: html! {
            (numbers::numbers(stored, deal, is_now))
            (records::plans(&deal.id, morning, is_now))
            (help)
            (timeline)
            (log)
            (shared)
        },
    })
}

/// The places of the page.
fn places(link: &str, day: &Day) -> Markup {
    let day = day.query();
    html! {
        nav.inside aria-label="On this page" {
            a href="#why" { "Why" }
            a href="#plays" { "Plays" }
            a href="#people" { "People" }
            a href={ (link) "/politics" (day) } { "Who moves it" }
            a href="#numbers" { "Numbers" }
            a href="#timeline" { "What happened" }
            a href="#log" { "Decisions" }
            a href={ (link) "/sheet" (day) } { "Sheet for a meeting" }
            a href={ (link) "/form" } { "Analysis form" }
        }
    }
}
