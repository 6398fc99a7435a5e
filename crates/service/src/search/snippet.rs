//! The few words of a text around what was found. Sentences with private words are left out: they
//! are read in their letter and nowhere else.

use std::ops::Range;

use inroad_language::private;

use super::pattern::{Marked, Pattern, line_of, one_line};

/// A snippet fits on two lines of a narrow screen.
const CHARS_MAX: usize = 160;
/// So much stands before the first found word, where the sentence begins much earlier.
const CHARS_BEFORE: usize = 40;
/// What lies further down in a text is looked for in the letter itself.
const BYTES_READ_MAX: usize = 64 << 10;
/// A sentence that never ends is cut, at a blank.
const SENTENCE_BYTES_MAX: usize = 600;

/// The first sentence with one of the words, and what follows as far as there is room; the
/// beginning of the text where no words are looked for. `None` where the words do not stand, or
/// stand only in private sentences of which nothing may be shown.
///
/// `ill` are the words that were read as an illness, as they stand in the text.
pub(crate) fn snippet(text: &str, patterns: &[Pattern], ill: &[String]) -> Option<Marked> {
    let text = text.get(..floor(text, BYTES_READ_MAX)).unwrap_or_default();
    let ill: Vec<String> = ill.iter().map(|quote| one_line(quote)).collect();
    let sentences =
        sentences(text).into_iter().map(|place| one_line(text.get(place).unwrap_or_default()));
    let sentences: Vec<String> = sentences.filter(|sentence| !sentence.is_empty()).collect();
    let holds = |sentence: &&String| {
        let line = line_of(sentence);
        patterns.is_empty() || patterns.iter().any(|pattern| pattern.is_in(&line))
    };
    let mut private_one = None;
    for (at, sentence) in sentences.iter().enumerate().filter(|(_, sentence)| holds(sentence)) {
        if is_private(sentence, &ill) {
            private_one = private_one.or(Some(sentence));
            continue;
        }
        let after = sentences.get(at + 1..).unwrap_or_default();
        return Some(around(sentence, after, patterns, &ill));
    }
    // Of words whose illness shows only by what was read of them, nothing is shown.
    let shown =
        private_one.filter(|one| private::is_private(one)).and_then(|one| private::shown(one));
    shown.map(|shown| Marked { text: shown.to_owned(), marks: Vec::new() })
}

/// A subject or another short text, or what may be shown of it.
pub(crate) fn discreet(text: &str, patterns: &[Pattern]) -> Marked {
    if private::is_private(text) {
        return Marked {
            text: private::shown(text).unwrap_or_default().to_owned(),
            marks: Vec::new(),
        };
    }
    Marked::new(text, patterns)
}

fn is_private(sentence: &str, ill: &[String]) -> bool {
    let overlaps = |quote: &String| sentence.contains(quote.as_str()) || quote.contains(sentence);
    ill.iter().any(overlaps) || private::is_private(sentence)
}

/// A sentence from shortly before the first found word on, with what follows it.
fn around(sentence: &str, after: &[String], patterns: &[Pattern], ill: &[String]) -> Marked {
    let first = Marked::new(sentence, patterns).marks.first().map_or(0, |mark| mark.start);
    let before = sentence.get(..first).unwrap_or_default();
    let mut text = String::new();
    if before.chars().count() > CHARS_BEFORE * 2 {
        let from = before.char_indices().rev().nth(CHARS_BEFORE).map_or(0, |(at, _)| at);
        let blank =
            before.get(from..).and_then(|rest| rest.find(' ')).map_or(from, |b| from + b + 1);
        text.push_str("… ");
        text.push_str(sentence.get(blank..).unwrap_or_default());
    } else {
        text.push_str(sentence);
    }
    for next in after {
        if text.chars().count() >= CHARS_MAX || is_private(next, ill) {
            break;
        }
        text.push(' ');
        text.push_str(next);
    }
    if let Some((end, _)) = text.char_indices().nth(CHARS_MAX) {
        let end = text.get(..end).and_then(|kept| kept.rfind(' ')).unwrap_or(end);
        text.truncate(end);
        text.push_str(" …");
    }
    Marked::new(&text, patterns)
}

/// The places of sentences: up to a stop before a blank, a blank line, or a length.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    let mut start = 0;
    let mut last = ' ';
    for (at, c) in text.char_indices() {
        let is_end = c.is_whitespace()
            && (".!?".contains(last)
                || c == '\n' && last == '\n'
                || at - start > SENTENCE_BYTES_MAX);
        if is_end {
            places.push(start..at);
            start = at;
        }
        last = c;
    }
    places.push(start..text.len());
    places
}

/// The last boundary between letters at or before a byte.
fn floor(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::query::{LastWord, Query};
    use super::*;

    fn patterns(typed: &str) -> Vec<Pattern> {
        Query::parse(typed, LastWord::Open).0.words.iter().map(Pattern::new).collect()
    }

    /// The snippet with brackets around the marks.
    #[track_caller]
    fn check(typed: &str, text: &str, ill: &[&str], expected: Option<&str>) {
        let ill: Vec<String> = ill.iter().map(|quote| (*quote).to_owned()).collect();
        let found = snippet(text, &patterns(typed), &ill).map(|marked| {
            let mut shown = marked.text.clone();
            for mark in marked.marks.iter().rev() {
                shown.insert(mark.end, ']');
                shown.insert(mark.start, '[');
            }
            shown
        });
        assert_eq!(found.as_deref(), expected, "{typed}");
    }

    #[test]
    fn shows_the_sentence_that_holds_the_words() {
        let text =
            "Dear Ada,\n\nthank you for\nthe offer. We shall decide in the third quarter. Bye";
        check("quart", text, &[], Some("We shall decide in the third [quarter]. Bye"));
        check(
            "offer decide ",
            text,
            &[],
            Some("thank you for the [offer]. We shall [decide] in the third quarter. Bye"),
        );
        check(
            "",
            text,
            &[],
            Some("Dear Ada, thank you for the offer. We shall decide in the third quarter. Bye"),
        );
        check("absent", text, &[], None);
        let long = format!("{} quarter {}", "word ".repeat(40), "more ".repeat(60));
        let found = snippet(&long, &patterns("quarter"), &[]).unwrap();
        assert!(found.text.starts_with("… ") && found.text.ends_with(" …"), "{found:?}");
        assert!(found.text.chars().count() <= CHARS_MAX + 2 && found.marks.len() == 1);
    }

    #[test]
    fn private_sentences_are_not_shown() {
        let text = "The offer is fine. My father died last week. The offer stands.";
        check("father", text, &[], Some("last week"));
        check("offer", text, &[], Some("The [offer] is fine."));
        check("stands", text, &[], Some("The offer [stands]."));
        check("flach", "Ich liege flach. Bis bald.", &["Ich liege flach."], None);
        let subject = discreet("My father died last week", &patterns("father"));
        assert_eq!(subject, Marked { text: "last week".to_owned(), marks: Vec::new() });
    }

    proptest! {
        #[test]
        fn marks_are_words_of_the_snippet(text in "(\\PC|[ .!\\n]|quarter|Kühn){0,80}", typed in "[a-zq\" ]{0,12}") {
            if let Some(found) = snippet(&text, &patterns(&typed), &[]) {
                let mut end = 0;
                for mark in found.marks {
                    prop_assert!(mark.start >= end && found.text.get(mark.clone()).is_some());
                    end = mark.end;
                }
            }
        }
    }
}
