//! The prospect analysis form: for each topic what is assumed and what is verified, side by side,
//! and what is still to be asked.

use inroad_model::{Entry, EntryNumber, KeptEntry, Topic};
use jiff::civil::Date;
use serde::Serialize;

use crate::Held;

/// The form of one firm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Form {
    /// A row for each topic, in the order of [`Topic::ALL`].
    pub rows: Vec<FormRow>,
    /// What the user wants to find out, oldest first.
    pub questions: Vec<OpenQuestion>,
}

/// One topic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FormRow {
    /// Which.
    pub topic: Topic,
    /// What is assumed, newest first.
    pub assumed: Vec<Held>,
    /// What is verified, newest first.
    pub verified: Vec<Held>,
    /// What was assumed and did not hold, newest first.
    pub fell: Vec<Held>,
    /// Assumptions that held, newest first: what is verified now tells more.
    pub held_true: Vec<Held>,
    /// Whether all that is known of it is too old.
    pub is_stale: bool,
}

impl FormRow {
    /// Whether nothing is known of it.
    pub fn is_empty(&self) -> bool {
        self.assumed.is_empty() && self.verified.is_empty()
    }

    /// Whether it was verified, and lately.
    pub fn is_settled(&self) -> bool {
        !self.verified.is_empty() && !self.is_stale
    }
}

/// Something to find out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OpenQuestion {
    /// The entry.
    pub number: EntryNumber,
    /// The question.
    pub text: String,
    /// Who could tell.
    pub whom: Option<String>,
}

/// Makes the form of what is held to be so, and of the entries of the firm that count, as of a day.
pub fn form(held: &[Held], entries: &[&KeptEntry], on: Date) -> Form {
    let mut sorted: Vec<&Held> = held.iter().collect();
    sorted.sort_by_key(|held| std::cmp::Reverse((held.day, held.number)));
    let rows = Topic::ALL.into_iter().map(|topic| {
        let about = || sorted.iter().copied().filter(move |held| held.topic == topic);
        let with = |is: &dyn Fn(&Held) -> bool| about().filter(|held| is(held)).cloned().collect();
        FormRow {
            topic,
            assumed: with(&|held| !held.is_verified && held.counts()),
            verified: with(&|held| held.is_verified && held.counts()),
            fell: with(&|held| held.came_out == Some(false)),
            held_true: with(&|held| held.came_out == Some(true)),
            is_stale: {
                let mut counting = about().filter(|held| held.counts()).peekable();
                counting.peek().is_some() && counting.all(|held| held.is_stale(on))
            },
        }
    });
    let rows = rows.collect();
    let is_answered = |number: EntryNumber| {
        entries
            .iter()
            .any(|kept| matches!(kept.entry, Entry::Answered { question } if question == number))
    };
    let questions = entries.iter().filter_map(|kept| match &kept.entry {
        Entry::Question { text, whom } if !is_answered(kept.number) => Some(OpenQuestion {
            number: kept.number,
            text: text.as_str().to_owned(),
            whom: whom.as_ref().map(|whom| whom.as_str().to_owned()),
        }),
        _ => None,
    });
    Form { rows, questions: questions.collect() }
}
