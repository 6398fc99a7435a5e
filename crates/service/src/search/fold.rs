//! Words as the index of the data file cuts and spells them: runs of letters and digits, in small
//! letters, without accents. With it the words that were found are marked in a text, and names are
//! compared as messages are.
//!
//! The index is `SQLite`'s, with its tokenizer `unicode61 remove_diacritics 2`; what differs costs a
//! mark and finds nothing else.

use std::iter;
use std::ops::Range;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// Where it stands, in bytes.
    pub place: Range<usize>,
    /// In small letters, without accents.
    pub folded: String,
}

/// Letters by what they are without their accents. Others, as `ø` and `ł`, are letters of their own.
const ACCENTS: [(char, &str); 25] = [
    ('a', "àáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ"),
    ('b', "ḃḅḇ"),
    ('c', "çćĉċčḉ"),
    ('d', "ďḋḍḏḑḓ"),
    ('e', "èéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ"),
    ('f', "ḟ"),
    ('g', "ĝğġģǧǵḡ"),
    ('h', "ĥȟḣḥḧḩḫẖ"),
    ('i', "ìíîïĩīĭįǐȉȋḭḯỉị"),
    ('j', "ĵǰ"),
    ('k', "ķǩḱḳḵ"),
    ('l', "ĺļľḷḹḻḽ"),
    ('m', "ḿṁṃ"),
    ('n', "ñńņňǹṅṇṉṋ"),
    ('o', "òóôõöōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợ"),
    ('p', "ṕṗ"),
    ('r', "ŕŗřȑȓṙṛṝṟ"),
    ('s', "śŝşšșṡṣṥṧṩ"),
    ('t', "ţťțṫṭṯṱẗ"),
    ('u', "ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự"),
    ('v', "ṽṿ"),
    ('w', "ŵẁẃẅẇẉẘ"),
    ('x', "ẋẍ"),
    ('y', "ýÿŷȳẏẙỳỵỷỹ"),
    ('z', "źżžẑẓẕ"),
];

/// The words of a text, in their order.
pub(crate) fn tokens(text: &str) -> impl Iterator<Item = Token> {
    let mut at = 0;
    iter::from_fn(move || {
        let start = at + text.get(at..)?.find(char::is_alphanumeric)?;
        let word = text.get(start..)?;
        let length = word.find(|c| !is_part(c)).unwrap_or(word.len());
        at = start + length;
        Some(Token { place: start..at, folded: fold(word.get(..length)?) })
    })
}

/// Accents that stand behind their letter belong to the word.
fn is_part(c: char) -> bool {
    c.is_alphanumeric() || is_accent(c)
}

fn is_accent(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// Whether a text holds all the words that were typed, or what they begin with, in any case and with or
/// without accents: how every list is looked up.
pub fn holds_words(text: &str, typed: &str) -> bool {
    let text = fold(text);
    fold(typed).split_whitespace().all(|word| text.contains(word))
}

/// A text in small letters, without accents, as lists look it up.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let lower = text.chars().flat_map(char::to_lowercase);
    lower.filter(|c| !is_accent(*c)).map(without_accent).collect()
}

fn without_accent(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    ACCENTS.iter().find(|(_, accented)| accented.contains(c)).map_or(c, |(base, _)| *base)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let words: Vec<String> = tokens(text).map(|token| token.folded).collect();
        assert_eq!(words, expected, "{text}");
    }

    #[test]
    fn words_are_folded() {
        check("Größe, Kühn & Søn", &["große", "kuhn", "søn"]);
        check("jana.kuehn@lindner.example", &["jana", "kuehn", "lindner", "example"]);
        check("Ku\u{308}hn", &["kuhn"]);
        check("Việt ДОМ 3.5", &["viet", "дом", "3", "5"]);
        check(" - … ", &[]);
    }

    proptest! {
        #[test]
        fn places_hold_the_words(text in "\\PC{0,40}") {
            let mut end = 0;
            for token in tokens(&text) {
                prop_assert!(token.place.start >= end && !token.place.is_empty());
                end = token.place.end;
                prop_assert_eq!(fold(text.get(token.place.clone()).unwrap()), token.folded);
            }
        }
    }
}
