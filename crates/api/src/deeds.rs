//! What was done, and its undo.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use inroad_service::{Actor, Deed, DeedNumber, DeedsAsked, Right};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::asked::{Mailbox, Path, Query, Somebody};
use crate::deals;
use crate::page::{Asked, Page};
use crate::problem::{Answer, Kind, Problem};
use crate::router::Api;
use crate::tag::Tagged;

/// Something that was done.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeedTold {
    /// Its number.
    number: i64,
    /// The deal that it was about, if it was one.
    deal: Option<String>,
    /// When.
    #[schema(format = DateTime)]
    at: String,
    /// What, in words.
    says: String,
    /// Whether it stands and can be undone.
    is_undoable: bool,
    /// When it was undone; `null` while it stands.
    #[schema(format = DateTime)]
    undone_at: Option<String>,
}

impl From<&Deed> for DeedTold {
    fn from(deed: &Deed) -> Self {
        Self {
            number: deed.number.get(),
            deal: deed.deal.as_ref().map(ToString::to_string),
            at: deed.at.to_string(),
            says: deed.says.clone(),
            is_undoable: deed.is_undoable,
            undone_at: deed.undone_at.map(|at| at.to_string()),
        }
    }
}

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct WhichPage {
    /// What the page before gave as `next`.
    pub(crate) cursor: Option<String>,
    /// How many; 50 if it is left out.
    #[param(minimum = 1, maximum = 200)]
    pub(crate) limit: Option<usize>,
}

/// What was done
///
/// By whose data it is, the latest first.
#[utoipa::path(get, path = "/deeds", tag = "deeds", operation_id = "deeds", params(WhichPage),
    responses((status = 200, body = Page<DeedTold>)))]
pub(crate) async fn list(
    _: Mailbox,
    State(api): State<Api>,
    Query(asked): Query<WhichPage>,
) -> Answer<axum::Json<Page<DeedTold>>> {
    page(&api, &asked, DeedsAsked::default()).await
}

/// What was done about a deal
///
/// By whose data it is, the latest first.
#[utoipa::path(get, path = "/deals/{id}/history", tag = "deals", operation_id = "deal_history",
    params(("id" = String, Path, description = "The deal's id", example = "d1"), WhichPage),
    responses((status = 200, body = Page<DeedTold>)))]
pub(crate) async fn of_deal(
    _: Mailbox,
    State(api): State<Api>,
    Path(id): Path<String>,
    Query(asked): Query<WhichPage>,
) -> Answer<axum::Json<Page<DeedTold>>> {
    let id = deals::stored(&api, &id).await?.deal.id;
    page(&api, &asked, DeedsAsked { deal: Some(&id), ..DeedsAsked::default() }).await
}

async fn page(
    api: &Api,
    which: &WhichPage,
    asked: DeedsAsked<'_>,
) -> Answer<axum::Json<Page<DeedTold>>> {
    let page = Asked::<i64>::of("deeds", which.cursor.as_deref(), which.limit)?;
    let before = match page.after {
        // Nothing has a number before the first.
        Some(number) => match DeedNumber::new(number) {
            Some(number) => Some(number),
            None => return Ok(axum::Json(Page { items: Vec::new(), next: None })),
        },
        None => None,
    };
    let limit = u32::try_from(page.limit + 1).unwrap_or(u32::MAX);
    let deeds = api.inroad.deeds(&DeedsAsked { before, ..asked }, limit).await?;
    let items = deeds.iter().map(|deed| (deed.number.get(), DeedTold::from(deed))).collect();
    Ok(axum::Json(page.page(items)))
}

/// Something that was done
#[utoipa::path(get, path = "/deeds/{number}", tag = "deeds", operation_id = "deed",
    params(("number" = i64, Path, description = "The deed's number", example = 1, minimum = 1)),
    responses((status = 200, body = DeedTold), (status = 304)))]
pub(crate) async fn one(
    Somebody(actor): Somebody,
    State(api): State<Api>,
    Path(number): Path<String>,
    headers: HeaderMap,
) -> Answer<Response> {
    let deed = theirs(&api, &actor, &number).await?;
    Ok(Tagged::by_content(&DeedTold::from(&deed))?.unless_seen(&headers))
}

/// Undo something
///
/// Only who did it can. What was changed again since is left as it is.
#[utoipa::path(post, path = "/deeds/{number}/undo", tag = "deeds", operation_id = "undo",
    params(("number" = i64, Path, description = "The deed's number", example = 1, minimum = 1)),
    responses((status = 200, body = DeedTold)))]
pub(crate) async fn undo(
    Somebody(actor): Somebody,
    State(api): State<Api>,
    Path(number): Path<String>,
) -> Answer<axum::Json<DeedTold>> {
    let deed = theirs(&api, &actor, &number).await?;
    let deed = api.inroad.undo_of(&actor, deed.number, api.now()).await?;
    api.desk.changed(deed.deal.as_ref()).await;
    Ok(axum::Json(DeedTold::from(&deed)))
}

/// A deed of whoever asks. Nobody but whose mailbox it is learns whether there is one of somebody else's.
async fn theirs(api: &Api, actor: &Actor, number: &str) -> Answer<Deed> {
    let found = match number.parse::<DeedNumber>() {
        Ok(number) => api.inroad.deed(number).await.map_err(Problem::from),
        Err(()) => Err(Problem::not_found("Nothing was done under that number")),
    };
    match found {
        Ok(deed) if actor.did(deed.by.as_ref()) => Ok(deed),
        Err(problem) if problem.status != Kind::NotFound.status().as_u16() => Err(problem),
        Err(problem) if actor.may(Right::Mailbox) => Err(problem),
        _ => Err(Problem::new(Kind::Forbidden, "Only who did it sees and undoes it")),
    }
}
