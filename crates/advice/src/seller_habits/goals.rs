//! Habits that can be practised, one at a time, as a file: what is counted, and a small step for each week.

use std::sync::LazyLock;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::measure::Measure;

const FILE: &str = include_str!("../../../../playbook/sellers/habits.toml");

/// A habit.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct Habit {
    /// Its name in files.
    pub name: String,
    /// As a person reads it.
    pub title: String,
    /// Why it helps.
    pub why: String,
    /// What is counted by week.
    pub measure: Measure,
    /// Whether more of it is meant, or less.
    pub towards: Towards,
    /// A step for each week.
    pub steps: Vec<String>,
}

/// Which way a habit is meant to move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Towards {
    /// More of it.
    More,
    /// Less of it.
    Less,
}

#[derive(Debug, Default, Deserialize)]
struct File {
    habit: Vec<Habit>,
}

/// A test rules out that the file is broken.
static ALL: LazyLock<Vec<Habit>> =
    LazyLock::new(|| toml::from_str::<File>(FILE).unwrap_or_default().habit);

/// All habits, in their order.
pub fn all() -> &'static [Habit] {
    &ALL
}

/// The habit of that name.
pub fn habit(name: &str) -> Option<&'static Habit> {
    all().iter().find(|habit| habit.name == name)
}

impl Habit {
    /// The week of the practice on a day, counted from 1; the last step stays.
    pub fn step_on(&self, since: Date, today: Date) -> usize {
        let days = since.until(today).map_or(0, |span| span.get_days()).max(0);
        let weeks = usize::try_from(days / 7).unwrap_or(0);
        (weeks + 1).min(self.steps.len())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_file_is_whole() {
        let read: File = toml::from_str(FILE).unwrap();
        assert!(read.habit.len() >= 5);
        for one in &read.habit {
            assert!((4..=8).contains(&one.steps.len()), "{}", one.name);
            assert!(habit(&one.name).is_some());
        }
    }

    #[test]
    fn a_step_a_week() {
        let habit = habit("open_questions").unwrap();
        for (day, expected) in [(2, 1), (8, 1), (9, 2), (16, 3), (31, 5)] {
            assert_eq!(habit.step_on(date(2026, 3, 2), date(2026, 3, day)), expected, "{day}");
        }
        assert_eq!(habit.step_on(date(2026, 3, 2), date(2027, 3, 2)), habit.steps.len());
        assert_eq!(habit.step_on(date(2026, 3, 2), date(2026, 3, 1)), 1);
    }
}
