//! How much each speaks, and for how long at once.
//!
//! A share is by time where the file says when words begin and end, else by words, and says which.
//! Whoever talks on across a "yeah" or "mm-hmm" of somebody who listens goes on with the same turn.
//! Must not: say how much is too much.

use std::collections::BTreeMap;

use inroad_model::Turn;
use serde::Serialize;

use super::discreet;
use super::pattern::{self, Word};
use super::phrases::Phrases;
use super::saying::{Spot, seconds, shortened};

/// Times are believed if they are known for so large a share of the words.
const TIMED_SHARE_MIN: f64 = 0.9;
/// Somebody who only listens says at most so many words at once.
const LISTENING_WORDS_MAX: usize = 4;
/// So many words of a turn are quoted.
const QUOTE_WORDS: usize = 12;

/// By what shares are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ShareBy {
    /// By how long each speaks.
    Time,
    /// By how many words each says.
    Words,
}

/// One voice of a call.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Speaker {
    /// The name in the file; `None` for everything that names nobody.
    pub name: Option<String>,
    /// Whether that is one of us; `None` where it is not known who speaks.
    pub ours: Option<bool>,
    /// The share of all that is said, from 0 to 1.
    pub share: f64,
    /// By what the share is told.
    pub share_by: ShareBy,
    /// How many words.
    pub words: usize,
    /// For how long, pauses left out; `None` where times are missing.
    pub seconds: Option<f64>,
    /// What they said longest at once.
    pub longest_turn: LongTurn,
    /// The questions they asked, by kind.
    pub questions: QuestionCounts,
    /// Words that fill gaps, to a hundred words; `None` in a language whose fillers are not known.
    pub fillers_per_100_words: Option<f64>,
}

/// What somebody said at once.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LongTurn {
    /// For how long, pauses left out; `None` where times are missing.
    pub seconds: Option<f64>,
    /// How many words.
    pub words: usize,
    /// The first words; of private ones no more than the days, or nothing.
    pub quote: String,
    /// Where it begins.
    #[serde(flatten)]
    pub place: Spot,
}

/// How many questions of each kind; `None` where kinds cannot be told.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct QuestionCounts {
    /// Those that let the other tell.
    pub open: Option<usize>,
    /// Those that ask for one fact.
    pub narrow: Option<usize>,
    /// Those that yes or no answers.
    pub closed: Option<usize>,
    /// Those that offer what to choose from.
    pub choice: Option<usize>,
}

/// Turns of one voice that belong together.
#[derive(Debug)]
pub(super) struct Stretch<'t> {
    pub(super) turns: Vec<&'t Turn>,
    words: usize,
    spoken_ms: Option<u64>,
}

impl<'t> Stretch<'t> {
    fn speaker(&self) -> Option<&'t str> {
        self.turns.first().and_then(|turn| turn.speaker.as_deref())
    }

    fn add(&mut self, turn: &'t Turn, words: usize) {
        self.turns.push(turn);
        self.words += words;
        let both = self.spoken_ms.zip(turn.spoken_ms());
        self.spoken_ms = both.map(|(one, other)| one.saturating_add(other));
    }

    fn long_turn(&self) -> LongTurn {
        let text = self.turns.first().map_or("", |turn| turn.text.as_str());
        let mut words = text.split_inclusive(char::is_whitespace);
        let bytes: usize = words.by_ref().take(QUOTE_WORDS).map(str::len).sum();
        let quote = shortened(text.get(..bytes).unwrap_or(text).trim_end());
        LongTurn {
            seconds: self.spoken_ms.map(seconds),
            words: self.words,
            quote: discreet::beginning(quote, text),
            place: self
                .turns
                .first()
                .map_or(Spot { start: None, line: 0 }, |turn| Spot::of(turn, 0)),
        }
    }
}

/// What was said at once, across what listeners put in.
fn stretches<'t>(said: &[(&'t Turn, Vec<Word>)], phrases: Option<&Phrases>) -> Vec<Stretch<'t>> {
    let listens = |words: &[Word]| {
        words.len() <= LISTENING_WORDS_MAX
            && phrases.is_some_and(|phrases| phrases.is_only("listening", words))
    };
    let mut stretches: Vec<Stretch<'t>> = Vec::new();
    // Where the stretch stands that a listener may have broken into.
    let mut broken: Option<usize> = None;
    for (turn, words) in said {
        let speaker = turn.speaker.as_deref();
        let goes_on = broken.filter(|at| {
            speaker.is_some() && stretches.get(*at).is_some_and(|one| one.speaker() == speaker)
        });
        if let Some(stretch) = goes_on.and_then(|at| stretches.get_mut(at)) {
            stretch.add(turn, words.len());
            continue;
        }
        if !listens(words) {
            broken = Some(stretches.len());
        }
        let spoken_ms = turn.spoken_ms();
        stretches.push(Stretch { turns: vec![turn], words: words.len(), spoken_ms });
    }
    stretches
}

/// All voices of a call, who spoke first comes first; without the questions.
pub(super) fn find(
    turns: &[Turn],
    phrases: Option<&Phrases>,
    is_ours: impl Fn(&Turn) -> Option<bool>,
) -> Vec<Speaker> {
    let said: Vec<(&Turn, Vec<Word>)> =
        turns.iter().map(|turn| (turn, pattern::words(&turn.text))).collect();
    let total: usize = said.iter().map(|(_, words)| words.len()).sum();
    let timed = |one: &&(&Turn, Vec<Word>)| one.0.spoken_ms().is_some();
    let timed_words: usize = said.iter().filter(timed).map(|(_, words)| words.len()).sum();
    let total_ms: u64 = turns.iter().filter_map(Turn::spoken_ms).fold(0, u64::saturating_add);
    let by_time = total_ms > 0 && timed_words as f64 >= TIMED_SHARE_MIN * total as f64;
    let mut order: Vec<Option<&str>> = Vec::new();
    let mut of_each: BTreeMap<Option<&str>, Vec<&(&Turn, Vec<Word>)>> = BTreeMap::new();
    for one in &said {
        let name = one.0.speaker.as_deref();
        let own = of_each.entry(name).or_default();
        if own.is_empty() {
            order.push(name);
        }
        own.push(one);
    }
    let stretches = stretches(&said, phrases);
    let speakers = order.into_iter().filter_map(|name| {
        let own = of_each.get(&name)?;
        let words: usize = own.iter().map(|(_, words)| words.len()).sum();
        let ms: u64 =
            own.iter().filter_map(|(turn, _)| turn.spoken_ms()).fold(0, u64::saturating_add);
        let share =
            if by_time { ms as f64 / total_ms as f64 } else { words as f64 / total.max(1) as f64 };
        let fillers = |phrases: &Phrases| -> usize {
            own.iter().map(|(_, words)| phrases.count("fillers", words)).sum()
        };
        let longest = stretches
            .iter()
            .filter(|stretch| stretch.speaker() == name)
            // The first of several that are equally long.
            .rev()
            .max_by_key(|one| if by_time { one.spoken_ms.unwrap_or(0) } else { one.words as u64 })?;
        Some(Speaker {
            name: name.map(str::to_owned),
            ours: own.first().and_then(|(turn, _)| is_ours(turn)),
            share: rounded(share, 1_000.0),
            share_by: if by_time { ShareBy::Time } else { ShareBy::Words },
            words,
            seconds: by_time.then(|| seconds(ms)),
            longest_turn: longest.long_turn(),
            questions: QuestionCounts::default(),
            fillers_per_100_words: phrases
                .filter(|_| words > 0)
                .map(|phrases| rounded(100.0 * fillers(phrases) as f64 / words as f64, 10.0)),
        })
    });
    speakers.collect()
}

/// As exact as it is worth being told.
fn rounded(value: f64, steps: f64) -> f64 {
    (value * steps).round() / steps
}
