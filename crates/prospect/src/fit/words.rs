//! Whether a text says a word or a phrase, and whether it denies it.

use super::spelling::{bare, ends_clause, fold};

/// What a text says of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// It stands there.
    Yes,
    /// It stands there, and is denied: `no SAP`, `without a works council`, `SAP: no`.
    Denied,
    /// It does not stand there.
    Nothing,
}

/// A word as it is compared; `None` stands for the end of a clause.
pub(super) type Word = Option<String>;

/// So many words before a phrase may deny it.
const REACH: usize = 3;
/// Words that deny what follows, folded, in English and German; so does each that ends in `n't` or
/// begins with `kein`.
const DENIES: [&str; 18] = [
    "no", "non", "not", "never", "without", "none", "neither", "nor", "cannot", "nicht", "nie",
    "ohne", "weder", "dont", "doesnt", "isnt", "havent", "hasnt",
];
/// Words behind which nothing is denied any more: `no Oracle but SAP`.
const TURNS: [&str; 5] = ["but", "except", "sondern", "aber", "ausser"];
/// Words behind a denial that make it none: `not only SAP`.
const ONLY: [&str; 6] = ["only", "just", "merely", "nur", "bloss", "allein"];
/// Whole answers that deny what stands before them.
const ANSWERS: [&str; 14] = [
    "no",
    "none",
    "not",
    "never",
    "not yet",
    "no longer",
    "not used",
    "not in use",
    "nein",
    "nicht",
    "kein",
    "keine",
    "noch nicht",
    "nicht mehr",
];
/// The longest of them, in words.
const ANSWER_WORDS_MAX: usize = 3;
/// A shorter word has no plural: `its` is not that of IT.
const PLURAL_LETTERS_MIN: usize = 4;

/// The words of a text as they are compared.
pub(super) fn words(text: &str) -> Vec<Word> {
    let text = bare(text);
    let mut words: Vec<Word> = Vec::new();
    let mut word = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_alphanumeric() || (!word.is_empty() && "'’&+#".contains(c)) {
            word.push(if c == '’' { '\'' } else { c });
            continue;
        }
        words.extend(compared(&std::mem::take(&mut word)).map(Some));
        let before = words.last().and_then(Option::as_deref);
        if c == '.' && before == Some("no") && leads_a_number(chars.clone()) {
            // It denies nothing.
            words.pop();
            words.push(Some("nr".to_owned()));
        } else if ends_clause(c, chars.peek().copied(), before) {
            words.push(None);
        }
    }
    words.extend(compared(&word).map(Some));
    words
}

/// `No. 5`.
fn leads_a_number(behind: impl Iterator<Item = char>) -> bool {
    let mut behind = behind.skip_while(|c| c.is_whitespace());
    behind.next().is_some_and(char::is_numeric)
}

/// A word without the quotes around it and without its genitive; `None` if nothing is left.
fn compared(word: &str) -> Option<String> {
    let word = fold(word.trim_end_matches(['\'', '&']));
    // So short a word with it is a verb: it's, he's.
    let owner = word.strip_suffix("'s").filter(|owner| owner.chars().count() > 2);
    let word = owner.map(str::to_owned).unwrap_or(word);
    (!word.is_empty()).then_some(word)
}

/// What a text says of a phrase: the words one after the other, a plural of the last one included.
pub(super) fn says(text: &[Word], phrase: &str) -> Said {
    let mut typed = words(phrase);
    while typed.last().is_some_and(Option::is_none) {
        typed.pop();
    }
    // Either as it was typed, or without the marks within: a stop may shorten a word.
    let plain: Vec<Word> = typed.iter().filter(|word| word.is_some()).cloned().collect();
    let mut found = stands(text, &plain);
    if found != Said::Yes && plain.len() < typed.len() {
        found = match stands(text, &typed) {
            Said::Nothing => found,
            said => said,
        };
    }
    found
}

fn stands(text: &[Word], phrase: &[Word]) -> Said {
    let Some((Some(last), before)) = phrase.split_last() else { return Said::Nothing };
    let mut found = Said::Nothing;
    for (start, window) in text.windows(phrase.len()).enumerate() {
        let (there, end) = window.split_at(before.len());
        let is_same = there == before
            && end.iter().all(|word| word.as_deref().is_some_and(|word| is_word(word, last)));
        if !is_same {
            continue;
        }
        let (before, after) = (text.get(..start), text.get(start + phrase.len()..));
        if !is_denied(before.unwrap_or_default()) && !is_answered_no(after.unwrap_or_default()) {
            return Said::Yes;
        }
        found = Said::Denied;
    }
    found
}

/// The word, or its plural, or that of which it is the plural.
pub(super) fn is_word(word: &str, wanted: &str) -> bool {
    let is_plural = |plural: &str, of: &str| {
        plural.strip_suffix('s') == Some(of) && plural.chars().count() >= PLURAL_LETTERS_MIN
    };
    word == wanted || is_plural(word, wanted) || is_plural(wanted, word)
}

fn is_denied(before: &[Word]) -> bool {
    let mut behind = "";
    for word in before.iter().rev().take(REACH).map_while(Option::as_deref) {
        if TURNS.contains(&word) {
            return false;
        }
        let denies = DENIES.contains(&word) || word.ends_with("n't") || word.starts_with("kein");
        if denies && !ONLY.contains(&behind) {
            return true;
        }
        behind = word;
    }
    false
}

/// Whether a clause of its own behind it says no: `SAP: no`, `SAP (not yet)`.
fn is_answered_no(after: &[Word]) -> bool {
    let answer = after.iter().skip_while(|word| word.is_none());
    let answer = answer.take(ANSWER_WORDS_MAX + 1).map_while(Option::as_deref);
    let answer: Vec<&str> = answer.collect();
    ANSWERS.contains(&answer.join(" ").as_str())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    fn check(text: &str, phrase: &str, expected: Said) {
        assert_eq!(says(&words(text), phrase), expected, "{text}: {phrase}");
    }

    #[test]
    fn whole_words_in_any_dress() {
        for (text, phrase, expected) in [
            ("Freight forwarding and logistics", "logistics", Said::Yes),
            ("A logistic network", "logistics", Said::Yes),
            ("Consultancies for LOGÍSTICA", "logistica", Said::Yes),
            ("Freight forwarding", "freight", Said::Yes),
            ("Freight forwarding", "fre", Said::Nothing),
            ("freight, forwarding", "freight forwarding", Said::Nothing),
            ("freight. Forwarding", "freight forwarding", Said::Nothing),
            ("Uses C++ and R&D tools", "c++", Said::Yes),
            ("its customers", "IT", Said::Nothing),
            ("two vans", "van", Said::Yes),
            ("Germany's north", "Germany", Said::Yes),
            ("Germany’s north", "Germany", Said::Yes),
            ("uses 'SAP' and ‘Jira’", "sap", Said::Yes),
            ("uses 'SAP' and ‘Jira’", "jira", Said::Yes),
            ("\"SAP\"", "'SAP'", Said::Yes),
            ("anything", "  ", Said::Nothing),
            ("anything", "...", Said::Nothing),
        ] {
            check(text, phrase, expected);
        }
    }

    #[test]
    fn a_stop_within_a_name_ends_nothing() {
        for (text, phrase, expected) in [
            ("A depot in St. Gallen", "St. Gallen", Said::Yes),
            ("A depot in St Gallen", "St. Gallen", Said::Yes),
            ("A depot in St. Gallen", "st gallen", Said::Yes),
            ("Written in Node.js", "Node.js", Said::Yes),
            ("Written in ASP.NET.", "asp.net", Said::Yes),
            ("All over the U.S. and Canada", "U.S.", Said::Yes),
            ("Only the U.S.", "U.S.", Said::Yes),
            ("Moved to Std. Foods", "Std. Foods", Said::Yes),
            ("They write Node. Js comes later", "node js", Said::Nothing),
        ] {
            check(text, phrase, expected);
        }
    }

    #[test]
    fn denials() {
        for (text, phrase, expected) in [
            ("They have no SAP", "SAP", Said::Denied),
            ("They don’t use SAP yet", "sap", Said::Denied),
            ("They haven't got SAP", "SAP", Said::Denied),
            ("It hasnt got SAP", "SAP", Said::Denied),
            ("Sie haben keinerlei SAP", "SAP", Said::Denied),
            ("They have no \"SAP\"", "SAP", Said::Denied),
            ("SAP: no", "SAP", Said::Denied),
            ("SAP: no.", "SAP", Said::Denied),
            ("SAP? Not yet. Oracle", "SAP", Said::Denied),
            ("Norway, No. 5 Quay Road", "Norway", Said::Yes),
            ("No. 1 in SAP", "SAP", Said::Yes),
            ("SAP: no, 5 of them asked", "SAP", Said::Denied),
            ("SAP (nein)", "SAP", Said::Denied),
            ("Sie haben noch SAP", "SAP", Said::Yes),
            ("weder Oracle noch SAP", "SAP", Said::Denied),
            ("SAP, no Oracle", "SAP", Said::Yes),
            ("SAP, no Oracle", "Oracle", Said::Denied),
            ("SAP: yes", "SAP", Said::Yes),
            ("not only SAP", "SAP", Said::Yes),
            ("nicht nur SAP", "SAP", Said::Yes),
            ("no Oracle but SAP", "SAP", Said::Yes),
            ("kein Oracle, sondern SAP", "SAP", Said::Yes),
            ("No Oracle, SAP since 2020", "sap", Said::Yes),
            ("Not yet. SAP is planned", "SAP", Said::Yes),
        ] {
            check(text, phrase, expected);
        }
    }

    #[test]
    fn accents_typed_in_any_way_and_left_out() {
        for (typed, left_out) in [
            ("Zürich", "Zurich"),
            ("Škoda", "Skoda"),
            ("České Budějovice", "Ceske Budejovice"),
            ("Přerov", "Prerov"),
            ("Győr", "Gyor"),
            ("Đakovo", "Dakovo"),
        ] {
            let apart: String = typed.nfd().collect();
            for text in [typed, left_out, &apart] {
                for phrase in [typed, left_out, &apart] {
                    check(&format!("in {text} since 1998"), phrase, Said::Yes);
                }
            }
        }
    }

    proptest! {
        #[test]
        fn spellings_in_one_sign_and_in_two_are_read_alike(text in any::<String>()) {
            let (one, two): (String, String) = (text.nfc().collect(), text.nfd().collect());
            prop_assert_eq!(words(&one), words(&two));
            prop_assert_eq!(says(&words(&one), &two), says(&words(&two), &one));
        }
    }
}
