//! What was wrong with what came in.

use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::asked::{Mailbox, Query};
use crate::deeds::WhichPage;
use crate::page::{Asked, Page};
use crate::problem::Answer;
use crate::router::Api;

/// Something that was wrong.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IssueTold {
    /// Its number.
    number: i64,
    /// The file.
    file: Option<String>,
    /// The line there, from 1.
    line: Option<u64>,
    /// What was wrong.
    what: String,
    /// What was done instead, or what can be done.
    way_out: String,
}

/// What was wrong with what came in
///
/// The latest first. Whatever was not wrong came in.
#[utoipa::path(get, path = "/issues", tag = "imports", operation_id = "issues", params(WhichPage),
    responses((status = 200, body = Page<IssueTold>)))]
pub(crate) async fn list(
    _: Mailbox,
    State(api): State<Api>,
    Query(asked): Query<WhichPage>,
) -> Answer<axum::Json<Page<IssueTold>>> {
    let page = Asked::<i64>::of("issues", asked.cursor.as_deref(), asked.limit)?;
    let limit = u32::try_from(page.limit + 1).unwrap_or(u32::MAX);
    let issues = api.inroad.latest_issues(page.after, limit).await?;
    let told = issues.into_iter().map(|(number, issue)| {
        let (file, line) = (issue.place.file, issue.place.line);
        (number, IssueTold { number, file, line, what: issue.what, way_out: issue.way_out })
    });
    Ok(axum::Json(page.page(told.collect())))
}
