//! The user decides otherwise than advised, on the deal's page, and takes it back there.
//!
//! Must not: change anything without the key that our own forms hold.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use inroad_model::{Advice, DealId};
use inroad_service::Error;

use crate::forms::{OurForm, one};
use crate::pages;
use crate::server::{App, failed, not_found};

pub(crate) async fn decide(
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
        Ok(_decision) => back_to(&id),
        Err(error) => failed(&error),
    }
}

pub(crate) async fn undo(
    State(app): State<App>,
    Path(id): Path<String>,
    OurForm(_): OurForm,
) -> Response {
    let Ok(id) = DealId::new(&id) else { return not_found("There is no such deal.") };
    match app.inroad.take_overruling_back(id.as_str(), app.as_of()).await {
        Ok(_advice) => back_to(&id),
        Err(error) => failed(&error),
    }
}

fn back_to(id: &DealId) -> Response {
    Redirect::to(&pages::link_to_deal(id)).into_response()
}
