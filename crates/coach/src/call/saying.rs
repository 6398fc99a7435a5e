//! The sentences of a call: who says each, where it stands, and when.
//!
//! Must not: judge a sentence.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;

use inroad_language::sentences;
use inroad_model::Turn;
use serde::Serialize;

use super::discreet;
use super::pattern::{self, Word};

/// A sentence that somebody says.
#[derive(Debug)]
pub(super) struct Saying<'t> {
    /// The number of the turn.
    pub(super) turn: usize,
    /// The turn.
    said_in: &'t Turn,
    /// Who; `None` where the file names nobody.
    pub(super) speaker: Option<&'t str>,
    /// Whether that is one of us; `None` where it is not known who speaks.
    pub(super) is_ours: Option<bool>,
    /// The words as they stand.
    pub(super) text: &'t str,
    /// The words, folded.
    pub(super) words: Vec<Word>,
    /// Whether it ends in a question mark.
    pub(super) is_question: bool,
    /// Its bytes in the turn.
    pub(super) range: Range<usize>,
}

impl<'t> Saying<'t> {
    /// Where a word of it stands.
    pub(super) fn place(&self, word: usize) -> Spot {
        let at = self.words.get(word).map_or(0, |word| word.at);
        Spot::of(self.said_in, self.range.start + at)
    }

    /// Its words. A sentence without an end, as where nobody set marks, is quoted from a little before a
    /// word on.
    pub(super) fn quote(&self, word: usize) -> &'t str {
        if self.text.len() <= QUOTE_BYTES_MAX {
            return self.text;
        }
        let first = self.words.get(word.saturating_sub(WORDS_BEFORE));
        shortened(self.text.get(first.map_or(0, |first| first.at)..).unwrap_or(self.text))
    }

    /// [`Self::quote`], or nothing if the sentence is private: what is done or asked without its words is
    /// a scrap ("Thursday for"), and its day is told beside it.
    pub(super) fn shown(&self, word: usize) -> String {
        if discreet::is_private(self.text) { String::new() } else { self.quote(word).to_owned() }
    }

    /// The word from which its end is quoted: the first, unless it is too long.
    pub(super) fn last_word_quoted(&self) -> usize {
        let late = self.text.len().saturating_sub(QUOTE_BYTES_MAX);
        let word = self.words.partition_point(|word| word.at < late);
        if word == 0 { 0 } else { word + WORDS_BEFORE }
    }
}

/// A longer sentence is quoted in part.
const QUOTE_BYTES_MAX: usize = 400;
/// Words before the one that matters.
const WORDS_BEFORE: usize = 3;

/// The beginning of a text, up to the end of a word.
pub(super) fn shortened(text: &str) -> &str {
    if text.len() <= QUOTE_BYTES_MAX {
        return text;
    }
    let head = text.get(..text.floor_char_boundary(QUOTE_BYTES_MAX)).unwrap_or(text);
    head.rsplit_once(char::is_whitespace).map_or(head, |(words, _)| words.trim_end())
}

/// Where something stands in a transcript.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Spot {
    /// Seconds from the start of the recording, where the file has times.
    pub start: Option<f64>,
    /// The line of the file, from 1.
    pub line: u64,
}

impl Spot {
    /// The place of a byte of a turn.
    pub(super) fn of(turn: &Turn, at: usize) -> Self {
        let piece = turn.piece_at(at);
        let start = piece.and_then(|piece| piece.start_ms).map(seconds);
        Self { start, line: piece.map_or(0, |piece| piece.line) }
    }
}

/// As a person looks for it: "2:36", "1:02:36", or "line 4" where the file has no times.
impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(start) = self.start else { return write!(f, "line {}", self.line) };
        let whole = start.floor();
        let (hours, rest) = ((whole / 3_600.0).floor(), whole % 3_600.0);
        let (minutes, seconds) = ((rest / 60.0).floor(), rest % 60.0);
        if hours > 0.0 {
            write!(f, "{hours:.0}:{minutes:02.0}:{seconds:02.0}")
        } else {
            write!(f, "{minutes:.0}:{seconds:02.0}")
        }
    }
}

/// Milliseconds as seconds.
pub(super) fn seconds(ms: u64) -> f64 {
    ms as f64 / 1_000.0
}

/// Whether a turn is of one of us; unknown where nobody is named, or none of us is known.
pub(super) fn is_ours(turn: &Turn, ours: &BTreeSet<String>) -> Option<bool> {
    turn.speaker.as_ref().filter(|_| !ours.is_empty()).map(|speaker| ours.contains(speaker))
}

/// All sentences of a call, in their order.
pub(super) fn sayings<'t>(turns: &'t [Turn], ours: &BTreeSet<String>) -> Vec<Saying<'t>> {
    let of_turn = |(number, turn): (usize, &'t Turn)| {
        let is_ours = is_ours(turn, ours);
        let of_range = move |range: Range<usize>| {
            let text = turn.text.get(range.clone()).unwrap_or_default();
            Saying {
                turn: number,
                said_in: turn,
                speaker: turn.speaker.as_deref(),
                is_ours,
                text,
                words: pattern::words(text),
                is_question: text.trim_end_matches(['"', ')', '\'', '”', '»']).ends_with('?'),
                range,
            }
        };
        sentences::ranges(&turn.text).into_iter().map(of_range)
    };
    turns.iter().enumerate().flat_map(of_turn).collect()
}
