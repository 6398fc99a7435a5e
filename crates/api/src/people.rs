//! People on the other side: the list, and one.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use inroad_model::{EmailAddress, Moment, State as PersonState};
use inroad_service::{PeopleAsked, PersonRow, PersonView};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::asked::{Mailbox, Path, Query, bounded_text, moment};
use crate::evidence::Stated;
use crate::page::{Asked, Page};
use crate::problem::{Answer, Problem};
use crate::reviews::{AsOf, Seated};
use crate::router::Api;
use crate::tag::Tagged;
use crate::words::StateWord;

/// What is asked of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ListAsked {
    /// Words of the name, an address or the firm; all of them have to stand there.
    words: Option<String>,
    /// Only people in this state.
    #[param(value_type = Option<StateWord>, inline)]
    state: Option<PersonState>,
    /// Only people with this tag.
    tag: Option<String>,
    /// Only people who are left alone, by their own word or the user's.
    #[serde(default)]
    left_alone: bool,
    /// What the page before gave as `next`.
    cursor: Option<String>,
    /// How many people; 50 if it is left out.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<usize>,
}

/// A line of the list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PersonLine {
    /// The address that stands for them.
    #[schema(format = Email)]
    pub(crate) email: String,
    /// Their other addresses.
    others: Vec<String>,
    /// The name, or the address where none is known.
    pub(crate) label: String,
    /// What their firm is called, if known.
    firm: Option<String>,
    /// How they stand; `closed` where they are left alone.
    #[schema(value_type = Option<StateWord>)]
    state: Option<PersonState>,
    /// Whether they are not to be written to: by their own word, or the user's.
    is_left_alone: bool,
    /// When a letter last went either way.
    #[schema(value_type = Option<String>, format = DateTime)]
    last_at: Option<Moment>,
    /// The words by which the user finds them.
    tags: Vec<String>,
    /// The deals that have them, by id.
    deals: Vec<String>,
}

impl From<PersonRow<'_>> for PersonLine {
    fn from(row: PersonRow<'_>) -> Self {
        Self {
            email: row.who.email().to_string(),
            others: row.who.others.iter().map(ToString::to_string).collect(),
            label: row.who.label().to_owned(),
            firm: row.who.firm.clone(),
            state: row.state,
            is_left_alone: row.is_left_alone || row.who.opted_out,
            last_at: row.who.last_at(),
            tags: row.tags.iter().map(|tag| (*tag).to_owned()).collect(),
            deals: row.deals.iter().map(|deal| deal.id.to_string()).collect(),
        }
    }
}

/// Everybody on the other side
///
/// In the order of their addresses.
#[utoipa::path(get, path = "/people", tag = "people", operation_id = "people", params(ListAsked),
    responses((status = 200, body = Page<PersonLine>)))]
pub(crate) async fn list(
    _: Mailbox,
    State(api): State<Api>,
    Query(asked): Query<ListAsked>,
) -> Answer<axum::Json<Page<PersonLine>>> {
    let page = Asked::<String>::of("people", asked.cursor.as_deref(), asked.limit)?;
    let words = asked.words.unwrap_or_default();
    bounded_text("The search", &words)?;
    let register = api.desk.register().await?;
    let morning = api.desk.glance().await?;
    let entries = api.inroad.entries(api.now()).await?;
    let wanted = PeopleAsked {
        words,
        state: asked.state,
        tag: asked.tag,
        left_alone: asked.left_alone,
        ..PeopleAsked::default()
    };
    let rows = register.list(&wanted, &morning, &entries).into_iter();
    let page = page.cut(rows.map(|row| (row.who.email().to_string(), row)));
    Ok(axum::Json(Page {
        items: page.items.into_iter().map(PersonLine::from).collect(),
        next: page.next,
    }))
}

/// One person.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PersonTold {
    /// The address that was asked for.
    #[schema(format = Email)]
    email: String,
    /// The name seen last.
    name: Option<String>,
    /// Other addresses that the user said are theirs.
    same_as: Vec<String>,
    /// Their part in each deal.
    deals: Vec<PersonPart>,
    /// What was stated by or about them, oldest first.
    facts: Vec<Stated>,
    /// The words by which the user finds them.
    tags: Vec<String>,
    /// Why the user leaves them or their firm alone.
    left_alone: Option<String>,
    /// The latest messages, newest first.
    messages: Vec<PersonLetter>,
    /// How many messages there are in all.
    message_count: usize,
}

/// A person's part in a deal.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PersonPart {
    /// The deal's name.
    deal: String,
    /// The part.
    person: Seated,
}

/// A line of the list of messages.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PersonLetter {
    /// Its Message-ID, for `/messages/{id}`.
    id: String,
    /// When it was written.
    #[schema(value_type = Option<String>, format = DateTime)]
    date: Option<Moment>,
    /// Whether they wrote it.
    from_person: bool,
}

impl From<PersonView> for PersonTold {
    fn from(person: PersonView) -> Self {
        let deals = person.deals.iter();
        let messages = person.messages.iter();
        Self {
            email: person.email.to_string(),
            same_as: person.same_as.iter().map(ToString::to_string).collect(),
            deals: deals
                .map(|part| PersonPart {
                    deal: part.deal.clone(),
                    person: Seated::from(&part.person),
                })
                .collect(),
            facts: person.facts.iter().map(Stated::from).collect(),
            messages: messages
                .map(|letter| PersonLetter {
                    id: letter.message.to_string(),
                    date: letter.date,
                    from_person: letter.from_person,
                })
                .collect(),
            name: person.name,
            tags: person.tags,
            left_alone: person.left_alone,
            message_count: person.message_count,
        }
    }
}

/// One person
#[utoipa::path(get, path = "/people/{email}", tag = "people", operation_id = "person",
    params(("email" = String, Path, description = "An address of theirs", example = "jana@lindner.example"),
        AsOf),
    responses((status = 200, body = PersonTold), (status = 304)))]
pub(crate) async fn one(
    _: Mailbox,
    State(api): State<Api>,
    Path(email): Path<String>,
    Query(asked): Query<AsOf>,
    headers: HeaderMap,
) -> Answer<Response> {
    let at = moment(asked.as_of.as_deref(), api.now())?;
    let missing = |_| Problem::not_found("That is no address of anybody");
    let email: EmailAddress = email.parse().map_err(missing)?;
    let person = api.inroad.person(&email, at).await?;
    Ok(Tagged::by_content(&PersonTold::from(person))?.unless_seen(&headers))
}
