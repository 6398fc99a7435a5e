//! Deals that are proposed: accepted or told to be none, one by one or all, each with its undo.

pub(crate) mod page;

use axum::Router;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use inroad_model::DealId;
use inroad_service::{Choice, DealStatus, Error};
use maud::html;

use crate::deeds;
use crate::forms::{Fields, OurForm, all, one};
use crate::frame::Place;
use crate::server::{App, failed};
use crate::visit::Visit;

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/deals/proposed", get(show).post(decide))
}

/// Rows of a page.
pub(crate) const ROWS: usize = 100;

/// From which row on a page shows, counted from 0.
pub(crate) fn from(query: &[(String, String)]) -> usize {
    let from = query.iter().find(|(name, _)| name == "from");
    from.and_then(|(_, from)| from.parse().ok()).unwrap_or(0)
}

async fn show(State(app): State<App>, Query(query): Query<Fields>, visit: Visit) -> Response {
    let from = from(&query);
    match app.inroad.proposals(from, ROWS).await {
        Ok((proposals, count)) => {
            let list = page::List { proposals: &proposals, from, count, marked: None };
            let body = html! {
                h1 { "Proposed deals" }
                (page::list(&list, "/deals/proposed", &visit.form_key))
            };
            visit.page("Proposed deals", Place::Deals, &body).into_response()
        }
        Err(error) => failed(&error),
    }
}

async fn decide(State(app): State<App>, OurForm(fields): OurForm) -> Response {
    match chosen(&app, &fields).await {
        Ok(choices) => match app.inroad.decide_proposals(&choices, app.as_of()).await {
            Ok(done) => {
                let next = Some(one(&fields, "next")).filter(|next| !next.is_empty());
                // One that was only proposed has no page of its own to be renewed.
                deeds::done(&app, next.unwrap_or("/deals/proposed"), None, done.deed).await
            }
            Err(error) => failed(&error),
        },
        Err(error) => failed(&error),
    }
}

/// What the user said: of one, of those that are marked, or of all.
async fn chosen(app: &App, fields: &Fields) -> Result<Vec<Choice>, Error> {
    let id = |text: &str| {
        let what = "There is no such deal".to_owned();
        DealId::new(text).map_err(|_not_one| Error::NotFound { what })
    };
    let names: Vec<(&str, &str)> = all(fields, "id").zip(all(fields, "name")).collect();
    let choice = |text: &str, accept: bool| {
        let name = names.iter().find(|(id, _)| *id == text).map(|(_, name)| (*name).to_owned());
        Ok(Choice { deal: id(text)?, accept, name: name.filter(|_| accept) })
    };
    if let Some(deal) = all(fields, "accept").next() {
        return Ok(vec![choice(deal, true)?]);
    }
    if let Some(deal) = all(fields, "dismiss").next() {
        return Ok(vec![choice(deal, false)?]);
    }
    let accept = one(fields, "do").starts_with("accept");
    if !one(fields, "do").ends_with("-all") {
        return all(fields, "mark").map(|deal| choice(deal, accept)).collect();
    }
    let proposed = app.inroad.deals().await?;
    let proposed = proposed.iter().filter(|stored| stored.status == DealStatus::Proposed);
    proposed.map(|stored| choice(stored.deal.id.as_str(), accept)).collect()
}
