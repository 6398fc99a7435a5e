//! The words of a text, folded, with their places.

use std::ops::Range;

use inroad_language::folding;

/// The words of a text, folded, with their bytes.
pub(crate) fn words(text: &str) -> impl Iterator<Item = (Range<usize>, String)> {
    let mut at = 0;
    text.split(|c: char| !c.is_alphanumeric()).filter_map(move |word| {
        let start = text.get(at..).and_then(|rest| rest.find(word)).map_or(at, |found| at + found);
        at = start + word.len();
        (!word.is_empty()).then(|| (start..start + word.len(), fold(word)))
    })
}

/// As letters are compared, and without the hooks and strokes that people leave out when they type a name
/// of another language.
fn fold(word: &str) -> String {
    let folded = folding::fold(word);
    if folded.is_ascii() {
        return folded;
    }
    let plain = |c| match c {
        'č' => 'c',
        'ď' => 'd',
        'ě' => 'e',
        'ň' => 'n',
        'ő' => 'o',
        'ř' => 'r',
        'š' => 's',
        'ť' => 't',
        'ů' | 'ű' => 'u',
        'ý' => 'y',
        'ž' => 'z',
        c => c,
    };
    folded.chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_places() {
        let text = "Hi Zoë-Ann, Škoda";
        let found: Vec<(String, String)> =
            words(text).map(|(at, word)| (text.get(at).unwrap_or("").to_owned(), word)).collect();
        let of = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(
            found,
            [of("Hi", "hi"), of("Zoë", "zoe"), of("Ann", "ann"), of("Škoda", "skoda")]
        );
    }
}
