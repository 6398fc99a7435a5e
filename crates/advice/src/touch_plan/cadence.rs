//! How many working days lie between one touch and the next: data in `playbook/touches`, stretched by
//! what is known of somebody's own habit.
//!
//! Must not: press somebody who is slow. A habit makes gaps longer, never shorter.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use inroad_model::Useful;
use serde::Deserialize;

const SHIPPED: &str = include_str!("../../../../playbook/touches/cadence.toml");

/// A test rules out that the shipped file is broken.
static OWN: LazyLock<Cadence> = LazyLock::new(|| Cadence::read(SHIPPED).unwrap_or_default());

/// No gap is longer, in working days: about a year.
const GAP_MAX: u32 = 260;
/// Working days to the days of a week.
const WORKING: f64 = 5.0 / 7.0;

/// How one stays in touch.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cadence {
    /// Working days from one touch to the next, from the first on; they never shrink.
    pub gaps: Vec<u32>,
    /// The gap after that.
    pub monthly: u32,
    /// On which working day after the last day away a touch may come, from 1.
    pub after_return: u32,
    /// After so many working days an absence without an end is looked at again.
    pub away_without_end: u32,
    /// So many days after a return a message takes it up.
    pub welcome_back_days: u32,
    /// Each time of so many a message shows a way out.
    pub way_out_every: u32,
    /// What it says then.
    pub way_out: String,
    /// Words of notes on calls in which nobody was reached.
    pub not_reached: Vec<String>,
    /// What to look for, where nothing is at hand.
    pub look_for: BTreeMap<Useful, String>,
}

/// Why a file is no cadence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CadenceError {
    /// It cannot be read at all.
    #[error("The cadence cannot be read: {0}")]
    Unreadable(String),
    /// A gap is shorter than the one before it, or there is none, or one is 0.
    #[error("Gaps begin at 1 working day and never shrink; the {0}. does, or is missing")]
    Shrinks(usize),
}

impl Default for Cadence {
    fn default() -> Self {
        Self {
            gaps: vec![3, 5, 8, 13, 20],
            monthly: 21,
            after_return: 2,
            away_without_end: 10,
            welcome_back_days: 30,
            way_out_every: 3,
            way_out: String::new(),
            not_reached: Vec::new(),
            look_for: BTreeMap::new(),
        }
    }
}

impl Cadence {
    /// The one that comes with the program.
    pub fn shipped() -> &'static Self {
        &OWN
    }

    /// Reads a file.
    ///
    /// # Errors
    /// If it is no such file, or its gaps shrink.
    pub fn read(text: &str) -> Result<Self, CadenceError> {
        let cadence: Self =
            toml::from_str(text).map_err(|cause| CadenceError::Unreadable(cause.to_string()))?;
        let mut least = 1;
        for (place, gap) in (1..).zip(cadence.gaps.iter().chain([&cadence.monthly])) {
            if *gap < least || *gap > GAP_MAX {
                return Err(CadenceError::Shrinks(place));
            }
            least = *gap;
        }
        if cadence.gaps.is_empty() {
            return Err(CadenceError::Shrinks(1));
        }
        Ok(cadence)
    }

    /// The gap after so many touches without an answer, at least 1; `habit` is the number of days
    /// within which nine of ten of their answers came, where that is known. It grows with the touches.
    pub fn gap(&self, touches: usize, habit: Option<f64>) -> u32 {
        let first = self.gaps.first().copied().unwrap_or(1).max(1);
        let usual = self.gaps.get(touches.saturating_sub(1)).copied().unwrap_or(self.monthly);
        let Some(habit) = habit.filter(|days| days.is_finite() && *days > 0.0) else {
            return usual;
        };
        let own = (habit * WORKING).ceil().min(f64::from(GAP_MAX));
        let stretched = own * f64::from(usual) / f64::from(first);
        let most = f64::from(self.monthly).max(own);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 1 and GAP_MAX"
        )]
        let stretched = stretched.round().min(most) as u32;
        usual.max(stretched)
    }

    /// The longest gap for somebody of that habit.
    pub fn widest(&self, habit: Option<f64>) -> u32 {
        self.gap(self.gaps.len() + 1, habit)
    }

    /// Whether a note on a call tells that nobody was reached.
    pub fn tells_nobody_reached(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        self.not_reached.iter().any(|words| text.contains(words.as_str()))
    }

    /// What to look for, where nothing of that kind is at hand.
    pub fn look_for(&self, useful: Useful) -> String {
        self.look_for.get(&useful).cloned().unwrap_or_else(|| useful.in_words().to_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_file_is_whole() {
        let cadence = Cadence::read(SHIPPED).unwrap();
        assert_eq!(cadence.gaps, [3, 5, 8, 13, 20]);
        for useful in Useful::ALL {
            assert!(cadence.look_for.contains_key(&useful), "{useful:?}");
        }
        assert!(!cadence.way_out.is_empty());
        let lower = |words: &String| words.to_lowercase() == *words;
        assert!(cadence.not_reached.iter().all(lower), "they are compared in small letters");
    }

    #[track_caller]
    fn check(touches: usize, habit: Option<f64>, expected: u32) {
        assert_eq!(Cadence::shipped().gap(touches, habit), expected, "{touches} {habit:?}");
    }

    #[test]
    fn gaps_grow_and_a_slow_habit_stretches_them() {
        for (touches, expected) in [(0, 3), (1, 3), (2, 5), (3, 8), (4, 13), (5, 20), (6, 21)] {
            check(touches, None, expected);
        }
        check(100, None, 21);
        // Who answers within hours is not pressed for that.
        check(1, Some(0.2), 3);
        // Nine of ten answers within two weeks: ten working days, then more, and never above a month.
        check(1, Some(14.0), 10);
        check(2, Some(14.0), 17);
        check(3, Some(14.0), 21);
        // Who takes two months is asked every two months.
        check(1, Some(60.0), 43);
        check(4, Some(60.0), 43);
        check(1, Some(1e9), 260);
        check(1, Some(f64::NAN), 3);
    }

    #[test]
    fn a_file_whose_gaps_shrink_is_refused() {
        let with = |gaps: &str| SHIPPED.replace("[3, 5, 8, 13, 20]", gaps);
        assert_eq!(Cadence::read(&with("[5, 3]")), Err(CadenceError::Shrinks(2)));
        assert_eq!(Cadence::read(&with("[0]")), Err(CadenceError::Shrinks(1)));
        assert_eq!(Cadence::read(&with("[]")), Err(CadenceError::Shrinks(1)));
        assert_eq!(Cadence::read(&with("[3, 40]")), Err(CadenceError::Shrinks(3)));
        assert!(matches!(Cadence::read("gaps = 3"), Err(CadenceError::Unreadable(_))));
    }

    #[test]
    fn a_call_that_reached_nobody_is_told_by_its_words() {
        let cadence = Cadence::shipped();
        assert!(cadence.tells_nobody_reached("Left a message on her Voicemail"));
        assert!(!cadence.tells_nobody_reached("She said the budget is in May"));
    }
}
