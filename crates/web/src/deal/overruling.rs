//! The user decides otherwise than advised, on the deal's page, and takes it back there.
//!
//! Must not: change anything without the key that our own forms hold.

use std::collections::BTreeMap;

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use inroad_model::{Advice, DealId};
use inroad_service::Error;

use super::overrule_form;
use crate::forms::{Fields, OurForm, one};
use crate::frame::Place;
use crate::server::{App, failed, not_found};
use crate::visit::Visit;
use crate::{deeds, parts};

/// The form on a page of its own.
pub(super) async fn ask(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(asked): Query<BTreeMap<String, String>>,
    visit: Visit,
) -> Response {
    let Ok(id) = DealId::new(&id) else { return not_found("There is no such deal.") };
    match app.inroad.review_deal(id.as_str(), app.as_of()).await {
        Ok(review) => match review.deals.first() {
            Some(deal) => {
                let next = asked
                    .get("next")
                    .map_or_else(|| parts::deal_link(&id), |next| deeds::ours(next));
                let body = overrule_form::sheet(deal, &next, &visit.form_key);
                visit
                    .page(&format!("I know better · {}", deal.name), Place::Deals, &body)
                    .into_response()
            }
            None => not_found("This deal was not open on that day."),
        },
        Err(error) => failed(&error),
    }
}

pub(super) async fn decide(
    State(app): State<App>,
    Path(id): Path<String>,
    OurForm(fields): OurForm,
) -> Response {
    let Ok(id) = DealId::new(&id) else { return not_found("There is no such deal.") };
    let Some(chosen) = Advice::from_name(one(&fields, "advice")) else {
        let what = "Choose what you do instead: pursue, wait, let go or stop".to_owned();
        return failed(&Error::Invalid { what });
    };
    match app.inroad.overrule(id.as_str(), chosen, one(&fields, "because"), app.as_of()).await {
        Ok(done) => deeds::done(&app, &next(&fields, &id), Some(&id), done.deed).await,
        Err(error) => failed(&error),
    }
}

pub(super) async fn undo(
    State(app): State<App>,
    Path(id): Path<String>,
    OurForm(fields): OurForm,
) -> Response {
    let Ok(id) = DealId::new(&id) else { return not_found("There is no such deal.") };
    match app.inroad.take_overruling_back(id.as_str(), app.as_of()).await {
        Ok(done) => deeds::done(&app, &next(&fields, &id), Some(&id), done.deed).await,
        Err(error) => failed(&error),
    }
}

/// Where the form was sent from: the deal's page unless it says otherwise.
fn next(fields: &Fields, id: &DealId) -> String {
    match one(fields, "next") {
        "" => parts::deal_link(id),
        next => next.to_owned(),
    }
}
