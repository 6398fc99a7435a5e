//! What became of findings: which the user dismissed, which went away since the words were changed.
//!
//! Kept are the names of rules, the words whose finding was dismissed, and of a draft no more than a
//! digest of the words that were found.

use std::collections::{BTreeMap, BTreeSet};

use inroad_coach::report::Finding;
use inroad_model::Moment;
use serde::{Deserialize, Serialize};

use super::Coached;
use crate::deeds::{Done, Inverse};
use crate::inroad::Inroad;
use crate::{Error, Result};

/// Under which setting it is kept.
const SETTING: &str = "coach";
/// No more drafts than these are followed; who comes first is forgotten first.
const DRAFTS_MAX: usize = 200;
/// No more dismissals than these are kept.
const DISMISSALS_MAX: usize = 2000;

/// A finding that the user does not want to see for these words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dismissal {
    /// The rule, by name.
    pub rule: String,
    /// The sentence or words for which it was said; empty for the draft as a whole.
    pub quote: String,
}

impl Dismissal {
    /// Whether it is of a finding: the same rule for the same words.
    pub fn is_of(&self, finding: &Finding) -> bool {
        self.rule == finding.rule && self.quote == finding.quote
    }
}

/// How often a rule spoke up, and what came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CoachTally {
    /// In how many places it spoke up.
    pub found: u32,
    /// So many went away when the words were changed.
    pub fixed: u32,
    /// So many the user dismissed.
    pub dismissed: u32,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Memory {
    #[serde(default)]
    dismissals: Vec<Dismissal>,
    /// What was open in each draft when it was read last.
    #[serde(default)]
    drafts: Vec<(String, BTreeSet<(String, String)>)>,
    #[serde(default)]
    tally: BTreeMap<String, CoachTally>,
}

/// A digest of words, from which they cannot be read.
fn digest(words: &str) -> String {
    blake3::hash(words.as_bytes()).to_hex().to_string()
}

impl Inroad {
    pub(super) async fn coach_dismissals(&self) -> Result<Vec<Dismissal>> {
        let memory: Option<Memory> = self.store.setting(SETTING).await?;
        Ok(memory.unwrap_or_default().dismissals)
    }

    /// Takes down what was found in a draft, by a name under which it is known again (its file). What
    /// was open before and is gone counts as fixed.
    ///
    /// # Errors
    /// If the data file refuses.
    pub async fn remember_coached(&self, draft: &str, coached: &Coached) -> Result<()> {
        let mut memory: Memory = self.store.setting(SETTING).await?.unwrap_or_default();
        let of = |findings: &[Finding]| -> BTreeSet<(String, String)> {
            findings.iter().map(|one| (one.rule.clone(), digest(&one.quote))).collect()
        };
        let open = of(&coached.report.findings);
        let dismissed = of(&coached.dismissed);
        let place = memory.drafts.iter().position(|(name, _)| name == draft);
        if place.and_then(|at| memory.drafts.get(at)).is_some_and(|(_, before)| *before == open) {
            return Ok(());
        }
        let before = place.map(|at| memory.drafts.remove(at).1).unwrap_or_default();
        for (rule, _) in open.difference(&before) {
            memory.tally.entry(rule.clone()).or_default().found += 1;
        }
        for (rule, _) in before.difference(&open).filter(|one| !dismissed.contains(*one)) {
            memory.tally.entry(rule.clone()).or_default().fixed += 1;
        }
        memory.drafts.push((draft.to_owned(), open));
        let over = memory.drafts.len().saturating_sub(DRAFTS_MAX);
        memory.drafts.drain(..over);
        Ok(self.store.set_setting(SETTING, &memory).await?)
    }

    /// Puts a finding to rest for these words, until they change.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a rule that is not there; [`Error::Invalid`] for one that stands whatever one
    /// thinks of it: do-not-contact, and what blocks a draft as a whole.
    pub async fn dismiss_finding(&self, dismissal: Dismissal) -> Result<()> {
        let pack = super::own::read(Some(&self.coach_folder()))?.pack;
        let Some(ready) = pack.rule(&dismissal.rule) else {
            let what = format!("No rule is called '{}'", dismissal.rule);
            return Err(Error::NotFound { what });
        };
        if !ready.may_rest(&dismissal.quote) {
            let what = format!("'{}' cannot be dismissed: {}", dismissal.rule, ready.rule.says);
            return Err(Error::Invalid { what });
        }
        let mut memory: Memory = self.store.setting(SETTING).await?.unwrap_or_default();
        if memory.dismissals.contains(&dismissal) {
            return Ok(());
        }
        memory.tally.entry(dismissal.rule.clone()).or_default().dismissed += 1;
        memory.dismissals.push(dismissal);
        let over = memory.dismissals.len().saturating_sub(DISMISSALS_MAX);
        memory.dismissals.drain(..over);
        Ok(self.store.set_setting(SETTING, &memory).await?)
    }

    /// The same from a page: it can be undone there, and in the history.
    ///
    /// # Errors
    /// If the data file refuses.
    pub async fn dismiss_at_desk(&self, dismissal: Dismissal, at: Moment) -> Result<Done<()>> {
        self.dismiss_finding(dismissal.clone()).await?;
        let says =
            format!("The coach is silent about \u{201c}{}\u{201d} for some words", dismissal.rule);
        let deed = self.keep_deed(None, &says, &Inverse::Dismissal { dismissal }, at).await?;
        Ok(Done { what: (), deed })
    }

    /// Takes a dismissal back.
    ///
    /// # Errors
    /// If the data file refuses.
    pub async fn undismiss_finding(&self, dismissal: &Dismissal) -> Result<()> {
        let mut memory: Memory = self.store.setting(SETTING).await?.unwrap_or_default();
        let before = memory.dismissals.len();
        memory.dismissals.retain(|one| one != dismissal);
        if memory.dismissals.len() == before {
            return Ok(());
        }
        let tally = memory.tally.entry(dismissal.rule.clone()).or_default();
        tally.dismissed = tally.dismissed.saturating_sub(1);
        Ok(self.store.set_setting(SETTING, &memory).await?)
    }

    /// What became of findings, rule by rule, up to now.
    ///
    /// # Errors
    /// If the data file refuses.
    pub async fn coach_stats(&self) -> Result<BTreeMap<String, CoachTally>> {
        let memory: Option<Memory> = self.store.setting(SETTING).await?;
        Ok(memory.unwrap_or_default().tally)
    }
}
