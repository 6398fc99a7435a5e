//! How much likelier some answers are if the habit turned lately than if it did not.
//!
//! For each possible place of the turn the evidence of all streams is added; then the mean over the
//! places is taken, because each is as likely as the others. What is usual among people (spreads
//! within one habit, steps from one person to the next) was read from half of the pairs of four
//! public logs; docs/turning-point.md tells which.

use inroad_stats::LevelShift;

use super::answers::Answer;

/// A turn is looked for so many answers ago. Fewer are soon unusual by chance.
const AFTER: std::ops::RangeInclusive<usize> = 4..=12;
/// So many answers have to be there before it.
const BEFORE_MIN: usize = 8;
/// No more than so many are looked at: who wrote for years has had several habits.
const BEFORE_MAX: usize = 60;

/// One thing that is watched.
struct Stream {
    /// What is usual of it.
    shift: LevelShift,
    /// How much of its evidence counts.
    weight: f64,
    of: fn(&Answer) -> Option<f64>,
}

/// What differs from letter to letter by what it is about, more than by who writes it, counts this
/// much: neighbours are about the same matter, so their evidence is not independent.
const FAINT: f64 = 0.25;

const STREAMS: [Stream; 5] = [
    Stream { shift: usual(2.4, 3.3), weight: 1.0, of: |answer| Some(answer.ln_hours) },
    Stream {
        shift: usual(0.57, 0.7),
        weight: 1.0,
        of: |answer| Some((f64::from(answer.letters) + 0.5).ln()),
    },
    Stream {
        shift: usual(0.3, 0.21),
        weight: FAINT,
        of: |answer| Some(if answer.began { 1.0 } else { 0.0 }),
    },
    Stream {
        shift: usual(0.34, 0.64),
        weight: FAINT,
        of: |answer| answer.others.map(|others| f64::from(others).ln_1p()),
    },
    // No public log has words: these are guesses, and count as little as others that waver.
    Stream {
        shift: usual(0.9, 1.0),
        weight: FAINT,
        of: |answer| answer.words.map(|words| f64::from(words).ln_1p()),
    },
];

/// An expectation that is worth two answers, because some people are far more regular than others;
/// habits drift by 3 % of their variance anyhow.
const fn usual(spread: f64, step: f64) -> LevelShift {
    LevelShift { spread, spread_weight: 2.0, step, drift: 0.03 }
}

/// What speaks for a turn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Evidence {
    /// The first answer that was looked at.
    pub from: usize,
    /// The likeliest place: the first answer of the new habit.
    pub at: usize,
    /// The logarithm of how much likelier the answers are with a turn lately than without.
    pub ln_factor: f64,
}

/// Weighs all streams; `None` of fewer answers than can tell.
pub fn weigh(answers: &[Answer]) -> Option<Evidence> {
    weigh_streams(answers, &STREAMS)
}

/// Weighs how long answers took alone.
pub fn weigh_delays(answers: &[Answer]) -> Option<Evidence> {
    weigh_streams(answers, STREAMS.get(..1).unwrap_or_default())
}

fn weigh_streams(answers: &[Answer], streams: &[Stream]) -> Option<Evidence> {
    let from = answers.len().saturating_sub(BEFORE_MAX + AFTER.end());
    let mut places: Vec<(usize, f64)> = Vec::new();
    for after in AFTER {
        let Some(at) = answers.len().checked_sub(after) else { break };
        if at < BEFORE_MIN {
            break;
        }
        let (before, after) = (answers.get(from..at)?, answers.get(at..)?);
        let says = streams.iter().map(|stream| stream.says(before, after));
        places.push((at, says.sum()));
    }
    let (at, best) = places.iter().copied().max_by(|a, b| a.1.total_cmp(&b.1))?;
    let sum: f64 = places.iter().map(|(_, says)| (says - best).exp()).sum();
    Some(Evidence { from, at, ln_factor: best + (sum / places.len() as f64).ln() })
}

impl Stream {
    /// Its evidence for a turn between the two, in natural logarithms.
    fn says(&self, before: &[Answer], after: &[Answer]) -> f64 {
        let (before, after) = (self.values(before), self.values(after));
        // One or two numbers are no habit.
        if before.len() < 3 {
            return 0.0;
        }
        self.weight * self.shift.ln_bayes_factor(&before, &after).unwrap_or(0.0)
    }

    fn values(&self, answers: &[Answer]) -> Vec<f64> {
        answers.iter().filter_map(self.of).filter(|value| value.is_finite()).collect()
    }
}
