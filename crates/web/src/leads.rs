//! Leads between marketing and sales: the list, one lead, handing over, the shared definition, outside
//! providers, and where both sides disagree. These pages are open to whoever works here; `service` says who
//! sees what.
//!
//! Must not: decide who may, or change anything without the key that our own forms hold.

mod act;
mod define;
mod definition;
mod differ;
mod feedback;
mod import;
mod list;
mod new;
mod one;
mod providers;
mod waiting;

use axum::Router;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use inroad_leads::Due;
use inroad_leads::{To, Who};
use inroad_model::{Moment, Remark, TeamName};
use inroad_service::Error;
use maud::{Markup, html};

use crate::forms::{Fields, one as field};
use crate::frame::Place;
use crate::server::App;
use crate::visit::Visit;

pub(crate) use waiting::on_today;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/leads", get(list::look))
        .route("/leads/new", get(new::ask).post(new::take))
        .route("/leads/import", get(import::ask).post(import::take))
        .route("/leads/definition", get(definition::look).post(define::propose))
        .route("/leads/definition/change", post(define::change))
        .route("/leads/definition/{number}/sign", post(define::sign))
        .route("/leads/providers", get(providers::all))
        .route("/leads/providers/{firm}", get(providers::one).post(providers::say))
        .route("/leads/disagreements", get(differ::look))
        .route("/leads/{number}", get(one::look))
        .route("/leads/{number}/act", post(act::act))
        .route("/leads/{number}/deal", post(act::attach))
}

/// A page about leads, in its frame.
fn page_of(title: &str, body: &Markup, visit: &Visit) -> Response {
    visit.page(title, Place::Leads, &html! { div.leads { (body) } }).into_response()
}

fn invalid(what: impl std::fmt::Display) -> Error {
    Error::Invalid { what: what.to_string() }
}

/// A remark of a form, which may be blank.
fn remark(fields: &Fields, name: &str) -> Result<Option<Remark>, Error> {
    Remark::if_any(field(fields, name)).map_err(invalid)
}

/// A remark of a form, which must be there.
fn needed(fields: &Fields, name: &str) -> Result<Remark, Error> {
    Remark::new(field(fields, name)).map_err(invalid)
}

/// Whom a form names as the one who takes a lead; `None` for nobody in particular.
fn taker(text: &str) -> Result<Option<To>, Error> {
    if text.is_empty() {
        return Ok(None);
    }
    if let Some(team) = text.strip_prefix("team ") {
        return Ok(Some(To::Team(TeamName::new(team).map_err(invalid)?)));
    }
    if text == "own" {
        return Ok(Some(To::Person(Who::Own)));
    }
    let email = text.parse().map_err(|_odd| invalid(format!("'{text}' takes no leads on here")))?;
    Ok(Some(To::Person(Who::Member(email))))
}

/// The same as a value of a form.
fn taker_value(to: &To) -> String {
    match to {
        To::Team(team) => format!("team {team}"),
        To::Person(Who::Own) => "own".to_owned(),
        To::Person(Who::Member(email)) => email.to_string(),
    }
}

/// A choice among those who take leads on.
fn choose_taker(takers: &[(To, String)], label: &str, none: &str, chosen: &str) -> Markup {
    html! {
        label {
            (label)
            select name="to" {
                option value="" { (none) }
                @for (to, name) in takers {
                    @let value = taker_value(to);
                    option value=(value) selected[value == chosen] { (name) }
                }
            }
        }
    }
}

/// Until when something is due.
fn due(due: &Due, is_overdue: bool) -> Markup {
    html! {
        @if is_overdue { strong.overdue { "Overdue" } " since " } @else { "until " }
        (moment(due.until))
        ", " (due.waits.in_words())
    }
}

/// A moment to the minute.
fn moment(at: Moment) -> Markup {
    let shown = at.offset().to_datetime(at.timestamp()).strftime("%-d %b %Y, %H:%M").to_string();
    html! { time datetime=(at.to_string()) { (shown) } }
}

/// The ways between the pages about leads.
fn ways(actor: &inroad_service::Actor) -> Markup {
    use inroad_service::Right;
    html! {
        p.ways {
            @if actor.may(Right::HandOver) { a href="/leads/new" { "Hand a lead over" } " · " a href="/leads/import" { "Import a table" } " · " }
            a href="/leads/definition" { "What a qualified lead is" }
            @if actor.may(Right::Providers) { " · " a href="/leads/providers" { "Outside providers" } }
            @else if actor.may(Right::OwnProvider) {
                @if let Some(firm) = actor.team() { " · " a href={ "/leads/providers/" (crate::parts::escape(firm.as_str())) } { "How we work" } }
            }
            @if actor.may(Right::Disagreements) { " · " a href="/leads/disagreements" { "Where do we disagree?" } }
        }
    }
}
