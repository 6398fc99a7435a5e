//! What keeps a sentence from being proposed, whatever it is about: it is denied, supposed, asked, said to
//! the reader, or long past; and which headings say whose part of a page begins.
//!
//! The words stand in `playbook/research/page.toml`. Must not: know a topic.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;

use super::layout::Zone;
use super::rule::Allowed;
use crate::patterns::Patterns;
use crate::word_table::WordSet;

/// What a page dates before so many years is history.
const HISTORY_YEARS: i16 = 2;
/// So many different signs of a kind make a page one of that kind.
const SIGNS_MIN: usize = 2;

/// A kind of page on which words mean something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Kind {
    /// A job is advertised.
    Job,
}

/// `page.toml`, as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct PageFile {
    /// Words that patterns of all files may name as `<name>`.
    pub(super) words: BTreeMap<String, String>,
    headings: Headings,
    signs_of_job: Vec<String>,
    aside: Vec<String>,
    of_others: Vec<String>,
    of_others_named: Vec<String>,
    speaker_elsewhere: Vec<String>,
    denied: Vec<String>,
    not_denied: Vec<String>,
    supposed: Vec<String>,
    not_supposed: Vec<String>,
    to_reader: Vec<String>,
    past: Vec<String>,
    now: Vec<String>,
    verbs: String,
}

/// Headings by what stands below them.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Headings {
    firm: Vec<String>,
    others: Vec<String>,
    aside: Vec<String>,
}

/// The same, ready to be asked.
#[derive(Debug, Clone)]
pub(super) struct Guards {
    firm: Patterns,
    others: Patterns,
    aside_heading: Patterns,
    signs_of_job: Vec<Patterns>,
    aside: Patterns,
    of_others: Patterns,
    of_others_named: Patterns,
    speaker_elsewhere: Patterns,
    denied: Patterns,
    not_denied: Patterns,
    supposed: Patterns,
    not_supposed: Patterns,
    to_reader: Patterns,
    past: Patterns,
    now: Patterns,
    verbs: WordSet,
}

impl PageFile {
    /// Makes it ready; `written` is what makes patterns of a list, or says why not.
    pub(super) fn ready<E>(
        &self,
        written: impl Fn(&[String], bool) -> Result<Patterns, E>,
    ) -> Result<Guards, E> {
        let signs = self.signs_of_job.iter().map(|sign| written(std::slice::from_ref(sign), false));
        Ok(Guards {
            firm: written(&self.headings.firm, false)?,
            others: written(&self.headings.others, false)?,
            aside_heading: written(&self.headings.aside, false)?,
            signs_of_job: signs.collect::<Result<_, E>>()?,
            aside: written(&self.aside, false)?,
            of_others: written(&self.of_others, false)?,
            of_others_named: written(&self.of_others_named, true)?,
            speaker_elsewhere: written(&self.speaker_elsewhere, true)?,
            denied: written(&self.denied, false)?,
            not_denied: written(&self.not_denied, false)?,
            supposed: written(&self.supposed, false)?,
            not_supposed: written(&self.not_supposed, false)?,
            to_reader: written(&self.to_reader, false)?,
            past: written(&self.past, false)?,
            now: written(&self.now, false)?,
            verbs: self.verbs.split_whitespace().collect(),
        })
    }
}

impl Guards {
    /// Whose part begins below a heading; `None` where it does not tell.
    pub(super) fn heading(&self, heading: &str) -> Option<Zone> {
        let is = |patterns: &Patterns| patterns.find(heading) == Some(0..heading.len());
        if is(&self.others) {
            Some(Zone::Others)
        } else if is(&self.aside_heading) {
            Some(Zone::Aside)
        } else {
            is(&self.firm).then_some(Zone::Firm)
        }
    }

    /// What kind of page it is, if words mean something else on it.
    pub(super) fn kind_of(&self, text: &str) -> Option<Kind> {
        let signs = self.signs_of_job.iter().filter(|sign| sign.is_in(text)).take(SIGNS_MIN);
        (signs.count() >= SIGNS_MIN).then_some(Kind::Job)
    }

    /// Whether a line belongs to every page of its kind and tells nothing.
    pub(super) fn is_aside(&self, words: &str) -> bool {
        self.aside.is_in(words)
    }

    /// Whether a sentence says that it is about clients or rivals.
    pub(super) fn is_of_others(&self, words: &str) -> bool {
        self.of_others.is_in(words) || self.of_others_named.is_in(words)
    }

    /// For whom somebody with a title speaks, if it says so.
    pub(super) fn speaker<'t>(&self, words: &'t str) -> Option<&'t str> {
        let found = self.speaker_elsewhere.find(words)?;
        words.get(found)
    }

    /// Whether a word is one of the verbs before which a firm stands.
    pub(super) fn is_verb(&self, word: &str) -> bool {
        self.verbs.contains(word)
    }

    /// Whether a sentence may be proposed.
    pub(super) fn lets(&self, words: &str, on: Date, allow: &[Allowed]) -> bool {
        let counts = |what: Allowed| !allow.contains(&what);
        let is_denied = || self.denied.is_in(words) && !self.not_denied.is_in(words);
        let is_supposed = || self.supposed.is_in(words) && !self.not_supposed.is_in(words);
        let is_past = || self.past.is_in(words) || self.is_dated_long_ago(words, on);
        !(words.ends_with('?')
            || counts(Allowed::Denied) && is_denied()
            || counts(Allowed::Supposed) && is_supposed()
            || counts(Allowed::Reader) && self.to_reader.is_in(words)
            || counts(Allowed::Past) && is_past())
    }

    /// Whether the latest year in a sentence is long ago, and nothing says that it still holds.
    fn is_dated_long_ago(&self, words: &str, on: Date) -> bool {
        let years = words.split(|c: char| !c.is_ascii_digit()).filter(|word| word.len() == 4);
        let years = years.filter_map(|word| word.parse::<i16>().ok());
        let latest = years.filter(|year| (1500..=2100).contains(year)).max();
        let is_old = latest.is_some_and(|year| year < on.year() - HISTORY_YEARS);
        is_old && !self.now.is_in(words)
    }
}
