//! Ways to open a draft, by what is known of the person.

use inroad_coach::audience::{KnownFact, Standing};
use serde::Serialize;

use super::in_words;
use crate::coach::Coach;
use crate::coach::facts::FactKindKnown;

/// So much of a fact is shown beside an opening.
const SHOWN_CHARS_MAX: usize = 140;

/// A way to open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Opening {
    /// From what.
    pub name: String,
    /// What the first sentence should do.
    pub hint: String,
    /// What is known, with its source.
    pub rests_on: String,
}

/// At most three ways: from their last letter, from something that is known, and from a change at their
/// firm or a question. Where less is known there are fewer, and a remark says so.
pub(super) fn of(coach: &Coach, remarks: &mut Vec<String>) -> Vec<Opening> {
    let (letter, known) = (from_letter(coach), from_fact(coach));
    let missing = match (&letter, &known) {
        (None, None) => Some(
            "There is no letter from them, and no fact or note that could be used: a question is \
             the one honest way to open.",
        ),
        (Some(_), None) => Some(
            "Beside their letters nothing is known of them that could be used. A note that you keep \
             of a call or a meeting would be.",
        ),
        (None, Some(_)) => Some("There is no letter from them to take up."),
        (Some(_), Some(_)) => None,
    };
    remarks.extend(missing.map(str::to_owned));
    let last = from_change(coach).unwrap_or_else(question);
    letter.into_iter().chain(known).chain([last]).collect()
}

fn from_letter(coach: &Coach) -> Option<Opening> {
    let dealings = coach.audience().person.as_ref()?.dealings.as_ref()?;
    let on = dealings.last_theirs?;
    let letter = coach.facts().find(|placed| placed.kind == FactKindKnown::LastLetter);
    let rests_on = letter.map(|placed| rests_on(&placed.fact));
    Some(Opening {
        name: "From their last letter".to_owned(),
        hint: format!(
            "take up one thing of their letter of {} that still matters to them",
            in_words(on)
        ),
        rests_on: rests_on.unwrap_or_else(|| format!("Their letter of {}", in_words(on))),
    })
}

fn from_fact(coach: &Coach) -> Option<Opening> {
    let told = coach
        .facts()
        .filter(|placed| matches!(placed.kind, FactKindKnown::Note | FactKindKnown::Stated));
    let latest = told.max_by_key(|placed| placed.fact.on)?;
    let source = match (latest.kind, latest.fact.on) {
        (FactKindKnown::Note, Some(on)) => format!("your note of {}", in_words(on)),
        (_, Some(on)) => format!("what they wrote on {}", in_words(on)),
        (_, None) => "what you know of them".to_owned(),
    };
    Some(Opening {
        name: "From something that you know".to_owned(),
        hint: format!("take up {source} if it may be said to them, or ask how it stands"),
        rests_on: rests_on(&latest.fact),
    })
}

fn from_change(coach: &Coach) -> Option<Opening> {
    let written = coach.facts().filter(|placed| placed.kind == FactKindKnown::Change);
    let latest = written.max_by_key(|placed| placed.fact.on).map(|placed| rests_on(&placed.fact));
    let bought = || {
        let on = coach.stated(Standing::Bought)?.on?;
        Some(format!("Their firm was bought, as was written on {}", in_words(on)))
    };
    Some(Opening {
        name: "From the change at their firm".to_owned(),
        hint: "ask what the change at their firm means for their own work".to_owned(),
        rests_on: latest.or_else(bought)?,
    })
}

fn question() -> Opening {
    Opening {
        name: "With a question".to_owned(),
        hint: "ask how they do it today, which only they can tell".to_owned(),
        rests_on: "Nothing need be known for it".to_owned(),
    }
}

fn rests_on(fact: &KnownFact) -> String {
    let says = fact.says.split_whitespace().collect::<Vec<_>>().join(" ");
    let shown: String = if says.chars().count() > SHOWN_CHARS_MAX {
        says.chars().take(SHOWN_CHARS_MAX).chain(['…']).collect()
    } else {
        says
    };
    format!("{shown} ({})", fact.source)
}
