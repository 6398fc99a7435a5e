//! The playbook: read, changed, and tried on a deal before it counts.

mod page;

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use inroad_model::Moment;
use inroad_service::{Error, ScenarioFile, Trial};
use jiff::civil::Date;

use self::page::Editor;
use crate::deeds;
use crate::forms::{Fields, OurForm, one};
use crate::frame::Place;
use crate::server::{App, failed};
use crate::visit::Visit;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/playbook", get(list))
        .route("/playbook/{name}", get(read))
        .route("/playbook/{name}/edit", get(edit).post(change))
        .route("/playbook/{name}/ours", post(back_to_ours))
}

async fn list(State(app): State<App>, visit: Visit) -> Response {
    match app.inroad.playbook() {
        Ok(playbook) => {
            let is_own = |name: &str| app.inroad.scenario_file(name).is_ok_and(|file| file.is_own);
            let body = page::list(&playbook, is_own);
            visit.page("Playbook", Place::Playbook, &body).into_response()
        }
        Err(error) => failed(&error),
    }
}

async fn read(State(app): State<App>, Path(name): Path<String>, visit: Visit) -> Response {
    let found = app.inroad.scenario_file(&name);
    match found.and_then(|file| Ok((file, app.inroad.playbook()?))) {
        Ok((file, playbook)) => match playbook.scenario(&name) {
            Some(scenario) => {
                let body = page::scenario(&file, scenario, &visit.form_key);
                visit.page(&scenario.name, Place::Playbook, &body).into_response()
            }
            None => failed(&Error::NotFound { what: format!("There is no scenario '{name}'") }),
        },
        Err(error) => failed(&error),
    }
}

async fn edit(
    State(app): State<App>,
    Path(name): Path<String>,
    Query(asked): Query<BTreeMap<String, String>>,
    visit: Visit,
) -> Response {
    match app.inroad.scenario_file(&name) {
        Ok(file) => {
            let deal = asked.get("deal").map_or("", String::as_str);
            let editor = Editor { text: &file.text, deal, ..Editor::default() };
            shown(&app, &file, &editor, &visit, StatusCode::OK).await
        }
        Err(error) => failed(&error),
    }
}

/// Tries a text on a deal, or keeps it.
async fn change(
    State(app): State<App>,
    Path(name): Path<String>,
    visit: Visit,
    OurForm(fields): OurForm,
) -> Response {
    let file = match app.inroad.scenario_file(&name) {
        Ok(file) => file,
        Err(error) => return failed(&error),
    };
    // Browsers write line ends their own way.
    let text = one_text(&fields).replace("\r\n", "\n");
    let (deal, day) = (one(&fields, "deal"), one(&fields, "as_of"));
    let mut editor = Editor { text: &text, deal, day, ..Editor::default() };
    if one(&fields, "do") == "keep" {
        match app.inroad.keep_scenario(&name, &text, app.as_of()).await {
            Ok(deed) => return deeds::done(&app, &format!("/playbook/{name}"), None, deed).await,
            Err(error) => editor.fault = Some(error.to_string()),
        }
    } else {
        match tried(&app, &name, &text, deal, day).await {
            Ok(trial) => editor.trial = trial,
            Err(error) => editor.fault = Some(error.to_string()),
        }
    }
    let status =
        if editor.fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    shown(&app, &file, &editor, &visit, status).await
}

async fn shown(
    app: &App,
    file: &ScenarioFile,
    editor: &Editor<'_>,
    visit: &Visit,
    status: StatusCode,
) -> Response {
    match app.desk.morning().await {
        Ok(morning) => {
            let body = page::editor(file, editor, &morning, &visit.form_key);
            let title = format!("Change · {}", file.name);
            (status, visit.page(&title, Place::Playbook, &body)).into_response()
        }
        Err(error) => failed(&error),
    }
}

/// Without a deal the text is only checked.
async fn tried(
    app: &App,
    name: &str,
    text: &str,
    deal: &str,
    day: &str,
) -> Result<Option<Trial>, Error> {
    if deal.is_empty() {
        app.inroad.playbook_with(name, text)?;
        return Ok(None);
    }
    let now = app.as_of();
    let past = day.parse::<Date>().ok().filter(|day| *day < now.date());
    let as_of = past.and_then(|day| Moment::end_of(day, now.offset())).unwrap_or(now);
    app.inroad.try_scenario(name, text, deal, as_of).await.map(Some)
}

async fn back_to_ours(
    State(app): State<App>,
    Path(name): Path<String>,
    OurForm(_): OurForm,
) -> Response {
    match app.inroad.drop_scenario(&name, app.as_of()).await {
        Ok(deed) => {
            let next = match app.inroad.scenario_file(&name) {
                Ok(_) => format!("/playbook/{name}"),
                Err(_) => "/playbook".to_owned(),
            };
            deeds::done(&app, &next, None, deed).await
        }
        Err(error) => failed(&error),
    }
}

/// The text as it was typed, blanks at its ends and all.
fn one_text(fields: &Fields) -> &str {
    crate::forms::all(fields, "text").next().unwrap_or_default()
}
