//! The phrases of [`phrases.toml`](../../../src/call/phrases.toml), ready to be matched, and the choice
//! of a language.
//!
//! Must not: judge a sentence.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::pattern::{self, Pattern, Sets, Word};

/// A language is known if so large a share of the words are its frequent ones.
const COMMON_SHARE_MIN: f64 = 0.08;

/// What people say on calls in one language.
#[derive(Debug)]
pub(super) struct Phrases {
    /// The code of the language.
    pub(super) language: String,
    sets: Sets,
    /// Sentences that take something on, and sentences that do not: test cases.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "the cases of the file are read by its test")
    )]
    cases: BTreeMap<String, Vec<String>>,
}

static ALL: LazyLock<Vec<Phrases>> = LazyLock::new(|| {
    let file: BTreeMap<String, BTreeMap<String, Vec<String>>> =
        toml::from_str(include_str!("phrases.toml")).unwrap_or_default();
    let phrases = file.into_iter().map(|(language, lists)| {
        let (cases, lists): (BTreeMap<_, _>, BTreeMap<_, _>) =
            lists.into_iter().partition(|(name, _)| name == "holds" || name == "fails");
        let patterns = |list: Vec<String>| list.iter().map(|text| Pattern::new(text)).collect();
        let sets = lists.into_iter().map(|(name, list)| (name, patterns(list))).collect();
        Phrases { language, sets, cases }
    });
    phrases.collect()
});

impl Phrases {
    /// The phrases of the language in which most of some words are, if it is one of ours.
    pub(super) fn of(words: &[Word]) -> Option<&'static Self> {
        let share = |phrases: &&Phrases| phrases.count("common", words) as f64 / words.len() as f64;
        let of_each = ALL.iter().map(|phrases| (phrases, share(&phrases)));
        let best = of_each.max_by(|(_, a), (_, b)| a.total_cmp(b))?;
        (best.1 >= COMMON_SHARE_MIN).then_some(best.0)
    }

    fn set(&self, name: &str) -> &[Pattern] {
        self.sets.get(name).map_or(&[], Vec::as_slice)
    }

    /// The first match of a phrase of that name: where it begins and ends.
    pub(super) fn first(&self, name: &str, words: &[Word]) -> Option<(usize, usize)> {
        pattern::first(self.set(name), words, &self.sets)
    }

    /// Whether one of them stands among some words.
    pub(super) fn has(&self, name: &str, words: &[Word]) -> bool {
        self.first(name, words).is_some()
    }

    /// How many of them stand among some words, none within another.
    pub(super) fn count(&self, name: &str, words: &[Word]) -> usize {
        let (mut at, mut count) = (0, 0);
        while at < words.len() {
            let ends = self.set(name).iter().filter_map(|phrase| phrase.end(words, at, &self.sets));
            match ends.max() {
                Some(end) => {
                    count += 1;
                    at = end.max(at + 1);
                }
                None => at += 1,
            }
        }
        count
    }

    /// Whether nothing but these stands there.
    pub(super) fn is_only(&self, name: &str, words: &[Word]) -> bool {
        let mut at = 0;
        while at < words.len() {
            let ends = self.set(name).iter().filter_map(|phrase| phrase.end(words, at, &self.sets));
            let Some(end) = ends.max() else { return false };
            at = end.max(at + 1);
        }
        true
    }
}

#[cfg(test)]
pub(super) fn cases(name: &str) -> Vec<(&'static Phrases, &'static str)> {
    let of = |phrases: &'static Phrases| {
        phrases.cases.get(name).into_iter().flatten().map(move |case| (phrases, case.as_str()))
    };
    ALL.iter().flat_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::pattern::words;
    use super::*;

    #[test]
    fn the_file_is_whole() {
        assert_eq!(
            ALL.iter().map(|phrases| phrases.language.as_str()).collect::<Vec<_>>(),
            ["de", "en"]
        );
        let names = [
            "common",
            "mine",
            "theirs",
            "not",
            "tags",
            "step",
            "meet",
            "accept",
            "listening",
            "fillers",
        ];
        for phrases in ALL.iter() {
            assert!(names.iter().all(|name| !phrases.set(name).is_empty()), "{}", phrases.language);
        }
    }

    #[test]
    fn languages() {
        let check = |text: &str, expected: Option<&str>| {
            let found = Phrases::of(&words(text)).map(|phrases| phrases.language.as_str());
            assert_eq!(found, expected, "{text}");
        };
        check("So we looked at the numbers and it is good for you", Some("en"));
        check("Wir haben das angesehen und ich finde es gut", Some("de"));
        check("Nous avons regardé les chiffres avec notre équipe", None);
        check("", None);
    }

    #[test]
    fn fillers_are_counted_once() {
        let english = Phrases::of(&words("and the to of you")).unwrap();
        let count = |text: &str| english.count("fillers", &words(text));
        assert_eq!(
            count("Um, you know, it is, like, kind of hard. I like it, right, so we go."),
            5
        );
        assert_eq!(count("The kind person you know well"), 1);
    }
}
