//! The writer's own name as words, by which a signature is known.
//!
//! Must not: know any name.

use std::collections::BTreeSet;

use inroad_model::Mailbox;

use crate::dates::tokens::{Kind, Token, tokens};

/// Parts of addresses that name no person.
const NOBODY: [&str; 16] = [
    "info",
    "mail",
    "office",
    "contact",
    "kontakt",
    "sales",
    "support",
    "hello",
    "team",
    "admin",
    "noreply",
    "service",
    "mailto",
    "imap",
    "post",
    "webmaster",
];

/// The words of a name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Writer {
    /// Words of two letters or more of the display name and, if that gives none, of the address.
    words: BTreeSet<String>,
    /// The initials that somebody of that name may sign with.
    initials: Vec<String>,
    /// The address, in lower case.
    pub(crate) address: String,
    /// The words of the domain that may name the company.
    pub(crate) domain: String,
}

impl Writer {
    /// Reads a mailbox.
    pub(crate) fn of(from: Option<&Mailbox>) -> Self {
        let Some(from) = from else { return Self::default() };
        let mut writer = Self {
            address: from.address.as_str().to_owned(),
            domain: from.address.domain().to_owned(),
            ..Self::default()
        };
        let shown = from.name.as_deref().unwrap_or("").split(['@', '[', '(']).next().unwrap_or("");
        let local = from.address.local();
        let mut named: Vec<String> = name_words(shown);
        let local_words = name_words(&local.replace(['.', '_', '-'], " "));
        if named.is_empty() {
            named.clone_from(&local_words);
        }
        writer.initials = initials(&named);
        writer.words.extend(named);
        writer.words.extend(local_words);
        writer.words.retain(|word| word.chars().count() >= 2 && !NOBODY.contains(&word.as_str()));
        writer
    }

    /// Whether anything is known of the name.
    pub(crate) fn is_known(&self) -> bool {
        !self.words.is_empty()
    }

    /// How many of the words are of the name. "Joh" is short for "Johanna".
    pub(crate) fn matches(&self, words: &[&Token]) -> usize {
        words.iter().filter(|word| self.has(word)).count()
    }

    /// Whether the word is of the name.
    pub(crate) fn has(&self, word: &Token) -> bool {
        self.words.contains(&word.folded)
            || word.capital
                && word.folded.chars().count() >= 3
                && self.words.iter().any(|own| own.starts_with(&word.folded))
    }

    /// Whether a word is the initials of the name.
    pub(crate) fn signs_as(&self, word: &Token) -> bool {
        self.initials.contains(&word.folded)
    }

    /// Whether the words are single letters that make the initials: "A. L."
    pub(crate) fn signs_in_letters(&self, words: &[&Token]) -> bool {
        let letters: String = words.iter().map(|word| word.folded.as_str()).collect();
        words.len() == letters.chars().count() && self.initials.contains(&letters)
    }

    /// Whether a word may be what friends make of the name: it begins alike ("Kasia" for
    /// "Katarzyna") or is a part of it ("Bert" for "Albert").
    pub(crate) fn may_be_called(&self, word: &Token) -> bool {
        let called = word.folded.as_str();
        let begin: String = called.chars().take(2).collect();
        word.capital
            && (3..=9).contains(&called.chars().count())
            && self.words.iter().any(|own| own.starts_with(&begin) || own.contains(called))
    }
}

fn name_words(text: &str) -> Vec<String> {
    let words = tokens(text).into_iter().filter(|token| token.kind == Kind::Word);
    words.map(|token| token.folded).take(8).collect()
}

fn initials(words: &[String]) -> Vec<String> {
    let letters: Vec<char> = words.iter().filter_map(|word| word.chars().next()).collect();
    let (Some(first), Some(last)) = (letters.first(), letters.last()) else { return Vec::new() };
    if letters.len() < 2 {
        return vec![first.to_string()];
    }
    vec![
        first.to_string(),
        letters.iter().collect(),
        [*first, *last].iter().collect(),
        // A name may be shown as "Last, First".
        [*last, *first].iter().collect(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(from: &str, line: &str, expected: usize) {
        let (name, address) = from.split_once('<').unwrap();
        let name = Some(name.trim().to_owned()).filter(|name| !name.is_empty());
        let from = Mailbox { name, address: address.parse().unwrap() };
        let line = tokens(line);
        let words: Vec<&Token> = line.iter().filter(|t| t.kind == Kind::Word).collect();
        assert_eq!(Writer::of(Some(&from)).matches(&words), expected, "{line:?}");
    }

    #[test]
    fn knows_its_own_name() {
        check("Jürgen Pfaff <j.pfaff@x.example>", "Jurgen PFAFF", 2);
        check("<johanna.lind@x.example>", "Johanna", 1);
        check("Johanna Lind <jl@x.example>", "Jo", 0);
        check("Johanna Lind <jl@x.example>", "Joh", 1);
        check("info <info@x.example>", "Info", 0);
    }
}
