//! Deals as they are kept: the list, one, a new one, a change, and what happened about one.

mod change;
mod touches;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use inroad_model::{Deal, DealId, EmailAddress, Role, Seat, Stage};
use inroad_service::{DealStatus, StoredDeal};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::asked::{Json, Mailbox, Path, Query, bounded_text};
use crate::page::{Asked, Page};
use crate::problem::{Answer, Problem};
use crate::router::Api;
use crate::tag::Tagged;
use crate::words::{StageWord, StatusWord};

pub(crate) use change::{__path_change, change};
pub(crate) use touches::{__path_touches, touches};

/// A deal as it is kept.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct KeptDeal {
    /// Its id, which never changes.
    #[schema(example = "d1")]
    id: String,
    /// Its name.
    name: String,
    /// The organisation on the other side.
    organization: Option<String>,
    /// The mail domain of that organisation.
    domain: Option<String>,
    /// Whether somebody accepted it.
    #[schema(value_type = StatusWord)]
    status: &'static str,
    /// How far it is.
    #[schema(value_type = Option<StageWord>)]
    stage: Option<Stage>,
    /// What it is worth, in `currency`.
    value: Option<f64>,
    /// ISO 4217 code.
    currency: Option<String>,
    /// The fee that was quoted.
    fee_quoted: Option<f64>,
    /// The usual range of fees, the lower first.
    #[schema(value_type = Option<Vec<f64>>)]
    usual_fees: Option<(f64, f64)>,
    /// Whether it is a long-term account that must be handled with care.
    ongoing: bool,
    /// The day on which it was opened.
    #[schema(value_type = Option<String>, format = Date)]
    opened: Option<Date>,
    /// Where it came from.
    source: Option<String>,
    /// The trade of the organisation.
    industry: Option<String>,
    /// The people, as far as they were typed in; `/deals/{id}/people` gives everybody.
    people: Vec<Seating>,
}

/// Somebody in a deal.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Seating {
    /// The address.
    #[schema(value_type = String, format = Email, example = "jana@lindner.example")]
    email: EmailAddress,
    /// The name, if known.
    #[serde(default)]
    name: Option<String>,
    /// The title, if known.
    #[serde(default)]
    title: Option<String>,
    /// The parts that they play: `primary_contact`, `purchaser`, `end_user`, `problem_owner`, `decision_maker`,
    /// `influencer`.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    roles: Vec<Role>,
}

impl From<Seating> for Seat {
    fn from(seating: Seating) -> Self {
        let Seating { email, name, title, roles } = seating;
        Self { email, name, title, roles }
    }
}

impl From<&Seat> for Seating {
    fn from(seat: &Seat) -> Self {
        let Seat { email, name, title, roles } = seat.clone();
        Self { email, name, title, roles }
    }
}

impl From<&StoredDeal> for KeptDeal {
    fn from(stored: &StoredDeal) -> Self {
        let deal = &stored.deal;
        Self {
            id: deal.id.to_string(),
            name: deal.name.clone(),
            organization: deal.organization.clone(),
            domain: deal.domain.clone(),
            status: stored.status.as_str(),
            stage: deal.stage,
            value: deal.value,
            currency: deal.currency.clone(),
            fee_quoted: deal.fee_quoted,
            usual_fees: deal.usual_fee_range,
            ongoing: deal.ongoing_account,
            opened: deal.opened,
            source: deal.source.clone(),
            industry: deal.industry.clone(),
            people: deal.people.iter().map(Seating::from).collect(),
        }
    }
}

/// A deal that was made or changed, and the number under which that can be undone.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChangedDeal {
    /// The deal as it is now.
    deal: KeptDeal,
    /// What was done, for `/deeds/{number}/undo`; `null` where nothing changed.
    deed: Option<i64>,
}

/// What is asked of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct DealsAsked {
    /// Only deals at this stage.
    #[param(value_type = Option<StageWord>, inline)]
    stage: Option<Stage>,
    /// Only deals of this status.
    #[param(value_type = Option<StatusWord>, inline)]
    status: Option<String>,
    /// Words that stand in the name or the organisation; all of them have to.
    words: Option<String>,
    /// What the page before gave as `next`.
    cursor: Option<String>,
    /// How many deals; 50 if it is left out.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<usize>,
}

/// All deals
///
/// In the order of their ids, also those that were proposed from mail or dismissed.
#[utoipa::path(get, path = "/deals", tag = "deals", operation_id = "deals", params(DealsAsked),
    responses((status = 200, body = Page<KeptDeal>)))]
pub(crate) async fn list(
    _: Mailbox,
    State(api): State<Api>,
    Query(asked): Query<DealsAsked>,
) -> Answer<axum::Json<Page<KeptDeal>>> {
    let page = Asked::<String>::of("deals", asked.cursor.as_deref(), asked.limit)?;
    let status: Option<DealStatus> = match &asked.status {
        Some(status) => {
            let wrong = |_| Problem::unreadable("The status is proposed, open or dismissed");
            Some(status.parse().map_err(wrong)?)
        }
        None => None,
    };
    let words = asked.words.unwrap_or_default().to_lowercase();
    let words = bounded_text("The search", &words)?;
    let deals = api.inroad.deals().await?;
    let is_meant = |stored: &&StoredDeal| {
        let organization = stored.deal.organization.as_deref().unwrap_or_default();
        let text = format!("{} {organization}", stored.deal.name).to_lowercase();
        asked.stage.is_none_or(|stage| stored.deal.stage == Some(stage))
            && status.is_none_or(|status| stored.status == status)
            && words.split_whitespace().all(|word| text.contains(word))
    };
    let meant = deals.iter().filter(is_meant);
    let page = page.cut(meant.map(|stored| (stored.deal.id.to_string(), stored)));
    let items = page.items.into_iter().map(KeptDeal::from).collect();
    Ok(axum::Json(Page { items, next: page.next }))
}

/// One deal
///
/// Its `ETag` is what a change sends back as `If-Match`.
#[utoipa::path(get, path = "/deals/{id}", tag = "deals", operation_id = "deal",
    params(("id" = String, Path, description = "The deal's id", example = "d1")),
    responses((status = 200, body = KeptDeal), (status = 304)))]
pub(crate) async fn one(
    _: Mailbox,
    State(api): State<Api>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Answer<Response> {
    let stored = stored(&api, &id).await?;
    Ok(Tagged::of_version(stored.version(), &KeptDeal::from(&stored))?.unless_seen(&headers))
}

/// The deal of that very id.
pub(crate) async fn stored(api: &Api, id: &str) -> Answer<StoredDeal> {
    let id = DealId::new(id).map_err(|_odd| Problem::not_found("No deal has that id"))?;
    Ok(api.inroad.stored_deal(&id).await?)
}

/// A deal that is to be made.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"name": "Rota for three sites", "organization": "Acme", "stage": "discovery",
    "value": 12000, "currency": "EUR", "people": [{"email": "omar@acme.example", "name": "Omar Li"}]}))]
pub(crate) struct NewDeal {
    /// Its name.
    #[schema(min_length = 1, max_length = 1000)]
    name: String,
    /// Its id; made of the name if it is left out.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 500)]
    id: Option<String>,
    /// The organisation on the other side.
    #[serde(default)]
    organization: Option<String>,
    /// The mail domain of that organisation.
    #[serde(default)]
    domain: Option<String>,
    /// How far it is.
    #[serde(default)]
    #[schema(value_type = Option<StageWord>)]
    stage: Option<Stage>,
    /// What it is worth, in `currency`.
    #[serde(default)]
    #[schema(minimum = 0)]
    value: Option<f64>,
    /// ISO 4217 code.
    #[serde(default)]
    #[schema(pattern = "^[A-Za-z]{3}$")]
    currency: Option<String>,
    /// The day on which it was opened.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    opened: Option<Date>,
    /// Whether it is a long-term account that must be handled with care.
    #[serde(default)]
    ongoing: bool,
    /// Where it came from.
    #[serde(default)]
    source: Option<String>,
    /// The trade of the organisation.
    #[serde(default)]
    industry: Option<String>,
    /// The people on the other side.
    #[serde(default)]
    #[schema(max_items = 200)]
    people: Vec<Seating>,
}

/// More people are in no deal.
const PEOPLE_MAX: usize = 200;

impl NewDeal {
    /// The deal, if it can be one.
    pub(crate) fn read(self) -> Answer<Deal> {
        let name = self.name.split_whitespace().collect::<Vec<_>>().join(" ");
        let id = self.id.as_deref().unwrap_or(&name);
        let what = if self.id.is_some() { "That is no id" } else { "A deal needs a name" };
        let id = DealId::new(id).map_err(|why| Problem::invalid(format!("{what}: {why}")))?;
        for text in [Some(&name), self.organization.as_ref(), self.domain.as_ref()] {
            bounded_text("A name", text.map_or("", String::as_str))?;
        }
        for text in [self.source.as_ref(), self.industry.as_ref()] {
            bounded_text("A word on where it came from", text.map_or("", String::as_str))?;
        }
        if name.is_empty() {
            return Err(Problem::invalid("A deal needs a name"));
        }
        if self.people.len() > PEOPLE_MAX {
            return Err(Problem::invalid(format!("More than {PEOPLE_MAX} people in one deal")));
        }
        Ok(Deal {
            id,
            name,
            organization: self.organization.filter(|text| !text.trim().is_empty()),
            domain: self.domain.filter(|text| !text.trim().is_empty()),
            stage: self.stage,
            stage_since: None,
            value: self.value.map(sum).transpose()?,
            currency: self.currency.as_deref().map(currency).transpose()?,
            fee_quoted: None,
            usual_fee_range: None,
            ongoing_account: self.ongoing,
            opened: self.opened,
            source: self.source,
            industry: self.industry,
            people: self.people.into_iter().map(Seat::from).collect(),
            notes: Vec::new(),
            insights: Vec::new(),
        })
    }
}

/// A sum, if it is one.
fn sum(value: f64) -> Answer<f64> {
    let fits = value.is_finite() && (0.0..1e15).contains(&value);
    if fits { Ok(value) } else { Err(Problem::invalid("A sum is a number such as 48000")) }
}

/// The code of a currency in capitals.
fn currency(code: &str) -> Answer<String> {
    let is_code = code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_alphabetic());
    let wrong = || Problem::invalid("Write the currency as three letters, such as EUR");
    is_code.then(|| code.to_ascii_uppercase()).ok_or_else(wrong)
}

/// Make a deal
#[utoipa::path(post, path = "/deals", tag = "deals", operation_id = "make_deal", request_body = NewDeal,
    responses((status = 201, body = ChangedDeal, headers(("Location" = String), ("ETag" = String)))))]
pub(crate) async fn make(
    _: Mailbox,
    State(api): State<Api>,
    Json(new): Json<NewDeal>,
) -> Answer<Tagged> {
    let done = api.inroad.add_deal(new.read()?, api.now()).await?;
    api.desk.changed(None).await;
    let changed = ChangedDeal { deal: KeptDeal::from(&done.what), deed: Some(done.deed.get()) };
    let place = format!("/api/v1/deals/{}", escaped(done.what.deal.id.as_str()));
    Ok(Tagged::of_version(done.what.version(), &changed)?.made(place))
}

/// A text as a part of a path.
pub(crate) fn escaped(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}
