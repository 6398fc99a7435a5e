//! Whether a text says a word or a phrase, and whether it denies it.

use inroad_language::folding::fold;

/// What a text says of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// It stands there.
    Yes,
    /// It stands there, and is denied: `no SAP`, `without a works council`.
    Denied,
    /// It does not stand there.
    Nothing,
}

/// So many words before a phrase may deny it.
const REACH: usize = 3;
/// Words that deny what follows, folded, in English and German.
const DENIES: [&str; 16] = [
    "no", "not", "never", "without", "none", "neither", "nor", "don't", "doesn't", "isn't",
    "aren't", "kein", "keine", "keinen", "nicht", "ohne",
];

/// The words of a text as they are compared; `None` stands for the end of a clause.
pub(super) fn words(text: &str) -> Vec<Option<String>> {
    let mut words: Vec<Option<String>> = Vec::new();
    let mut word = String::new();
    for c in text.chars().chain(std::iter::once(' ')) {
        if c.is_alphanumeric() || (!word.is_empty() && "'’&+#".contains(c)) {
            word.push(if c == '’' { '\'' } else { c });
            continue;
        }
        if !word.is_empty() {
            words.push(Some(fold(&std::mem::take(&mut word))));
        }
        if ",;.:!?()\n".contains(c) {
            words.push(None);
        }
    }
    words
}

/// What a text says of a phrase: the words one after the other, a plural of the last one included.
pub(super) fn says(text: &[Option<String>], phrase: &str) -> Said {
    let phrase: Vec<String> = words(phrase).into_iter().flatten().collect();
    let Some((last, before)) = phrase.split_last() else { return Said::Nothing };
    let mut found = Said::Nothing;
    for start in 0..text.len() {
        let Some(window) = text.get(start..start + phrase.len()) else { break };
        let (there, end) = window.split_at(before.len());
        let is_same = there.iter().zip(before).all(|(a, b)| a.as_ref() == Some(b))
            && end.iter().all(|word| word.as_deref().is_some_and(|word| is_word(word, last)));
        if !is_same {
            continue;
        }
        if !is_denied(text.get(..start).unwrap_or_default()) {
            return Said::Yes;
        }
        found = Said::Denied;
    }
    found
}

/// The word, or its plural, or that of which it is the plural.
fn is_word(word: &str, wanted: &str) -> bool {
    word == wanted
        || word.strip_suffix('s') == Some(wanted)
        || wanted.strip_suffix('s') == Some(word)
}

fn is_denied(before: &[Option<String>]) -> bool {
    before.iter().rev().take(REACH).map_while(Option::as_deref).any(|word| DENIES.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_in_any_dress_and_their_denial() {
        for (text, phrase, expected) in [
            ("Freight forwarding and logistics", "logistics", Said::Yes),
            ("A logistic network", "logistics", Said::Yes),
            ("Consultancies for LOGÍSTICA", "logistica", Said::Yes),
            ("Freight forwarding", "freight", Said::Yes),
            ("Freight forwarding", "fre", Said::Nothing),
            ("freight, forwarding", "freight forwarding", Said::Nothing),
            ("They have no SAP", "SAP", Said::Denied),
            ("They don’t use SAP yet", "sap", Said::Denied),
            ("No Oracle, SAP since 2020", "sap", Said::Yes),
            ("Not yet. SAP is planned", "SAP", Said::Yes),
            ("Uses C++ and R&D tools", "c++", Said::Yes),
            ("anything", "  ", Said::Nothing),
        ] {
            assert_eq!(says(&words(text), phrase), expected, "{text}: {phrase}");
        }
    }
}
