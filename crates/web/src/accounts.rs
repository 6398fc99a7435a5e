//! The firms on the other side: the list, one firm, and what the user writes down of it.
//!
//! Must not: change anything without the key that our own forms hold.

mod call;
mod form;
mod list;
mod page;
mod research;
mod same;
mod statements;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use inroad_model::{AccountKey, Subject};
use inroad_service::{DeedNumber, Error, PAGE_BYTES_MAX};

use crate::deeds;
use crate::forms::{Fields, OurForm, one};
use crate::frame::Place;
use crate::parts::account_link;
use crate::people::{Asked, page_asked, written};
use crate::server::{App, failed, not_found};
use crate::visit::Visit;

/// A pasted text, each character escaped.
const PASTED_BYTES_MAX: usize = 3 * PAGE_BYTES_MAX + 16 * 1024;

pub(crate) use same::FIRMS;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/accounts", get(list))
        .route("/doubles/firms", get(same::ask).post(same::decide))
        .route("/accounts/{key}", get(account))
        .route("/accounts/{key}/form", get(form::form))
        .route("/accounts/{key}/call", get(call::sheet))
        .route(
            "/accounts/{key}/pages",
            post(research::keep).layer(DefaultBodyLimit::max(PASTED_BYTES_MAX)),
        )
        .route("/accounts/{key}/pages/{number}", get(research::page))
        .route("/accounts/{key}/drop", post(research::drop_page))
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
            let own: Vec<_> = row.own.iter().copied().cloned().collect();
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
    if let Some(done) = form::act(&app, &key, &action, &fields).await {
        return match done {
            Ok(deed) => deeds::back(&next(&fields, &key), Some(deed)),
            Err(error) => failed(&error),
        };
    }
    if let Some(done) = join_or_part(&app, &key, &action, &fields).await {
        return match done {
            Ok(deed) => deeds::back(&next(&fields, &key), Some(deed)),
            Err(error) => failed(&error),
        };
    }
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
    deeds::back(&next(&fields, &key), Some(deed))
}

/// Says that another name is the same firm's, or that this one is another's; `None` for other actions.
async fn join_or_part(
    app: &App,
    key: &AccountKey,
    action: &str,
    fields: &Fields,
) -> Option<Result<DeedNumber, Error>> {
    let at = app.as_of();
    let done = match action {
        "same" => match app.desk.register().await {
            Ok(register) => match register.account_given(one(fields, "other")) {
                Ok(other) => match other.key() {
                    Ok(other) => app.inroad.decide_same_account(key, &other, true, at).await,
                    Err(error) => Err(error),
                },
                Err(error) => Err(error),
            },
            Err(error) => Err(error),
        },
        "split" => app.inroad.split_account(key, at).await,
        _ => return None,
    };
    Some(done.map(|done| done.deed))
}

/// Where a form was sent from; the firm's page where it does not say.
fn next(fields: &Fields, key: &AccountKey) -> String {
    let next = one(fields, "next");
    if next.is_empty() { account_link(key.as_str()) } else { next.to_owned() }
}
