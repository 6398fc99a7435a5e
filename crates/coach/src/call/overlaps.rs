//! Where two speak at once: told only where the file has times of words, since captions of whole lines
//! begin and end as it suits the eye.
//!
//! Must not: say who interrupts whom.

use inroad_model::Turn;
use serde::Serialize;

use super::saying::{Spot, seconds};

/// Shorter than this, clocks are not exact enough.
const OVERLAP_MS_MIN: u64 = 200;

/// Two voices at once.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Overlap {
    /// Who was speaking.
    pub speaker: Option<String>,
    /// Who began.
    pub with: Option<String>,
    /// For how long both spoke.
    pub seconds: f64,
    /// Where the second begins.
    #[serde(flatten)]
    pub place: Spot,
}

/// All overlaps of neighbouring turns; `None` where the file gives no times of words.
pub(super) fn find(turns: &[Turn]) -> Option<Vec<Overlap>> {
    if !turns.iter().any(|turn| turn.has_word_times) {
        return None;
    }
    let both = turns.iter().zip(turns.iter().skip(1));
    let found = both.filter_map(|(one, other)| {
        if !(one.has_word_times && other.has_word_times) || one.speaker == other.speaker {
            return None;
        }
        let (begins, ends) = (other.start_ms()?, one.end_ms()?.min(other.end_ms()?));
        let shared = ends.checked_sub(begins.max(one.start_ms()?))?;
        (shared >= OVERLAP_MS_MIN).then(|| Overlap {
            speaker: one.speaker.clone(),
            with: other.speaker.clone(),
            seconds: seconds(shared),
            place: Spot::of(other, 0),
        })
    });
    Some(found.collect())
}
