//! Leads between marketing and sales: each sees those that are theirs. `service` says which.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use inroad_leads::LeadState;
use inroad_service::{LeadPage, LeadRow, LeadWhich, LeadsAsked};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::asked::{Leads, Path, Query, bounded_text};
use crate::page::{Asked, Page};
use crate::problem::{Answer, Problem};
use crate::router::Api;
use crate::tag::Tagged;

/// What is asked of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ListAsked {
    /// `mine`, `team` or `all` of those that whoever asks may see.
    which: Option<String>,
    /// Only leads in this state: `waiting`, `accepted`, `returned`, `recycled`, `given_up`, `won`, `lost`.
    state: Option<String>,
    /// Words in name, address, firm, source or campaign; all of them have to stand there.
    words: Option<String>,
    /// What the page before gave as `next`.
    cursor: Option<String>,
    /// How many leads; 50 if it is left out.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<usize>,
}

/// A lead.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LeadLine {
    /// Its number.
    number: i64,
    /// What the person is called.
    label: String,
    /// Their firm; may be empty.
    account: String,
    /// Where they came from.
    source: String,
    /// The campaign; may be empty.
    campaign: String,
    /// Where it stands.
    #[schema(example = "waiting")]
    state: &'static str,
    /// Since when.
    #[schema(format = DateTime)]
    since: String,
    /// Whose it is; `null` for an outside provider.
    owner: Option<String>,
    /// Who handed it over.
    by: String,
    /// Until when something should be done.
    #[schema(format = DateTime)]
    due: Option<String>,
    /// Whether that should have been done by now.
    is_overdue: bool,
    /// Whether it is qualified by what was agreed on; `null` where nothing was.
    is_qualified: Option<bool>,
    /// Whether they asked to be left alone: nobody works on it.
    is_stopped: bool,
}

impl From<&LeadRow> for LeadLine {
    fn from(row: &LeadRow) -> Self {
        Self {
            number: row.number,
            label: row.label.clone(),
            account: row.account.clone(),
            source: row.source.clone(),
            campaign: row.campaign.clone(),
            state: row.state.as_str(),
            since: row.since.to_string(),
            owner: row.owner.clone(),
            by: row.by.clone(),
            due: row.due.map(|due| due.until.to_string()),
            is_overdue: row.is_overdue,
            is_qualified: row.is_qualified,
            is_stopped: row.is_stopped,
        }
    }
}

/// The leads that whoever asks may see
///
/// In the order of their numbers.
#[utoipa::path(get, path = "/leads", tag = "leads", operation_id = "leads", params(ListAsked),
    responses((status = 200, body = Page<LeadLine>)))]
pub(crate) async fn list(
    Leads(actor): Leads,
    State(api): State<Api>,
    Query(asked): Query<ListAsked>,
) -> Answer<axum::Json<Page<LeadLine>>> {
    let page = Asked::<i64>::of("leads", asked.cursor.as_deref(), asked.limit)?;
    let words = asked.words.unwrap_or_default();
    bounded_text("The search", &words)?;
    let which = match asked.which.as_deref() {
        Some(name) => {
            let wrong = || Problem::unreadable("Ask for mine, team or all");
            LeadWhich::from_name(name).ok_or_else(wrong)?
        }
        None => LeadWhich::All,
    };
    if asked.state.as_deref().is_some_and(|state| !LeadState::NAMES.contains(&state)) {
        let what = format!("A lead is one of {}", LeadState::NAMES.join(", "));
        return Err(Problem::unreadable(what));
    }
    let wanted = LeadsAsked {
        which,
        states: asked.state.into_iter().collect(),
        words,
        ..LeadsAsked::default()
    };
    let (after, limit) = (page.after.unwrap_or(0), page.limit + 1);
    let rows = api.inroad.leads_after(&actor, &wanted, after, limit, api.now()).await?;
    let items = rows.iter().map(|row| (row.number, LeadLine::from(row))).collect();
    Ok(axum::Json(page.page(items)))
}

/// One lead.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LeadTold {
    /// Its line in the list.
    lead: LeadLine,
    /// What happened to it, in order.
    told: Vec<LeadStep>,
}

/// Something that happened to a lead.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LeadStep {
    /// When.
    #[schema(format = DateTime)]
    at: String,
    /// By whom.
    by: String,
    /// What.
    says: String,
    /// What they wrote with it.
    words: Option<String>,
}

impl From<LeadPage> for LeadTold {
    fn from(page: LeadPage) -> Self {
        let steps = page.told.into_iter().map(|told| LeadStep {
            at: told.at.to_string(),
            by: told.by,
            says: told.says,
            words: told.words,
        });
        Self { lead: LeadLine::from(&page.row), told: steps.collect() }
    }
}

/// One lead
#[utoipa::path(get, path = "/leads/{number}", tag = "leads", operation_id = "lead",
    params(("number" = i64, Path, description = "The lead's number", example = 1, minimum = 1)),
    responses((status = 200, body = LeadTold), (status = 304)))]
pub(crate) async fn one(
    Leads(actor): Leads,
    State(api): State<Api>,
    Path(number): Path<String>,
    headers: HeaderMap,
) -> Answer<Response> {
    let missing = |_| Problem::not_found("There is no lead of that number");
    let number: i64 = number.parse().map_err(missing)?;
    let page = api.inroad.lead(&actor, number, api.now()).await?;
    Ok(Tagged::by_content(&LeadTold::from(page))?.unless_seen(&headers))
}
