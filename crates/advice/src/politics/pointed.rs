//! Somebody who is pointed at, with how surely and the words that show it.

use inroad_model::{EmailAddress, Probability};
use serde::Serialize;

use super::cast::Member;
use crate::evidence::Evidence;

/// So much evidence is shown of one conclusion.
const SHOWN_MAX: usize = 3;

/// Somebody in whom a conclusion ends.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pointed {
    /// Who.
    pub email: EmailAddress,
    /// The name, or the address.
    pub name: String,
    /// How surely: by how much speaks for it, not counted on past cases.
    pub confidence: Probability,
    /// Why, in one line.
    pub why: String,
    /// The words that show it, the plainest first.
    pub evidence: Vec<Evidence>,
}

impl Pointed {
    pub(super) fn at(member: &Member, confidence: f64, why: String, shown: &Shown) -> Self {
        Self {
            email: member.mailbox.address.clone(),
            name: member.name().to_owned(),
            confidence: Probability::clamped((confidence * 100.0).round() / 100.0),
            why,
            evidence: shown.best(),
        }
    }
}

/// How surely, as people say it.
pub(super) fn in_words(confidence: Probability) -> &'static str {
    match confidence.get() {
        p if p >= 0.75 => "very likely",
        p if p >= 0.55 => "likely",
        p if p >= 0.35 => "perhaps",
        _ => "a guess",
    }
}

/// What shows something, by how plainly.
#[derive(Debug, Clone, Default)]
pub(super) struct Shown(Vec<(f64, Evidence)>);

impl Shown {
    pub(super) fn add(&mut self, strength: f64, evidence: Evidence) {
        self.0.push((strength, evidence));
    }

    /// The plainest first, each sentence once.
    pub(super) fn best(&self) -> Vec<Evidence> {
        let mut all: Vec<&(f64, Evidence)> = self.0.iter().collect();
        all.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut best: Vec<Evidence> = Vec::new();
        for (_, evidence) in all {
            let same = |known: &Evidence| {
                (&known.message, &known.quote) == (&evidence.message, &evidence.quote)
            };
            if !best.iter().any(same) && best.len() < SHOWN_MAX {
                best.push(evidence.clone());
            }
        }
        best
    }
}
