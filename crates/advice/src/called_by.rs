//! The words by which people are called: given name, surname, what stands before the @.
//!
//! It tells cheaply which letters may speak of somebody to whom they were not addressed.

use std::collections::{BTreeMap, BTreeSet};

use inroad_model::{EmailAddress, Touch};

/// Shorter words are initials and particles.
const WORD_CHARS_MIN: usize = 3;

/// Who may be meant by a word.
#[derive(Debug, Default)]
pub(crate) struct CalledBy {
    people: BTreeMap<String, BTreeSet<EmailAddress>>,
}

impl CalledBy {
    /// Takes in a person, with the name if it is known.
    pub(crate) fn add(&mut self, email: &EmailAddress, name: Option<&str>) {
        for word in words(email.local()).chain(words(name.unwrap_or_default())) {
            self.people.entry(word.to_lowercase()).or_default().insert(email.clone());
        }
    }

    /// Whether a letter may name one of these people who neither wrote nor received it. Names are
    /// written with a capital.
    pub(crate) fn names_other(&self, touch: &Touch, text: &str) -> bool {
        let is_other = |email: &EmailAddress| {
            let mut there = touch.message.from.iter().chain(touch.recipients());
            there.all(|mailbox| mailbox.address != *email)
        };
        pieces(text)
            .filter(|word| word.chars().next().is_some_and(char::is_uppercase))
            .filter(|word| is_long(word))
            .filter_map(|word| self.people.get(&word.to_lowercase()))
            .any(|people| people.iter().any(is_other))
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    pieces(text).filter(|word| is_long(word))
}

fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
}

fn is_long(word: &str) -> bool {
    word.chars().nth(WORD_CHARS_MIN - 1).is_some()
}
