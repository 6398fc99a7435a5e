//! What the other side's sentences tell between the lines, read as in a letter.
//!
//! Must not: read our own words, or conclude anything from a cue.

use std::collections::BTreeSet;

use inroad_language::{cues, private};
use inroad_model::{Cue, FoundCue, Turn};
use serde::Serialize;

use super::discreet;
use super::saying::{self, Spot};

/// What a sentence of the other side tells.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CallCue {
    /// Who says it, by the name in the file.
    pub speaker: Option<String>,
    /// What it tells.
    pub cue: Cue,
    /// How likely it is that the sentence tells that, from 0 to 1.
    pub probability: f32,
    /// The sentence; of a private one no more than its days, or nothing.
    pub quote: String,
    /// Where it stands.
    #[serde(flatten)]
    pub place: Spot,
}

impl CallCue {
    /// What it tells, as words of "Jana …"; of an illness or a family no more than that it is private.
    pub fn says(&self) -> &'static str {
        match self.cue {
            Cue::Illness | Cue::Family => "tells something private",
            cue => cue.says(),
        }
    }
}

/// Fewer words than these are a scrap of speech ("And…"), of which weights learnt from letters know nothing.
const WORDS_MIN: usize = 3;

/// The cues of everybody who is known to be on the other side, in their order.
pub(super) fn find(turns: &[Turn], ours: &BTreeSet<String>) -> Vec<CallCue> {
    let theirs = turns.iter().filter(|turn| saying::is_ours(turn, ours) == Some(false));
    let of_turn = |turn: &Turn| {
        let is_whole = |quote: &str| quote.split_whitespace().count() >= WORDS_MIN;
        let found = cues::read(&turn.text).into_iter().filter(|found| is_whole(&found.quote));
        let found = found.map(|found| CallCue {
            speaker: turn.speaker.clone(),
            cue: found.cue,
            probability: found.probability,
            quote: shown(&found),
            place: Spot::of(turn, found.range.start),
        });
        found.collect::<Vec<_>>()
    };
    theirs.flat_map(of_turn).collect()
}

/// What may be shown of the sentence of a cue.
fn shown(found: &FoundCue) -> String {
    let quote = saying::shortened(&found.quote);
    if private::may_tell(found) {
        return discreet::of_private(quote);
    }
    discreet::quote(quote, &found.quote)
}
