//! The log of who came in and who changed what somebody may, and whether it is what it was.

use axum::Router;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use inroad_service::{AuditCheck, AuditLine, Error, Right};
use maud::{Markup, html};
use serde::Deserialize;

use crate::frame::Place;
use crate::server::{App, failed};
use crate::visit::Visit;

/// So many lines a page.
const LINES: u32 = 100;

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/audit", get(show))
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    before: Option<i64>,
    /// A hash that somebody noted; an empty one asks for the look at all lines alone.
    noted: Option<String>,
}

async fn show(State(app): State<App>, Query(asked): Query<Asked>, visit: Visit) -> Response {
    let found = async {
        visit.actor.must(Right::Members)?;
        let lines = app.inroad.audit_log(&visit.actor, asked.before, LINES).await?;
        // It goes through all of them, so that it is done when somebody asks for it.
        let noted = asked.noted.as_deref().map(str::trim);
        let check = match noted {
            Some(noted) => {
                let noted = Some(noted).filter(|noted| !noted.is_empty());
                Some(app.inroad.check_audit_log(&visit.actor, noted).await?)
            }
            None => None,
        };
        Ok::<_, Error>((lines, check, noted.is_some_and(|noted| !noted.is_empty())))
    };
    match found.await {
        Ok((lines, check, was_noted)) => {
            let body = page(&lines, check.as_ref(), was_noted);
            visit.page("Who came in", Place::None, &body).into_response()
        }
        Err(error) => failed(&error),
    }
}

fn page(lines: &[AuditLine], check: Option<&AuditCheck>, was_noted: bool) -> Markup {
    html! {
        h1 { "Who came in" }
        p.lead { "And who changed what somebody may. The list only grows; nobody takes a line out or changes one unseen." }
        section.setting {
            h2 { "Is it what it was?" }
            @if let Some(check) = check {
                @match check.broken_at {
                    Some(number) => p.wrong role="alert" { "No: line " (number) " was changed, or one before it is missing." },
                    None => p { "Each of its " (check.lines) " lines fits the one before it." },
                }
                @if was_noted {
                    @match check.noted {
                        Some(number) => p { "What you noted is the hash of line " (number) ": it and all before it are what they were." },
                        None => p.wrong role="alert" { "No line has the hash that you noted. Either it was mistyped, or lines were changed since." },
                    }
                }
                p { "The hash of all of it now: " code.address { (check.hash) } }
                p.quiet { "Whoever can write into the data itself could write all of it anew. Note this hash elsewhere, and compare it later." }
            }
            form method="get" action="/audit" {
                label for="noted" { "A hash that you noted, if you did" }
                input type="text" name="noted" id="noted" maxlength="64" autocomplete="off" spellcheck="false";
                div.row { button type="submit" { "Look at all lines" } }
            }
        }
        @if lines.is_empty() { p { "Nothing yet." } } @else {
            div.scroll role="region" aria-label="Lines of the log" tabindex="0" { table {
                thead { tr { th scope="col" { "Line" } th scope="col" { "When" } th scope="col" { "Who" } th scope="col" { "What" } th scope="col" { "From" } } }
                tbody { @for line in lines {
                    tr {
                        th scope="row" { (line.number) }
                        td { (line.at.offset().to_datetime(line.at.timestamp()).strftime("%-d %b %Y, %H:%M:%S UTC").to_string()) }
                        td { (line.by) }
                        td { (line.what) }
                        td { (line.from) }
                    }
                } }
            } }
            @if let Some(last) = lines.last().filter(|line| line.number > 1) {
                p { a.act href={ "/audit?before=" (last.number) } { "Earlier lines" } }
            }
        }
    }
}
