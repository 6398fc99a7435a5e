//! The questions of a call: who asks, and how long it is quiet after a question of ours.
//!
//! Must not: say which question is a good one.

use inroad_language::questions::{self, QuestionKind};
use inroad_model::Turn;
use serde::Serialize;

use super::saying::{Saying, Spot, seconds};
use super::speakers::QuestionCounts;

/// A question.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AskedQuestion {
    /// Who asks, by the name in the file.
    pub speaker: Option<String>,
    /// Whether that is one of us.
    pub ours: Option<bool>,
    /// The kind: open, narrow, closed or choice; `None` where it cannot be told.
    pub kind: Option<&'static str>,
    /// The words; empty if they are private.
    pub quote: String,
    /// Seconds of silence before the other side speaks, after a question of ours that ends a turn.
    pub pause_seconds: Option<f64>,
    /// Where it stands.
    #[serde(flatten)]
    pub place: Spot,
}

/// Whose questions are told apart by more than their mark.
const KNOWN: &str = "en";

/// All questions, in their order. In English they are known by how they are built, so that one without a
/// mark is found, and their kinds are told; elsewhere by their marks alone.
pub(super) fn find(
    turns: &[Turn],
    sayings: &[Saying<'_>],
    language: Option<&str>,
) -> Vec<AskedQuestion> {
    let asked = sayings.iter().filter_map(|saying| {
        let kind = (language == Some(KNOWN)).then(|| questions::ask(saying.text)).flatten();
        let is_one = if language == Some(KNOWN) { kind.is_some() } else { saying.is_question };
        // Of several questions in one the last is the one that is answered.
        let word = saying.last_word_quoted();
        is_one.then(|| AskedQuestion {
            speaker: saying.speaker.map(str::to_owned),
            ours: saying.is_ours,
            kind: kind.map(QuestionKind::id),
            quote: saying.shown(word),
            pause_seconds: pause(turns, saying),
            place: saying.place(word),
        })
    });
    asked.collect()
}

/// How many of each kind somebody asked; unknown in a language whose questions are not told apart.
pub(super) fn counts(
    asked: &[AskedQuestion],
    speaker: Option<&str>,
    language: Option<&str>,
) -> QuestionCounts {
    let count = |kind: QuestionKind| {
        let own = asked.iter().filter(|one| one.speaker.as_deref() == speaker);
        let number = own.filter(|one| one.kind == Some(kind.id())).count();
        (language == Some(KNOWN)).then_some(number)
    };
    QuestionCounts {
        open: count(QuestionKind::Open),
        narrow: count(QuestionKind::Narrow),
        closed: count(QuestionKind::Closed),
        choice: count(QuestionKind::Choice),
    }
}

/// The silence behind a question of ours that ends a turn, if somebody else speaks next.
fn pause(turns: &[Turn], saying: &Saying<'_>) -> Option<f64> {
    let turn = turns.get(saying.turn)?;
    let next = turns.get(saying.turn + 1)?;
    let ends_turn = saying.range.end == turn.text.len();
    if saying.is_ours != Some(true) || !ends_turn || next.speaker == turn.speaker {
        return None;
    }
    let silence = next.start_ms()?.checked_sub(turn.end_ms()?)?;
    Some(seconds(silence))
}
