//! What is written down of a deal: notes, plans, what is laid aside. Each can be taken back.

use axum::extract::State;
use axum::response::Response;
use inroad_model::{Channel, EmailAddress, Entry, EntryNumber, Remark, Subject};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::asked::{Json, Mailbox, Path};
use crate::deals;
use crate::problem::{Answer, Problem};
use crate::router::Api;
use crate::tag;
use crate::words::ChannelWord;

/// What was written down.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WrittenDown {
    /// Its number, by which it is taken back.
    entry: i64,
    /// What was done, for `/deeds/{number}/undo`.
    deed: i64,
}

/// A note.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"text": "She asked for two references", "by": "call"}))]
pub(crate) struct NewNote {
    /// The words. They are read as evidence, as a letter is.
    #[schema(value_type = String, min_length = 1, max_length = 4000)]
    text: Remark,
    /// The day of which it tells; today if it is left out.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    day: Option<Date>,
    /// How it came about; `null` for a thought.
    #[serde(default)]
    #[schema(value_type = Option<ChannelWord>)]
    by: Option<Channel>,
}

/// Something to do.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"what": "Ask who signs", "day": "2199-03-02", "by": "call"}))]
pub(crate) struct NewPlan {
    /// What.
    #[schema(value_type = String, min_length = 1, max_length = 4000)]
    what: Remark,
    /// The day.
    #[schema(value_type = String, format = Date)]
    day: Date,
    /// How.
    #[schema(value_type = ChannelWord)]
    by: Channel,
    /// With whom.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Email)]
    with: Option<EmailAddress>,
}

/// Until when a deal is laid aside.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"until": "2199-03-02", "because": "They decide in spring"}))]
pub(crate) struct Aside {
    /// The day on which it comes back.
    #[schema(value_type = String, format = Date)]
    until: Date,
    /// Why.
    #[schema(value_type = String, min_length = 1, max_length = 4000)]
    because: Remark,
}

/// Note something
#[utoipa::path(post, path = "/deals/{id}/notes", tag = "deals", operation_id = "note", request_body = NewNote,
    params(("id" = String, Path, description = "The deal's id", example = "d1")),
    responses((status = 201, body = WrittenDown)))]
pub(crate) async fn note(
    _: Mailbox,
    State(api): State<Api>,
    Path(id): Path<String>,
    Json(new): Json<NewNote>,
) -> Answer<Response> {
    let day = new.day.unwrap_or_else(|| api.now().date());
    write(&api, &id, Entry::Note { day, by: new.by, text: new.text }).await
}

/// Plan something
#[utoipa::path(post, path = "/deals/{id}/plans", tag = "deals", operation_id = "plan", request_body = NewPlan,
    params(("id" = String, Path, description = "The deal's id", example = "d1")),
    responses((status = 201, body = WrittenDown)))]
pub(crate) async fn plan(
    _: Mailbox,
    State(api): State<Api>,
    Path(id): Path<String>,
    Json(new): Json<NewPlan>,
) -> Answer<Response> {
    let NewPlan { what, day, by, with } = new;
    write(&api, &id, Entry::Plan { day, by, with, what }).await
}

/// Lay a deal aside until a day
#[utoipa::path(post, path = "/deals/{id}/aside", tag = "deals", operation_id = "lay_aside", request_body = Aside,
    params(("id" = String, Path, description = "The deal's id", example = "d1")),
    responses((status = 201, body = WrittenDown)))]
pub(crate) async fn lay_aside(
    _: Mailbox,
    State(api): State<Api>,
    Path(id): Path<String>,
    Json(aside): Json<Aside>,
) -> Answer<Response> {
    let Aside { until, because } = aside;
    write(&api, &id, Entry::Snooze { until, because }).await
}

async fn write(api: &Api, id: &str, entry: Entry) -> Answer<Response> {
    let id = deals::stored(api, id).await?.deal.id;
    let done = api.inroad.write_down(Subject::Deal(id.clone()), entry, api.now()).await?;
    api.desk.changed(Some(&id)).await;
    tag::made(&WrittenDown { entry: done.what.get(), deed: done.deed.get() })
}

/// Take back what was written down
///
/// That can be undone, too.
#[utoipa::path(delete, path = "/entries/{number}", tag = "deals", operation_id = "strike",
    params(("number" = i64, Path, description = "The number of a note, a plan or the like", example = 1, minimum = 1)),
    responses((status = 200, body = WrittenDown)))]
pub(crate) async fn strike(
    _: Mailbox,
    State(api): State<Api>,
    Path(number): Path<String>,
) -> Answer<axum::Json<WrittenDown>> {
    let missing = || Problem::not_found("Nothing was written down under that number");
    let number: EntryNumber = number.parse().map_err(|()| missing())?;
    let done = api.inroad.strike(number, api.now()).await?;
    api.desk.changed(done.what.deal()).await;
    Ok(axum::Json(WrittenDown { entry: number.get(), deed: done.deed.get() }))
}
