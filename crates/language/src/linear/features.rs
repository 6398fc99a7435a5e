//! A sentence as numbers: which words, neighbours and pieces of words stand in it.
//!
//! Each is known by a hash of 32 bits. Words and pieces are two groups, each brought to length 1,
//! so that a long sentence weighs no more than a short one. Digits are all alike. What the weights
//! do not know counts for nothing.
//!
//! Must not: depend on the order in which anything was learnt.

use inroad_model::Cue;

use super::weights::Weights;
use crate::text::{Sentence, Text};

/// Pieces of words are from this many characters long to that many.
const PIECE_CHARS_MIN: usize = 3;
const PIECE_CHARS_MAX: usize = 5;
/// How much of the highest score of the other cues is taken off a score; chosen on hands that were
/// set aside.
const RIVALRY: f32 = 0.25;
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
pub fn features(tokens: &[Token], mut each: impl FnMut(Feature)) {
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
        if at < last {
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

/// A cue that is told.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Told {
    /// Which.
    pub cue: Cue,
    /// How likely it is.
    pub probability: f32,
}

/// Reads one sentence after the other, with room that is used again.
#[derive(Debug)]
pub struct Reader<'w> {
    weights: &'w Weights,
    /// For each known feature a bit: whether it stands in the last sentence.
    seen: Vec<u64>,
    /// The known features of the last sentence: words and pieces, each once.
    known: [Vec<usize>; 2],
    /// All of them, with their places.
    found: Vec<(Feature, usize)>,
}

impl<'w> Reader<'w> {
    /// A reader with these weights.
    pub fn new(weights: &'w Weights) -> Self {
        let seen = vec![0; weights.features().div_ceil(64)];
        Self { weights, seen, known: [Vec::new(), Vec::new()], found: Vec::new() }
    }

    /// The cues of a sentence that are likely enough to be told.
    pub fn read(&mut self, tokens: &[Token]) -> Vec<Told> {
        let scores = self.scores(tokens);
        self.told(&scores)
    }

    /// The cues whose scores are high enough to be told.
    pub(super) fn told(&self, scores: &[f32]) -> Vec<Told> {
        let cues = self.weights.cues().iter().zip(scores);
        cues.filter_map(|(cue, score)| {
            let probability = cue.probability(*score);
            (probability >= cue.threshold).then_some(Told { cue: cue.cue, probability })
        })
        .collect()
    }

    /// The score of every cue, in the order of the weights, before it is calibrated. A part of the
    /// highest score of the other cues is taken off: a sentence seldom tells several things.
    pub fn scores(&mut self, tokens: &[Token]) -> Vec<f32> {
        let mut scores: Vec<f32> = self.weights.cues().iter().map(|cue| cue.intercept).collect();
        let mut sums = vec![0.0_f32; scores.len()];
        self.find(tokens);
        for group in &self.known {
            let length = self.length(group);
            sums.fill(0.0);
            for feature in group {
                self.weights.add(*feature, &mut sums);
            }
            for ((score, sum), cue) in scores.iter_mut().zip(&sums).zip(self.weights.cues()) {
                *score += sum * cue.scale / length;
            }
        }
        contrast(&mut scores);
        scores
    }

    /// The words that spoke most for each of some cues, in the order of the sentence that was read
    /// last.
    pub fn words(&self, tokens: &[Token], cues: &[Told], most: usize) -> Vec<Vec<String>> {
        let weights = self.weights;
        let place = |told: &Told| weights.cues().iter().position(|known| known.cue == told.cue);
        let places: Vec<Option<usize>> = cues.iter().map(place).collect();
        let lengths = self.known.each_ref().map(|group| self.length(group));
        let mut parts = vec![vec![0.0_f32; tokens.len()]; cues.len()];
        for (feature, known) in &self.found {
            let length = lengths[usize::from(feature.is_piece)] * feature.tokens as f32;
            for (place, parts) in places.iter().zip(&mut parts) {
                let part = place.map_or(0.0, |place| weights.weight(*known, place)) / length;
                let covered = feature.token as usize..(feature.token + feature.tokens) as usize;
                for sum in parts.get_mut(covered).unwrap_or_default() {
                    *sum += part;
                }
            }
        }
        parts.iter().map(|parts| strongest(tokens, parts, most)).collect()
    }

    /// Finds the known features of a sentence, each once.
    fn find(&mut self, tokens: &[Token]) {
        for known in self.known.iter_mut().flat_map(|group| group.drain(..)) {
            if let Some(bits) = self.seen.get_mut(known / 64) {
                *bits = 0;
            }
        }
        self.found.clear();
        features(tokens, |feature| {
            let Some(known) = self.weights.find(feature.hash) else { return };
            self.found.push((feature, known));
            let Some(bits) = self.seen.get_mut(known / 64) else { return };
            let bit = 1 << (known % 64);
            if *bits & bit == 0 {
                *bits |= bit;
                self.known[usize::from(feature.is_piece)].push(known);
            }
        });
    }

    fn length(&self, group: &[usize]) -> f32 {
        let squares = group.iter().map(|feature| self.weights.rarity(*feature).powi(2));
        squares.sum::<f32>().sqrt().max(f32::MIN_POSITIVE)
    }
}

fn contrast(scores: &mut [f32]) {
    let (mut first, mut second) = (f32::MIN, f32::MIN);
    for score in scores.iter() {
        second = second.max(score.min(first));
        first = first.max(*score);
    }
    for score in scores {
        let other = if *score < first { first } else { second };
        *score -= RIVALRY * other.max(-1.0);
    }
}

/// Words with a share of at least a third of the strongest one.
fn strongest(tokens: &[Token], parts: &[f32], most: usize) -> Vec<String> {
    let mut order: Vec<usize> = (0..tokens.len()).collect();
    order.sort_by(|a, b| parts[*b].total_cmp(&parts[*a]).then(a.cmp(b)));
    let Some(best) = order.first().map(|at| parts[*at]) else { return Vec::new() };
    order.truncate(most);
    order.retain(|at| parts[*at] > 0.0 && parts[*at] >= best / 3.0);
    order.sort_unstable();
    let mut words: Vec<String> = Vec::new();
    for at in order {
        let word = &tokens[at].folded;
        if !words.contains(word) {
            words.push(word.clone());
        }
    }
    words
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
    fn the_highest_of_the_others_is_taken_off() {
        let mut scores = [1.0, 0.5, -0.5];
        contrast(&mut scores);
        let misses = scores.iter().zip([0.875, 0.25, -0.75]).map(|(a, b)| (a - b).abs());
        assert!(misses.sum::<f32>() < 1e-6, "{scores:?}");
    }

    #[test]
    fn every_feature_lies_in_the_sentence() {
        let tokens = tokens_of("We would rather wait.");
        features(&tokens, |feature| {
            assert!((feature.token + feature.tokens) as usize <= tokens.len());
        });
    }
}
