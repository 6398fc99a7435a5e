//! Of whom a sentence speaks: of the firm of the page, or of another.
//!
//! By the words that say so ("our client", "a rival"), and by the name before the verb where it is known
//! what the firm is called. Must not: know a topic.

use std::collections::BTreeSet;

use super::Page;
use super::guards::Guards;
use super::layout::Layout;
use super::rule::SpeaksOf;
use crate::folding::fold;

/// The verb stands among so many words.
const WORDS_TO_VERB_MAX: usize = 16;
/// Words in the names of many firms, which tell none.
const OF_MANY: [&str; 34] = [
    "the",
    "and",
    "of",
    "for",
    "group",
    "holding",
    "holdings",
    "bank",
    "company",
    "firm",
    "services",
    "service",
    "foods",
    "hotels",
    "ltd",
    "limited",
    "inc",
    "plc",
    "gmbh",
    "llc",
    "corp",
    "llp",
    "university",
    "city",
    "municipality",
    "hospital",
    "trust",
    "council",
    "county",
    "partners",
    "consulting",
    "international",
    "brothers",
    "school",
];
/// Words that go on speaking of whoever the sentence before spoke of.
const GOES_ON: [&str; 6] = ["it", "they", "its", "their", "he", "she"];
/// Among so many words it says whose.
const POSSESSIVE_WORDS_MAX: usize = 5;
/// So many words behind "the" stands a noun with which it goes on.
const NOUN_WORDS_MAX: usize = 3;
/// These nouns.
const GOES_ON_NOUNS: [&str; 12] = [
    "company",
    "firm",
    "group",
    "client",
    "customer",
    "business",
    "manufacturer",
    "retailer",
    "union",
    "maker",
    "fund",
    "supplier",
];

/// Behind these a name is no subject.
const PREPOSITIONS: [&str; 12] =
    ["from", "in", "at", "to", "by", "of", "for", "with", "near", "on", "into", "between"];

/// So many names at the beginning of a page may be the firm's.
const NAMES_TRIED_MAX: usize = 8;
/// A firm is known by so many words of its name.
const FIRM_WORDS_MAX: usize = 8;

/// What the firm of a page is called.
#[derive(Debug)]
pub(super) struct FirmNames {
    words: Vec<String>,
}

impl FirmNames {
    /// As the page says it was told; else the first name in the first lines that comes back.
    pub(super) fn new(page: &Page<'_>) -> Self {
        let told = page.firm.map(|firm| {
            let all: Vec<String> =
                words_of(firm).take(FIRM_WORDS_MAX).map(|(_, word)| fold(word)).collect();
            let telling = all.iter().filter(|word| !OF_MANY.contains(&word.as_str()));
            let words: Vec<String> = telling.cloned().collect();
            if words.is_empty() { all } else { words }
        });
        Self { words: told.unwrap_or_else(|| guessed(page.text).into_iter().collect()) }
    }

    pub(super) fn are_known(&self) -> bool {
        !self.words.is_empty()
    }

    /// Whether the firm is named in some words.
    pub(super) fn are_in(&self, words: &str) -> bool {
        words_of(words).any(|(_, word)| self.is_one(word))
    }

    fn is_one(&self, word: &str) -> bool {
        let folded = fold(word);
        let bare = folded.strip_suffix("'s").unwrap_or(&folded);
        self.words.iter().any(|own| own == bare)
    }
}

/// A name in one of the first two lines that stands in the page at least twice.
fn guessed(text: &str) -> Option<String> {
    let first = text.lines().filter(|line| !line.trim().is_empty()).take(2);
    let names = first.flat_map(words_of).filter(|(_, word)| is_name(word));
    // Each is looked for in the whole text.
    let mut names = names.take(NAMES_TRIED_MAX);
    let name = names.find(|(_, word)| {
        let folded = fold(word);
        let is_usual = OF_MANY.contains(&folded.as_str()) || GOES_ON.contains(&folded.as_str());
        !is_usual && text.matches(*word).nth(1).is_some() && !text.contains(&*word.to_lowercase())
    });
    name.map(|(_, word)| fold(word))
}

/// Of whom a unit speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    /// Of the firm, as far as is known.
    Firm,
    /// The name before its verb is another.
    OtherName,
    /// Of another firm, as it says itself.
    Other,
}

/// Of whom each unit of a page speaks.
#[derive(Debug)]
pub(super) struct Whose {
    firm: FirmNames,
    is_told: bool,
    /// Of whom, by the unit's number.
    of: Vec<Of>,
}

impl Whose {
    pub(super) fn new(page: &Page<'_>, layout: &Layout, guards: &Guards) -> Self {
        let firm = FirmNames::new(page);
        let is_told = page.firm.is_some();
        let inner = inner_names(page.text, layout);
        let mut of = Vec::with_capacity(layout.units.len());
        let mut before = Of::Firm;
        for unit in &layout.units {
            let words = unit.words(page.text);
            let speaks_for_other = || guards.speaker(words).is_some_and(|from| !firm.are_in(from));
            let is_of = if guards.is_of_others(words) || (is_told && speaks_for_other()) {
                Of::Other
            } else if is_told && subject_is_other(words, &firm, &inner, guards) {
                Of::OtherName
            } else if !unit.begins_paragraph && goes_on(words) {
                before
            } else {
                Of::Firm
            };
            of.push(is_of);
            // A label above its value repeats lines that stand for themselves.
            if unit.label.as_ref().is_none_or(|label| !label.is_above) {
                // Behind words about the firm, or somebody's, "the company" may be the firm again.
                let is_open = is_of == Of::OtherName && (firm.are_in(words) || tells_speech(words));
                before = if is_open { Of::Firm } else { is_of };
            }
        }
        Self { firm, is_told, of }
    }

    /// Whether a unit speaks of whom a rule wants.
    pub(super) fn speaks_of(&self, unit: usize, words: &str, of: SpeaksOf) -> bool {
        let is_of = self.of.get(unit).copied().unwrap_or(Of::Firm);
        match of {
            SpeaksOf::Firm => is_of == Of::Firm,
            SpeaksOf::Named => is_of == Of::Firm || (self.is_told && self.firm.are_in(words)),
            SpeaksOf::Anybody => is_of != Of::Other,
        }
    }
}

/// Words that stand with a capital within a sentence.
fn inner_names(text: &str, layout: &Layout) -> BTreeSet<String> {
    let units = layout.units.iter().filter(|unit| unit.label.is_none());
    let within = units.flat_map(|unit| words_of(unit.words(text)).skip(1));
    within.filter(|(_, word)| is_name(word)).map(|(_, word)| word.to_owned()).collect()
}

/// Whether the name before the first verb is that of another firm.
fn subject_is_other(
    words: &str,
    firm: &FirmNames,
    inner: &BTreeSet<String>,
    guards: &Guards,
) -> bool {
    let mut run: Vec<&str> = Vec::new();
    let mut run_is_first = false;
    let mut run_counts = false;
    let mut before = "";
    for (n, (mark, word)) in words_of(words).take(WORDS_TO_VERB_MAX).enumerate() {
        if is_name(word) {
            if run.is_empty() || mark {
                run.clear();
                run_is_first = n == 0;
                // "Demand from Japan was strong."
                run_counts = !PREPOSITIONS.contains(&before);
            }
            run.push(word);
            continue;
        }
        // "Wabash, a maker of seats, closed its works."
        let in_apposition = mark && matches!(word, "a" | "an" | "the" | "which" | "who" | "based");
        if guards.is_verb(word) || in_apposition {
            let names_firm = run.iter().any(|name| firm.is_one(name));
            let is_firm = run.len() > 1
                || !run_is_first
                || run.iter().all(|name| inner.contains(*name) || is_acronym(name));
            let is_subject = !run.is_empty() && run_counts && mark == in_apposition;
            if !is_subject && in_apposition {
                run.clear();
                before = word;
                continue;
            }
            return is_subject && !names_firm && is_firm;
        }
        if matches!(word, "we" | "our" | "I" | "us" | "who" | "which" | "that") {
            return false;
        }
        // "The Steelworkers union announced."
        let joins = matches!(word, "of" | "de" | "and") || GOES_ON_NOUNS.contains(&word);
        if !joins || mark {
            run.clear();
        }
        before = word;
    }
    false
}

fn tells_speech(words: &str) -> bool {
    words_of(words).any(|(_, word)| matches!(word, "said" | "says" | "told" | "joins" | "joined"))
}

fn goes_on(words: &str) -> bool {
    // "About 50 of its 55 employees."
    let early = words_of(words).take(POSSESSIVE_WORDS_MAX).map(|(_, word)| word);
    if early.into_iter().any(|word| matches!(word, "its" | "their")) {
        return true;
    }
    let mut first = words_of(words).map(|(_, word)| fold(word));
    match first.next() {
        Some(word) if word == "the" || word == "this" => {
            first.take(NOUN_WORDS_MAX).any(|noun| GOES_ON_NOUNS.contains(&noun.as_str()))
        }
        Some(word) => GOES_ON.contains(&word.as_str()),
        None => false,
    }
}

/// "BMW".
fn is_acronym(word: &str) -> bool {
    word.chars().nth(1).is_some() && word.chars().all(char::is_uppercase)
}

/// A word with a capital.
fn is_name(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && word != "I"
}

/// The words, each with whether a mark stands before it.
fn words_of(text: &str) -> impl Iterator<Item = (bool, &str)> {
    let pieces = text.split(|c: char| c.is_whitespace() || matches!(c, '/' | '|' | '–' | '—'));
    let mut mark = false;
    pieces.filter_map(move |piece| {
        let word = piece.trim_matches(|c: char| !c.is_alphanumeric());
        if word.is_empty() {
            // "&" joins a name.
            mark |= !piece.is_empty() && piece != "&";
            return None;
        }
        let before = mark || !piece.starts_with(char::is_alphanumeric);
        mark = piece.ends_with([',', ';', ':', ')', '”', '"']);
        Some((before, word))
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::statements::Pack;

    fn check(text: &str, expected: &[bool]) {
        let page = Page { text, firm: Some("Norvik Machinery"), on: date(2026, 6, 1) };
        let guards = &Pack::shipped().page;
        let layout = Layout::new(&page, guards);
        let whose = Whose::new(&page, &layout, guards);
        let others: Vec<bool> = whose.of.iter().map(|of| *of != Of::Firm).collect();
        assert_eq!(others, expected, "{text}");
    }

    #[test]
    fn another_firm_is_known_by_its_name_before_the_verb() {
        check("Delmar Foods employs 3,000 people. It has nine plants.", &[true, true]);
        check("Norvik employs 350 people. It has two plants.", &[false, false]);
        check("Today Norvik employs 350 people.", &[false]);
        check("Turnover rose by a tenth.", &[false]);
        check("Maria Holt said no more. The company employs 350 people.", &[true, false]);
        check("Demand from Japan was strong and we grew.", &[false]);
        check("Our client Delmar has nine plants.", &[true]);
        check("In the paper, Wabash, a maker of seats, closed its works.", &[true]);
        check("The Steelworkers union announced a deal covering 450 workers.", &[true]);
        check("Last year the Danish group Kolding Tekstil took over two spinners.", &[true]);
    }
}
