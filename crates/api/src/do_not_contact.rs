//! Whom not to write to: the list, and the user's own word on it. What people asked for themselves stands.

use axum::extract::State;
use axum::response::Response;
use inroad_service::{NotContacted, NotContactedWho, SaidBy, TakeBack};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::asked::{Json, Mailbox, Path, Query, bounded_text, text};
use crate::page::{Asked, Page};
use crate::problem::Answer;
use crate::router::Api;
use crate::tag;

/// What is asked of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ListAsked {
    /// Words that stand in it; all of them have to. An address is found by its hash, too.
    words: Option<String>,
    /// What the page before gave as `next`.
    cursor: Option<String>,
    /// How many; 50 if it is left out.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<usize>,
}

/// Somebody who is not to be written to.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Listed {
    /// An address, a mail domain, the name of a firm, or a hash.
    whom: String,
    /// What that is: `person`, `firm`, `sha256` or `erased`.
    #[schema(example = "person")]
    kind: &'static str,
    /// Since when; `null` where nobody says.
    #[schema(value_type = Option<String>, format = Date)]
    since: Option<jiff::civil::Date>,
    /// Why, in the words of whoever said so.
    because: String,
    /// Who said so: `letter` (they did), `contacts` (an address book), `you`, `list` or `erasing`.
    #[schema(example = "letter")]
    said_by: &'static str,
    /// The letter in which they asked for it.
    message: Option<String>,
    /// Whether it is the user's to take back.
    can_be_taken_back: bool,
}

impl From<NotContacted> for Listed {
    fn from(one: NotContacted) -> Self {
        let (said_by, message) = match &one.said {
            SaidBy::Letter(id) => ("letter", Some(id.to_string())),
            SaidBy::Contacts => ("contacts", None),
            SaidBy::You => ("you", None),
            SaidBy::List(_) => ("list", None),
            SaidBy::Erasing => ("erasing", None),
        };
        Self {
            whom: one.whom.key().to_owned(),
            kind: match one.whom {
                NotContactedWho::Person(_) => "person",
                NotContactedWho::Firm(_) => "firm",
                NotContactedWho::Sha256(_) => "sha256",
                NotContactedWho::Erased(_) => "erased",
            },
            since: one.since,
            because: one.because,
            said_by,
            message,
            can_be_taken_back: one.take_back.is_some(),
        }
    }
}

/// Everybody who is not to be written to
///
/// In the order of whom it is about; somebody of whom several said so stands there several times.
#[utoipa::path(get, path = "/do-not-contact", tag = "do not contact", operation_id = "not_contacted",
    params(ListAsked), responses((status = 200, body = Page<Listed>)))]
pub(crate) async fn list(
    _: Mailbox,
    State(api): State<Api>,
    Query(asked): Query<ListAsked>,
) -> Answer<axum::Json<Page<Listed>>> {
    let page = Asked::<String>::of("do-not-contact", asked.cursor.as_deref(), asked.limit)?;
    let words = asked.words.unwrap_or_default();
    let words = bounded_text("The search", &words)?;
    let all = api.inroad.not_contacted(words, api.now()).await?.into_iter();
    let listed = all.map(|one| {
        // Several lists, or several words of the user's, may name one person.
        let number = match one.take_back {
            Some(TakeBack::Row(number)) => number,
            Some(TakeBack::Entry(number)) => number.get(),
            None => 0,
        };
        let one = Listed::from(one);
        let message = one.message.as_deref().unwrap_or_default();
        (format!("{} {} {message} {number}", one.whom, one.said_by), one)
    });
    Ok(axum::Json(page.cut(listed)))
}

/// Somebody who is to be left alone.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"whom": "omar@acme.example", "because": "He asked me at the fair"}))]
pub(crate) struct NewListed {
    /// An address, a mail domain, or the name of a person or firm that is known.
    #[schema(min_length = 1, max_length = 1000)]
    whom: String,
    /// Why.
    #[schema(min_length = 1, max_length = 4000)]
    because: String,
}

/// What was done.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LeftAlone {
    /// What was done, for `/deeds/{number}/undo`.
    deed: i64,
}

/// What was taken back.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TakenBack {
    /// Whether they stay on the list by what they asked for themselves.
    is_still_listed: bool,
    /// What was done, for `/deeds/{number}/undo`.
    deed: i64,
}

/// Leave somebody alone
///
/// An address, everybody at a mail domain, or a person or firm that is known by that name.
#[utoipa::path(post, path = "/do-not-contact", tag = "do not contact", operation_id = "leave_alone",
    request_body = NewListed, responses((status = 201, body = LeftAlone)))]
pub(crate) async fn add(
    _: Mailbox,
    State(api): State<Api>,
    Json(new): Json<NewListed>,
) -> Answer<Response> {
    let whom = text("Whom to leave alone", &new.whom)?;
    let done = api.inroad.add_not_contacted(whom, &new.because, api.now()).await?;
    api.desk.changed(None).await;
    tag::made(&LeftAlone { deed: done.deed.get() })
}

/// Take back that somebody is left alone
///
/// Only the user's own word, and rows of lists that they brought: what people asked for themselves stands.
#[utoipa::path(delete, path = "/do-not-contact/{whom}", tag = "do not contact",
    operation_id = "no_longer_leave_alone",
    params(("whom" = String, Path, description = "As it stands in the list", example = "eva@quiet.example")),
    responses((status = 200, body = TakenBack)))]
pub(crate) async fn remove(
    _: Mailbox,
    State(api): State<Api>,
    Path(whom): Path<String>,
) -> Answer<axum::Json<TakenBack>> {
    let whom = text("Whom to write to again", &whom)?;
    let done = api.inroad.remove_not_contacted(whom, api.now()).await?;
    api.desk.changed(None).await;
    Ok(axum::Json(TakenBack { is_still_listed: done.what, deed: done.deed.get() }))
}
