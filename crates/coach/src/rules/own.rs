//! What a user changes of the rules, and adds to them.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::pack::{PackError, Ready, fault, read_file, ready, unreadable};
use super::rule::{Band, Severity};
use crate::draft::Stage;

/// A change of a rule that is there.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub(super) struct Change {
    /// Another weight.
    severity: Option<Severity>,
    /// Whether to put it to rest.
    off: Option<bool>,
    /// Another band.
    band: Option<Band>,
    /// Other bands of some stages.
    bands: BTreeMap<Stage, Band>,
    /// So often is fine.
    max: Option<usize>,
    /// From this probability on.
    threshold: Option<f32>,
    /// More words to look for.
    add: Vec<String>,
    /// Words not to look for any more, as the rule writes them.
    remove: Vec<String>,
    /// More words that make it right.
    unless: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Changes {
    change: BTreeMap<String, Change>,
}

/// What a file of a user's own says.
pub(super) struct OwnRules {
    /// A group of new rules.
    pub(super) added: Option<(String, String, Vec<Ready>)>,
    /// Changes by the names of rules.
    pub(super) change: BTreeMap<String, Change>,
}

/// Reads a file of a user's own.
pub(super) fn read(file: &str, text: &str) -> Result<OwnRules, PackError> {
    let mut table: toml::Table =
        toml::from_str(text).map_err(|cause| unreadable(file, text, &cause))?;
    let changes: Changes = toml::from_str(text).map_err(|cause| unreadable(file, text, &cause))?;
    table.remove("change");
    let added = if table.is_empty() {
        None
    } else {
        // The same text without the changes, so that lines are told as they stand.
        let cut = text.find("\n[change").or_else(|| text.starts_with("[change").then_some(0));
        let (group, about, rules) =
            read_file(file, text.get(..cut.unwrap_or(text.len())).unwrap_or(text))?;
        rules.iter().try_for_each(|ready| ready.try_patterns(file))?;
        Some((group, about, rules))
    };
    Ok(OwnRules { added, change: changes.change })
}

/// Changes a rule. Its examples are not tried again: they are those of the rule as it was.
pub(super) fn apply(file: &str, of: &mut Ready, change: &Change) -> Result<(), PackError> {
    if of.rule.fixed {
        return Err(fault(file, Some(&of.rule.id), "this rule stays as it is"));
    }
    let mut rule = of.rule.clone();
    rule.severity = change.severity.unwrap_or(rule.severity);
    for matches in &mut rule.matches {
        if matches.metric.is_some() {
            matches.band = change.band.or(matches.band);
            matches.bands.extend(change.bands.iter().map(|(stage, band)| (*stage, *band)));
        }
        matches.max = change.max.unwrap_or(matches.max);
        if matches.model.is_some() {
            matches.threshold = change.threshold.or(matches.threshold);
        }
    }
    if change.threshold.is_some() && rule.matches.iter().all(|matches| matches.model.is_none()) {
        return Err(fault(file, Some(&rule.id), "no model hears it, so it has no threshold"));
    }
    let lists = rule.matches.iter_mut().flat_map(|matches| {
        [&mut matches.any, &mut matches.absent, &mut matches.count, &mut matches.first_sentence]
    });
    let mut lists: Vec<&mut Vec<String>> = lists.filter(|list| !list.is_empty()).collect();
    if lists.is_empty() && !(change.add.is_empty() && change.remove.is_empty()) {
        return Err(fault(file, Some(&rule.id), "it has no list of words to change"));
    }
    let is_there = |words: &&String| lists.iter().any(|list| list.contains(*words));
    if let Some(missing) = change.remove.iter().find(|words| !is_there(words)) {
        let what =
            format!("it does not look for '{missing}'; 'remove' takes words as the rule has them");
        return Err(fault(file, Some(&rule.id), what));
    }
    for list in &mut lists {
        list.retain(|words| !change.remove.contains(words));
    }
    if let Some(first) = lists.into_iter().next() {
        first.extend(change.add.iter().cloned());
    }
    rule.unless.extend(change.unless.iter().cloned());
    let off = change.off.unwrap_or(of.off);
    let changed = Ready { off, ..ready(file, &of.group, rule)? };
    changed.try_patterns(file)?;
    *of = changed;
    Ok(())
}
