//! The questions of a call: who asks, and how long it is quiet after a question of ours.
//!
//! Must not: say which question is a good one.

use inroad_model::Turn;
use serde::Serialize;

use super::saying::{Saying, Spot, seconds};

/// A question.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AskedQuestion {
    /// Who asks, by the name in the file.
    pub speaker: Option<String>,
    /// Whether that is one of us.
    pub ours: Option<bool>,
    /// The kind: open, narrow, closed or choice; `None` where it cannot be told.
    pub kind: Option<&'static str>,
    /// The words.
    pub quote: String,
    /// Seconds of silence before the other side speaks, after a question of ours that ends a turn.
    pub pause_seconds: Option<f64>,
    /// Where it stands.
    #[serde(flatten)]
    pub place: Spot,
}

/// All questions, in their order.
pub(super) fn find(turns: &[Turn], sayings: &[Saying<'_>]) -> Vec<AskedQuestion> {
    let asked = sayings.iter().filter(|saying| saying.is_question).map(|saying| AskedQuestion {
        speaker: saying.speaker.map(str::to_owned),
        ours: saying.is_ours,
        kind: None,
        quote: saying.text.to_owned(),
        pause_seconds: pause(turns, saying),
        place: saying.place,
    });
    asked.collect()
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
