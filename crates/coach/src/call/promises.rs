//! What people take on during a call: "I'll send you the figures by Friday".
//!
//! A promise is a sentence in which the speaker says that they will do one of the things of the phrases,
//! or that the other side will ("you'll send us the drawings"). A question promises nothing, unless it is
//! only a tag ("I'll send it, okay?"), and neither does a sentence that denies it.
//! Must not: take a wish, an offer in a question or a plan of somebody absent for a promise.

use inroad_language::dates::{self, DateOrder, FoundDate, Precision, Role};
use jiff::civil::Date;
use serde::Serialize;

use super::phrases::Phrases;
use super::saying::{Saying, Spot};

/// Words behind a promise within which a "not" undoes it.
const NOT_WITHIN_WORDS: usize = 3;
/// A sentence of so few words that names a day may say when the one before will be done.
const AFTERTHOUGHT_WORDS_MAX: usize = 6;

/// Something that somebody took on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Commitment {
    /// Who will do it, by the name in the file; `None` if it cannot be told.
    pub owner: Option<String>,
    /// Whether it is ours to do; `None` if it cannot be told.
    pub ours: Option<bool>,
    /// Who said so.
    pub said_by: Option<String>,
    /// The sentence; empty if it is private.
    pub quote: String,
    /// The day by which, if one is named: of a week its Monday, of a month its first day.
    pub on: Option<Date>,
    /// Where it stands.
    #[serde(flatten)]
    pub place: Spot,
}

/// Whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    /// The speaker's.
    Speaker,
    /// The other side's.
    OtherSide,
}

/// Whether a sentence takes something on, for whom, and with which word that begins.
pub(super) fn owner(saying: &Saying<'_>, phrases: &Phrases) -> Option<(Owner, usize)> {
    let words = saying.words.as_slice();
    if saying.is_question && !ends_in_tag(saying, phrases) {
        return None;
    }
    let held = |name: &str| {
        let (begin, end) = phrases.first(name, words)?;
        let until = (end + NOT_WITHIN_WORDS).min(words.len());
        let around = words.get(begin.saturating_sub(1)..until).unwrap_or_default();
        (!phrases.has("not", around)).then_some(begin)
    };
    let mine = held("mine").map(|begin| (Owner::Speaker, begin));
    mine.or_else(|| held("theirs").map(|begin| (Owner::OtherSide, begin)))
}

fn ends_in_tag(saying: &Saying<'_>, phrases: &Phrases) -> bool {
    let Some((last, before)) = saying.words.split_last() else { return false };
    last.after_break && !before.is_empty() && phrases.has("tags", std::slice::from_ref(last))
}

/// The day that a sentence names for something that lies ahead, on the call's own day or after it.
pub(super) fn day(text: &str, on: Date) -> Option<FoundDate> {
    let mut found = dates::find(text, on, DateOrder::DayFirst);
    found.retain(|day| day.date >= on && !matches!(day.role, Role::Since | Role::After));
    let best = found.iter().position(|day| matches!(day.role, Role::By | Role::Until));
    let exact = || found.iter().position(|day| day.precision == Precision::Day);
    let at = best.or_else(exact).unwrap_or(0);
    (at < found.len()).then(|| found.swap_remove(at))
}

/// The day of a sentence, around a word where it is long, or of a few words that the same speaker adds
/// ("By Friday.").
pub(super) fn day_of(sayings: &[Saying<'_>], at: usize, word: usize, on: Date) -> Option<Date> {
    let saying = sayings.get(at)?;
    let own = day(saying.quote(word), on);
    let added = || {
        let next = sayings.get(at + 1)?;
        let goes_on = next.speaker == saying.speaker && next.words.len() <= AFTERTHOUGHT_WORDS_MAX;
        goes_on.then(|| day(next.text, on)).flatten()
    };
    own.or_else(added).map(|day| day.date)
}

/// Everything that was taken on, in its order.
pub(super) fn find(
    sayings: &[Saying<'_>],
    phrases: &Phrases,
    sides: &Sides,
    on: Date,
) -> Vec<Commitment> {
    let promised = sayings.iter().enumerate().filter_map(|(at, saying)| {
        let (owner, word) = owner(saying, phrases)?;
        let (name, ours) = sides.of(owner, saying);
        Some(Commitment {
            owner: name,
            ours,
            said_by: saying.speaker.map(str::to_owned),
            quote: saying.shown(word),
            on: day_of(sayings, at, word, on),
            place: saying.place(word),
        })
    });
    promised.collect()
}

/// Who speaks, and on which side.
#[derive(Debug)]
pub(super) struct Sides {
    /// The names, with whether they are ours; `None` where that is not known.
    pub(super) voices: Vec<(String, Option<bool>)>,
}

impl Sides {
    /// The name and the side of an owner. A side of several has no name; where sides are not known, the
    /// other side of two who talk is the other of them.
    pub(super) fn of(&self, owner: Owner, saying: &Saying<'_>) -> (Option<String>, Option<bool>) {
        if owner == Owner::Speaker {
            return (saying.speaker.map(str::to_owned), saying.is_ours);
        }
        let others = self.voices.iter().filter(|(name, ours)| match saying.is_ours {
            Some(is_ours) => *ours == Some(!is_ours),
            None => saying.speaker.is_some_and(|speaker| speaker != name),
        });
        let others: Vec<&String> = others.map(|(name, _)| name).collect();
        let name = match others.as_slice() {
            [one] => Some((*one).clone()),
            _ => None,
        };
        (name, saying.is_ours.map(|ours| !ours))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use inroad_model::{Piece, Turn};
    use jiff::civil::date;

    use super::super::phrases::cases;
    use super::super::saying::sayings;
    use super::*;

    fn turn(text: &str) -> Turn {
        let piece = Piece { at: 0, line: 1, start_ms: None, end_ms: None };
        Turn {
            speaker: Some("Jana".into()),
            text: text.into(),
            pieces: vec![piece],
            has_word_times: false,
        }
    }

    #[test]
    fn the_cases_of_the_phrases() {
        for (name, expected) in [("holds", true), ("fails", false)] {
            let cases = cases(name);
            assert!(cases.len() >= 10);
            for (phrases, case) in cases {
                let turns = [turn(case)];
                let sayings = sayings(&turns, &BTreeSet::new());
                let found = sayings.iter().find_map(|saying| owner(saying, phrases));
                assert_eq!(found.is_some(), expected, "{case}: {found:?}");
            }
        }
    }

    #[test]
    fn days_ahead() {
        // The call was on Tuesday 10 March 2026.
        let check = |text: &str, expected: Option<Date>| {
            assert_eq!(day(text, date(2026, 3, 10)).map(|day| day.date), expected, "{text}");
        };
        check(
            "I'll send it by Friday so that the board has it on 27 March.",
            Some(date(2026, 3, 13)),
        );
        check("I sent it on 3 March 2026.", None);
        check("I'll send it.", None);
        check("Next week I'll send it on Thursday 19 March.", Some(date(2026, 3, 19)));
    }

    #[test]
    fn a_day_may_be_added() {
        let turns = [turn("I'll send it. By Friday. And more.")];
        let sayings = sayings(&turns, &BTreeSet::new());
        assert_eq!(day_of(&sayings, 0, 0, date(2026, 3, 10)), Some(date(2026, 3, 13)));
        assert_eq!(day_of(&sayings, 2, 0, date(2026, 3, 10)), None);
    }
}
