//! A sentence as words, numbers and marks, in a spelling without accents.
//!
//! Dates are read from tokens, not from characters, so that one reader serves thirteen languages.
//! Must not: know any language, month or weekday.

use crate::word_table::WordSet;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Digits, with their value; runs of more than nine digits are words.
    Number(u32),
    /// Letters.
    Word,
    /// Any other single character.
    Mark,
}

/// One token with its place in the sentence.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    /// Lower case, without accents: `März` is `marz`, `fuer` stays `fuer`.
    pub(crate) folded: String,
    /// First byte.
    pub(crate) start: usize,
    /// First byte behind it.
    pub(crate) end: usize,
    /// Whether a blank stands before it.
    pub(crate) spaced: bool,
    /// Whether its first letter is a capital.
    pub(crate) capital: bool,
    /// What it is.
    pub(crate) kind: Kind,
}

impl Token {
    /// The value, if it is a number.
    pub(crate) fn number(&self) -> Option<u32> {
        match self.kind {
            Kind::Number(value) => Some(value),
            Kind::Word | Kind::Mark => None,
        }
    }

    /// The number of digits or letters (bytes).
    pub(crate) fn bytes(&self) -> usize {
        self.end - self.start
    }

    /// Whether it is that word or mark.
    pub(crate) fn is(&self, folded: &str) -> bool {
        self.folded == folded
    }
}

/// Splits a sentence.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let mut spaced = true;
    for (start, c) in text.char_indices() {
        if c.is_whitespace() {
            spaced = true;
            continue;
        }
        let end = start + c.len_utf8();
        let is_digit = c.is_ascii_digit();
        let is_letter = c.is_alphabetic() || matches!(c, '\u{300}'..='\u{36f}');
        let kind = match (is_digit, is_letter) {
            (true, _) => Kind::Number(c.to_digit(10).unwrap_or(0)),
            (_, true) => Kind::Word,
            _ => Kind::Mark,
        };
        match found.last_mut() {
            Some(last) if !spaced && joins(last.kind, kind) && last.end == start => {
                last.end = end;
                push_folded(&mut last.folded, c);
                last.kind = grown(last.kind, kind, last.bytes());
            }
            _ => {
                let mut folded = String::new();
                push_folded(&mut folded, c);
                let capital = c.is_uppercase();
                found.push(Token { folded, start, end, spaced, capital, kind });
            }
        }
        spaced = false;
    }
    found
}

fn joins(last: Kind, next: Kind) -> bool {
    matches!((last, next), (Kind::Number(_), Kind::Number(_)) | (Kind::Word, Kind::Word))
}

fn grown(last: Kind, next: Kind, bytes: usize) -> Kind {
    match (last, next) {
        (Kind::Number(value), Kind::Number(digit)) if bytes <= 9 => {
            Kind::Number(value.saturating_mul(10).saturating_add(digit))
        }
        (Kind::Number(_), Kind::Number(_)) => Kind::Word,
        (kept, _) => kept,
    }
}

/// The spelling in which tables and texts are compared.
pub(crate) fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for c in word.chars() {
        push_folded(&mut folded, c);
    }
    folded
}

/// A list of words parted by blanks, as a set of folded words.
pub(crate) fn word_set(list: &str) -> WordSet {
    list.split_whitespace().map(fold).collect()
}

/// Adds a letter in the spelling in which tables and texts are compared.
pub(crate) fn push_folded(out: &mut String, c: char) {
    for lower in c.to_lowercase() {
        match lower {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ą' => out.push('a'),
            'è' | 'é' | 'ê' | 'ë' | 'ę' => out.push('e'),
            'ì' | 'í' | 'î' | 'ï' => out.push('i'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => out.push('o'),
            'ù' | 'ú' | 'û' | 'ü' => out.push('u'),
            'ç' | 'ć' => out.push('c'),
            'ñ' | 'ń' => out.push('n'),
            'ś' => out.push('s'),
            'ź' | 'ż' => out.push('z'),
            'ł' => out.push('l'),
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'ё' => out.push('е'),
            '’' => out.push('\''),
            '–' | '—' | '−' | '‑' => out.push('-'),
            '\u{300}'..='\u{36f}' => {}
            other => out.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = tokens(text).into_iter().map(|t| t.folded).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn splits_words_numbers_and_marks() {
        check("Bis 3.–14. März", &["bis", "3", ".", "-", "14", ".", "marz"]);
        check("jusqu’au 1er août", &["jusqu", "'", "au", "1", "er", "aout"]);
        check("the 14th", &["the", "14", "th"]);
    }

    #[test]
    fn long_runs_of_digits_are_no_numbers() {
        assert_eq!(tokens("1234567890").first().map(|t| t.kind), Some(Kind::Word));
    }
}
