//! The review: how deals stand, what to do, why, and the words that show it.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use inroad_advice::DealReview;
use inroad_advice::people::PersonReview;
use inroad_model::{Advice, DealId, Moment, Role, State as DealState};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use crate::asked::{Mailbox, Path, Query, moment, told};
use crate::evidence::{Said, Stated, Why};
use crate::page::Asked;
use crate::problem::{Answer, Problem};
use crate::router::Api;
use crate::tag::Tagged;
use crate::words::{AdviceWord, StageWord, StateWord};

/// What is asked of the review.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReviewAsked {
    /// A day such as 2026-09-01, or a time: only what was known by then counts. Now if it is left out.
    as_of: Option<String>,
    /// Only deals in this state.
    #[param(value_type = Option<StateWord>, inline)]
    state: Option<DealState>,
    /// Only deals with this advice.
    #[param(value_type = Option<AdviceWord>, inline)]
    advice: Option<Advice>,
    /// What the page before gave as `next`.
    cursor: Option<String>,
    /// How many deals; 50 if it is left out.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<usize>,
}

/// A deal in a few words.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReviewLine {
    /// The deal's id.
    id: String,
    /// Its name.
    name: String,
    /// The organisation on the other side.
    organization: Option<String>,
    /// Its place when those that ask for something today come first; counts from 1.
    attention: usize,
    /// How it stands.
    #[schema(value_type = StateWord)]
    state: DealState,
    /// What to do.
    #[schema(value_type = AdviceWord)]
    advice: Advice,
    /// Whether the user decided so, otherwise than advised.
    decided_by_user: bool,
    /// Until when to wait.
    #[schema(value_type = Option<String>, format = Date)]
    until: Option<jiff::civil::Date>,
    /// How likely nothing comes from them in the next 60 days.
    probability_dark: f64,
    /// How likely an answer is within seven days.
    probability_reply_7d: f64,
    /// The likeliest cause in words; `null` while nothing looks wrong.
    likeliest_cause: Option<String>,
    /// Why, with the words that show it.
    reasons: Vec<Said>,
    /// The next honest, useful step.
    next_step: Option<NextStep>,
}

/// A step.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct NextStep {
    /// What to do.
    text: String,
    /// With whom.
    #[schema(format = Email)]
    to: Option<String>,
    /// Not before that day.
    #[schema(value_type = Option<String>, format = Date)]
    not_before: Option<jiff::civil::Date>,
}

/// A page of the review.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReviewPage {
    /// The moment that was looked at.
    #[schema(format = DateTime)]
    as_of: String,
    /// The deals, in the order of their ids.
    items: Vec<ReviewLine>,
    /// What to send as `cursor` for the next page; `null` on the last one.
    next: Option<String>,
}

/// How all open deals stand
///
/// For each its state, what to do, why, and the next step. A probability is an estimate.
#[utoipa::path(get, path = "/review", tag = "review", operation_id = "review", params(ReviewAsked),
    responses((status = 200, body = ReviewPage)))]
pub(crate) async fn all(
    _: Mailbox,
    State(api): State<Api>,
    Query(asked): Query<ReviewAsked>,
) -> Answer<axum::Json<ReviewPage>> {
    let page = Asked::<String>::of("review", asked.cursor.as_deref(), asked.limit)?;
    let at = moment(asked.as_of.as_deref(), api.now())?;
    let (past, morning);
    let review = if asked.as_of.is_some() {
        past = api.inroad.review(at).await?;
        &past
    } else {
        morning = api.desk.morning().await?;
        &morning.review
    };
    let deals = review.by_attention().into_iter().zip(1..).filter(|(deal, _)| {
        asked.state.is_none_or(|state| deal.state == state)
            && asked.advice.is_none_or(|advice| deal.advice == advice)
    });
    let page = page.cut(deals.map(|(deal, place)| (deal.id.to_string(), (deal, place))));
    Ok(axum::Json(ReviewPage {
        as_of: review.as_of.to_string(),
        items: page.items.into_iter().map(|(deal, place)| line(deal, place)).collect(),
        next: page.next,
    }))
}

fn line(deal: &DealReview, attention: usize) -> ReviewLine {
    ReviewLine {
        id: deal.id.to_string(),
        name: deal.name.clone(),
        organization: deal.organization.clone(),
        attention,
        state: deal.state,
        advice: deal.advice,
        decided_by_user: deal.overruled.is_some(),
        until: deal.until,
        probability_dark: deal.probability_dark.get(),
        probability_reply_7d: deal.probability_reply_7d.get(),
        likeliest_cause: deal.likely_causes().first().map(|cause| cause.name.clone()),
        reasons: deal.reasons.iter().map(Said::from).collect(),
        next_step: step(deal),
    }
}

fn step(deal: &DealReview) -> Option<NextStep> {
    deal.next_step.as_ref().map(|step| NextStep {
        text: step.text.clone(),
        to: step.to.as_ref().map(ToString::to_string),
        not_before: step.not_before,
    })
}

/// Everything that is concluded of a deal.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Diagnosis {
    /// The moment that was looked at.
    #[schema(format = DateTime)]
    as_of: String,
    /// The deal's id.
    id: String,
    /// Its name.
    name: String,
    /// The organisation on the other side.
    organization: Option<String>,
    /// How far it is.
    #[schema(value_type = Option<StageWord>)]
    stage: Option<inroad_model::Stage>,
    /// How it stands.
    #[schema(value_type = StateWord)]
    state: DealState,
    /// What to do.
    #[schema(value_type = AdviceWord)]
    advice: Advice,
    /// What the user decided otherwise, with what was advised and why; `null` where the advice counts.
    #[schema(value_type = Option<Object>)]
    overruled: Value,
    /// Until when to wait.
    #[schema(value_type = Option<String>, format = Date)]
    until: Option<jiff::civil::Date>,
    /// How likely nothing comes from them in the next 60 days.
    probability_dark: f64,
    /// How likely an answer is within seven days.
    probability_reply_7d: f64,
    /// How likely it is that nothing is wrong.
    probability_healthy: f64,
    /// Who has to write next: `they`, `we` or `nobody`.
    #[schema(value_type = String)]
    owes: Value,
    /// When they last wrote.
    #[schema(value_type = Option<String>, format = DateTime)]
    heard_at: Option<Moment>,
    /// When we last wrote.
    #[schema(value_type = Option<String>, format = DateTime)]
    wrote_at: Option<Moment>,
    /// Days since the first message of ours that nobody answered, without known absences.
    silent_days: f64,
    /// The days within which half and nine tenths of their answers come.
    #[schema(value_type = Vec<f64>)]
    usual_days: (f64, f64),
    /// The state in words, with what shows it.
    reasons: Vec<Said>,
    /// Why it may be so, likeliest first.
    causes: Vec<Why>,
    /// What was stated, oldest first.
    facts: Vec<Stated>,
    /// Who is against it, if anybody is known to be.
    #[schema(format = Email)]
    resistor: Option<String>,
    /// Who inside could move it, best first, each with why.
    #[schema(value_type = Vec<Object>)]
    levers: Value,
    /// The people over whom to go, in order.
    route: Vec<String>,
    /// Who decides, as far as known.
    #[schema(format = Email)]
    decision_maker: Option<String>,
    /// What is unknown, and who could tell.
    missing: Vec<String>,
    /// The question worth most now: whom to ask, its text, and which causes the answer tells apart.
    #[schema(value_type = Option<Object>)]
    question: Value,
    /// What would change the advice, likeliest first.
    #[schema(value_type = Vec<Object>)]
    would_change: Value,
    /// The next honest, useful step.
    next_step: Option<NextStep>,
}

/// A past day, if one is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct AsOf {
    /// A day such as 2026-09-01, or a time: only what was known by then counts. Now if it is left out.
    pub(crate) as_of: Option<String>,
}

/// What is concluded of the deal of that id; of the newest state where no moment is given.
pub(crate) async fn of(api: &Api, id: &str, at: Option<Moment>) -> Answer<(DealReview, Moment)> {
    let missing = || Problem::not_found("No deal has that id");
    let id = DealId::new(id).map_err(|_odd| missing())?;
    if at.is_none() {
        let morning = api.desk.morning().await?;
        if let Some(deal) = morning.review.deals.iter().find(|deal| deal.id == id) {
            return Ok((deal.clone(), morning.review.as_of));
        }
    }
    // An id that is none leads to no deal that is only called so.
    api.inroad.stored_deal(&id).await?;
    let at = at.unwrap_or_else(|| api.now());
    let then = || Problem::not_found("This deal was not open then");
    let deal = api.inroad.review_alone(&id, at).await?.ok_or_else(then)?;
    Ok((deal, at))
}

/// Everything that is concluded of a deal
#[utoipa::path(get, path = "/deals/{id}/review", tag = "review", operation_id = "deal_review",
    params(("id" = String, Path, description = "The deal's id", example = "d1"), AsOf),
    responses((status = 200, body = Diagnosis), (status = 304)))]
pub(crate) async fn one(
    _: Mailbox,
    State(api): State<Api>,
    Path(id): Path<String>,
    Query(asked): Query<AsOf>,
    headers: HeaderMap,
) -> Answer<Response> {
    let at = moment(asked.as_of.as_deref(), api.now())?;
    let (deal, as_of) = of(&api, &id, asked.as_of.is_some().then_some(at)).await?;
    Ok(Tagged::by_content(&diagnosis(&deal, as_of)?)?.unless_seen(&headers))
}

fn diagnosis(deal: &DealReview, as_of: Moment) -> Answer<Diagnosis> {
    let text = |email: &inroad_model::EmailAddress| email.to_string();
    Ok(Diagnosis {
        as_of: as_of.to_string(),
        id: deal.id.to_string(),
        name: deal.name.clone(),
        organization: deal.organization.clone(),
        stage: deal.stage,
        state: deal.state,
        advice: deal.advice,
        overruled: told(&deal.overruled)?,
        until: deal.until,
        probability_dark: deal.probability_dark.get(),
        probability_reply_7d: deal.probability_reply_7d.get(),
        probability_healthy: deal.probability_healthy.get(),
        owes: told(&deal.owes)?,
        heard_at: deal.heard_at,
        wrote_at: deal.wrote_at,
        silent_days: deal.silent_days,
        usual_days: deal.usual_days,
        reasons: deal.reasons.iter().map(Said::from).collect(),
        causes: deal.causes.iter().map(Why::from).collect(),
        facts: deal.facts.iter().map(Stated::from).collect(),
        resistor: deal.resistor.as_ref().map(text),
        levers: told(&deal.levers)?,
        route: deal.route.iter().map(text).collect(),
        decision_maker: deal.decision_maker.as_ref().map(text),
        missing: deal.missing.clone(),
        question: told(&deal.question)?,
        would_change: told(&deal.would_change)?,
        next_step: step(deal),
    })
}

/// Somebody on the other side of a deal.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Seated {
    /// The address.
    #[schema(format = Email)]
    email: String,
    /// The name, if known.
    name: Option<String>,
    /// The title, as typed in or as signed.
    title: Option<String>,
    /// The parts that they play.
    #[schema(value_type = Vec<String>)]
    roles: Vec<Role>,
    /// How they stand; `null` where nothing was written either way.
    #[schema(value_type = Option<StateWord>)]
    state: Option<DealState>,
    /// How many messages they wrote.
    received: usize,
    /// How many messages they were written.
    sent: usize,
    /// When they last wrote.
    #[schema(value_type = Option<String>, format = DateTime)]
    heard_at: Option<Moment>,
    /// When they were last written to.
    #[schema(value_type = Option<String>, format = DateTime)]
    wrote_at: Option<Moment>,
}

impl From<&PersonReview> for Seated {
    fn from(person: &PersonReview) -> Self {
        Self {
            email: person.email.to_string(),
            name: person.name.clone(),
            title: person.title.clone(),
            roles: person.roles.clone(),
            state: person.state,
            received: person.received,
            sent: person.sent,
            heard_at: person.heard_at,
            wrote_at: person.wrote_at,
        }
    }
}

/// Everybody on the other side of a deal
#[utoipa::path(get, path = "/deals/{id}/people", tag = "deals", operation_id = "deal_people",
    params(("id" = String, Path, description = "The deal's id", example = "d1"), AsOf),
    responses((status = 200, body = Vec<Seated>)))]
pub(crate) async fn people(
    _: Mailbox,
    State(api): State<Api>,
    Path(id): Path<String>,
    Query(asked): Query<AsOf>,
) -> Answer<axum::Json<Vec<Seated>>> {
    let at = moment(asked.as_of.as_deref(), api.now())?;
    let (deal, _) = of(&api, &id, asked.as_of.is_some().then_some(at)).await?;
    Ok(axum::Json(deal.people.iter().map(Seated::from).collect()))
}
