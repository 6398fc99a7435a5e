//! What was done, with its undo; and what was wrong with imported files.

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use inroad_model::Issue;
use inroad_service::{Deed, DeedsAsked};
use maud::{Markup, html};

use crate::forms::{Fields, hidden, one};
use crate::frame::Place;
use crate::job;
use crate::parts;
use crate::server::{App, failed};
use crate::visit::Visit;

/// Rows of a page.
const ROWS: u32 = 100;

pub(super) async fn show(
    State(app): State<App>,
    Query(query): Query<Fields>,
    visit: Visit,
) -> Response {
    let before = one(&query, "before").parse().ok();
    let asked = DeedsAsked { before, ..DeedsAsked::default() };
    match app.inroad.deeds(&asked, ROWS).await {
        Ok(deeds) => {
            let body = html! {
                h1 { "What was done" }
                @if deeds.is_empty() {
                    p.lead { "Nothing yet. Whatever you change stands here, and nearly all of it can be undone." }
                } @else {
                    p.lead { "The latest first. What was changed again since is left as it is." }
                    (table(&deeds, &visit))
                    @if let Some(last) = deeds.last().filter(|_| deeds.len() == ROWS as usize) {
                        p { a href={ "?before=" (last.number) } { "What was done before" } }
                    }
                }
                p { a href="/settings" { "To the settings" } }
            };
            visit.page("What was done", Place::Settings, &body).into_response()
        }
        Err(error) => failed(&error),
    }
}

/// Deeds with their undo.
pub(super) fn table(deeds: &[Deed], visit: &Visit) -> Markup {
    html! {
        div.scroll { table {
            thead { tr { th scope="col" { "When" } th scope="col" { "What" } th scope="col" { "Undo" } } }
            tbody { @for deed in deeds { (row(deed, visit)) } }
        } }
    }
}

fn row(deed: &Deed, visit: &Visit) -> Markup {
    html! {
        tr {
            td { (parts::day(Some(deed.at))) }
            td {
                @if let Some(deal) = &deed.deal { a href=(parts::deal_link(deal)) { (deed.says) } }
                @else { (deed.says) }
            }
            td {
                @if deed.is_undoable {
                    form method="post" action={ "/deeds/" (deed.number) "/undo" } {
                        (hidden(&visit.form_key, &visit.address))
                        button type="submit" aria-label={ "Undo: " (deed.says) } { "Undo" }
                    }
                } @else if deed.undone_at.is_some() {
                    span.quiet { "undone " (parts::day(deed.undone_at)) }
                } @else {
                    span.quiet { "cannot be undone" }
                }
            }
        }
    }
}

pub(super) async fn problems(
    State(app): State<App>,
    Query(query): Query<Fields>,
    visit: Visit,
) -> Response {
    match app.inroad.latest_issues(one(&query, "before").parse().ok(), ROWS).await {
        Ok(issues) => {
            visit.page("Problems with files", Place::Settings, &list(&issues)).into_response()
        }
        Err(error) => failed(&error),
    }
}

fn list(issues: &[(i64, Issue)]) -> Markup {
    html! {
        h1 { "What was wrong with imported files" }
        @if issues.is_empty() {
            p.lead { "Nothing. Whatever cannot be read stands here with its file and its place." }
        } @else {
            p.lead { "The latest first. Everything else came in." }
            ul.problems { @for (_, found) in issues { (job::issue(found)) } }
            @if let Some((last, _)) = issues.last().filter(|_| issues.len() == ROWS as usize) {
                p { a href={ "?before=" (last) } { "Earlier ones" } }
            }
        }
        p { a href="/import" { "To the import" } }
    }
}
