//! What an assistant proposes about the deal, marked as such, until a person confirms or dismisses it.

use axum::extract::{Path, State};
use axum::response::Response;
use inroad_advice::DealReview;
use inroad_model::EmailAddress;
use inroad_service::{Done, Error, WaitingAssessment};
use maud::{Markup, html};

use crate::deeds;
use crate::forms::{Fields, OurForm, hidden, one};
use crate::parts;
use crate::server::{App, failed, not_found};
use crate::visit::Visit;

/// What waits, with a form for each answer; nothing where nothing does.
pub(super) fn section(waiting: &[WaitingAssessment], deal: &DealReview, visit: &Visit) -> Markup {
    let link = parts::deal_link(&deal.id);
    html! {
        @if !waiting.is_empty() {
            h2 id="proposed" { "Proposed by an assistant" }
            p.quiet { "A program read this in your letters. It counts for nothing until you confirm it." }
            ul.plans.proposed { @for one in waiting { (item(one, deal, &link, visit)) } }
        }
    }
}

fn item(one: &WaitingAssessment, deal: &DealReview, link: &str, visit: &Visit) -> Markup {
    let proposed = &one.proposed;
    let quote = proposed.quote.as_str();
    let says = proposed.says.in_words(|email| called(deal, email));
    let at = format!("/proposed/{}", one.number);
    let next = format!("{link}#proposed");
    html! {
        li {
            div {
                strong { (says) }
                blockquote { a href=(parts::message_link(&proposed.message, Some(quote))) { (quote) } }
                p.quiet {
                    "Proposed by " (proposed.by.as_str()) ", " (parts::day(Some(one.proposed_at)))
                    @if let Some(sure) = proposed.sure_percent { ", which calls itself " (sure) " % sure" }
                }
            }
            div.acts {
                @for (act, word) in [("confirm", "Confirm"), ("dismiss", "Dismiss")] {
                    form method="post" action={ (at) "/" (act) } {
                        (hidden(&visit.form_key, &next))
                        button type="submit" aria-label={ (word) ": " (says) } { (word) }
                    }
                }
            }
        }
    }
}

/// What somebody is called on the page of their deal.
fn called(deal: &DealReview, email: &EmailAddress) -> String {
    let person = deal.people.iter().find(|person| person.email == *email);
    person.and_then(|person| person.name.clone()).unwrap_or_else(|| email.to_string())
}

pub(super) async fn confirm(
    State(app): State<App>,
    Path(number): Path<String>,
    OurForm(fields): OurForm,
) -> Response {
    let Ok(number) = number.parse() else { return not_found("There is no such proposal.") };
    decided(&app, &fields, app.inroad.confirm_assessment(number, app.as_of()).await).await
}

pub(super) async fn dismiss(
    State(app): State<App>,
    Path(number): Path<String>,
    OurForm(fields): OurForm,
) -> Response {
    let Ok(number) = number.parse() else { return not_found("There is no such proposal.") };
    decided(&app, &fields, app.inroad.dismiss_assessment(number, app.as_of()).await).await
}

async fn decided(
    app: &App,
    fields: &Fields,
    done: Result<Done<WaitingAssessment>, Error>,
) -> Response {
    match done {
        Ok(done) => deeds::done(app, one(fields, "next"), Some(&done.what.deal), done.deed).await,
        Err(error) => failed(&error),
    }
}
