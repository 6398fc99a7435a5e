//! The morning review: all deals, a few words each.

use inroad_advice::{DealReview, Review};
use inroad_model::{Advice, State};
use inroad_service::Result;
use rmcp::model::{JsonObject, Tool};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{as_of, reading, told};
use crate::asked::{arguments, moment};
use crate::server::Server;

pub(super) const NAME: &str = "review";

/// As many as somebody reads.
const SHOWN_MAX: usize = 100;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    as_of: Option<String>,
    state: Option<State>,
    limit: Option<usize>,
    #[serde(default)]
    skip: usize,
}

/// A deal in a line.
#[derive(Debug, Serialize)]
struct Line<'r> {
    id: &'r str,
    name: &'r str,
    state: State,
    advice: Advice,
    /// The decision is the user's own.
    decided_by_user: bool,
    until: Option<String>,
    probability_dark: Value,
    likeliest_cause: Option<&'r str>,
    why: Option<&'r str>,
    next_step: Value,
}

pub(super) fn tool() -> Tool {
    let takes = json!({
        "as_of": as_of(),
        "state": {
            "type": "string",
            "enum": ["warm", "cooling", "cold", "dark", "paused", "closed"],
            "description": "Only deals in this state.",
        },
        "limit": {"type": "integer", "minimum": 1, "maximum": SHOWN_MAX, "description": "How many deals; 50 if it is left out."},
        "skip": {"type": "integer", "minimum": 0, "description": "How many deals to pass over."},
    });
    reading(
        NAME,
        "The morning review",
        "All deals of the user, each with its state (warm, cooling, cold, dark, paused, closed), what to do (pursue, \
         wait, let_go, stop), the likeliest cause, the first reason and the next step. Ask 'deal' for more of one.",
        &takes,
        &[],
    )
}

pub(super) async fn call(server: &Server, given: JsonObject) -> Result<Value> {
    let asked: Asked = arguments(given)?;
    let at = moment(asked.as_of.as_deref(), server.now())?;
    let limit = asked.limit.unwrap_or(50).clamp(1, SHOWN_MAX);
    let (past, morning);
    let review = if asked.as_of.is_some() {
        past = server.inroad.review(at).await?;
        &past
    } else {
        morning = server.desk.morning().await?;
        &morning.review
    };
    answer(review, asked.state, asked.skip, limit)
}

fn answer(review: &Review, state: Option<State>, skip: usize, limit: usize) -> Result<Value> {
    let meant: Vec<&DealReview> =
        review.deals.iter().filter(|deal| state.is_none_or(|state| deal.state == state)).collect();
    let deals =
        meant.iter().skip(skip).take(limit).map(|deal| line(deal)).collect::<Result<Vec<_>>>()?;
    Ok(json!({"as_of": told(&review.as_of)?, "count": meant.len(), "deals": told(&deals)?}))
}

fn line(deal: &DealReview) -> Result<Line<'_>> {
    Ok(Line {
        id: deal.id.as_str(),
        name: &deal.name,
        state: deal.state,
        advice: deal.advice,
        decided_by_user: deal.overruled.is_some(),
        until: deal.until.map(|day| day.to_string()),
        probability_dark: told(&deal.probability_dark)?,
        likeliest_cause: deal.causes.first().map(|cause| cause.name.as_ref()),
        why: deal.reasons.first().map(|reason| reason.says.as_str()),
        next_step: told(&deal.next_step)?,
    })
}
