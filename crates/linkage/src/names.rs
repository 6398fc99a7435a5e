//! The names of a person: what is given, what is of the family, and what a form of address tells.
//!
//! Must not: compare; see [`crate::name_levels`].

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::contact::{Email, listed};
use crate::text::{Text, Word, fold, words};

static PARTICLES: LazyLock<BTreeSet<String>> =
    LazyLock::new(|| listed(include_str!("data/particles.txt")).map(fold).collect());

/// Forms of address with the sex that they tell.
static HONORIFICS: LazyLock<BTreeMap<String, Option<Sex>>> = LazyLock::new(|| {
    let lines = include_str!("data/honorifics.txt").lines().filter(|line| !line.starts_with('#'));
    let told = lines.flat_map(|line| {
        let mut words = line.split_whitespace();
        let sex = match words.next() {
            Some("m") => Some(Sex::Male),
            Some("f") => Some(Sex::Female),
            _ => None,
        };
        words.map(move |word| (fold(word), sex))
    });
    told.collect()
});

/// For each form of a given name the lines of the table in which it stands.
static NICKNAMES: LazyLock<BTreeMap<String, Vec<u16>>> = LazyLock::new(|| {
    let mut table: BTreeMap<String, Vec<u16>> = BTreeMap::new();
    let lines = include_str!("data/nicknames.txt").lines().filter(|line| !line.starts_with('#'));
    for (line, number) in lines.zip(0..) {
        for word in line.split_whitespace() {
            table.entry(fold(word)).or_default().push(number);
        }
    }
    table
});

/// Common names with the share of people who have them: family names, given names.
static COMMON: LazyLock<[BTreeMap<String, f64>; 2]> = LazyLock::new(|| {
    let mut tables = [BTreeMap::new(), BTreeMap::new()];
    for line in include_str!("data/common_names.txt").lines() {
        let mut words = line.split_whitespace();
        let at = match words.next() {
            Some("family") => 0,
            Some("given") => 1,
            _ => continue,
        };
        let share = words.next().and_then(|share| share.parse::<f64>().ok()).unwrap_or(1.0);
        if let Some(table) = tables.get_mut(at) {
            table.extend(words.map(|word| (fold(word), share / 1000.0)));
        }
    }
    tables
});

/// The share of people who have a family name, where nobody counted.
pub(crate) fn family_share(name: &str) -> f64 {
    COMMON[0].get(name).copied().unwrap_or(0.000_3)
}

/// The share of people who have a given name, where nobody counted.
pub(crate) fn given_share(name: &str) -> f64 {
    COMMON[1].get(name).copied().unwrap_or(0.001)
}

/// What a form of address tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sex {
    Female,
    Male,
}

/// Names of a person as they are compared.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    /// Given names and initials, the first first.
    pub(crate) given: Vec<Word>,
    /// Given names as one word.
    pub(crate) given_joined: Option<Word>,
    /// The family name without its particles.
    pub(crate) family: Text,
    /// Which names the first given one may stand for.
    pub(crate) forms: Vec<u16>,
    /// 1 for the elder of two, 2 for the younger, 3 and more for those after.
    pub(crate) generation: Option<u8>,
    /// As a form of address tells.
    pub(crate) sex: Option<Sex>,
}

impl Names {
    /// Reads what stands in the fields; a whole name only where they are empty, and the first address that
    /// is written as a name where there is none at all.
    pub(crate) fn read(given: &str, family: &str, whole: &str, emails: &[Email]) -> Self {
        let mut names = Self::default();
        let (given, family) = match (given.trim(), family.trim()) {
            ("", "") => names.split(whole),
            // Somebody wrote the whole name into the one field.
            ("", family) if family.contains(',') => names.split(family),
            (given, family) => (words(given), words(family)),
        };
        let mut given = names.without_address(given, family.is_empty());
        let mut family = names.without_suffixes(family, 1);
        if given.is_empty() && family.is_empty() {
            let mut written = emails.iter().map(Email::names).filter(|names| names.len() > 1);
            if let Some(mut parts) = written.next() {
                family.extend(parts.pop());
                given = parts;
            }
        }
        names.forms =
            given.first().and_then(|first| NICKNAMES.get(first)).cloned().unwrap_or_default();
        names.given = given.iter().map(|word| Word::new(word)).collect();
        names.given_joined = Text::of(&given).joined;
        names.family = Text::of(&without_particles(family));
        names
    }

    /// Splits a whole name into given names and family name.
    fn split(&mut self, whole: &str) -> (Vec<String>, Vec<String>) {
        if let Some((family, given)) = whole.split_once(',') {
            let given_words = words(given);
            // `Anna Berg, PhD` is no family name before a comma.
            let only_suffix = given_words.iter().all(|word| is_suffix(word));
            if !only_suffix {
                return (given_words, words(family));
            }
        }
        let all = self.without_address(words(whole), true);
        let all = self.without_suffixes(all, 2);
        let Some(last) = all.len().checked_sub(1) else { return (Vec::new(), Vec::new()) };
        let mut at = last;
        while at > 1 && all.get(at - 1).is_some_and(|word| PARTICLES.contains(word.as_str())) {
            at -= 1;
        }
        let (given, family) = all.split_at(at);
        (given.to_vec(), family.to_vec())
    }

    /// Takes forms of address off the beginning.
    fn without_address(&mut self, mut words: Vec<String>, keep_one: bool) -> Vec<String> {
        while words.len() > usize::from(keep_one) {
            let Some(first) = words.first() else { break };
            let told =
                if first == "sr" { Some(&Some(Sex::Male)) } else { HONORIFICS.get(first.as_str()) };
            let Some(sex) = told else { break };
            // A given name alone may be written like a title.
            if words.len() == 1 && first.len() > 5 {
                break;
            }
            self.sex = self.sex.or(*sex);
            words.remove(0);
        }
        words
    }

    /// Takes titles and generations off the end, as long as that many words are left.
    fn without_suffixes(&mut self, mut words: Vec<String>, keep: usize) -> Vec<String> {
        while words.len() > keep {
            let Some(last) = words.last().filter(|last| is_suffix(last)) else { break };
            self.generation = self.generation.or(generation(last));
            words.pop();
        }
        words
    }
}

fn is_suffix(word: &str) -> bool {
    generation(word).is_some() || HONORIFICS.get(word).is_some_and(Option::is_none)
}

fn generation(word: &str) -> Option<u8> {
    match word {
        "sr" | "sen" | "senior" | "i" => Some(1),
        "jr" | "jun" | "junior" | "ii" | "2nd" => Some(2),
        "iii" | "3rd" => Some(3),
        "iv" | "4th" => Some(4),
        _ => None,
    }
}

fn without_particles(family: Vec<String>) -> Vec<String> {
    let rest: Vec<String> =
        family.iter().filter(|word| !PARTICLES.contains(word.as_str())).cloned().collect();
    if rest.is_empty() { family } else { rest }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(given: &str, family: &str, whole: &str, expected: &str) {
        let names = Names::read(given, family, whole, &[]);
        let given: Vec<&str> = names.given.iter().map(|word| &*word.text).collect();
        let family: Vec<&str> = names.family.words.iter().map(|word| &*word.text).collect();
        let sex = names.sex.map_or("", |sex| if sex == Sex::Male { " m" } else { " f" });
        let generation = names.generation.map(|g| format!(" {g}")).unwrap_or_default();
        let told = format!("{}|{}{sex}{generation}", given.join(" "), family.join(" "));
        assert_eq!(told, expected);
    }

    #[test]
    fn parts() {
        check("Anna", "Berg", "", "anna|berg");
        check("", "", "Anna Maria Berg", "anna maria|berg");
        check("", "", "Berg, Anna", "anna|berg");
        check("", "Berg, Anna", "", "anna|berg");
        check("", "", "Dr. Jan van den Berg", "jan|berg");
        check("", "", "Mrs. Ann Lee, MBA", "ann|lee f");
        check("", "", "John Smith Jr.", "john|smith 2");
        check("John", "Smith III", "", "john|smith 3");
        check("Herr Prof. Karl", "Öhm", "", "karl|ohm m");
        check("", "", "Madonna", "|madonna");
        check("", "", "", "|");
        check("", "", "Jack Ma", "jack|ma");
        check("", "", ", , ,", "|");
    }

    #[test]
    fn an_address_may_tell_the_name() {
        let email = Email::read("anna.berg@lindner.example").unwrap();
        let names = Names::read("", "", "", &[email]);
        assert_eq!(&*names.given[0].text, "anna");
        assert_eq!(&*names.family.words[0].text, "berg");
    }

    #[test]
    fn tables_are_read() {
        assert!(NICKNAMES["bob"].len() == 1 && NICKNAMES.len() > 500);
        assert!(family_share("smith") > family_share("quigley"));
        assert!(given_share("anna") > given_share("zebulon"));
    }
}
