//! A sentence as numbers: which words, neighbours and pieces of words stand in it.
//!
//! Each is known by a hash of 32 bits. Words and pieces are two groups, each brought to length 1,
//! so that a long sentence weighs no more than a short one. Digits are all alike. What the weights
//! do not know counts for nothing.
//!
//! Must not: depend on the order in which anything was learnt.

use super::Reach;
use crate::text::{Sentence, Text};

/// Pieces of words are from this many characters long to that many.
const PIECE_CHARS_MIN: usize = 3;
const PIECE_CHARS_MAX: usize = 5;
/// A longer word gives no more pieces: it is no word.
const WORD_CHARS_MAX: usize = 40;

/// A word of a sentence as it is compared, with `?` and `!` as words of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The folded spelling, digits as `#`.
    pub folded: String,
}

/// Something that stands in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Feature {
    /// What it is, hashed.
    pub hash: u32,
    /// Whether it is a piece of a word; else words.
    pub is_piece: bool,
    /// The token that it begins with.
    pub token: u32,
    /// How many tokens it covers: 1 to 3, marks of the ends left out.
    pub tokens: u32,
}

/// The tokens of a text that is taken as one sentence, as examples are.
pub fn tokens_of(source: &str) -> Vec<Token> {
    let text = Text::new(source);
    text.sentences.iter().flat_map(|sentence| tokens(&text, sentence)).collect()
}

/// The tokens of a sentence.
pub(crate) fn tokens(text: &Text<'_>, sentence: &Sentence) -> Vec<Token> {
    let words = sentence.words.clone().map(|at| Token { folded: without_digits(text.word(at)) });
    let mut tokens: Vec<Token> = words.collect();
    if text.quote(sentence).contains('!') {
        tokens.push(Token { folded: "!".to_owned() });
    }
    if sentence.is_question {
        tokens.push(Token { folded: "?".to_owned() });
    }
    tokens
}

fn without_digits(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        if !c.is_numeric() {
            out.push(c);
        } else if !out.ends_with('#') {
            out.push('#');
        }
    }
    out
}

/// All features of a sentence, in its order; the same may come twice.
pub fn features(reach: Reach, tokens: &[Token], mut each: impl FnMut(Feature)) {
    let last = tokens.len();
    // The words with one mark before them and one behind.
    let word = |at: usize| match at.checked_sub(1).map(|at| tokens.get(at)) {
        None => "^",
        Some(None) => "$",
        Some(Some(token)) => token.folded.as_str(),
    };
    let mut put = |hash: u32, is_piece: bool, first: usize, end: usize| {
        let (first, end) = (first.max(1) - 1, end.min(last + 1) - 1);
        let (Ok(token), Ok(tokens)) = (u32::try_from(first), u32::try_from(end - first)) else {
            return;
        };
        each(Feature { hash, is_piece, token, tokens });
    };
    for at in 0..=last {
        let (here, next) = (word(at), word(at + 1));
        if at > 0 {
            put(hash(&["w", here]), false, at, at + 1);
            pieces(here, |hash| put(hash, true, at, at + 1));
        }
        put(hash(&["p", here, " ", next]), false, at, at + 2);
        if at < last && reach == Reach::Three {
            let after = word(at + 2);
            put(hash(&["t", here, " ", next, " ", after]), false, at, at + 3);
            put(hash(&["g", here, " ", after]), false, at, at + 3);
        }
    }
}

/// The hashes of the pieces of a word with a blank on both sides.
fn pieces(word: &str, mut each: impl FnMut(u32)) {
    let mut ends = [0_usize; WORD_CHARS_MAX + 1];
    let mut padded = String::with_capacity(word.len() + 2);
    padded.push(' ');
    padded.extend(word.chars().take(WORD_CHARS_MAX - 2));
    padded.push(' ');
    let mut chars = 0;
    for ((at, c), end) in padded.char_indices().zip(ends.iter_mut().skip(1)) {
        *end = at + c.len_utf8();
        chars += 1;
    }
    for start in 0..chars {
        // Longer pieces go on where the shorter ones ended.
        let mut state = extend(HASH_START, b"c");
        for length in 1..=PIECE_CHARS_MAX.min(chars - start) {
            let next = start + length;
            let (Some(from), Some(to)) = (ends.get(next - 1), ends.get(next)) else { break };
            state = extend(state, padded.as_bytes().get(*from..*to).unwrap_or_default());
            if length >= PIECE_CHARS_MIN {
                each(fold(state));
            }
        }
    }
}

const HASH_START: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a of 64 bits, folded to 32.
fn hash(parts: &[&str]) -> u32 {
    fold(parts.iter().fold(HASH_START, |state, part| extend(state, part.as_bytes())))
}

fn extend(mut state: u64, bytes: &[u8]) -> u64 {
    for byte in bytes {
        state = (state ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    state
}

#[expect(clippy::cast_possible_truncation, reason = "that is the folding")]
fn fold(state: u64) -> u32 {
    (state ^ (state >> 32)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_alike_and_marks_are_words() {
        let words = |source| -> Vec<String> {
            tokens_of(source).into_iter().map(|token| token.folded).collect()
        };
        assert_eq!(words("By 12 March 2025?"), ["by", "#", "march", "#", "?"]);
        assert_eq!(words("Über 3.5 km!"), words("uber 9.1 km!"));
    }

    #[test]
    fn pieces_stay_within_a_word() {
        let mut count = 0;
        pieces("no", |_| count += 1);
        // " no", "no ", " no "
        assert_eq!(count, 3);
        let mut longest = 0;
        pieces(&"ü".repeat(900), |_| longest += 1);
        assert_eq!(longest, 38 + 37 + 36);
    }

    #[test]
    fn every_feature_lies_in_the_sentence() {
        let tokens = tokens_of("We would rather wait.");
        features(Reach::Three, &tokens, |feature| {
            assert!((feature.token + feature.tokens) as usize <= tokens.len());
        });
    }
}
