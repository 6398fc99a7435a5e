//! How much of our own letters speaks of ourselves: we, our and the best, against you, your and
//! questions.
//!
//! Must not: look at what they wrote.

use crate::dealings::{Dealings, Direction, Exchange};
use crate::evidence::{self, Evidence};

/// From this share on letters speak of us: more than two words of ourselves for one of them.
const SHARE_FROM: f64 = 0.7;
/// Letters at the beginning, and at the end.
const LETTERS: usize = 3;
/// With fewer words in them nothing can be said.
const WORDS_MIN: usize = 120;
/// With fewer words that speak of either side nothing can be said.
const MARKS_MIN: u32 = 12;

/// Our first letters, where they speak of us.
pub(super) fn at_first(dealings: &Dealings<'_>) -> Option<Evidence> {
    let first: Vec<&Exchange<'_>> = ours(dealings).take(LETTERS).collect();
    speaks_of_us(&first, "first")
}

/// Our last letters, where they speak of us; only where these are not the first.
pub(super) fn at_last(dealings: &Dealings<'_>) -> Option<Evidence> {
    let last: Vec<&Exchange<'_>> = ours(dealings).rev().take(2 * LETTERS).collect();
    last.get(..LETTERS).filter(|_| last.len() == 2 * LETTERS).and_then(|l| speaks_of_us(l, "last"))
}

fn ours<'d, 'a>(dealings: &'d Dealings<'a>) -> impl DoubleEndedIterator<Item = &'d Exchange<'a>> {
    dealings.exchanges.iter().filter(|e| e.direction == Direction::Outbound)
}

fn speaks_of_us(letters: &[&Exchange<'_>], which: &str) -> Option<Evidence> {
    if letters.len() < LETTERS {
        return None;
    }
    let words: usize = letters.iter().map(|letter| letter.touch.words()).sum();
    let voices = || letters.iter().filter_map(|letter| Some((letter, letter.voice?)));
    let ours: u32 = voices().map(|(_, voice)| voice.ours).sum();
    let theirs = voices().map(|(letter, voice)| {
        voice.yours + u32::try_from(letter.touch.questions()).unwrap_or(u32::MAX)
    });
    let theirs = theirs.fold(0_u32, u32::saturating_add);
    let marks = ours.saturating_add(theirs);
    let share = f64::from(ours) / f64::from(marks.max(1));
    if words < WORDS_MIN || marks < MARKS_MIN || share < SHARE_FROM {
        return None;
    }
    let (most, _) = voices().max_by_key(|(_, voice)| voice.ours)?;
    let says = format!(
        "Our {which} {LETTERS} letters speak of us: {ours} words of ourselves, {theirs} of them or \
         questions to them ({:.0} %)",
        100.0 * share
    );
    Some(evidence::of_message(most, says))
}
