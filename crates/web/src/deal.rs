//! One deal: what is concluded, every word that shows it, and what the user may decide.

mod overrule_form;
mod overruling;
pub(crate) mod page;

use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use inroad_model::DealId;
use maud::html;

use crate::frame::Place;
use crate::lessons::{self, LessonForm};
use crate::parts::Links;
use crate::server::{App, failed, not_found};
use crate::visit::Visit;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/deals/{id}", get(deal))
        .route("/deals/{id}/overrule", get(overruling::ask).post(overruling::decide))
        .route("/deals/{id}/overrule/undo", post(overruling::undo))
}

async fn deal(State(app): State<App>, Path(id): Path<String>, visit: Visit) -> Response {
    let Ok(id) = DealId::new(&id) else { return not_found("There is no such deal.") };
    match app.inroad.review_deal(id.as_str(), app.as_of()).await {
        Ok(review) => match review.deals.first() {
            Some(deal) => {
                let offer = lessons::offer(&app, deal).await;
                let lesson = offer.as_ref().map(|offer| LessonForm::new(offer, &app.form_key));
                let decision = overrule_form::form(deal, &app.form_key);
                let body = html! {
                    (page::deal(deal, review.as_of, Links::Pages, &decision))
                    @if let Some(lesson) = lesson { (lessons::form(&lesson)) }
                };
                visit.page(&deal.name, Place::Deals, &body).into_response()
            }
            None => not_found("This deal was not open on that day."),
        },
        Err(error) => failed(&error),
    }
}
