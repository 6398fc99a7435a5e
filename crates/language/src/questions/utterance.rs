//! An utterance as words, without what is said twice or says nothing.
//!
//! Must not: know what a question is.

use super::words::{self, Classes, HESITATION};

/// What lies behind this many words is not read.
const WORDS_MAX: usize = 250;
/// So many words said again at once are taken as one start: "what do you, what do you".
const REPEATED_WORDS_MAX: usize = 3;

/// A word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    /// Its bytes in small letters as a number.
    pub(super) key: u128,
    /// What it may be.
    pub(super) classes: Classes,
    /// Whether a comma or the like stands before it.
    pub(super) parted: bool,
}

/// What stands at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// A question mark.
    Asks,
    /// A full stop or the like.
    Stops,
    /// A comma, a dash, or nothing.
    Open,
}

/// One sentence, or a stretch of speech.
#[derive(Debug)]
pub(super) struct Utterance {
    pub(super) words: Vec<Word>,
    pub(super) mark: Mark,
    /// Whether it carries any mark at all but apostrophes.
    pub(super) punctuated: bool,
    /// The word that was read last, kept or not.
    last: u128,
}

/// Reads an utterance. An apostrophe is part of its word, typed or printed.
pub(super) fn read(text: &str) -> Utterance {
    let words = Vec::with_capacity((text.len() / 4).min(WORDS_MAX) + 1);
    let mut said = Utterance { words, mark: Mark::Open, punctuated: false, last: 0 };
    let mut word = Spelling::default();
    let mut parted = true;
    for c in text.chars() {
        if word.take(c) {
            continue;
        }
        said.push(&mut word, &mut parted);
        said.mark = match c {
            '?' => Mark::Asks,
            '.' | '!' | '…' if said.mark == Mark::Open => Mark::Stops,
            _ => said.mark,
        };
        if !c.is_whitespace() && c != '\'' && c != '’' {
            said.punctuated = true;
            parted = true;
        }
    }
    said.push(&mut word, &mut parted);
    said
}

/// A word while it is read.
#[derive(Default)]
struct Spelling {
    key: u128,
    begun: bool,
}

impl Spelling {
    /// Whether the character belongs to the word.
    fn take(&mut self, c: char) -> bool {
        if c.is_ascii_alphanumeric() {
            self.key = words::with_byte(self.key, c as u8);
        } else if self.begun && matches!(c, '\'' | '’') {
            self.key = words::with_byte(self.key, b'\'');
        } else if !c.is_ascii() && c.is_alphanumeric() {
            let mut buffer = [0; 4];
            for byte in c.encode_utf8(&mut buffer).bytes() {
                self.key = words::with_byte(self.key, byte);
            }
        } else {
            return false;
        }
        self.begun = true;
        true
    }
}

impl Utterance {
    fn push(&mut self, word: &mut Spelling, parted: &mut bool) {
        let Spelling { mut key, begun } = std::mem::take(word);
        if !begun {
            return;
        }
        self.mark = Mark::Open;
        while key & 0xff == u128::from(b'\'') {
            key >>= 8;
        }
        let classes = words::classes(key);
        // "Uh huh" is as little as "uh".
        let is_nod = key == words::key("huh") && self.last == words::key("uh");
        self.last = key;
        if !is_nod && !classes.any(HESITATION) && self.words.len() < WORDS_MAX {
            self.words.push(Word { key, classes, parted: std::mem::take(parted) });
            self.drop_repeat();
        }
    }

    fn drop_repeat(&mut self) {
        for count in 1..=REPEATED_WORDS_MAX {
            let Some(start) = self.words.len().checked_sub(2 * count) else { return };
            let (first, again) = self.words.split_at(start + count);
            if first.iter().skip(start).map(|word| word.key).eq(again.iter().map(|word| word.key)) {
                self.words.truncate(start + count);
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, words: &[&str], mark: Mark, punctuated: bool) {
        let said = read(text);
        let keys: Vec<u128> = said.words.iter().map(|word| word.key).collect();
        assert_eq!(keys, words.iter().map(|word| words::key(word)).collect::<Vec<_>>(), "{text}");
        assert_eq!((said.mark, said.punctuated), (mark, punctuated), "{text}");
    }

    #[test]
    fn words_marks_and_false_starts() {
        check("Do you, um, do you PLAN it?", &["do", "you", "plan", "it"], Mark::Asks, true);
        check("what what's the plan", &["what", "what's", "the", "plan"], Mark::Open, false);
        check("You’re in.", &["you're", "in"], Mark::Stops, true);
        check("'Is it' -", &["is", "it"], Mark::Open, true);
        check("the buyers' team", &["the", "buyers", "team"], Mark::Open, false);
        check("Really?!", &["really"], Mark::Asks, true);
        check("Wait... what", &["wait", "what"], Mark::Open, true);
        check("é 7", &["é", "7"], Mark::Open, false);
        check(" ?", &[], Mark::Asks, true);
        check("", &[], Mark::Open, false);
    }
}
