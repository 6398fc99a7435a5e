//! What is said, with the looks that all rules take at it.
//!
//! A place is the number of a word; to look behind the last or before the first finds nothing.

use super::phrases::OPENERS;
use super::utterance::{Mark, Utterance, Word};
use super::words::{
    AUXILIARY, BASE, BE, CONTRACTED, Classes, DAY, DETERMINER, HAVE, JOINS, MODAL, OPENER, PERSON,
    SAYS, SUBJECT, THING, WH, key, words,
};

/// A verb of saying reports what begins at most this many words behind it.
const REPORTED_WORDS_MAX: usize = 3;
/// An unknown word may be the subject only where so many words, from the verb on, make a clause.
const CLAUSE_WORDS_MIN: usize = 4;
/// In speech without marks a question may follow a sentence of so many words.
const SENTENCE_WORDS_MIN: usize = 6;

/// An utterance behind its openers.
pub(super) struct Clause<'w> {
    pub(super) words: &'w [Word],
    /// Where it begins, behind "well, so, you know".
    pub(super) head: usize,
    mark: Mark,
    punctuated: bool,
}

impl<'w> Clause<'w> {
    pub(super) fn new(said: &'w Utterance) -> Self {
        let words = said.words.as_slice();
        let Utterance { mark, punctuated, .. } = *said;
        let mut clause = Self { words, head: behind_openers(words), mark, punctuated };
        while clause.is_restarted(clause.head) {
            clause.head += 1;
        }
        clause
    }

    /// "What, what's", "is, are": the later start is the one that goes on.
    fn is_restarted(&self, at: usize) -> bool {
        [WH, AUXILIARY].iter().any(|class| self.is(at, *class) && self.is(at + 1, *class))
    }

    /// Whether a question mark stands at its end.
    pub(super) fn asks(&self) -> bool {
        self.mark == Mark::Asks
    }

    /// Whether a full stop stands at its end.
    pub(super) fn stops(&self) -> bool {
        self.mark == Mark::Stops
    }

    /// Whether it carries no mark at all, as speech that was written down by a machine.
    pub(super) fn is_bare(&self) -> bool {
        !self.punctuated
    }

    /// Whether a word stands so late in unmarked speech that a sentence may have ended before it.
    pub(super) fn is_late(&self, at: usize) -> bool {
        self.is_bare() && at >= SENTENCE_WORDS_MIN
    }

    pub(super) fn is(&self, at: usize, of: Classes) -> bool {
        self.words.get(at).is_some_and(|word| word.classes.any(of))
    }

    pub(super) fn is_unknown(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| word.classes == Classes::UNKNOWN)
    }

    /// Whether a word ends as verbs and adverbs do: "is running", "is probably".
    pub(super) fn ends_as_predicate(&self, at: usize) -> bool {
        const ENDS: [(u128, u128); 3] =
            [(key("ing"), 0xff_ffff), (key("ed"), 0xffff), (key("ly"), 0xffff)];
        let key = self.words.get(at).map_or(0, |word| word.key);
        ENDS.iter().any(|(end, mask)| key & mask == *end)
    }

    /// Whether a word is one of a list.
    pub(super) fn at(&self, at: usize, list: &[u128]) -> bool {
        self.words.get(at).is_some_and(|word| list.contains(&word.key))
    }

    /// Whether the word before is one of a list.
    pub(super) fn after(&self, at: usize, list: &[u128]) -> bool {
        at > 0 && self.at(at - 1, list)
    }

    /// Whether the words before are this row.
    pub(super) fn after_row(&self, at: usize, row: &[u128]) -> bool {
        let before = at.checked_sub(row.len()).and_then(|from| self.words.get(from..at));
        before.is_some_and(|before| before.iter().map(|word| &word.key).eq(row))
    }

    /// Whether a comma or the like stands before a word.
    pub(super) fn is_parted(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| word.parted)
    }

    /// The words from a place on.
    pub(super) fn from(&self, at: usize) -> &'w [Word] {
        self.words.get(at..).unwrap_or_default()
    }

    /// How many words there are from a place on.
    pub(super) fn left(&self, at: usize) -> usize {
        self.words.len().saturating_sub(at)
    }

    /// The place of the last word.
    pub(super) fn last(&self) -> usize {
        self.words.len().saturating_sub(1)
    }

    /// Whether any word of some places is one of a list.
    pub(super) fn any(&self, mut places: std::ops::Range<usize>, list: &[u128]) -> bool {
        places.end = places.end.min(self.words.len());
        places.into_iter().any(|at| self.at(at, list))
    }

    /// Whether a new clause may begin at a word: at the head, behind a comma, behind "and so".
    pub(super) fn starts(&self, at: usize) -> bool {
        let behind_opener = || at >= 2 && self.is_opener(at - 2, 2);
        at == self.head
            || self.is_parted(at)
            || at > 0 && self.is(at - 1, JOINS)
            || self.after(at, words!["so" "well" "now" "okay" "then" "like"])
            || behind_opener()
    }

    fn is_opener(&self, at: usize, words: usize) -> bool {
        self.words.get(at..at + words).is_some_and(|phrase| OPENERS.are(phrase))
    }

    /// Whether an auxiliary stands before its subject, as only questions have it: "do you".
    pub(super) fn is_inverted(&self, at: usize) -> bool {
        let subject = at + 1;
        if !self.is(at, AUXILIARY)
            || !self.agrees(at)
            || self.is_filler(at)
            || self.is_new_start(subject)
        {
            return false;
        }
        let begins_commands = self.is(at, BASE) || self.at(at, words!["had"]);
        let subjects = if begins_commands { PERSON } else { SUBJECT };
        if self.is(subject, subjects) {
            return !self.is(subject, CONTRACTED);
        }
        at == self.head && !begins_commands && self.names_subject(at)
    }

    /// "Is the budget", "does finance": a subject that is no pronoun.
    fn names_subject(&self, at: usize) -> bool {
        let subject = at + 1;
        if self.at(subject, words!["now"]) && self.is(at, BE) {
            return self.is(subject + 1, DETERMINER);
        }
        let unknown = self.is_unknown(subject) && !self.is(at, MODAL);
        let named = (unknown || self.is(subject, DAY))
            && !self.is_parted(subject)
            && self.left(at) >= CLAUSE_WORDS_MIN;
        named || self.is(subject, DETERMINER) && !self.at(subject, words!["a" "an"])
    }

    /// Whether verb and pronoun go together: "has I" is a new start, not a question.
    pub(super) fn agrees(&self, at: usize) -> bool {
        let clash: &[u128] = if self.at(at, words!["was" "wasn't"]) {
            words!["you" "we" "they" "these" "those"]
        } else if self.at(at, words!["is" "has" "does" "isn't" "hasn't" "doesn't"]) {
            words!["i" "you" "we" "they" "these" "those"]
        } else if self.at(at, words!["are" "were"]) {
            words!["i" "he" "she" "it"]
        } else if self.at(at, words!["do" "have" "don't" "haven't" "aren't"]) {
            words!["he" "she" "it"]
        } else {
            return true;
        };
        !self.at(at + 1, clash)
    }

    /// "Is, you know" and "does, I mean".
    fn is_filler(&self, at: usize) -> bool {
        let subject = at + 1;
        let no_verb = self.is(at, BE.or(HAVE)) || self.at(at, words!["should" "will" "may" "does"]);
        no_verb && self.at(subject, words!["you"]) && self.at(subject + 1, words!["know"])
            || self.at(subject, words!["i"]) && self.at(subject + 1, words!["mean" "guess" "think"])
    }

    /// "Is it, they say": a pronoun behind a pronoun begins anew, where nothing marks a question.
    fn is_new_start(&self, subject: usize) -> bool {
        let next = subject + 1;
        !self.asks()
            && self.is(subject, PERSON.or(THING))
            && !self.at(subject, words!["you"])
            && !self.is_parted(next)
            && (self.is(next, PERSON) || self.is(next, THING) && self.is(next, CONTRACTED))
    }

    /// Whether somebody is said to have said what begins here: "they say, do you".
    pub(super) fn is_reported(&self, at: usize) -> bool {
        let says = |verb: usize| self.is(verb, SAYS) && !self.after(verb, words!["you" "you'd"]);
        let was_like = self.after(at, words!["like"])
            && self.after(at - 1, words!["is" "was" "were" "it's" "like"]);
        was_like || (at.saturating_sub(REPORTED_WORDS_MAX)..at).any(says)
    }
}

fn behind_openers(words: &[Word]) -> usize {
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let phrase = OPENERS.begin(words.get(at..).unwrap_or_default());
        at += match phrase {
            0 if word.classes.any(OPENER) => 1,
            0 => break,
            words => words,
        };
    }
    at
}
