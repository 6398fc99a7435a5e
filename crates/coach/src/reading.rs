//! What a draft is made of: its sentences, what it asks, its numbers, and what strikes a careful
//! reader who knows the person. Rules look at this and at the words; nothing here judges.

pub mod asks;
pub mod brief;
mod claims;
mod copy;
mod dates;
mod facts;
mod firm;
pub mod metrics;
mod names;
pub(crate) mod readability;
pub mod sayings;
mod stage;
pub(crate) mod thread;
mod title;
pub(crate) mod words;

use std::cell::OnceCell;
use std::ops::Range;

use inroad_language::questions::{self, QuestionKind};
use inroad_language::voice;
use serde::Serialize;

use crate::audience::Audience;
use crate::draft::{Draft, Stage};
use asks::Ask;
use metrics::Metrics;

/// A sentence of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Its bytes.
    pub range: Range<usize>,
    /// How many words it has.
    pub words: usize,
    /// How it asks, if it does.
    pub asks: Option<QuestionKind>,
}

/// Something that strikes a careful reader: what, where, and what to say of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// What it is; rules name it.
    pub what: &'static str,
    /// Its bytes; `None` where it is the draft as a whole.
    pub range: Option<Range<usize>>,
    /// The one thing to know about it: "The record says Anna", "12 May was a Monday".
    pub says: String,
    /// What the record has in the place of these words, where that is one thing.
    pub instead: Option<String>,
}

impl Seen {
    fn at(what: &'static str, range: Range<usize>, says: impl Into<String>) -> Self {
        Self { what, range: Some(range), says: says.into(), instead: None }
    }

    fn instead(mut self, words: Option<String>) -> Self {
        self.instead = words;
        self
    }

    fn whole(what: &'static str, says: impl Into<String>) -> Self {
        Self { what, range: None, says: says.into(), instead: None }
    }
}

/// A fact that is known of the person, and whether the draft uses it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FactUse {
    /// What is known.
    pub says: String,
    /// Where it stands.
    pub source: String,
    /// Whether the draft speaks of it.
    pub used: bool,
}

/// A draft as it was read.
#[derive(Debug)]
pub struct Reading<'d> {
    /// The draft.
    pub draft: &'d Draft<'d>,
    /// For whom it is.
    pub audience: &'d Audience,
    /// The stage, if it was said or can be told, and why it is thought so.
    pub stage: Option<(Stage, String)>,
    /// Whether it is in English, as far as one can tell.
    pub is_english: bool,
    /// Its sentences.
    pub sentences: Vec<Said>,
    /// What it asks the other person to do.
    pub asks: Vec<Ask>,
    /// Its numbers.
    pub metrics: Metrics,
    /// What strikes one.
    pub seen: Vec<Seen>,
    /// What is known, used or not.
    pub facts: Vec<FactUse>,
    /// Sentences that claim something which nothing kept here proves.
    pub unproven: Vec<Range<usize>>,
    /// How likely each sentence says each of the sayings; read when it is first asked.
    heard: OnceCell<Vec<Vec<f32>>>,
}

impl<'d> Reading<'d> {
    /// Reads a draft. Without a stage it is told from what passed between the two, or from the words.
    pub fn new(draft: &'d Draft<'d>, audience: &'d Audience, stage: Option<Stage>) -> Self {
        let sentences: Vec<Said> = draft.sentences.iter().map(|range| said(draft, range)).collect();
        let asks = asks::find(draft, &sentences, audience.on);
        let stage = stage.map(|stage| (stage, "as you said".to_owned()));
        let stage = stage.or_else(|| stage::told(draft, audience, &asks));
        let metrics = Metrics::of(draft, &sentences, &asks, audience);
        let facts = facts::used(draft, audience);
        let unproven = claims::unproven(draft, audience);
        let is_english = voice::is_english(metrics::body(draft)) != Some(false);
        let mut seen = Vec::new();
        seen.extend(asks.iter().flat_map(Ask::seen));
        dates::look(draft, &asks, audience, &mut seen);
        names::look(draft, audience, &mut seen);
        facts::look(draft, audience, &mut seen);
        thread::look(draft, audience, &mut seen);
        copy::look(draft, audience, &mut seen);
        claims::look(&unproven, &mut seen);
        Self {
            draft,
            audience,
            stage,
            is_english,
            sentences,
            asks,
            metrics,
            seen,
            facts,
            unproven,
            heard: OnceCell::new(),
        }
    }

    /// The sentences that say something, by the place of the saying, at least so likely.
    pub(crate) fn saying(&self, place: usize, least: f32) -> impl Iterator<Item = &Range<usize>> {
        let heard = self.heard.get_or_init(|| sayings::heard(self.draft));
        let says = move |row: &Vec<f32>| row.get(place).is_some_and(|likely| *likely >= least);
        let said = self.draft.sentences.iter().zip(heard).filter(move |(_, row)| says(row));
        said.map(|(range, _)| range)
    }

    /// The stage.
    pub fn stage(&self) -> Option<Stage> {
        self.stage.as_ref().map(|(stage, _)| *stage)
    }
}

fn said(draft: &Draft<'_>, range: &Range<usize>) -> Said {
    let text = draft.sentence(range);
    Said {
        range: range.clone(),
        words: readability::words(text).count(),
        asks: questions::ask(text),
    }
}
