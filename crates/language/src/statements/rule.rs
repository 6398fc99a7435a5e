//! Rules as their files write them, ready to be held against a page.

use std::ops::Range;

use inroad_model::Topic;
use serde::Deserialize;

use super::choose::Found;
use super::guards::{Guards, Kind};
use super::layout::{Layout, Unit, Zone};
use super::whose::Whose;
use super::{Page, Statement, wording};
use crate::patterns::Patterns;

/// One file of rules.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RuleFile {
    pub(super) topic: Topic,
    /// What the topic takes in, for who reads the file.
    #[expect(dead_code, reason = "it is written for people")]
    pub(super) about: String,
    pub(super) rule: Vec<Rule>,
}

/// What a rule looks for, and its examples.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Rule {
    pub(super) id: String,
    /// Words in a sentence.
    #[serde(default)]
    pub(super) any: Vec<String>,
    /// What stands before a colon or a tab, or on the line above.
    #[serde(default)]
    pub(super) label: Vec<String>,
    /// What must stand behind a label.
    #[serde(default)]
    pub(super) value: Vec<String>,
    /// Words in the same sentence with which it does not count.
    #[serde(default)]
    pub(super) unless: Vec<String>,
    /// Whether capitals count in `any`.
    #[serde(default)]
    pub(super) keeps_case: bool,
    /// Of whom the sentence must speak.
    #[serde(default)]
    pub(super) speaks_of: SpeaksOf,
    /// What else does not count is let through.
    #[serde(default)]
    pub(super) allow: Vec<Allowed>,
    /// Only on pages of that kind.
    pub(super) only_on: Option<Kind>,
    /// On no page of that kind.
    pub(super) never_on: Option<Kind>,
    /// How much it tells, from 1 to 3: the more telling are kept where there are too many.
    #[serde(default = "two")]
    pub(super) tells: u8,
    /// Pages of which it proposes something.
    pub(super) good: Vec<String>,
    /// Pages of which it proposes nothing.
    pub(super) bad: Vec<String>,
}

fn two() -> u8 {
    2
}

/// Of whom a sentence must speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum SpeaksOf {
    /// Its subject is no other firm.
    #[default]
    Firm,
    /// Its subject is no other firm, or the firm is named in it.
    Named,
    /// Its subject may be anybody, a person above all, unless it says that it is about another firm.
    Anybody,
}

/// What a rule lets through that others do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Allowed {
    /// What is denied.
    Denied,
    /// What is supposed.
    Supposed,
    /// What is said to the reader.
    Reader,
    /// What is long past.
    Past,
}

/// A rule with its patterns.
#[derive(Debug, Clone)]
pub(super) struct Ready {
    pub(super) topic: Topic,
    pub(super) rule: Rule,
    pub(super) any: Patterns,
    pub(super) label: Patterns,
    pub(super) value: Patterns,
    pub(super) unless: Patterns,
}

/// All rules.
#[derive(Debug, Clone)]
pub(super) struct Rules(pub(super) Vec<Ready>);

impl Rules {
    /// What they find in a page, in no order.
    pub(super) fn held_against(&self, guards: &Guards, page: &Page<'_>) -> Vec<Found> {
        let layout = Layout::new(page, guards);
        let whose = Whose::new(page, &layout, guards);
        let kind = guards.kind_of(page.text);
        let of_kind = |ready: &&Ready| {
            ready.rule.only_on.is_none_or(|only| kind == Some(only))
                && ready.rule.never_on.is_none_or(|never| kind != Some(never))
        };
        let rules: Vec<&Ready> = self.0.iter().filter(of_kind).collect();
        let mut found = Vec::new();
        for (n, unit) in layout.units.iter().enumerate() {
            if unit.zone != Zone::Firm {
                continue;
            }
            let words = unit.words(page.text);
            for ready in &rules {
                let Some(told) = ready.told(words, unit) else { continue };
                let counts = !ready.unless.is_in(words)
                    && whose.speaks_of(n, words, ready.rule.speaks_of)
                    && guards.lets(words, page.on, &ready.rule.allow);
                if counts {
                    found.push(ready.found(unit, words, told));
                }
            }
        }
        found
    }
}

impl Ready {
    /// Where in the words of a unit the rule finds what tells.
    fn told(&self, words: &str, unit: &Unit) -> Option<Range<usize>> {
        if let Some(label) = &unit.label {
            let name = words.get(label.name.clone())?;
            let value = words.get(label.value.clone())?;
            let fits = self.rule.value.is_empty() || self.value.is_in(value);
            if fits && self.label.find(name) == Some(0..name.len()) {
                // On two lines the label says no more than the row of the form does.
                let start = if label.is_above { label.value.start } else { label.name.start };
                return Some(start..label.value.end);
            }
            if label.is_above {
                return None;
            }
        }
        self.any.find(words)
    }

    fn found(&self, unit: &Unit, words: &str, told: Range<usize>) -> Found {
        let is_label_above = unit.label.as_ref().is_some_and(|label| label.is_above);
        let short = if is_label_above { words.get(told.clone()).unwrap_or("") } else { words };
        let within = if is_label_above { 0..short.len() } else { told };
        Found {
            tells: self.rule.tells,
            statement: Statement {
                topic: self.topic,
                range: unit.range.clone(),
                quote: words.to_owned(),
                text: wording::short(short, within),
                day: wording::day(words),
            },
        }
    }
}
