//! Whom not to write to, and what a person may ask for: all that is held of them, and to be erased.
//!
//! Must not: change anything without the key that our own forms hold.

mod erase;
mod kept;
mod list;
mod taken;

use std::path::PathBuf;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use inroad_model::EmailAddress;
use inroad_service::{Error, IntoZip, TakeBack};

use crate::deeds;
use crate::forms::{Fields, OurForm, all, one};
use crate::frame::Place;
use crate::people::{Asked, page_asked};
use crate::server::{App, failed, not_found};
use crate::visit::Visit;

/// The address of the list.
const LIST: &str = "/do-not-contact";
/// What the form of a list holds beside it.
const FORM_BYTES: usize = 1 << 20;

pub(crate) fn routes() -> Router<App> {
    let import =
        post(taken::import).layer(DefaultBodyLimit::max(taken::LIST_BYTES_MAX + FORM_BYTES));
    Router::new()
        .route(LIST, get(show))
        .route("/team/letters", get(kept::show).post(kept::set))
        .route("/team/letters/look", post(kept::look))
        .route("/team/letters/off", post(kept::off))
        .route("/do-not-contact/add", post(add))
        .route("/do-not-contact/take-back", post(take_back))
        .route("/do-not-contact/import", import)
        .route("/do-not-contact/export", post(export))
        .route("/people/{email}/erase", get(ask_erase).post(erase))
        .route("/people/{email}/export", post(export_person))
}

async fn show(State(app): State<App>, Query(asked): Query<Asked>, visit: Visit) -> Response {
    let words = asked.get("q").map(|words| words.trim().to_owned()).unwrap_or_default();
    let found = async {
        Ok((app.inroad.not_contacted(&words, app.as_of()).await?, app.inroad.retention().await?))
    };
    match found.await {
        Ok((all, rule)) => {
            let body = list::page(&all, &words, page_asked(&asked), rule, &visit);
            visit.page("Do not contact", Place::People, &body).into_response()
        }
        Err(error) => failed(&error),
    }
}

async fn add(State(app): State<App>, OurForm(fields): OurForm) -> Response {
    let (whom, because) = (one(&fields, "whom"), one(&fields, "because"));
    match app.inroad.add_not_contacted(whom, because, app.as_of()).await {
        Ok(done) => deeds::done(&app, LIST, None, done.deed).await,
        Err(error) => failed(&error),
    }
}

async fn take_back(State(app): State<App>, OurForm(fields): OurForm) -> Response {
    let entry = one(&fields, "entry").parse().ok().map(TakeBack::Entry);
    let row = one(&fields, "row").parse().ok().map(TakeBack::Row);
    let Some(what) = entry.or(row) else { return not_found("There is nothing to take back.") };
    match app.inroad.take_back_not_contacted(what, app.as_of()).await {
        Ok(done) => deeds::done(&app, one(&fields, "next"), None, done.deed).await,
        Err(error) => failed(&error),
    }
}

async fn export(State(app): State<App>, OurForm(_): OurForm) -> Response {
    match app.inroad.export_not_contacted(app.as_of()).await {
        Ok(csv) => download("text/csv; charset=utf-8", "do-not-contact.csv", csv.into_bytes()),
        Err(error) => failed(&error),
    }
}

fn download(kind: &'static str, name: &str, bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, bytes).into_response()
}

async fn ask_erase(State(app): State<App>, Path(email): Path<String>, visit: Visit) -> Response {
    let Ok(email) = email.parse::<EmailAddress>() else { return nobody() };
    match app.inroad.what_erasing_takes(&email, app.as_of()).await {
        Ok(look) => {
            let body = erase::page(&email, &look, None, &visit);
            visit.page("Erase a person", Place::People, &body).into_response()
        }
        Err(error) => failed(&error),
    }
}

async fn erase(
    State(app): State<App>,
    Path(email): Path<String>,
    visit: Visit,
    OurForm(fields): OurForm,
) -> Response {
    let Ok(email) = email.parse::<EmailAddress>() else { return nobody() };
    let at = app.as_of();
    let look = match app.inroad.what_erasing_takes(&email, at).await {
        Ok(look) => look,
        Err(error) => return failed(&error),
    };
    let typed = one(&fields, "address").parse::<EmailAddress>();
    if !typed.is_ok_and(|typed| typed == email) {
        let word = "That is not the address. Nothing was changed.";
        let body = erase::page(&email, &look, Some(word), &visit);
        let page = visit.page("Erase a person", Place::People, &body);
        return (axum::http::StatusCode::UNPROCESSABLE_ENTITY, page).into_response();
    }
    let backups = chosen(&fields, &look.other_files);
    let inroad = app.inroad.clone();
    // It goes on when the page is closed.
    let done = tokio::spawn(async move { inroad.erase(&email, &backups, at).await });
    match done.await {
        Ok(Ok(report)) => {
            app.desk.changed(None).await;
            deeds::back(LIST, report.deed)
        }
        Ok(Err(error)) => failed(&error),
        Err(task) => failed(&Error::Internal { what: task.to_string() }),
    }
}

/// The files that were chosen, of those that were shown.
fn chosen(fields: &Fields, shown: &[PathBuf]) -> Vec<PathBuf> {
    let names: Vec<&str> = all(fields, "backup").collect();
    let is_chosen = |path: &&PathBuf| names.iter().any(|name| path.display().to_string() == *name);
    shown.iter().filter(is_chosen).cloned().collect()
}

async fn export_person(
    State(app): State<App>,
    Path(email): Path<String>,
    OurForm(_): OurForm,
) -> Response {
    let Ok(email) = email.parse::<EmailAddress>() else { return nobody() };
    let mut zip = IntoZip::memory();
    let export = async {
        let export = app.inroad.export_person(&email, app.as_of(), &mut zip).await?;
        if export.is_nothing() {
            let erased =
                if export.is_erased { ": they were erased, and a hash is kept" } else { "" };
            return Err(Error::NotFound { what: format!("Nothing is held about {email}{erased}") });
        }
        zip.finish()
    };
    match export.await {
        Ok(bytes) => download("application/zip", "person.zip", bytes),
        Err(error) => failed(&error),
    }
}

fn nobody() -> Response {
    not_found("That is no address of anybody.")
}
