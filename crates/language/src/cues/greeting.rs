//! The line that greets: "Hello Ann,", "Sehr geehrte Frau Lang,".
//!
//! Must not: take a salutation that tells something ("Dear bidders,") for a greeting.

use crate::text::{Sentence, Text};

const WORDS_MAX: usize = 6;
const GREETINGS: [&str; 36] = [
    "hi",
    "hello",
    "hey",
    "dear",
    "good",
    "morning",
    "greetings",
    "hallo",
    "liebe",
    "lieber",
    "sehr",
    "guten",
    "moin",
    "servus",
    "grussgott",
    "bonjour",
    "cher",
    "chere",
    "bonsoir",
    "salut",
    "beste",
    "geachte",
    "dag",
    "goedemorgen",
    "goedemiddag",
    "hoi",
    "hola",
    "estimado",
    "estimada",
    "querido",
    "querida",
    "buenos",
    "buenas",
    "gentile",
    "buongiorno",
    "ciao",
];
const TELLING: [&str; 8] =
    ["bidder", "bidders", "supplier", "suppliers", "bieter", "tenderer", "vendor", "vendors"];

/// Whether a sentence only greets.
pub(super) fn is_one(text: &Text<'_>, sentence: &Sentence) -> bool {
    let first = text.word(sentence.words.start);
    if sentence.words.len() > WORDS_MAX || !GREETINGS.contains(&first) {
        return false;
    }
    let ends_open = text.quote(sentence).ends_with([',', '!', '-', '–', ':']);
    let is_alone = ends_open || sentence.words.len() <= 2;
    is_alone && !sentence.words.clone().any(|at| TELLING.contains(&text.word(at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: bool) {
        let text = Text::new(source);
        assert_eq!(text.sentences.first().map(|first| is_one(&text, first)), Some(expected));
    }

    #[test]
    fn greetings() {
        check("Hello Ann,", true);
        check("Sehr geehrte Frau Dr. Lang,", true);
        check("Bonjour", true);
        check("Dear bidders,", false);
        check("Good that you wrote.", false);
        check("Dear me, what a year we have had.", false);
    }
}
