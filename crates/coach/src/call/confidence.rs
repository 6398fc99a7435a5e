//! How far what is told of a call may be believed, and why not.
//!
//! Must not: hide anything; what is doubtful is told with its doubt.

use inroad_model::Turn;
use serde::Serialize;

/// Fewer ends of sentences than these to a hundred words are those of a text without punctuation.
const ENDS_PER_100_WORDS_MIN: f64 = 2.0;
/// A larger share of words without a name makes shares doubtful.
const UNNAMED_SHARE_MAX: f64 = 0.2;
/// Fewer words tell little.
const WORDS_MIN: usize = 100;

/// How far a report may be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Nothing speaks against it.
    Usual,
    /// Something does, and it is said.
    Low,
}

/// What speaks against believing it, in words.
pub(super) fn doubts(turns: &[Turn], language: Option<&str>) -> Vec<String> {
    let words = |turn: &Turn| turn.text.split_whitespace().count();
    let total: usize = turns.iter().map(words).sum();
    let unnamed: usize = turns.iter().filter(|turn| turn.speaker.is_none()).map(words).sum();
    let is_end = |word: &&str| {
        word.trim_end_matches(['"', '\'', ')', '”', '’'])
            .ends_with(['.', '?', '!', '…', '。', '？'])
    };
    let ends = |turn: &Turn| turn.text.split_whitespace().filter(is_end).count();
    let ends: usize = turns.iter().map(ends).sum();
    let mut doubts = Vec::new();
    if total >= WORDS_MIN && 100.0 * (ends as f64) < ENDS_PER_100_WORDS_MIN * total as f64 {
        doubts.push(
            "The transcript has no punctuation: where a sentence or a question ends is guesswork"
                .to_owned(),
        );
    }
    if unnamed as f64 > UNNAMED_SHARE_MAX * total as f64 {
        let share = (100.0 * unnamed as f64 / total.max(1) as f64).round();
        doubts.push(format!("Of {share} % of the words the file does not say who speaks"));
    }
    if total < WORDS_MIN {
        doubts.push(format!("It has only {total} words"));
    }
    if language.is_none() {
        doubts.push(
            "Its language is neither English nor German: promises, the next step and fillers are \
             not read"
                .to_owned(),
        );
    }
    doubts
}
