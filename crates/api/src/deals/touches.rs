//! What happened about a deal: letters, meetings, notes, plans.

use std::collections::BTreeMap;

use axum::extract::State;
use inroad_model::Entry;
use inroad_service::{Happened, Happening};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::stored;
use crate::asked::{Mailbox, Path, Query, bounded_text, moment};
use crate::page::{Asked, Latest, Page};
use crate::problem::Answer;
use crate::router::Api;

/// So much of a title tells meetings of one moment apart.
const TITLE_CHARS_MAX: usize = 200;

/// What is asked of what happened.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct TouchesAsked {
    /// A day such as 2026-09-01, or a time: only what was known by then counts. Now if it is left out.
    as_of: Option<String>,
    /// Words that stand in subjects, names, statements or notes; all of them have to.
    words: Option<String>,
    /// What the page before gave as `next`.
    cursor: Option<String>,
    /// How many; 50 if it is left out.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<usize>,
}

/// One thing that happened.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Touch {
    /// When; of a note the beginning of its day.
    #[schema(format = DateTime)]
    at: String,
    /// What: `letter`, `meeting`, `note` or `plan`.
    #[schema(example = "letter")]
    kind: &'static str,
    /// The Message-ID of a letter, for `/messages/{id}`.
    message: Option<String>,
    /// The number of a note or a plan, by which it is taken back.
    entry: Option<i64>,
    /// Whether we wrote the letter.
    is_ours: Option<bool>,
    /// Who wrote the letter.
    from: Option<String>,
    /// The subject, the title of the meeting, or the words of the note, without private ones.
    text: String,
    /// Whether the meeting was called off.
    is_cancelled: Option<bool>,
}

impl Touch {
    fn of(happening: Happening) -> (Latest, Self) {
        let at = happening.at;
        let blank = Self {
            at: at.to_string(),
            kind: "note",
            message: None,
            entry: None,
            is_ours: None,
            from: None,
            text: String::new(),
            is_cancelled: None,
        };
        let (which, touch) = match happening.what {
            Happened::Letter { id, is_ours, from, subject, facts: _ } => {
                let message = Some(id.to_string());
                let (is_ours, from) = (Some(is_ours), Some(from));
                let letter =
                    Self { kind: "letter", message, is_ours, from, text: subject, ..blank };
                (format!("letter {id}"), letter)
            }
            Happened::Meeting { title, is_cancelled } => {
                let is_cancelled = Some(is_cancelled);
                // A title may be of any length, and a cursor not.
                let begin: String = title.chars().take(TITLE_CHARS_MAX).collect();
                let which = format!("meeting {begin}");
                (which, Self { kind: "meeting", text: title, is_cancelled, ..blank })
            }
            Happened::Entry { number, entry } => {
                let (kind, text) = match &entry {
                    Entry::Plan { what, .. } => ("plan", what.as_str()),
                    Entry::Note { text, .. } => ("note", text.as_str()),
                    _ => ("note", ""),
                };
                let text = text.to_owned();
                let entry = Some(number.get());
                (format!("entry {number}"), Self { kind, entry, text, ..blank })
            }
        };
        (Latest { at: at.timestamp().as_microsecond(), which }, touch)
    }
}

/// What happened about a deal
///
/// The latest first.
#[utoipa::path(get, path = "/deals/{id}/touches", tag = "deals", operation_id = "deal_touches",
    params(("id" = String, Path, description = "The deal's id", example = "d1"), TouchesAsked),
    responses((status = 200, body = Page<Touch>)))]
pub(crate) async fn touches(
    _: Mailbox,
    State(api): State<Api>,
    Path(id): Path<String>,
    Query(asked): Query<TouchesAsked>,
) -> Answer<axum::Json<Page<Touch>>> {
    let page = Asked::<Latest>::of("touches", asked.cursor.as_deref(), asked.limit)?;
    let at = moment(asked.as_of.as_deref(), api.now())?;
    let words = asked.words.unwrap_or_default();
    let words = bounded_text("The search", &words)?;
    let stored = stored(&api, &id).await?;
    let all = api.inroad.timeline(&stored.deal, at, words, 0, usize::MAX).await?;
    let mut seen: BTreeMap<(i64, String), usize> = BTreeMap::new();
    let touches = all.happenings.into_iter().map(Touch::of).map(|(mut key, touch)| {
        // Two meetings of one name at one moment are two.
        let before = seen.entry((key.at, key.which.clone())).or_default();
        *before += 1;
        key.which = format!("{} {before}", key.which);
        (key, touch)
    });
    Ok(axum::Json(page.cut(touches)))
}
