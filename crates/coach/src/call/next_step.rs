//! The next step that a call agreed on, in the words that agree.
//!
//! Every sentence is weighed: whether it says that a step is agreed, speaks of meeting again, takes
//! something on, names a day ahead, stands near the end. A question proposes; it counts only if it is
//! short, ends a turn, and the other side says yes to it in their next turn. The heaviest wins, of equals the later one; below
//! [`WEIGHT_MIN`], or without a day and a word that it is agreed, no step was agreed.
//! Must not: make up a step.

use inroad_model::Turn;
use jiff::civil::Date;
use serde::Serialize;

use super::pattern;
use super::phrases::Phrases;
use super::promises::{self, Owner, Sides};
use super::saying::{Saying, Spot};

/// A sentence that says that a step is agreed.
const NAMED: u32 = 3;
/// A day that lies ahead.
const DAY: u32 = 3;
/// Something that is taken on, or a meeting.
const DOING: u32 = 2;
/// Said near the end, where calls agree.
const NEAR_END: u32 = 1;
/// The other side says yes.
const ACCEPTED: u32 = 1;
/// Less than this is no agreement.
const WEIGHT_MIN: u32 = 5;
/// A longer question is no proposal.
const PROPOSAL_WORDS_MAX: usize = 25;
/// A yes stands among the first words of an answer.
const ACCEPT_WITHIN_WORDS: usize = 6;

/// What was agreed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NextStep {
    /// The sentence; empty if it is private.
    pub quote: String,
    /// Who said it.
    pub said_by: Option<String>,
    /// Who does it, by the name in the file; `None` where both do, or it cannot be told.
    pub owner: Option<String>,
    /// Whether it is ours to do; `None` where both do, or it cannot be told.
    pub ours: Option<bool>,
    /// The day, if one is named: of a week its Monday, of a month its first day.
    pub on: Option<Date>,
    /// Where it stands.
    #[serde(flatten)]
    pub place: Spot,
}

/// The next step, if one was agreed.
pub(super) fn find(
    turns: &[Turn],
    sayings: &[Saying<'_>],
    phrases: &Phrases,
    sides: &Sides,
    on: Date,
) -> Option<NextStep> {
    let mut best: Option<(u32, NextStep)> = None;
    for (at, saying) in sayings.iter().enumerate() {
        let promised = promises::owner(saying, phrases);
        let first = |name: &str| phrases.first(name, &saying.words).map(|(begin, _)| begin);
        let (meets, names) = (first("meet"), first("step"));
        let (does_meet, is_named) = (meets.is_some(), names.is_some());
        let named = || is_named.then(|| owner_of_named(saying, phrases)).flatten();
        let owner = promised.map(|(owner, _)| owner).or_else(named);
        let words = [names, promised.map(|(_, word)| word), meets];
        let word = words.into_iter().flatten().min().unwrap_or(0);
        let accepted = is_accepted(turns, saying, phrases);
        let is_short = saying.words.len() <= PROPOSAL_WORDS_MAX;
        let is_open = saying.is_question && owner.is_none() && !(accepted && is_short);
        if is_open || !(owner.is_some() || does_meet || is_named) {
            continue;
        }
        let day = promises::day_of(sayings, at, word, on);
        let near_end =
            u32::from(at * 3 >= sayings.len() * 2) + u32::from(at * 10 >= sayings.len() * 9);
        let weight = NAMED * u32::from(is_named)
            + DAY * u32::from(day.is_some())
            + DOING * u32::from(owner.is_some() || does_meet)
            + NEAR_END * near_end
            + ACCEPTED * u32::from(accepted);
        let is_agreed = day.is_some() || (is_named && owner.is_some());
        if weight < WEIGHT_MIN
            || !is_agreed
            || best.as_ref().is_some_and(|(most, _)| weight < *most)
        {
            continue;
        }
        let (name, ours) = match owner {
            Some(owner) => sides.of(owner, saying),
            None => (None, None),
        };
        let step = NextStep {
            quote: saying.shown(word),
            said_by: saying.speaker.map(str::to_owned),
            owner: name,
            ours,
            on: day,
            place: saying.place(word),
        };
        best = Some((weight, step));
    }
    best.map(|(_, step)| step)
}

/// Whose a step is that is called the next one: "next step: you talk to the board". Where both do
/// something, it is nobody's alone.
fn owner_of_named(saying: &Saying<'_>, phrases: &Phrases) -> Option<Owner> {
    let has = |name: &str| phrases.has(name, &saying.words);
    match (has("mine_step"), has("theirs_step")) {
        (true, false) => Some(Owner::Speaker),
        (false, true) => Some(Owner::OtherSide),
        _ => None,
    }
}

/// Whether a sentence ends its turn, and the next one, of somebody else, begins with a yes.
fn is_accepted(turns: &[Turn], saying: &Saying<'_>, phrases: &Phrases) -> bool {
    let (Some(turn), Some(next)) = (turns.get(saying.turn), turns.get(saying.turn + 1)) else {
        return false;
    };
    if next.speaker == turn.speaker || saying.range.end < turn.text.len() {
        return false;
    }
    let words = pattern::words(&next.text);
    let head = words.get(..ACCEPT_WITHIN_WORDS.min(words.len())).unwrap_or_default();
    phrases.has("accept", head) && !phrases.has("not", head)
}
