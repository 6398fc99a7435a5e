//! The user decides otherwise than advised, on the deal's page, and takes it back there.
//!
//! Must not: change anything without the key that our own forms hold.

use axum::extract::{Path, State};
use axum::response::Response;
use inroad_model::{Advice, DealId};
use inroad_service::Error;

use crate::forms::{OurForm, one};
use crate::server::{App, failed, not_found};
use crate::{deeds, parts};

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
        Ok(done) => deeds::done(&app, &parts::deal_link(&id), Some(&id), done.deed).await,
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
        Ok(done) => deeds::done(&app, &parts::deal_link(&id), Some(&id), done.deed).await,
        Err(error) => failed(&error),
    }
}
