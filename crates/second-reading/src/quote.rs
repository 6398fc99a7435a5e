//! Whether words stand where somebody says they do.

/// Fewer characters stand in any letter, so they show nothing.
const QUOTE_CHARS_MIN: usize = 8;
/// A quote longer than this is no quote but a letter.
const QUOTE_CHARS_MAX: usize = 600;

/// The words of `text` that a quote means, with white space folded: the very characters that stand
/// there. A model that writes a straight apostrophe or a plain hyphen where the letter has a typographic one
/// means the same words; nothing else may differ. `None` if they do not stand there, or are too
/// few to show anything.
///
/// ```
/// use inroad_second_reading::true_words;
/// let text = "It’s too\n dear for us.";
/// assert_eq!(true_words(text, "It's too dear").as_deref(), Some("It’s too dear"));
/// assert_eq!(true_words(text, "It is too dear"), None);
/// ```
pub fn true_words(text: &str, quote: &str) -> Option<String> {
    let quote: Vec<char> = folded(quote).map(plain).collect();
    if !(QUOTE_CHARS_MIN..=QUOTE_CHARS_MAX).contains(&quote.len()) {
        return None;
    }
    let text: Vec<char> = folded(text).collect();
    let same = |window: &&[char]| window.iter().zip(&quote).all(|(a, b)| plain(*a) == *b);
    text.windows(quote.len()).find(same).map(|found| found.iter().collect())
}

/// The characters of a text with each run of white space as one blank, and none at the ends.
fn folded(text: &str) -> impl Iterator<Item = char> {
    let words = text.split_whitespace().enumerate();
    words.flat_map(|(at, word)| (at > 0).then_some(' ').into_iter().chain(word.chars()))
}

/// A character as a plain keyboard has it.
fn plain(c: char) -> char {
    match c {
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2032}' => '\'',
        '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{2033}' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, quote: &str, expected: Option<&str>) {
        assert_eq!(true_words(text, quote).as_deref(), expected, "{quote:?} in {text:?}");
    }

    #[test]
    fn words_that_stand_there() {
        check("We have  no\nbudget left.", "no budget left", Some("no budget left"));
        check("We have no budget left.", "No budget left", None);
        check("Das ist „zu teuer“ – sagt er", "\"zu teuer\" - sagt", Some("„zu teuer“ – sagt"));
        check("yes", "yes", None);
        check(&"a".repeat(900), &"a".repeat(700), None);
        check("", "something else", None);
    }

    fn fold(text: &str) -> String {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    proptest! {
        #[test]
        fn what_is_found_is_a_substring(text in ".{0,200}", quote in ".{0,40}") {
            if let Some(found) = true_words(&text, &quote) {
                prop_assert!(fold(&text).contains(&found));
                prop_assert_eq!(found.chars().count(), fold(&quote).chars().count());
            }
        }

        #[test]
        fn what_stands_there_is_found(words in prop::collection::vec("[a-zé’\\-]{1,8}", 4..30), from in 0_usize..20, space in "[ \n\t]{1,3}") {
            let text = words.join(&space);
            let part = words[from.min(words.len() - 4)..].join(" ");
            let enough = part.chars().count() >= QUOTE_CHARS_MIN;
            prop_assert_eq!(true_words(&text, &part).is_some(), enough);
        }
    }
}
