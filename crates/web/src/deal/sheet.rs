//! A sheet for a meeting: one page to print, with what one has to know and room to write.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use inroad_model::EmailAddress;
use maud::{Markup, html};

use super::{Day, Seen, see};
use crate::frame::Place;
use crate::parts;
use crate::server::App;
use crate::visit::Visit;

/// So many facts fit.
const FACTS_MAX: usize = 8;
/// Lines to write on.
const LINES: usize = 8;

/// The sheet.
pub(super) async fn printable(
    State(app): State<App>,
    Path(id): Path<String>,
    day: Day,
    visit: Visit,
) -> Response {
    match see(&app, &id, &day).await {
        Ok(seen) => {
            let title = format!("For a meeting · {}", seen.deal.name);
            visit.page(&title, Place::Deals, &sheet(&seen)).into_response()
        }
        Err(answer) => answer,
    }
}

fn sheet(seen: &Seen) -> Markup {
    let Seen { deal, stored, as_of, .. } = seen;
    let name = |email: &EmailAddress| {
        let person = deal.people.iter().find(|person| person.email == *email);
        person.and_then(|person| person.name.clone()).unwrap_or_else(|| email.to_string())
    };
    html! {
        article.paper {
            p.no-print { a href=(parts::deal_link(&deal.id)) { "← " (deal.name) } " · print it with your browser" }
            h1 { (deal.name) }
            p.lead {
                @if let Some(organization) = &deal.organization { (organization) " · " }
                @if let Some(stage) = deal.stage { (stage.in_words()) " · " }
                @if let Some(sum) = parts::sum(deal) { (sum) " · " }
                (parts::date(as_of.date()))
            }
            p { (parts::state(deal.state)) " " @for reason in deal.reasons.iter().take(2) { (reason.says) ". " } }
            h2 { "People" }
            ul { @for person in &deal.people { li {
                strong { (person.name.as_deref().unwrap_or(person.email.as_str())) }
                @if let Some(title) = &person.title { ", " (title) }
                @if Some(&person.email) == deal.decision_maker.as_ref() { ", probably decides" }
            } } }
            @if deal.decision_maker.is_none() { p { "Not known yet: who decides." } }
            @if let Some((low, high)) = stored.deal.usual_fee_range {
                p { "Usual fees: " (parts::grouped(low)) " to " (parts::grouped(high))
                    @if let Some(fee) = stored.deal.fee_quoted { ", quoted " (parts::grouped(fee)) } "." }
            }
            h2 { "To ask" }
            ul {
                @if let Some(question) = &deal.question {
                    li { @if let Some(ask) = &question.ask { (name(ask)) ": " } q { (question.text) } }
                }
                @for missing in &deal.missing { li { (missing) } }
                @if deal.question.is_none() && deal.missing.is_empty() { li { "What would make this a good hour for them?" } }
            }
            @if !deal.facts.is_empty() {
                h2 { "What was stated" }
                ul { @for fact in deal.facts.iter().rev().filter(|fact| !fact.quote.is_empty()).take(FACTS_MAX) { li { q { (fact.quote) } } } }
            }
            h2 { "Notes" }
            div.lines aria-hidden="true" { @for _ in 0..LINES { hr; } }
        }
    }
}
