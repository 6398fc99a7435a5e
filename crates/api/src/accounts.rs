//! Firms on the other side: the list, and one.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use inroad_model::{AccountKey, Moment};
use inroad_service::AccountRow;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::asked::{Mailbox, Path, Query, bounded_text};
use crate::page::{Asked, Page};
use crate::problem::{Answer, Problem};
use crate::router::Api;
use crate::tag::Tagged;

/// What is asked of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ListAsked {
    /// Words of the name or the domain; all of them have to stand there.
    words: Option<String>,
    /// What the page before gave as `next`.
    cursor: Option<String>,
    /// How many firms; 50 if it is left out.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<usize>,
}

/// A firm.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Firm {
    /// What it is kept under: its domain, or its name where none is known.
    #[schema(example = "lindner.example")]
    key: String,
    /// What it is called.
    label: String,
    /// When a letter last went either way.
    #[schema(value_type = Option<String>, format = DateTime)]
    last_at: Option<Moment>,
    /// The words by which the user finds it.
    tags: Vec<String>,
    /// Whether the user leaves everybody there alone.
    is_left_alone: bool,
    /// Whether it is one of the few that are worked on.
    is_target: bool,
    /// Its deals that are open, by id.
    deals: Vec<String>,
    /// Its people, by the address that stands for each; those with whom a letter passed last first.
    people: Vec<String>,
}

impl From<&AccountRow<'_>> for Firm {
    fn from(row: &AccountRow<'_>) -> Self {
        Self {
            key: row.key().to_string(),
            label: row.label().to_owned(),
            last_at: row.last_at(),
            tags: row.tags.iter().map(|tag| (*tag).to_owned()).collect(),
            is_left_alone: row.left_alone.is_some(),
            is_target: row.target.is_some(),
            deals: row.deals.iter().map(|deal| deal.id.to_string()).collect(),
            people: row.people.iter().map(|who| who.email().to_string()).collect(),
        }
    }
}

/// All firms on the other side
///
/// In the order of their keys.
#[utoipa::path(get, path = "/accounts", tag = "people", operation_id = "accounts", params(ListAsked),
    responses((status = 200, body = Page<Firm>)))]
pub(crate) async fn list(
    _: Mailbox,
    State(api): State<Api>,
    Query(asked): Query<ListAsked>,
) -> Answer<axum::Json<Page<Firm>>> {
    let page = Asked::<String>::of("accounts", asked.cursor.as_deref(), asked.limit)?;
    let words = inroad_service::search::fold(asked.words.as_deref().unwrap_or_default());
    bounded_text("The search", &words)?;
    let register = api.desk.register().await?;
    let morning = api.desk.glance().await?;
    let entries = api.inroad.entries(api.now()).await?;
    let rows = register.accounts(&morning, &entries);
    let meant = rows.iter().filter(|row| row.firm.has_words(words.split_whitespace()));
    let page = page.cut(meant.map(|row| (row.key().to_string(), row)));
    Ok(axum::Json(Page {
        items: page.items.into_iter().map(Firm::from).collect(),
        next: page.next,
    }))
}

/// One firm
#[utoipa::path(get, path = "/accounts/{key}", tag = "people", operation_id = "account",
    params(("key" = String, Path, description = "Its domain, or what it is kept under",
        example = "lindner.example")),
    responses((status = 200, body = Firm), (status = 304)))]
pub(crate) async fn one(
    _: Mailbox,
    State(api): State<Api>,
    Path(key): Path<String>,
    headers: HeaderMap,
) -> Answer<Response> {
    let missing = || Problem::not_found("No firm is kept under that");
    let key = AccountKey::domain(&key).or_else(|_| AccountKey::of_name(&key));
    let key = key.map_err(|_odd| missing())?;
    let register = api.desk.register().await?;
    let morning = api.desk.glance().await?;
    let entries = api.inroad.entries(api.now()).await?;
    let row = register.account(&key, &morning, &entries).ok_or_else(missing)?;
    Ok(Tagged::by_content(&Firm::from(&row))?.unless_seen(&headers))
}
