//! Deals, people, messages and notes by words.

use axum::extract::State;
use inroad_model::State as DealState;
use inroad_service::search::{LastWord, Marked, Search, states_of};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::asked::{Mailbox, Query, moment, text};
use crate::problem::{Answer, Problem};
use crate::router::Api;
use crate::words::StateWord;

/// As many of each kind as somebody reads.
const SHOWN_MAX: usize = 50;

/// What is looked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct SearchAsked {
    /// Words, "words side by side", -without, and operators such as from:, to:, deal:, after:2026-05-01,
    /// has:attachment.
    #[param(min_length = 1, max_length = 1000, example = "pricing")]
    words: String,
    /// A day such as 2026-09-01, or a time: only what was known by then is found.
    as_of: Option<String>,
    /// How many of each kind; 10 if it is left out.
    #[param(minimum = 1, maximum = 50)]
    limit: Option<usize>,
}

/// What was found, the best or the newest of each kind first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Findings {
    /// What could not be understood of the words, and was left out.
    problems: Vec<String>,
    /// Deals.
    deals: Vec<FoundDeal>,
    /// People.
    people: Vec<FoundPerson>,
    /// Messages.
    messages: Vec<FoundMessage>,
    /// Notes.
    notes: Vec<FoundNote>,
    /// Whether there is more of one kind than is shown; ask with more words.
    more: bool,
}

/// A deal.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FoundDeal {
    /// Its id.
    id: String,
    /// Its name.
    name: String,
    /// How it stands, where that is known.
    #[schema(value_type = Option<StateWord>)]
    state: Option<DealState>,
}

/// A person.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FoundPerson {
    /// The address.
    #[schema(format = Email)]
    email: String,
    /// The name, if known.
    name: Option<String>,
    /// The organisation, if known.
    organization: Option<String>,
}

/// A message.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FoundMessage {
    /// Its Message-ID, for `/messages/{id}`.
    id: String,
    /// When it was written.
    #[schema(format = DateTime)]
    date: Option<String>,
    /// Who wrote it.
    from: Option<String>,
    /// What about.
    subject: String,
    /// The words around what was found; `null` where nothing may be shown.
    snippet: Option<String>,
}

/// A note.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FoundNote {
    /// The deal that it belongs to.
    deal: String,
    /// Its day.
    #[schema(value_type = String, format = Date)]
    date: jiff::civil::Date,
    /// The words around what was found; `null` where nothing may be shown.
    snippet: Option<String>,
}

/// Search
#[utoipa::path(get, path = "/search", tag = "search", operation_id = "search", params(SearchAsked),
    responses((status = 200, body = Findings)))]
pub(crate) async fn search(
    _: Mailbox,
    State(api): State<Api>,
    Query(asked): Query<SearchAsked>,
) -> Answer<axum::Json<Findings>> {
    let shown_max = asked.limit.unwrap_or(10);
    if !(1..=SHOWN_MAX).contains(&shown_max) {
        return Err(Problem::unreadable(format!("Ask for 1 to {SHOWN_MAX} of each kind")));
    }
    let as_of = asked.as_of.as_deref();
    let as_of = as_of.map(|_| moment(as_of, api.now())).transpose()?;
    let states = match as_of {
        // What is found by a state of today says nothing of a past day.
        Some(_) => None,
        None => Some(states_of(&api.desk.glance().await?.review)),
    };
    let search = Search {
        typed: text("What to look for", &asked.words)?,
        last_word: LastWord::Whole,
        states: states.as_ref(),
        shown_max,
        as_of,
    };
    let found = api.inroad.search(&search).await?;
    let text = |marked: Marked| marked.text;
    Ok(axum::Json(Findings {
        problems: found.problems.into_iter().map(|problem| problem.what).collect(),
        more: found.deals.more || found.people.more || found.messages.more || found.notes.more,
        deals: found
            .deals
            .shown
            .into_iter()
            .map(|deal| FoundDeal {
                id: deal.id.to_string(),
                name: deal.name.text,
                state: deal.state,
            })
            .collect(),
        people: found
            .people
            .shown
            .into_iter()
            .map(|person| FoundPerson {
                email: person.email.to_string(),
                name: person.name.map(text),
                organization: person.organization.map(text),
            })
            .collect(),
        messages: found
            .messages
            .shown
            .into_iter()
            .map(|message| FoundMessage {
                id: message.message.to_string(),
                date: message.date.map(|at| at.to_string()),
                from: message.from.map(|from| from.address.to_string()),
                subject: message.subject.text,
                snippet: message.snippet.map(text),
            })
            .collect(),
        notes: found
            .notes
            .shown
            .into_iter()
            .map(|note| FoundNote {
                deal: note.deal.to_string(),
                date: note.date,
                snippet: note.snippet.map(text),
            })
            .collect(),
    }))
}
