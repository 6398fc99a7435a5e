//! The firms on the other side: the list, one firm, and what the user writes down of it.
//!
//! Must not: change anything without the key that our own forms hold.

mod list;
mod page;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use inroad_model::{AccountKey, Subject};

use crate::deeds;
use crate::forms::{OurForm, one};
use crate::frame::Place;
use crate::parts::account_link;
use crate::people::{Asked, page_asked, written};
use crate::server::{App, failed, not_found};
use crate::visit::Visit;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/accounts", get(list))
        .route("/accounts/{key}", get(account))
        .route("/accounts/{key}/{action}", post(act))
}

async fn list(State(app): State<App>, Query(asked): Query<Asked>, visit: Visit) -> Response {
    let found = async {
        let register = app.desk.register().await?;
        Ok((register, app.desk.glance().await?, app.inroad.entries(app.as_of()).await?))
    };
    match found.await {
        Ok((register, morning, entries)) => {
            let rows = register.accounts(&morning, &entries);
            let tags = written::tags(&entries, |about| matches!(about, Subject::Account(_)));
            let body = list::list(rows, &tags, &asked, page_asked(&asked));
            visit.page("Accounts", Place::People, &body).into_response()
        }
        Err(error) => failed(&error),
    }
}

async fn account(State(app): State<App>, Path(key): Path<String>, visit: Visit) -> Response {
    let Ok(key) = key.parse::<AccountKey>() else { return nothing_there() };
    let found = async {
        let register = app.desk.register().await?;
        Ok((register, app.desk.glance().await?, app.inroad.entries(app.as_of()).await?))
    };
    let (register, morning, entries) = match found.await {
        Ok(found) => found,
        Err(error) => return failed(&error),
    };
    match register.account(&key, &morning, &entries) {
        Some(row) => {
            let own: Vec<_> = entries.iter().filter(|kept| row.is_about(kept)).cloned().collect();
            let body = page::account(&row, &own, &visit, register.as_of);
            visit.page(row.label(), Place::People, &body).into_response()
        }
        None => nothing_there(),
    }
}

fn nothing_there() -> Response {
    not_found(
        "There is no such firm. Mail providers and your own house are none, and of others something must have been seen or said.",
    )
}

async fn act(
    State(app): State<App>,
    Path((key, action)): Path<(String, String)>,
    OurForm(fields): OurForm,
) -> Response {
    let Ok(key) = key.parse::<AccountKey>() else { return nothing_there() };
    let about = Subject::Account(key.clone());
    let Some(done) = written::act(&app, about, &action, &fields).await else {
        return not_found("There is no such page.");
    };
    let (deed, bears) = match done {
        Ok(done) => done,
        Err(error) => return failed(&error),
    };
    if bears {
        // Whom a review names besides its people nobody knows before it is made.
        app.desk.changed(None).await;
    }
    let next = one(&fields, "next");
    let next = if next.is_empty() { account_link(key.as_str()) } else { next.to_owned() };
    deeds::back(&next, Some(deed))
}
