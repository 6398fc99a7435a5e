//! Why two records may be the same, in words for the person who decides.

use crate::levels::{Field, Pattern, Story};
use crate::weights::{Thought, Weights};

/// What one field tells.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reason {
    /// The field, as `family name`.
    pub field: &'static str,
    /// What was found, as `family names differ by a letter or two`.
    pub words: &'static str,
    /// How much it tells: logarithm to base 2 of how many times likelier it is for the same than for
    /// strangers. Above 0 for, below 0 against.
    pub bits: f64,
}

/// What speaks for two being the same, and what against.
#[derive(Debug, Clone, PartialEq)]
pub struct Why {
    /// Chance that both are the same, 0 to 1.
    pub chance: f64,
    /// What speaks for it, the strongest first.
    pub reasons_for: Vec<Reason>,
    /// What speaks against it, the strongest first.
    pub reasons_against: Vec<Reason>,
    /// What else may stand behind the pair, as `they may be two of one family`, where that is likelier than
    /// chance.
    pub otherwise: Option<&'static str>,
}

/// What is thought of a pair, as a person's next step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Not the same.
    Different,
    /// Not enough to say: worth a look.
    Unsure,
    /// The same.
    Same,
}

/// From this chance on two are the same.
const SAME_MIN: f64 = 0.9;
/// Up to this chance two are not the same.
const DIFFERENT_MAX: f64 = 0.1;

impl Why {
    /// The chance as a step: the same from 0.9, different up to 0.1.
    pub fn verdict(&self) -> Verdict {
        match self.chance {
            chance if chance >= SAME_MIN => Verdict::Same,
            chance if chance <= DIFFERENT_MAX => Verdict::Different,
            _ => Verdict::Unsure,
        }
    }
}

/// Tells a pattern.
pub(crate) fn why(
    fields: &[Field],
    stories: &[Story],
    weights: &Weights,
    pattern: &Pattern,
    thought: Thought,
) -> Why {
    let told = fields.iter().enumerate().filter_map(|(at, field)| {
        let level = field.levels.get(usize::from(pattern.level(at)?))?;
        Some(Reason { field: field.name, words: level.words, bits: weights.bits_of(pattern, at) })
    });
    let mut reasons: Vec<Reason> = told.collect();
    reasons.sort_by(|a, b| b.bits.abs().total_cmp(&a.bits.abs()));
    let (reasons_for, reasons_against) = reasons.into_iter().partition(|reason| reason.bits >= 0.0);
    Why {
        chance: thought.chance,
        reasons_for,
        reasons_against,
        otherwise: stories.get(thought.otherwise - 1).map(|story| story.words),
    }
}
