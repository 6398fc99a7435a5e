//! Words as `PostgreSQL` keeps them: each in small letters and without accents, with its places.
//!
//! They are made here and not by the server's own parser, which takes addresses and hyphenated words for one
//! word each, so that a search finds the same in both databases.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::search::Words;

/// The last place that can be told; words behind it are found, but not as standing side by side.
const PLACE_MAX: usize = 16_383;
/// So many places are kept of a word.
const PLACES_MAX: usize = 255;
/// A word has so many bytes at most; what is longer is found by its beginning.
const WORD_BYTES_MAX: usize = 200;
/// All words of a message with their places take so many bytes at most; the server takes a few more.
const BYTES_MAX: usize = 900_000;

/// The words of some texts with their places, in the words of the server. What stands at the end of one text
/// stands not beside what begins the next.
pub(super) fn of<'t>(texts: impl IntoIterator<Item = &'t String>) -> String {
    let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let (mut place, mut bytes) = (0, 0);
    'texts: for text in texts {
        place += 1;
        for word in words_of(text) {
            place += 1;
            let known = places.get_mut(&word);
            bytes += 6 + if known.is_none() { word.len() + 6 } else { 0 };
            if bytes > BYTES_MAX {
                break 'texts;
            }
            match known {
                Some(known) if known.len() >= PLACES_MAX => {}
                Some(known) => known.push(place.min(PLACE_MAX)),
                None => {
                    places.insert(word, vec![place.min(PLACE_MAX)]);
                }
            }
        }
    }
    let mut written = String::with_capacity(bytes);
    for (word, places) in places {
        let places: Vec<String> = places.iter().map(ToString::to_string).collect();
        // Nothing but letters and digits is a word, so nothing in it has a meaning of its own.
        let _ = write!(written, "'{word}':{} ", places.join(","));
    }
    written
}

/// What is looked for, in the words of the server; `None` if there is not a word in it.
pub(super) fn query(words: &[Words], without: &[Words]) -> Option<String> {
    let terms = |words: &[Words]| words.iter().filter_map(term).collect::<Vec<_>>();
    let wanted = terms(words);
    if wanted.is_empty() {
        return None;
    }
    let mut query = wanted.join(" & ");
    for term in terms(without) {
        let _ = write!(query, " & !{term}");
    }
    Some(query)
}

fn term(words: &Words) -> Option<String> {
    let quoted: Vec<String> = words_of(&words.text).map(|word| format!("'{word}'")).collect();
    let open = if words.open { ":*" } else { "" };
    (!quoted.is_empty()).then(|| format!("({}{open})", quoted.join(" <-> ")))
}

/// Runs of letters and digits, folded.
fn words_of(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c)).filter_map(|word| {
        let folded = word.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
        let mut bytes = 0;
        let word: String = folded
            .filter(|c| c.is_alphanumeric())
            .take_while(|c| {
                bytes += c.len_utf8();
                bytes <= WORD_BYTES_MAX
            })
            .collect();
        (!word.is_empty()).then_some(word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str, open: bool) -> Words {
        Words { text: text.to_owned(), open }
    }

    #[test]
    fn words_are_folded_and_know_their_places() {
        let texts = ["Kühn & Söhne".to_owned(), "a.b@x-y.example KUHN".to_owned()];
        assert_eq!(of(&texts), "'a':5 'b':6 'example':9 'kuhn':2,10 'sohne':3 'x':7 'y':8 ");
    }

    #[test]
    fn a_question_is_made_of_words_alone() {
        for (asked, without, expected) in [
            (vec![words("annual offer", false)], vec![], Some("('annual' <-> 'offer')")),
            (
                vec![words("off", true), words("b'c", false)],
                vec![],
                Some("('off':*) & ('b' <-> 'c')"),
            ),
            (
                vec![words("a", false)],
                vec![words("x:* | y", false)],
                Some("('a') & !('x' <-> 'y')"),
            ),
            (vec![words("&!'", false)], vec![], None),
        ] {
            assert_eq!(query(&asked, &without).as_deref(), expected);
        }
    }

    #[test]
    fn long_texts_stay_below_the_server_s_bounds() {
        let many = (0..200_000).map(|n| format!("word{n}")).collect::<Vec<_>>().join(" ");
        let long = of(&[many, "x".repeat(5_000), "same ".repeat(1_000)]);
        assert!(long.len() <= BYTES_MAX + 100_000, "{}", long.len());
        assert!(of(&["x".repeat(5_000)]).len() < 300);
        let same = of(&["same ".repeat(1_000)]);
        assert_eq!(same.matches(',').count(), PLACES_MAX - 1);
    }
}
