//! The name of an organisation, taken apart: what tells it, its legal form, its numbers.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use strsim::osa_distance;

use crate::contact::listed;
use crate::near::{Nearness, nearness};
use crate::text::{Text, Word, initials_joined, words};

/// A legal form as its words, and whether it is told anywhere in a name.
type LegalForm = (Vec<String>, bool);

/// The longest first.
static LEGAL_FORMS: LazyLock<Vec<LegalForm>> = LazyLock::new(|| {
    let lines = include_str!("../data/legal_forms.txt").lines().filter(|l| !l.starts_with('#'));
    let mut forms: Vec<LegalForm> = lines
        .map(|line| (words(line.trim_start_matches('*')), line.starts_with('*')))
        .filter(|(words, _)| !words.is_empty())
        .collect();
    forms.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    forms
});
static GENERIC: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    listed(include_str!("../data/generic_words.txt")).map(crate::text::fold).collect()
});
static ABBREVIATIONS: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let lines = include_str!("../data/abbreviations.txt").lines().filter(|l| !l.starts_with('#'));
    let pairs = lines.filter_map(|line| line.split_once(' '));
    pairs.map(|(short, long)| (crate::text::fold(short), crate::text::fold(long))).collect()
});

/// Fewest letters of a mistyped word that is put right, and of one in which two slips are.
const CORRECTED_MIN: usize = 8;
const LONG_MIN: usize = 11;

/// Legal forms written out, folded and without blanks, with their short ones.
const LONG_FORMS: [(&str, &str); 22] = [
    ("aktiengesellschaft", "ag"),
    ("gesellschaftmitbeschrankterhaftung", "gmbh"),
    ("gesmbh", "gmbh"),
    ("mbh", "gmbh"),
    ("kommanditgesellschaft", "kg"),
    ("kommanditgesellschaftaufaktien", "kgaa"),
    ("kgaufaktien", "kgaa"),
    ("incorporated", "inc"),
    ("corporation", "corp"),
    ("company", "co"),
    ("andco", "co"),
    ("andcompany", "co"),
    ("limited", "ltd"),
    ("coltd", "ltd"),
    ("publiclimitedcompany", "plc"),
    ("limitedliabilitycompany", "llc"),
    ("beslotenvennootschap", "bv"),
    ("naamlozevennootschap", "nv"),
    ("aktiebolag", "ab"),
    ("aktiebolaget", "ab"),
    ("societeanonyme", "sa"),
    ("societaperazioni", "spa"),
];

/// Words that tell one branch from the next.
const BRANCHES: [&str; 6] = ["ii", "iii", "iv", "vi", "vii", "viii"];

/// Share of organisations that have a word in their name, where nobody counted.
const GENERIC_SHARE: f64 = 0.03;
const TRADE_SHARE: f64 = 0.01;
const OTHER_SHARE: f64 = 0.000_03;
/// What names of trades end on, folded.
const TRADES: [&str; 28] = [
    "fabrik",
    "fabriken",
    "fabriek",
    "fabrieken",
    "fabrikken",
    "werke",
    "werken",
    "gesellschaft",
    "maatschappij",
    "industrie",
    "industrien",
    "industrier",
    "technik",
    "techniek",
    "teknik",
    "technologie",
    "verwaltung",
    "handel",
    "vertrieb",
    "betrieb",
    "betriebe",
    "bedrijf",
    "bedrijven",
    "handlung",
    "bau",
    "druckerei",
    "bouw",
    "transporte",
];

/// Whether a word tells little.
pub(crate) fn is_generic(word: &str) -> bool {
    GENERIC.contains(word)
}

/// The share of organisations that have a word in their name, where nobody counted.
pub(crate) fn word_share(word: &str) -> f64 {
    match () {
        () if is_generic(word) => GENERIC_SHARE,
        () if is_trade(word) => TRADE_SHARE,
        () => OTHER_SHARE,
    }
}

/// Whether a word is made of what is made or dealt in and of what is done with it, as German, Dutch and Nordic
/// names of trades are: `maschinenfabrik`, `handelsgesellschaft`.
fn is_trade(word: &str) -> bool {
    TRADES.iter().any(|trade| word.strip_suffix(trade).is_some_and(|stem| stem.len() >= 3))
}

/// Whether a word of a name tells something of which organisation it is, in the world.
pub(crate) fn tells(word: &Word) -> bool {
    word.world <= logarithm(OTHER_SHARE)
}

fn logarithm(share: f64) -> f32 {
    #[expect(clippy::cast_possible_truncation, reason = "a logarithm between -20 and -1")]
    return share.log2() as f32;
}

/// However frequent a word is in a file, to share it tells this share of what it tells in the world: often
/// it is frequent since one organisation is.
const COUNTED_MIN: f64 = 0.5;

/// Bits that a word of a name tells in its file, if it was counted, and in the world.
fn bits(word: &Word) -> (f64, f64) {
    let world = f64::from(-word.world);
    (if word.rarity < 0.0 { f64::from(-word.rarity) } else { world }, world)
}

/// Bits that it tells to share a word.
pub(crate) fn shared_bits(word: &Word) -> f64 {
    let (file, world) = bits(word);
    file.max(world * COUNTED_MIN)
}

/// Bits that it tells to have a word that the other has not: what is usual in the file or in the world tells
/// little.
pub(crate) fn lone_bits(word: &Word) -> f64 {
    let (file, world) = bits(word);
    file.min(world)
}

/// A name without its legal form.
#[derive(Debug, Clone, Default)]
pub(crate) struct Core {
    /// What is left, in order; abbreviations are written out.
    pub(crate) text: Text,
    /// The legal form as it was written, as one word.
    pub(crate) legal: Option<Word>,
    /// Numbers in the name: what tells one branch from the next.
    pub(crate) numbers: Vec<Word>,
    /// The first letters of the words, if there are three or more.
    pub(crate) acronym: Option<Word>,
}

impl Core {
    /// Reads a name.
    pub(crate) fn read(name: &str) -> Self {
        // `und` of a legal form is its `and`.
        let typed: Vec<String> = words(name)
            .into_iter()
            .map(|w| if w == "und" { "and".to_owned() } else { w })
            .collect();
        let mut all = split_runs(initials_joined(&typed), &typed);
        let article = |word: &String| matches!(word.as_str(), "the" | "die" | "der" | "das");
        if all.len() > 1 && all.first().is_some_and(article) {
            all.remove(0);
        }
        let mut legal = String::new();
        while let Some((at, count)) = legal_form(&all) {
            // A name that is nothing but a legal form keeps it.
            if count >= all.len() {
                break;
            }
            let form: String = all.drain(at..at + count).collect();
            legal.push_str(shortened(&form));
        }
        let letters: String = all.iter().filter_map(|word| word.chars().next()).collect();
        let whole: Vec<String> =
            all.into_iter().filter(|word| !is_link(word)).map(written_out).collect();
        let mut text = Text::of(&whole);
        text.words.iter_mut().for_each(|word| word.world = logarithm(word_share(&word.text)));
        let has_digit = |word: &&Word| word.text.starts_with(|c: char| c.is_ascii_digit());
        let roman = |word: &&Word| BRANCHES.contains(&&*word.text);
        Self {
            numbers: text.words.iter().filter(|w| has_digit(w) || roman(w)).cloned().collect(),
            acronym: (letters.chars().count() >= 3).then(|| Word::new(&letters)),
            text,
            legal: (!legal.is_empty()).then(|| Word::new(&legal)),
        }
    }

    /// Whether there is no name.
    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether two names may be of one organisation, told without having counted words.
    pub(crate) fn is_alike(&self, other: &Self) -> bool {
        let Some((x, y)) = self.text.joined.as_ref().zip(other.text.joined.as_ref()) else {
            return false;
        };
        if nearness(x, y) >= Nearness::Near || self.is_acronym(other) || other.is_acronym(self) {
            return true;
        }
        let tells = |word: &&Word| !is_generic(&word.text);
        let (short, long) = if self.text.words.len() <= other.text.words.len() {
            (self, other)
        } else {
            (other, self)
        };
        let mut telling = short.text.words.iter().filter(tells).peekable();
        telling.peek().is_some()
            && telling.all(|x| long.text.words.iter().any(|y| nearness(x, y) >= Nearness::Near))
    }

    /// Whether this is the acronym of another name.
    pub(crate) fn is_acronym(&self, other: &Self) -> bool {
        self.text.joined.as_ref().zip(other.acronym.as_ref()).is_some_and(|(x, y)| x.is(y))
    }

    /// Whether the name part of a domain may be this name.
    pub(crate) fn is_called(&self, domain_name: &Word) -> bool {
        let Some(joined) = &self.text.joined else { return false };
        let long_enough = domain_name.chars() >= 3;
        let first = self.text.words.first().filter(|word| !is_generic(&word.text));
        joined.is(domain_name)
            || long_enough && joined.text.starts_with(&*domain_name.text)
            || first.is_some_and(|word| word.is(domain_name))
            || self.acronym.as_ref().is_some_and(|acronym| acronym.is(domain_name))
    }
}

/// A legal form as its short one, where it was written out.
fn shortened(form: &str) -> &str {
    LONG_FORMS.iter().find(|(long, _)| *long == form).map_or(form, |(_, short)| short)
}

/// Words that only link others.
fn is_link(word: &str) -> bool {
    matches!(word, "and" | "und" | "et" | "y" | "en" | "och" | "og" | "of" | "for" | "fur" | "the")
}

/// An abbreviation written out, or a long word that tells little put right where it was mistyped.
fn written_out(word: String) -> String {
    if let Some(long) = ABBREVIATIONS.get(&word) {
        return long.clone();
    }
    let letters = word.len();
    let Some(first) = word.chars().next().filter(|_| letters >= CORRECTED_MIN) else { return word };
    if is_generic(&word) {
        return word;
    }
    let slips = if letters >= LONG_MIN { 2 } else { 1 };
    let from = GENERIC.range(first.to_string()..).take_while(|known| known.starts_with(first));
    let near =
        from.filter(|known| known.len() >= CORRECTED_MIN && known.len().abs_diff(letters) <= slips);
    let found = near.map(|known| (osa_distance(known, &word), known)).min();
    found.filter(|(distance, _)| *distance <= slips).map_or(word, |(_, known)| known.clone())
}

/// `D S M N V` came as one run of initials: where it ends on a legal form, it is cut before it.
fn split_runs(mut all: Vec<String>, runs: &[String]) -> Vec<String> {
    let Some(last) = all.last().filter(|last| !runs.contains(last) && last.is_ascii()) else {
        return all;
    };
    let forms = ["nv", "bv", "ag", "sa"];
    let at = last.len().checked_sub(2).filter(|at| *at >= 2);
    let cut = at.and_then(|at| last.split_at_checked(at)).filter(|(_, form)| forms.contains(form));
    if let Some((head, form)) = cut.map(|(head, form)| (head.to_owned(), form.to_owned())) {
        all.pop();
        all.extend([head, form]);
    }
    all
}

/// Where the longest legal form stands, and how many words it has.
fn legal_form(all: &[String]) -> Option<(usize, usize)> {
    LEGAL_FORMS.iter().find_map(|(form, anywhere)| {
        let last = all.len().checked_sub(form.len())?;
        let at =
            (0..=last).rev().find(|at| all.get(*at..at + form.len()) == Some(form.as_slice()))?;
        let at_end = at == 0 || at == last;
        (*anywhere || at_end).then_some((at, form.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, core: &str, legal: &str) {
        let read = Core::read(name);
        let words: Vec<&str> = read.text.words.iter().map(|word| &*word.text).collect();
        assert_eq!(words.join(" "), core, "{name}");
        assert_eq!(
            read.legal.map(|legal| legal.text.to_string()).unwrap_or_default(),
            legal,
            "{name}"
        );
    }

    #[test]
    fn cores() {
        check("Lindner Bau GmbH & Co. KG", "lindner bau", "gmbhandcokg");
        check("The Widget Co., Ltd.", "widget", "ltd");
        check("N.V. Brouwer", "brouwer", "nv");
        check("Brouwer N. V.", "brouwer", "nv");
        check("Acme Intl Mfg Corp", "acme international manufacturing", "corp");
        check("Robert Kessler GmbH", "robert kessler", "gmbh");
        check("Kessler GmbH Robert", "kessler robert", "gmbh");
        check("Johnson & Johnson", "johnson johnson", "");
        check("D S M N V", "dsm", "nv");
        check("AG", "ag", "");
        check("Ägäis Reisen AG", "agais reisen", "ag");
        check("", "", "");
    }

    #[test]
    fn likeness() {
        let alike = |a, b| Core::read(a).is_alike(&Core::read(b));
        assert!(alike("Lindner Bau GmbH", "Lindner Gruppe"));
        assert!(alike("IBM", "International Business Machines Corp"));
        assert!(!alike("Lindner Bau GmbH", "Kessler Bau GmbH"));
        assert!(!alike("Holding", "Lindner Holding"));
    }
}
