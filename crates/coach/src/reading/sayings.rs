//! What sentences of a draft say, as it was learnt of labelled sentences: beside the words that rules look for,
//! what is said in others.
//!
//! The sentences stand in `playbook/coach/sayings`, a file a rule; `cargo xtask sayings` learns from them what
//! ships here (docs/benchmarks/sayings.md says how well that works).
//!
//! Must not: know what a rule makes of it.

use std::sync::LazyLock;

use inroad_language::linear::features::tokens_of;
use inroad_language::linear::reader::{Reader, Told};
use inroad_language::linear::weights::{LabelWeights, Weights};
use inroad_language::linear::{Label, Reach};

use crate::draft::Draft;

/// Packed, since every byte of it is a byte of the program.
static SHIPPED: &[u8] = include_bytes!("sayings.bin.zst");
/// So many words are named as those that mattered.
const WORDS_MAX: usize = 4;
/// Only so many sentences are read, the first.
const SENTENCES_MAX: usize = 400;

/// What a sentence may say: the name of the file that its examples stand in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Saying(String);

impl Label for Saying {
    const MAGIC: &'static [u8; 5] = b"SAYS\x01";
    // One sentence may make somebody feel guilty, in a harsh tone, and threaten to go to their boss.
    const RIVALRY: f32 = 0.0;
    const REACH: Reach = Reach::Two;

    fn from_name(name: &str) -> Option<Self> {
        let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        is_name.then(|| Self(name.to_owned()))
    }

    fn name(&self) -> &str {
        &self.0
    }
}

static WEIGHTS: LazyLock<Weights<Saying>> =
    LazyLock::new(|| Weights::from_packed(SHIPPED).unwrap_or_default());

/// The sayings that are read, in the order of their places.
pub fn known() -> &'static [LabelWeights<Saying>] {
    WEIGHTS.labels()
}

/// The place of a saying by its name.
pub fn place(name: &str) -> Option<usize> {
    known().iter().position(|of| of.label.name() == name)
}

/// How likely each sentence says each of them: a row a sentence, in the order of their places.
pub(crate) fn heard(draft: &Draft<'_>) -> Vec<Vec<f32>> {
    let mut reader = Reader::new(&WEIGHTS);
    let sentences = draft.sentences.iter().take(SENTENCES_MAX);
    let each = sentences.map(|range| {
        let scores = reader.scores(&tokens_of(draft.sentence(range)));
        known().iter().zip(scores).map(|(of, score)| of.probability(score)).collect()
    });
    each.collect()
}

/// The words of a sentence that speak most for a saying, by its place.
pub(crate) fn words(sentence: &str, place: usize) -> Vec<String> {
    let Some(of) = known().get(place) else { return Vec::new() };
    let told = [Told { label: of.label.clone(), probability: 1.0 }];
    let tokens = tokens_of(sentence);
    let mut reader = Reader::new(&WEIGHTS);
    reader.read(&tokens);
    reader.words(&tokens, &told, WORDS_MAX).into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ships_can_be_read() {
        assert!(known().len() > 20, "{}", known().len());
        assert!(place("guilt").is_some() && place("no such saying").is_none());
        for of in known() {
            assert!((0.0..=1.0).contains(&of.threshold), "{of:?}");
        }
    }

    #[test]
    fn words_are_those_of_the_sentence() {
        let place = place("guilt").unwrap();
        let words = words("After all the work we did you could at least answer.", place);
        assert!(!words.is_empty());
        assert!(super::words("", place).is_empty());
    }
}
