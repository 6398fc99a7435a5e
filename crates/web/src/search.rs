//! Search over everything, as somebody types.

mod page;

use std::collections::BTreeMap;

use axum::Json;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use inroad_model::State as DealState;
use inroad_service::Error;
use inroad_service::search::{Findings, LastWord, Search, states_of};
use serde::Serialize;

use crate::frame::Place;
use crate::server::{App, failed};
use crate::visit::Visit;
use crate::{assets, help, parts};

/// So many of each kind a page shows.
const SHOWN_MAX: usize = 30;
/// So many of each kind are offered while somebody types elsewhere.
const OFFERED_MAX: usize = 5;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/search", get(search))
        .route("/search/suggest", get(suggest))
        .route("/search.js", get(async || assets::script(include_str!("../assets/search.js"))))
}

async fn search(
    State(app): State<App>,
    Query(asked): Query<BTreeMap<String, String>>,
    visit: Visit,
) -> Response {
    let typed = asked.get("q").map_or("", String::as_str);
    match find(&app, typed, SHOWN_MAX).await {
        Ok(findings) => {
            let body = page::search(typed, &findings, &help::find(typed));
            visit.page("Search", Place::Search, &body).into_response()
        }
        Err(error) => failed(&error),
    }
}

async fn find(app: &App, typed: &str, shown_max: usize) -> Result<Findings, Error> {
    let morning = app.desk.glance().await?;
    let states = states_of(&morning.review);
    let search = Search {
        typed,
        last_word: LastWord::Open,
        states: Some(&states),
        shown_max,
        as_of: app.desk.fixed(),
    };
    let findings = if typed.trim().is_empty() {
        Findings::default()
    } else {
        app.inroad.search(&search).await?
    };
    Ok(findings)
}

/// Something to go to.
#[derive(Debug, Serialize)]
struct Hit {
    name: String,
    address: String,
    beside: String,
}

async fn suggest(
    State(app): State<App>,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Response {
    let typed = asked.get("q").map_or("", String::as_str);
    match find(&app, typed, OFFERED_MAX).await {
        Ok(findings) => Json(hits(&findings, typed)).into_response(),
        Err(error) => failed(&error),
    }
}

fn hits(findings: &Findings, typed: &str) -> Vec<Hit> {
    let deals = findings.deals.shown.iter().map(|deal| Hit {
        name: deal.name.text.clone(),
        address: parts::deal_link(&deal.id),
        beside: deal.state.map_or("deal", DealState::as_str).to_owned(),
    });
    let people = findings.people.shown.iter().map(|person| Hit {
        name: person
            .name
            .as_ref()
            .map_or_else(|| person.email.to_string(), |name| name.text.clone()),
        address: parts::person_link(&person.email),
        beside: person.email.to_string(),
    });
    let messages = findings.messages.shown.iter().map(|message| Hit {
        name: message.subject.text.clone(),
        address: parts::message_link(&message.message, None),
        beside: message.from.as_ref().map_or_else(String::new, |from| from.label().to_owned()),
    });
    let sections = help::find(typed).into_iter().take(OFFERED_MAX).map(|section| Hit {
        name: section.title,
        address: section.address,
        beside: "help".to_owned(),
    });
    deals.chain(people).chain(messages).chain(sections).collect()
}
