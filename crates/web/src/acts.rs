//! What can be done about a deal, each with a page of its own: plan, note, lay aside, mark as done. A
//! script shows the same forms where one is.

mod sheets;

pub(crate) use self::sheets::sheet;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use inroad_advice::DealReview;
use inroad_advice::people::PersonReview;
use inroad_model::{Channel, DealId, EmailAddress, Entry, EntryNumber, KeptEntry, Remark, Subject};
use inroad_service::Error;
use jiff::civil::Date;
use maud::{Markup, html};
use std::collections::BTreeMap;

use crate::access::Key;
use crate::forms::{Fields, OurForm, one};
use crate::frame::Place;
use crate::server::{App, failed, not_found};
use crate::visit::Visit;
use crate::{coach, deeds, parts, touches};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/deals/{id}/plan", get(ask_plan).post(plan))
        .route("/deals/{id}/note", get(ask_note).post(note))
        .route("/deals/{id}/aside", get(ask_aside).post(lay_aside))
        .route("/plans/{number}/done", get(ask_done).post(mark_done))
        .route("/entries/{number}/strike", get(ask_strike).post(strike))
}

/// What can be done about a deal from where it stands in a list, as links that a key follows.
pub(crate) fn row(deal: &DealReview, next: &str) -> Markup {
    let at = parts::deal_link(&deal.id);
    html! {
        p.acts {
            (links(deal, next))
            a.act href={ (at) "/overrule?next=" (parts::escape(next)) } data-dialog data-key="o" { "I know better" }
        }
    }
}

/// The same on the deal's own page, which has the form for a decision of the user's own.
pub(crate) fn on_its_page(deal: &DealReview) -> Markup {
    html! {
        p.acts {
            (links(deal, &parts::deal_link(&deal.id)))
            @if !deal.is_over() {
                a.act href=(touches::begin_link(None, Some(&deal.id), None)) data-dialog { "Stay in touch" }
            }
        }
    }
}

fn links(deal: &DealReview, next: &str) -> Markup {
    let at = parts::deal_link(&deal.id);
    let next = parts::escape(next);
    let write = deal.next_step.as_ref().and_then(|step| step.to.as_ref());
    html! {
            @if let Some(to) = write.filter(|_| !deal.is_over()) {
                a.act href=(coach::link(to, Some(deal.id.as_str()), None)) data-key="w" data-page-key="w" { "Write" }
            }
            a.act href={ (at) "/plan?next=" (next) } data-dialog data-key="p" data-page-key="p" { "Plan" }
            a.act href={ (at) "/note?next=" (next) } data-dialog data-key="n" data-page-key="n" { "Note" }
            a.act href={ (at) "/aside?next=" (next) } data-dialog data-key="s" data-page-key="s" { "Lay aside" }
    }
}

type Asked = Query<BTreeMap<String, String>>;

/// What a form is about.
#[derive(Debug)]
struct About {
    id: DealId,
    name: String,
    /// The people there: their addresses, and what they are called.
    people: Vec<(EmailAddress, String)>,
}

/// The deal of that id, or the answer that there is none.
async fn about(app: &App, id: &str) -> Result<About, Response> {
    let id = DealId::new(id).map_err(|_invalid| not_found("There is no such deal."))?;
    let morning = app.desk.morning().await.map_err(|error| failed(&error))?;
    let stored = morning.deals.iter().find(|stored| stored.deal.id == id);
    let name = stored.map(|stored| stored.deal.name.clone());
    let name = name.ok_or_else(|| not_found("There is no such deal."))?;
    let reviewed = morning.review.deals.iter().find(|deal| deal.id == id);
    let people = reviewed.map_or(&[][..], |deal| &deal.people).iter();
    let called =
        |person: &PersonReview| person.name.clone().unwrap_or_else(|| person.email.to_string());
    let people = people.map(|person| (person.email.clone(), called(person))).collect();
    Ok(About { id, name, people })
}

fn next(asked: &BTreeMap<String, String>, or: String) -> String {
    asked.get("next").map_or(or, |next| deeds::ours(next))
}

/// A form: what it is about, today, where it leads back to, its key.
type Sheet = fn(&About, Date, &str, &Key) -> Markup;

async fn ask_plan(app: State<App>, id: Path<String>, asked: Asked, visit: Visit) -> Response {
    ask(app, id, asked, visit, "Plan", sheets::plan).await
}

async fn ask_note(app: State<App>, id: Path<String>, asked: Asked, visit: Visit) -> Response {
    ask(app, id, asked, visit, "Note", sheets::note).await
}

async fn ask_aside(app: State<App>, id: Path<String>, asked: Asked, visit: Visit) -> Response {
    ask(app, id, asked, visit, "Lay aside", sheets::aside).await
}

async fn ask(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(asked): Asked,
    visit: Visit,
    title: &str,
    sheet: Sheet,
) -> Response {
    match about(&app, &id).await {
        Ok(about) => {
            let next = next(&asked, parts::deal_link(&about.id));
            let body = sheet(&about, app.as_of().date(), &next, &visit.form_key);
            visit.page(&format!("{title} · {}", about.name), Place::Deals, &body).into_response()
        }
        Err(answer) => answer,
    }
}

async fn plan(
    State(app): State<App>,
    Path(id): Path<String>,
    OurForm(fields): OurForm,
) -> Response {
    write_down(&app, &id, &fields, |fields| {
        Ok(Entry::Plan {
            day: day(fields, "day")?,
            by: Channel::from_name(one(fields, "by")).unwrap_or(Channel::Mail),
            with: one(fields, "with").parse().ok(),
            what: words(fields, "what")?,
        })
    })
    .await
}

async fn note(
    State(app): State<App>,
    Path(id): Path<String>,
    OurForm(fields): OurForm,
) -> Response {
    write_down(&app, &id, &fields, |fields| {
        let by = Channel::from_name(one(fields, "by"));
        Ok(Entry::Note { day: day(fields, "day")?, by, text: words(fields, "text")? })
    })
    .await
}

async fn lay_aside(
    State(app): State<App>,
    Path(id): Path<String>,
    OurForm(fields): OurForm,
) -> Response {
    write_down(&app, &id, &fields, |fields| {
        Ok(Entry::Snooze { until: day(fields, "until")?, because: words(fields, "because")? })
    })
    .await
}

async fn write_down(
    app: &App,
    id: &str,
    fields: &Fields,
    read: impl FnOnce(&Fields) -> Result<Entry, Error>,
) -> Response {
    let Ok(id) = DealId::new(id) else { return not_found("There is no such deal.") };
    let entry = match read(fields) {
        Ok(entry) => entry,
        Err(error) => return failed(&error),
    };
    match app.inroad.write_down(Subject::Deal(id.clone()), entry, app.as_of()).await {
        Ok(done) => deeds::done(app, one(fields, "next"), Some(&id), done.deed).await,
        Err(error) => failed(&error),
    }
}

async fn ask_done(
    State(app): State<App>,
    Path(number): Path<String>,
    Query(asked): Asked,
    visit: Visit,
) -> Response {
    match counting(&app, &number).await {
        Ok(kept) => {
            let next = next(&asked, "/".to_owned());
            let body = sheets::done(&kept, &next, &visit.form_key);
            visit.page("Done", Place::Today, &body).into_response()
        }
        Err(answer) => answer,
    }
}

async fn ask_strike(
    State(app): State<App>,
    Path(number): Path<String>,
    Query(asked): Asked,
    visit: Visit,
) -> Response {
    match counting(&app, &number).await {
        Ok(kept) => {
            let next = next(&asked, "/".to_owned());
            let body = sheets::strike(&kept, &next, &visit.form_key);
            visit.page("Take back", Place::Today, &body).into_response()
        }
        Err(answer) => answer,
    }
}

async fn mark_done(
    State(app): State<App>,
    Path(number): Path<String>,
    OurForm(fields): OurForm,
) -> Response {
    let kept = match counting(&app, &number).await {
        Ok(kept) => kept,
        Err(answer) => return answer,
    };
    let entry = Entry::Done { plan: kept.number };
    match app.inroad.write_down(kept.about.clone(), entry, app.as_of()).await {
        Ok(done) => deeds::done(&app, one(&fields, "next"), kept.deal(), done.deed).await,
        Err(error) => failed(&error),
    }
}

async fn strike(
    State(app): State<App>,
    Path(number): Path<String>,
    OurForm(fields): OurForm,
) -> Response {
    let Ok(number) = number.parse::<EntryNumber>() else {
        return not_found("There is no such entry.");
    };
    match app.inroad.strike(number, app.as_of()).await {
        Ok(done) => deeds::done(&app, one(&fields, "next"), done.what.deal(), done.deed).await,
        Err(error) => failed(&error),
    }
}

/// The entry of a number, if it counts.
async fn counting(app: &App, number: &str) -> Result<KeptEntry, Response> {
    let entries = app.inroad.entries(app.as_of()).await.map_err(|error| failed(&error))?;
    let number = number.parse::<EntryNumber>().ok();
    let kept = entries.into_iter().find(|kept| Some(kept.number) == number);
    kept.ok_or_else(|| not_found("That was taken back, or never written down."))
}

fn day(fields: &Fields, name: &str) -> Result<Date, Error> {
    let invalid = |_| Error::Invalid { what: "Write the day as 2026-03-31".to_owned() };
    one(fields, name).parse().map_err(invalid)
}

fn words(fields: &Fields, name: &str) -> Result<Remark, Error> {
    Remark::new(one(fields, name)).map_err(|cause| Error::Invalid { what: cause.to_string() })
}
