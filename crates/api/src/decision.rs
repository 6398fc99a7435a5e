//! The user decides otherwise than advised, with a reason, and may take that back.

use axum::extract::State;
use inroad_model::Advice;
use inroad_service::Decision;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::asked::{Json, Mailbox, Path};
use crate::deals;
use crate::problem::Answer;
use crate::router::Api;
use crate::words::AdviceWord;

/// What somebody decides.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"advice": "let_go", "because": "Their new board buys nothing this year"}))]
pub(crate) struct NewDecision {
    /// What to do. What is advised anyway takes an earlier decision back.
    #[schema(value_type = AdviceWord)]
    advice: Advice,
    /// Why.
    #[schema(min_length = 1, max_length = 4000)]
    because: String,
}

/// What counts now.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Decided {
    /// What to do.
    #[schema(value_type = AdviceWord)]
    advice: Advice,
    /// Whether that is the user's own decision.
    is_own: bool,
    /// What was done, for `/deeds/{number}/undo`.
    deed: i64,
}

/// Decide otherwise than advised
///
/// A stop is never decided away.
#[utoipa::path(put, path = "/deals/{id}/decision", tag = "deals", operation_id = "decide",
    request_body = NewDecision,
    params(("id" = String, Path, description = "The deal's id", example = "d1")),
    responses((status = 200, body = Decided)))]
pub(crate) async fn decide(
    _: Mailbox,
    State(api): State<Api>,
    Path(id): Path<String>,
    Json(new): Json<NewDecision>,
) -> Answer<axum::Json<Decided>> {
    let id = deals::stored(&api, &id).await?.deal.id;
    let done = api.inroad.overrule(id.as_str(), new.advice, &new.because, api.now()).await?;
    api.desk.changed(Some(&id)).await;
    let (advice, is_own) = match done.what {
        Decision::Own(own) => (own.chosen(), true),
        Decision::Back(advised) => (advised, false),
    };
    Ok(axum::Json(Decided { advice, is_own, deed: done.deed.get() }))
}

/// Follow the advice again
#[utoipa::path(delete, path = "/deals/{id}/decision", tag = "deals", operation_id = "take_decision_back",
    params(("id" = String, Path, description = "The deal's id", example = "d1")),
    responses((status = 200, body = Decided)))]
pub(crate) async fn take_back(
    _: Mailbox,
    State(api): State<Api>,
    Path(id): Path<String>,
) -> Answer<axum::Json<Decided>> {
    let id = deals::stored(&api, &id).await?.deal.id;
    let done = api.inroad.take_overruling_back(id.as_str(), api.now()).await?;
    api.desk.changed(Some(&id)).await;
    let (advice, deed) = (done.what, done.deed.get());
    Ok(axum::Json(Decided { advice, is_own: false, deed }))
}
