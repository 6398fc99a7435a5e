//! What somebody says of themselves, beside what is seen.

use std::collections::BTreeMap;

use inroad_advice::seller_habits::competences::{Compared, compare};
use inroad_advice::seller_habits::measure::Seen;
use inroad_model::{Agreement, KeptSellerWord, SellerWord};
use serde::Serialize;

/// The profile of somebody who sells.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Profile {
    /// Competence by competence, what is said and what is seen.
    pub competences: Vec<Compared>,
    /// All that is counted.
    pub seen: Vec<Seen>,
    /// Whether the mailbox is theirs: of others this file holds only the letters that came through it.
    pub is_whole: bool,
}

impl Profile {
    pub(super) fn of(words: &[KeptSellerWord], seen: Vec<Seen>, is_whole: bool) -> Self {
        Self { competences: compare(&answers(words), &seen), seen, is_whole }
    }
}

/// The answers that count: the last one to each statement.
pub(super) fn answers(words: &[KeptSellerWord]) -> BTreeMap<String, Agreement> {
    let mut answers = BTreeMap::new();
    for kept in words {
        if let SellerWord::Answer { statement, answer } = &kept.word {
            answers.insert(statement.clone(), *answer);
        }
    }
    answers
}
