//! Win rates of deals with a lesson, by cause and by play, and whether they say anything.
//!
//! Must not: tell a rate that comes from few.

use std::collections::BTreeMap;

use inroad_model::{Cause, KeptLesson, Outcome, PlayTried};
use inroad_stats::{Conclusion, Counted, conclude};
use serde::Serialize;

use crate::playbook::Playbook;

/// So many won of so many that ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Tally {
    /// How many were won.
    pub won: u64,
    /// Of how many.
    pub of: u64,
    /// The win rate, 0 to 1; `None` while there are too few to tell.
    pub share: Option<f64>,
    /// The lower end of the 95 % interval.
    pub low: Option<f64>,
    /// Its upper end.
    pub high: Option<f64>,
}

impl Tally {
    /// Of deals that ended so.
    pub fn of(outcomes: impl Iterator<Item = Outcome>) -> Self {
        let (mut won, mut of) = (0, 0);
        for outcome in outcomes {
            of += 1;
            won += u64::from(outcome == Outcome::Won);
        }
        let told = match conclude(Counted { events: won, of }) {
            Ok(Conclusion::Share { share, low, high }) => Some((share, low, high)),
            // More won than ended cannot be.
            Ok(Conclusion::TooFew) | Err(_) => None,
        };
        let share = told.map(|(share, ..)| share);
        Self { won, of, share, low: told.map(|(_, low, _)| low), high: told.map(|(.., high)| high) }
    }

    /// As a person reads it.
    pub fn in_words(&self) -> String {
        let percent = |share: f64| format!("{:.0} %", share * 100.0);
        match (self.share, self.low, self.high) {
            (Some(share), Some(low), Some(high)) => format!(
                "{} ({} to {}), {} of {}",
                percent(share),
                percent(low),
                percent(high),
                self.won,
                self.of
            ),
            _ => format!("too few to tell ({} of {})", self.won, self.of),
        }
    }
}

/// Win rate of deals with one cause.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CauseTally {
    /// The cause; `None` where the user did not know one.
    pub cause: Option<Cause>,
    /// As a person says it.
    pub name: String,
    /// How these deals ended.
    #[serde(flatten)]
    pub tally: Tally,
}

/// Win rate of deals in which one play was tried.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlayTally {
    /// The play.
    #[serde(flatten)]
    pub play: PlayTried,
    /// How these deals ended.
    #[serde(flatten)]
    pub tally: Tally,
}

/// Win rates by what the user said was behind it, the commonest first; last, of deals of which the
/// user did not know.
pub fn by_cause(playbook: &Playbook, lessons: &[KeptLesson]) -> Vec<CauseTally> {
    let mut outcomes: BTreeMap<Option<Cause>, Vec<Outcome>> = BTreeMap::new();
    for kept in lessons {
        let lesson = &kept.lesson;
        let unknown = lesson.causes.is_empty().then_some(None);
        for cause in lesson.causes.iter().copied().map(Some).chain(unknown) {
            outcomes.entry(cause).or_default().push(lesson.outcome);
        }
    }
    let mut tallies: Vec<CauseTally> = outcomes
        .into_iter()
        .map(|(cause, outcomes)| CauseTally {
            cause,
            name: cause.map_or_else(|| "Not known".to_owned(), |cause| name_of(playbook, cause)),
            tally: Tally::of(outcomes.into_iter()),
        })
        .collect();
    tallies.sort_by_key(|row| (row.cause.is_none(), std::cmp::Reverse(row.tally.of)));
    tallies
}

/// Win rates by what was tried, the commonest first.
pub fn by_play(lessons: &[KeptLesson]) -> Vec<PlayTally> {
    let mut outcomes: BTreeMap<&PlayTried, Vec<Outcome>> = BTreeMap::new();
    for kept in lessons {
        if let Some(play) = &kept.lesson.play {
            outcomes.entry(play).or_default().push(kept.lesson.outcome);
        }
    }
    let mut tallies: Vec<PlayTally> = outcomes
        .into_iter()
        .map(|(play, outcomes)| PlayTally {
            play: play.clone(),
            tally: Tally::of(outcomes.into_iter()),
        })
        .collect();
    tallies.sort_by_key(|row| std::cmp::Reverse(row.tally.of));
    tallies
}

/// A cause as the playbook calls it.
fn name_of(playbook: &Playbook, cause: Cause) -> String {
    let scenario = playbook.scenarios().find(|(_, scenario)| scenario.cause == Some(cause));
    scenario.map_or_else(|| cause.as_str().replace('_', " "), |(_, scenario)| scenario.name.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(won: usize, of: usize, expected: &str) {
        let outcome = |n| if n < won { Outcome::Won } else { Outcome::NoDecision };
        assert_eq!(Tally::of((0..of).map(outcome)).in_words(), expected);
    }

    #[test]
    fn few_are_too_few() {
        check(0, 0, "too few to tell (0 of 0)");
        check(3, 4, "too few to tell (3 of 4)");
        check(5, 10, "too few to tell (5 of 10)");
        check(9, 20, "45 % (23 % to 68 %), 9 of 20");
        check(8, 8, "100 % (63 % to 100 %), 8 of 8");
    }
}
