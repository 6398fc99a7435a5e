//! A sheet for the telephone: one page to print, with how to open, what to ask, what to listen for and
//! how to leave well.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use inroad_model::AccountKey;
use inroad_prospect::CallSheet;
use maud::{Markup, html};

use super::form::{Seen, see};
use super::nothing_there;
use crate::frame::Place;
use crate::parts::{self, account_link};
use crate::server::{App, failed};
use crate::visit::Visit;

/// Lines to write an answer on.
const LINES: usize = 2;

pub(super) async fn sheet(
    State(app): State<App>,
    Path(key): Path<String>,
    visit: Visit,
) -> Response {
    let Ok(key) = key.parse::<AccountKey>() else { return nothing_there() };
    match see(&app, &key).await {
        Ok(seen) => {
            let title = format!("Call to {}", seen.prospect.label);
            visit.page(&title, Place::Targets, &page(&seen)).into_response()
        }
        Err(error) => failed(&error),
    }
}

fn page(seen: &Seen) -> Markup {
    let prospect = &seen.prospect;
    let at = account_link(prospect.key.as_str());
    let head = html! {
        p.no-print { a href={ (at) "/form" } { "← The form" } " · print it with your browser" }
        h1 { "Call to " (prospect.label) }
    };
    let Some(sheet) = prospect.call_sheet(seen.me.as_deref()) else {
        return html! { article.paper { (head) p.lead { "They are left alone. There is no sheet for calling them." } } };
    };
    let CallSheet { opening, questions, leaving_well } = &sheet;
    html! {
        article.paper {
            (head)
            p.lead { (parts::date(seen.today)) " · ask, and listen; what you hear goes into the form" }
            h2 { "Open" }
            ul { @for line in opening { li { (line) } } }
            h2 { "Ask" }
            ol {
                @for question in questions {
                    li {
                        strong { (question.text) } @if let Some(whom) = &question.whom { " · " (whom) }
                        p.quiet { small { "Listen for: " (question.listen_for) } }
                        div.lines aria-hidden="true" { @for _ in 0..LINES { hr; } }
                    }
                }
            }
            h2 { "If it does not fit" }
            ul { @for line in leaving_well { li { (line) } } }
        }
    }
}
