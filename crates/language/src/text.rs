//! A text as sentences of words, in the spelling in which phrases are compared.
//!
//! Words keep their place in the source, so that what was found can be quoted. Commas and quotes
//! are no words: "please, remove me" and "please remove me" read alike. Must not: know a phrase.

use std::ops::Range;

use crate::dates::{names_month, push_folded};

/// A sentence longer than this is cut: nobody writes them, and the work stays linear.
const SENTENCE_BYTES_MAX: usize = 700;
/// A line that ends before this column was ended by its writer and not by the mail program.
const WRAPPED_LINE_CHARS_MIN: usize = 50;

/// So many words without a capital show a writer who uses none.
const WORDS_TO_JUDGE_MIN: usize = 8;

/// Words before a full stop that does not end a sentence.
const ABBREVIATIONS: [&str; 62] = [
    "mr", "mrs", "ms", "dr", "prof", "hr", "fr", "st", "nr", "no", "ca", "bzw", "etc", "evtl",
    "ggf", "inkl", "incl", "einschl", "tel", "ext", "approx", "vs", "mme", "mlle", "sr", "sra",
    "srta", "sig", "dott", "ing", "ir", "dipl", "dhr", "mevr", "mw", "jan", "feb", "mar", "apr",
    "jun", "jul", "aug", "sep", "sept", "oct", "okt", "nov", "dec", "dez", "mon", "tue", "tues",
    "wed", "thu", "thur", "thurs", "fri", "sat", "sun", "max", "min", "jr",
];

/// A text cut into sentences and words.
#[derive(Debug)]
pub(crate) struct Text<'t> {
    /// The text as it was given.
    pub(crate) source: &'t str,
    /// All words folded, parted by a blank, sentences parted by a line break.
    pub(crate) folded: String,
    /// The words, in order.
    pub(crate) words: Vec<Word>,
    /// The sentences, in order.
    pub(crate) sentences: Vec<Sentence>,
    /// Whether its writer uses no capitals.
    pub(crate) is_lower: bool,
}

/// A word with its place.
#[derive(Debug)]
pub(crate) struct Word {
    /// Where it stands in the folded text.
    pub(crate) folded: Range<usize>,
    /// Where it stands in the source.
    pub(crate) source: Range<usize>,
    /// Whether it begins with a capital.
    pub(crate) capital: bool,
    /// Whether a comma, a bracket or the like stands before it, or the sentence begins with it.
    pub(crate) begins_clause: bool,
}

/// A sentence.
#[derive(Debug, Clone)]
pub(crate) struct Sentence {
    /// Where it stands in the source, without blanks at its ends.
    pub(crate) source: Range<usize>,
    /// Its words.
    pub(crate) words: Range<usize>,
    /// Whether it asks.
    pub(crate) is_question: bool,
    /// Whether a blank line or the beginning of the text stands before it.
    pub(crate) begins_paragraph: bool,
}

impl<'t> Text<'t> {
    /// Cuts a text.
    pub(crate) fn new(source: &'t str) -> Self {
        let mut text = Self {
            source,
            folded: String::with_capacity(source.len() + 16),
            words: Vec::new(),
            sentences: Vec::new(),
            is_lower: false,
        };
        let mut begins_paragraph = true;
        for span in sentences(source) {
            let Some(raw) = source.get(span.clone()) else { continue };
            let trimmed = raw.trim();
            if trimmed.is_empty() {
                begins_paragraph = true;
                continue;
            }
            let start = span.start + (raw.len() - raw.trim_start().len());
            let first_word = text.words.len();
            text.push_words(trimmed, start);
            if text.words.len() == first_word {
                continue;
            }
            let is_question =
                trimmed.trim_end_matches(['"', ')', '\'', '”', ' ', ':']).ends_with('?');
            text.sentences.push(Sentence {
                source: start..start + trimmed.len(),
                words: first_word..text.words.len(),
                is_question,
                begins_paragraph,
            });
            begins_paragraph = raw.trim_start_matches(|c| c != '\n').contains("\n\n");
        }
        text.is_lower =
            text.words.len() >= WORDS_TO_JUDGE_MIN && text.words.iter().all(|word| !word.capital);
        text
    }

    fn push_words(&mut self, sentence: &str, offset: usize) {
        let mut begins_clause = true;
        let mut parter = '\n';
        for piece in pieces(sentence) {
            match piece {
                Piece::Word(range) => {
                    let Some(raw) = sentence.get(range.clone()) else { continue };
                    if !self.folded.is_empty() {
                        self.folded.push(parter);
                    }
                    let start = self.folded.len();
                    raw.chars().for_each(|c| push_folded(&mut self.folded, c));
                    self.words.push(Word {
                        folded: start..self.folded.len(),
                        source: offset + range.start..offset + range.end,
                        capital: raw.chars().next().is_some_and(char::is_uppercase),
                        begins_clause,
                    });
                    begins_clause = false;
                    parter = ' ';
                }
                Piece::Mark => begins_clause = true,
            }
        }
    }

    /// The folded spelling of a word.
    pub(crate) fn word(&self, at: usize) -> &str {
        self.words.get(at).and_then(|w| self.folded.get(w.folded.clone())).unwrap_or("")
    }

    /// The words of a sentence as they stand.
    pub(crate) fn quote(&self, sentence: &Sentence) -> &'t str {
        self.source.get(sentence.source.clone()).unwrap_or("")
    }

    /// The sentence that holds a word.
    pub(crate) fn sentence_of(&self, word: usize) -> usize {
        self.sentences.partition_point(|sentence| sentence.words.end <= word)
    }
}

enum Piece {
    Word(Range<usize>),
    Mark,
}

/// Folds a phrase of a table as words of a text are folded.
pub(crate) fn fold_phrase(phrase: &str) -> String {
    let mut folded = String::with_capacity(phrase.len());
    for piece in pieces(phrase) {
        if let Piece::Word(range) = piece {
            if !folded.is_empty() {
                folded.push(' ');
            }
            for c in phrase.get(range).unwrap_or("").chars() {
                push_folded(&mut folded, c);
            }
        }
    }
    folded
}

/// Words and marks of a sentence. Short forms are two words: `I|'m`, `l'|an`, `out|of|office`.
fn pieces(sentence: &str) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut chars = sentence.char_indices().peekable();
    let mut start: Option<usize> = None;
    let mut last = ' ';
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |(_, next)| *next);
        let begun = start.is_some();
        if c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}') {
            start = start.or(Some(at));
        } else if matches!(c, '\'' | '’') && next.is_alphabetic() {
            let rest = sentence.get(at + c.len_utf8()..).unwrap_or("");
            let suffix_end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
            match rest.get(..suffix_end).unwrap_or("") {
                "s" | "m" | "re" | "ll" | "ve" | "d" | "S" | "M" => {
                    push_word(&mut found, &mut start, at);
                    start = Some(at);
                }
                "t" | "T" => {}
                _ if !begun => {}
                _ => push_word(&mut found, &mut start, at + c.len_utf8()),
            }
        } else if begun && joins_word(last, c, next) {
            // An address or a date goes on.
        } else {
            push_word(&mut found, &mut start, at);
            let in_word = c == '-' && last.is_alphanumeric() && next.is_alphanumeric();
            if !c.is_whitespace() && c != '.' && !in_word {
                found.push(Piece::Mark);
            }
        }
        last = c;
    }
    push_word(&mut found, &mut start, sentence.len());
    found
}

fn push_word(found: &mut Vec<Piece>, start: &mut Option<usize>, end: usize) {
    if let Some(start) = start.take() {
        found.push(Piece::Word(start..end));
    }
}

fn joins_word(last: char, c: char, next: char) -> bool {
    match c {
        '@' => true,
        '_' | '+' => last.is_alphanumeric() && next.is_alphanumeric(),
        '.' => {
            let new_sentence = next.is_uppercase() && last.is_lowercase();
            last.is_alphanumeric() && next.is_alphanumeric() && !new_sentence
        }
        _ => false,
    }
}

/// The sentences of a text as byte ranges that cover it.
pub(crate) fn sentences(source: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut line_chars = 0;
    let mut last = ' ';
    for (at, c) in source.char_indices() {
        line_chars = if c == '\n' { line_chars } else { line_chars + 1 };
        let end = at + c.len_utf8();
        let rest = source.get(end..).unwrap_or("");
        let ends = match c {
            '\n' => ends_line(rest, line_chars),
            '!' | '?' | '…' => rest.starts_with(|c: char| c.is_whitespace() || c == '"'),
            '.' => ends_at_stop(source, at, rest),
            '/' => last == '/' && rest.starts_with(' '),
            c => end - start > SENTENCE_BYTES_MAX && c.is_whitespace(),
        };
        if c == '\n' {
            line_chars = 0;
        }
        last = c;
        if ends || end - start > 2 * SENTENCE_BYTES_MAX {
            found.push(start..end);
            start = end;
        }
    }
    if start < source.len() {
        found.push(start..source.len());
    }
    found
}

/// Whether a line break ends a sentence: before a blank line, a list, or behind a short line.
fn ends_line(rest: &str, line_chars: usize) -> bool {
    let mut next = rest.chars();
    match next.next() {
        None | Some('\n' | '-' | '*' | '•' | '–' | '>' | '\r') => true,
        Some(c) if c.is_ascii_digit() => {
            matches!(next.next(), Some('.' | ')')) || line_chars < WRAPPED_LINE_CHARS_MIN
        }
        Some(c) => line_chars < WRAPPED_LINE_CHARS_MIN && (c.is_uppercase() || !c.is_alphabetic()),
    }
}

/// Whether a full stop ends a sentence and not an abbreviation, an initial or a day.
fn ends_at_stop(source: &str, at: usize, rest: &str) -> bool {
    if !rest.starts_with(char::is_whitespace) {
        return false;
    }
    let next = rest.trim_start_matches([' ', '\n', '\r', '\t']);
    let before = source.get(..at).unwrap_or("");
    let word_start = before
        .char_indices()
        .rev()
        .take(14)
        .find(|(_, c)| !c.is_alphanumeric())
        .map_or(at.saturating_sub(14), |(n, c)| n + c.len_utf8());
    let word = before.get(word_start..).unwrap_or("");
    let next_word: String = next.chars().take(14).take_while(|c| c.is_alphanumeric()).fold(
        String::new(),
        |mut folded, c| {
            push_folded(&mut folded, c);
            folded
        },
    );
    if word.chars().all(|c| c.is_ascii_digit()) && !word.is_empty() {
        // "am 14. April", "bis 24. asti", but also "until the 5th of 2026. Then".
        let goes_on = names_month(&next_word)
            || next.starts_with(|c: char| c.is_lowercase() || matches!(c, '-' | '–' | '—'));
        return !goes_on;
    }
    let is_initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    let lower = word.to_lowercase();
    !is_initial && !ABBREVIATIONS.contains(&lower.as_str()) && !next.starts_with(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &[&str]) {
        let text = Text::new(source);
        let found: Vec<&str> = text.sentences.iter().map(|s| text.quote(s)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn sentences_end_where_readers_end_them() {
        check("One. Two! Three?\nFour", &["One.", "Two!", "Three?", "Four"]);
        check(
            "Ich bin bis 14. April weg. Danach gern.",
            &["Ich bin bis 14. April weg.", "Danach gern."],
        );
        check("weg bis 24.08. Danach gern.", &["weg bis 24.08.", "Danach gern."]);
        check("Mr. Lang and Dr. A. Maas left.", &["Mr. Lang and Dr. A. Maas left."]);
        check("Hi Tom,\n\nI am\naway", &["Hi Tom,", "I am\naway"]);
        check("Kind regards\nTom", &["Kind regards", "Tom"]);
        check("weg bis Montag. // Away until 5 May.", &["weg bis Montag.", "Away until 5 May."]);
    }

    #[test]
    fn words_are_folded_and_short_forms_parted() {
        let text = Text::new("I'm off, l'été; mail Ops@Firm.example or ops@.");
        assert_eq!(text.folded, "i 'm off l' ete mail ops@firm.example or ops@");
        assert_eq!(text.word(2), "off");
        assert_eq!(text.words.get(3).map(|w| w.begins_clause), Some(true));
        assert_eq!(fold_phrase("I’m out-of-office, Zürich"), "i 'm out of office zurich");
    }
}
