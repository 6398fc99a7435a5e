//! Changing one field of a deal, with care for what another window changed meanwhile.

use std::collections::BTreeMap;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use inroad_model::{DealId, Stage};
use inroad_service::{DealField, Error, StoredDeal};

use super::edit_form::{self, Form};
use crate::forms::{Fields, OurForm, one};
use crate::frame::Place;
use crate::server::{App, failed, not_found};
use crate::visit::Visit;
use crate::{deeds, parts};

/// The form for one field.
pub(super) async fn ask(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(asked): Query<BTreeMap<String, String>>,
    visit: Visit,
) -> Response {
    let Ok(id) = DealId::new(&id) else { return not_found("There is no such deal.") };
    let stored = match app.inroad.stored_deal(&id).await {
        Ok(stored) => stored,
        Err(error) => return failed(&error),
    };
    let field = asked.get("field").map_or("stage", String::as_str);
    let next = asked.get("next").map_or_else(|| parts::deal_link(&id), |next| deeds::ours(next));
    let form = Form { stored: &stored, field, typed: None, warning: None, next: &next };
    match edit_form::sheet(&form, &visit.form_key) {
        Some(body) => visit
            .page(&format!("Change · {}", stored.deal.name), Place::Deals, &body)
            .into_response(),
        None => not_found("There is no such field."),
    }
}

/// Takes what was typed.
pub(super) async fn change(
    State(app): State<App>,
    Path(id): Path<String>,
    visit: Visit,
    OurForm(fields): OurForm,
) -> Response {
    let Ok(id) = DealId::new(&id) else { return not_found("There is no such deal.") };
    take(&app, &id, &fields, &visit).await
}

/// The same for the stage alone, as the board sends it.
pub(super) async fn move_to_stage(
    State(app): State<App>,
    visit: Visit,
    OurForm(mut fields): OurForm,
) -> Response {
    let Ok(id) = DealId::new(one(&fields, "deal")) else {
        return not_found("There is no such deal.");
    };
    fields.push(("field".to_owned(), "stage".to_owned()));
    take(&app, &id, &fields, &visit).await
}

async fn take(app: &App, id: &DealId, fields: &Fields, visit: &Visit) -> Response {
    let next = one(fields, "next");
    let seen = Some(one(fields, "version")).filter(|version| !version.is_empty());
    let field = match read(fields) {
        Ok(field) => field,
        Err(error) => return again(app, id, fields, visit, &error).await,
    };
    match app.inroad.change_deal(id, field, seen, app.as_of()).await {
        Ok(done) => deeds::done(app, next, Some(id), done.deed).await,
        Err(error @ (Error::Conflict { .. } | Error::Invalid { .. })) => {
            again(app, id, fields, visit, &error).await
        }
        Err(error) => failed(&error),
    }
}

/// The form once more, with what was typed, how the deal is now, and what was wrong.
async fn again(app: &App, id: &DealId, fields: &Fields, visit: &Visit, error: &Error) -> Response {
    let stored: StoredDeal = match app.inroad.stored_deal(id).await {
        Ok(stored) => stored,
        Err(error) => return failed(&error),
    };
    let status = match error {
        Error::Conflict { .. } => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let warning = error.to_string();
    let form = Form {
        stored: &stored,
        field: one(fields, "field"),
        typed: Some(fields),
        warning: Some(&warning),
        next: one(fields, "next"),
    };
    match edit_form::sheet(&form, &visit.form_key) {
        Some(body) => {
            let page = visit.page(&format!("Change · {}", stored.deal.name), Place::Deals, &body);
            (status, page).into_response()
        }
        None => failed(error),
    }
}

/// The field that a form changes, with what it becomes.
fn read(fields: &Fields) -> Result<DealField, Error> {
    let text = |name: &str| Some(one(fields, name)).filter(|text| !text.is_empty());
    let invalid = |what: &str| Error::Invalid { what: what.to_owned() };
    let sum = |name: &str| match text(name) {
        None => Ok(None),
        Some(text) => {
            let digits: String = text
                .chars()
                .filter(|c| !c.is_whitespace() && *c != '\u{202f}' && *c != '\'')
                .collect();
            digits
                .parse::<f64>()
                .map(Some)
                .map_err(|_fault| invalid("Write a sum as a number, such as 48000"))
        }
    };
    Ok(match one(fields, "field") {
        "name" => DealField::Name(one(fields, "name").to_owned()),
        "organization" => DealField::Organization(text("organization").map(str::to_owned)),
        "stage" => DealField::Stage(match text("stage") {
            None => None,
            Some(name) => {
                Some(Stage::from_name(name).ok_or_else(|| invalid("There is no such stage"))?)
            }
        }),
        "value" => {
            let currency = text("currency").map(str::to_uppercase);
            let is_code =
                |code: &String| code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase());
            if currency.as_ref().is_some_and(|code| !is_code(code)) {
                return Err(invalid("Write the currency as three letters, such as EUR"));
            }
            DealField::Value(sum("value")?, currency)
        }
        "fee" => DealField::FeeQuoted(sum("fee")?),
        "usual" => DealField::UsualFees(match (sum("low")?, sum("high")?) {
            (None, None) => None,
            (Some(low), Some(high)) => Some((low, high)),
            _ => return Err(invalid("Write both ends of the range, or none")),
        }),
        "opened" => DealField::Opened(match text("opened") {
            None => None,
            Some(day) => {
                Some(day.parse().map_err(|_fault| invalid("Write the day as 2026-03-31"))?)
            }
        }),
        "ongoing" => DealField::Ongoing(text("ongoing").is_some()),
        _ => return Err(invalid("There is no such field")),
    })
}
