//! Where somebody is: street, number, further lines, place, postcode, region.
//!
//! Must not: compare; see [`crate::address_levels`].

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::contact::listed;
use crate::text::{Text, Word, fold, words};

static STREET_TYPES: LazyLock<BTreeSet<String>> =
    LazyLock::new(|| listed(include_str!("data/street_types.txt")).map(fold).collect());
/// Kinds of street that are written as the end of a word, on purpose or by a slip; folded.
const ENDINGS: [&str; 12] = [
    "street", "strasse", "straat", "gasse", "allee", "platz", "avenu", "crescent", "court",
    "place", "close", "str",
];
/// Words of streets and places that are written in two ways.
const CANON: [(&str, &str); 16] = [
    ("north", "n"),
    ("south", "s"),
    ("east", "e"),
    ("west", "w"),
    ("northeast", "ne"),
    ("northwest", "nw"),
    ("southeast", "se"),
    ("southwest", "sw"),
    ("saint", "st"),
    ("sankt", "st"),
    ("mount", "mt"),
    ("fort", "ft"),
    ("first", "1st"),
    ("second", "2nd"),
    ("third", "3rd"),
    ("apartment", "apt"),
];

/// An address as it is compared.
#[derive(Debug, Clone, Default)]
pub(crate) struct Address {
    /// The name of the street, without its kind.
    pub(crate) street: Text,
    /// House number with its letter.
    pub(crate) number: Option<Word>,
    /// Further lines.
    pub(crate) lines: Text,
    /// Town, suburb.
    pub(crate) place: Text,
    /// Letters and digits of the postcode.
    pub(crate) postcode: Option<Word>,
    /// State, county, canton.
    pub(crate) region: Option<Word>,
}

/// The fields as they came.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Written<'a> {
    pub(crate) street: &'a str,
    pub(crate) number: &'a str,
    pub(crate) lines: &'a str,
    pub(crate) place: &'a str,
    pub(crate) postcode: &'a str,
    pub(crate) region: &'a str,
}

impl Address {
    /// Reads the fields; where no number stands apart, it is looked for at both ends of the street.
    pub(crate) fn read(written: Written<'_>) -> Self {
        let mut street = canonical(words(written.street));
        let mut number = joined(written.number);
        if number.is_none() {
            number = number_of(&mut street);
        }
        Self {
            street: Text::of(&bare(&street)),
            number,
            lines: Text::of(&bare(&canonical(words(written.lines)))),
            place: Text::of(&canonical(words(written.place))),
            postcode: joined(written.postcode),
            region: joined(written.region),
        }
    }
}

/// All of a field as one word.
fn joined(text: &str) -> Option<Word> {
    Text::of(&words(text)).joined
}

fn canonical(words: Vec<String>) -> Vec<String> {
    let canon = |word: String| {
        CANON.iter().find(|(long, _)| *long == word).map_or(word, |(_, short)| (*short).to_owned())
    };
    words.into_iter().map(canon).collect()
}

/// Takes the house number out of a street: the first word with a digit at the beginning or the end.
fn number_of(street: &mut Vec<String>) -> Option<Word> {
    let begins = |word: &String| word.starts_with(|c: char| c.is_ascii_digit());
    if street.len() < 2 {
        return None;
    }
    let first = street.first().is_some_and(begins);
    let mut at = if first { 0 } else { street.iter().rposition(begins)? };
    // `5th Avenue` has no number in front of its name.
    if street.get(at).is_some_and(|word| word.ends_with("th") || word.ends_with("st")) {
        at = street.iter().rposition(begins).filter(|last| *last > at)?;
    }
    let number = street.remove(at);
    Some(Word::new(&number))
}

/// A street without its kind, unless nothing else is left.
fn bare(words: &[String]) -> Vec<String> {
    let stems: Vec<String> = words
        .iter()
        .filter(|word| !STREET_TYPES.contains(word.as_str()))
        .map(|word| stem(word).to_owned())
        .collect();
    if stems.is_empty() { words.to_vec() } else { stems }
}

fn stem(word: &str) -> &str {
    let mut stems = ENDINGS.iter().filter_map(|ending| word.strip_suffix(ending));
    stems.rfind(|stem| stem.len() >= 3).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(street: &str, number: &str, expected: &str) {
        let found = Address::read(Written { street, number, ..Written::default() });
        let name: Vec<&str> = found.street.words.iter().map(|word| &*word.text).collect();
        let number = found.number.map(|number| number.text.to_string()).unwrap_or_default();
        assert_eq!(format!("{}|{number}", name.join(" ")), expected);
    }

    #[test]
    fn streets() {
        check("Hauptstraße 12a", "", "haupt|12a");
        check("Hauptstr. 12a", "", "haupt|12a");
        check("12 Elm Street", "", "elm|12");
        check("elmstreet", "12", "elm|12");
        check("West 5th Avenue", "3", "w 5th|3");
        check("5th Avenue 3", "", "5th|3");
        check("The Avenue", "1", "the|1");
        check("Avenue", "1", "avenu|1");
        check("", "", "|");
    }
}
