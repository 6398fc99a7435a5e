//! Cues: what each sentence of a letter tells a seller, with a probability and the words that
//! mattered.
//!
//! The way of one text: `text` cuts it into sentences of folded words, [`crate::linear`] turns
//! a sentence into hashed words, pairs of words and pieces of words, and weighs them by [`weights`]
//! for every cue at once. These are learnt from the examples in `playbook/cues` by
//! `cargo xtask cues`; docs/cues.md says how well that works.
//!
//! Must not: read quotes or signatures, or conclude anything from a cue.

mod greeting;
mod kinship;
pub mod taught;
pub mod weights;

use std::ops::Range;

use inroad_model::{Cue, FoundCue, Message};

use crate::linear::features::{self, Token};
use crate::linear::reader;
use crate::text::Text;
use weights::Weights;

type Reader<'w> = reader::Reader<'w, Cue>;
type Told = reader::Told<Cue>;

/// No more cues than these are told of one sentence, the likeliest first.
const CUES_PER_SENTENCE_MAX: usize = 4;
/// How many words are named as those that mattered.
const WORDS_MAX: usize = 4;
/// No cue is looked for behind this many bytes: what matters is said earlier.
const TEXT_BYTES_MAX: usize = 12_000;

/// The cues of a message with that new text: none of what a machine wrote or what went to many,
/// whose tone tells nothing about a deal.
pub fn of_message(message: &Message, new_text: &str) -> Vec<FoundCue> {
    if message.nature.is_correspondence() { read(new_text) } else { Vec::new() }
}

/// Reads the cues of a letter's new text (without quotes and signature), in the order of its
/// sentences. Ranges are bytes of `new_text`, on boundaries of characters.
///
/// ```
/// use inroad_language::cues::read;
/// let cues = read("Hello Ann,\n\nSorry for the late reply. How much would two days cost us?");
/// let names: Vec<&str> = cues.iter().map(|found| found.cue.as_str()).collect();
/// assert!(names.contains(&"apology_delay") && names.contains(&"asks_price"));
/// ```
pub fn read(new_text: &str) -> Vec<FoundCue> {
    read_with(Weights::shipped(), new_text)
}

/// The same with other weights, so that some can be tried before they are shipped.
pub fn read_with(weights: &Weights, new_text: &str) -> Vec<FoundCue> {
    let text = Text::new(beginning(new_text));
    let mut reader = Reader::new(weights);
    let mut found = Vec::new();
    for sentence in &text.sentences {
        if greeting::is_one(&text, sentence) {
            continue;
        }
        let tokens = features::tokens(&text, sentence);
        let told = reader.read(&tokens);
        found.extend(of_sentence(&reader, &tokens, told, &sentence.source, text.quote(sentence)));
    }
    found
}

/// The sentences of a letter's new text among which cues are looked for, with their white space
/// folded; greetings too.
pub fn sentences(new_text: &str) -> Vec<String> {
    let text = Text::new(beginning(new_text));
    text.sentences.iter().map(|sentence| folded(text.quote(sentence))).collect()
}

fn beginning(new_text: &str) -> &str {
    new_text.get(..new_text.floor_char_boundary(TEXT_BYTES_MAX)).unwrap_or(new_text)
}

fn folded(quote: &str) -> String {
    quote.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The likeliest cues of the sentence that was read last.
fn of_sentence(
    reader: &Reader<'_>,
    tokens: &[Token],
    mut told: Vec<Told>,
    range: &Range<usize>,
    quote: &str,
) -> Vec<FoundCue> {
    told.sort_by(|a, b| b.probability.total_cmp(&a.probability).then(a.label.cmp(&b.label)));
    told.truncate(CUES_PER_SENTENCE_MAX);
    if told.is_empty() {
        return Vec::new();
    }
    let words = reader.words(tokens, &told, WORDS_MAX);
    let found = told.into_iter().zip(words).map(|(told, words)| FoundCue {
        cue: told.label,
        probability: told.probability,
        range: range.clone(),
        quote: folded(quote),
        words,
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[Cue]) {
        let found: Vec<Cue> = read(text).into_iter().map(|found| found.cue).collect();
        for cue in expected {
            assert!(found.contains(cue), "{text}: {found:?}");
        }
        assert!(!expected.is_empty() || found.is_empty(), "{text}: {found:?}");
    }

    #[test]
    fn plain_sentences() {
        check("Please take me off your list.", &[Cue::OptOut]);
        check("Your price is way above our budget.", &[Cue::TooDear]);
        check("Could you send me two references?", &[Cue::AsksProof]);
        check("Leider bin ich krank.", &[Cue::Illness]);
        check("Dear Ms Lang,", &[]);
        check("", &[]);
    }

    #[test]
    fn ranges_are_those_of_the_sentences() {
        let text = "Hi Ann,\n\nSorry for the\nlate reply. Bye";
        let found = read(text);
        let first = found.first().expect("an apology");
        assert_eq!(text.get(first.range.clone()), Some("Sorry for the\nlate reply."));
        assert_eq!(first.quote, "Sorry for the late reply.");
        assert!(first.words.iter().any(|word| word == "sorry" || word == "late"), "{first:?}");
    }
}
