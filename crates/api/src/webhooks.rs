//! Other programs that are told of what was done: who they are, what they were told, and telling it again.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use inroad_service::{KeptDelivery, Webhook};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::asked::{Json, Mailbox, Path, Query, parsed};
use crate::deeds::WhichPage;
use crate::page::{Asked, Page};
use crate::problem::{Answer, Problem};
use crate::router::Api;
use crate::tag;

/// Somebody who is told.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Hook {
    /// Its number.
    #[schema(example = 1)]
    number: i64,
    /// Where.
    #[schema(example = "https://hooks.example/inroad")]
    url: String,
    /// Of which events; of all where none is named.
    events: Vec<String>,
    /// Since when.
    #[schema(format = DateTime)]
    since: String,
}

impl From<Webhook> for Hook {
    fn from(webhook: Webhook) -> Self {
        Self {
            number: webhook.id,
            url: webhook.url,
            events: webhook.events,
            since: webhook.told_at.to_string(),
        }
    }
}

/// Somebody who is to be told.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"url": "https://hooks.example/inroad", "events": ["deal.changed"]}))]
pub(crate) struct NewHook {
    /// Where, by https. What lies within a network of its own is never told anything.
    #[schema(max_length = 2000)]
    url: String,
    /// Of which events: `deal.changed`, `deed.done`, `deed.undone`; of all where none is named.
    #[serde(default)]
    #[schema(max_items = 10)]
    events: Vec<String>,
}

/// Somebody who is told from now on.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MadeHook {
    /// Who.
    webhook: Hook,
    /// With which what is told is signed. It is shown this once.
    secret: String,
}

/// Something that somebody is told.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HookDelivery {
    /// Its number.
    number: i64,
    /// How far it is: `waiting`, `told` or `given_up`.
    #[schema(example = "told")]
    state: &'static str,
    /// How often it was tried.
    tries: u32,
    /// Since when it is to be told.
    #[schema(format = DateTime)]
    since: String,
    /// When it is tried again; `null` where it is not.
    #[schema(format = DateTime)]
    due: Option<String>,
    /// The status of the last answer; `null` if there was none.
    status: Option<u16>,
    /// Why it was not told.
    because: Option<String>,
    /// What is told.
    #[schema(value_type = Object)]
    content: Value,
}

impl HookDelivery {
    fn of(kept: KeptDelivery) -> Answer<Self> {
        let is_waiting = kept.state == inroad_service::DeliveryState::Waiting;
        Ok(Self {
            number: kept.id,
            state: kept.state.as_str(),
            tries: kept.tries,
            since: kept.told_at.to_string(),
            due: is_waiting.then(|| kept.due_at.to_string()),
            status: Some(kept.status).filter(|status| *status > 0),
            because: Some(kept.says).filter(|says| !says.is_empty()),
            content: parsed(kept.content.as_bytes())?,
        })
    }
}

fn number_of(text: &str) -> Answer<i64> {
    text.parse().map_err(|_odd| Problem::not_found("Nobody is told under that number"))
}

/// Everybody who is told
#[utoipa::path(get, path = "/webhooks", tag = "webhooks", operation_id = "webhooks",
    responses((status = 200, body = Vec<Hook>)))]
pub(crate) async fn list(_: Mailbox, State(api): State<Api>) -> Answer<axum::Json<Vec<Hook>>> {
    Ok(axum::Json(api.inroad.webhooks().await?.into_iter().map(Hook::from).collect()))
}

/// Tell another program of what is done
///
/// It is told the number of the deed and what kind of thing changed: no words, and no id of a deal. Each request is signed as the Standard Webhooks
/// specification has it. An `Idempotency-Key` is not heard here, since the secret would have to be kept for it.
#[utoipa::path(post, path = "/webhooks", tag = "webhooks", operation_id = "add_webhook", request_body = NewHook,
    responses((status = 201, body = MadeHook)))]
pub(crate) async fn add(
    _: Mailbox,
    State(api): State<Api>,
    Json(new): Json<NewHook>,
) -> Answer<Response> {
    let made = api.inroad.add_webhook(&new.url, &new.events, api.reach, api.now()).await?;
    tag::made(&MadeHook { webhook: Hook::from(made.webhook), secret: made.secret })
}

/// Tell somebody no more
#[utoipa::path(delete, path = "/webhooks/{number}", tag = "webhooks", operation_id = "remove_webhook",
    params(("number" = i64, Path, description = "The webhook's number", example = 1, minimum = 1)),
    responses((status = 204)))]
pub(crate) async fn remove(
    _: Mailbox,
    State(api): State<Api>,
    Path(number): Path<String>,
) -> Answer<Response> {
    api.inroad.remove_webhook(number_of(&number)?, api.now()).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// What somebody was told, and is to be told
///
/// The latest first, of the last thirty days.
#[utoipa::path(get, path = "/webhooks/{number}/deliveries", tag = "webhooks", operation_id = "deliveries",
    params(("number" = i64, Path, description = "The webhook's number", example = 1, minimum = 1), WhichPage),
    responses((status = 200, body = Page<HookDelivery>)))]
pub(crate) async fn deliveries(
    _: Mailbox,
    State(api): State<Api>,
    Path(number): Path<String>,
    Query(asked): Query<WhichPage>,
) -> Answer<axum::Json<Page<HookDelivery>>> {
    let page = Asked::<i64>::of("deliveries", asked.cursor.as_deref(), asked.limit)?;
    let limit = u32::try_from(page.limit + 1).unwrap_or(u32::MAX);
    let kept = api.inroad.webhook_deliveries(number_of(&number)?, page.after, limit).await?;
    let items = kept.into_iter().map(|one| Ok((one.id, HookDelivery::of(one)?)));
    Ok(axum::Json(page.page(items.collect::<Answer<_>>()?)))
}

/// Tell something again
#[utoipa::path(post, path = "/webhooks/{number}/deliveries/{delivery}/replay", tag = "webhooks",
    operation_id = "replay",
    params(("number" = i64, Path, description = "The webhook's number", example = 1, minimum = 1),
        ("delivery" = i64, Path, description = "The number of what is told", example = 1, minimum = 1)),
    responses((status = 204)))]
pub(crate) async fn replay(
    _: Mailbox,
    State(api): State<Api>,
    Path((number, delivery)): Path<(String, String)>,
) -> Answer<Response> {
    // By the clock, as it is told: whatever day is looked at.
    let now = inroad_model::Moment::utc(jiff::Timestamp::now());
    let (number, delivery) = (number_of(&number)?, number_of(&delivery)?);
    api.inroad.tell_webhook_again(number, delivery, now).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
