//! All deals: a board by stage, a list with columns, filters and views that are kept.

mod board;
mod edit;
mod edit_form;
mod list;
mod new;
mod query;
mod row;
mod views;

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use maud::{Markup, html};

use self::query::{Query, View};
use self::row::Row;
use crate::frame::Place;
use crate::server::{App, failed};
use crate::visit::Visit;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/deals", get(deals))
        .route("/deals/new", get(new::ask).post(new::add))
        .route("/deals/move", post(edit::move_to_stage))
        .route("/deals/views", post(views::keep))
        .route("/deals/views/forget", post(views::forget))
        .route("/deals/{id}/edit", get(edit::ask).post(edit::change))
}

async fn deals(State(app): State<App>, RawQuery(asked): RawQuery, visit: Visit) -> Response {
    let query = Query::read(asked.as_deref().unwrap_or_default());
    let (morning, kept) = match (app.desk.morning().await, app.inroad.deal_views().await) {
        (Ok(morning), Ok(kept)) => (morning, kept),
        (Err(error), _) | (_, Err(error)) => return failed(&error),
    };
    let mut rows = row::rows(&morning);
    let count = rows.len();
    rows.retain(|row| query.wants(row));
    query.sort(&mut rows);
    let body = html! {
        div.headline {
            h1 { "Deals" }
            a.act href="/deals/new" data-dialog data-page-key="c" { "New deal" }
        }
        (views::bar(&kept, &query, &visit.form_key))
        (query::form(&query))
        p.quiet role="status" { (shown(rows.len(), count)) }
        (body(&rows, &query, &visit))
    };
    visit.page("Deals", Place::Deals, &body).into_response()
}

fn body(rows: &[Row<'_>], query: &Query, visit: &Visit) -> Markup {
    html! {
        @if rows.is_empty() {
            section.empty {
                h2 { "No deal here" }
                p { "Choose fewer filters, bring in mail, or write a deal down yourself." }
                p { a.button href="/deals" { "All deals" } " " a.button href="/import" { "Bring in mail" } }
            }
        } @else if query.view == View::Board {
            (board::board(rows, query, visit))
        } @else {
            (list::list(rows, query))
        }
    }
}

fn shown(rows: usize, of: usize) -> String {
    match (rows, of) {
        (rows, of) if rows == of => format!("{of} in all"),
        (rows, of) => format!("{rows} of {of}"),
    }
}
