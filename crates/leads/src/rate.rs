//! A share with its interval, which says when there are too few to tell.

use inroad_stats::{Counted, wilson};
use serde::Serialize;

/// Of fewer cases nothing is said.
pub const TOO_FEW: u64 = 5;
/// How often an interval holds the share.
const LEVEL: f64 = 0.95;

/// So many of so many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Rate {
    /// How many.
    pub events: u64,
    /// Of how many.
    pub of: u64,
    /// Wilson's interval at 95 %, from 0 to 1; `None` where there are too few.
    pub interval: Option<(f64, f64)>,
}

impl Rate {
    /// How many of some are so.
    pub fn among(cases: impl IntoIterator<Item = bool>) -> Self {
        let (events, of) = cases
            .into_iter()
            .fold((0, 0), |(events, of), is_so| (events + u64::from(is_so), of + 1));
        Self::new(events, of)
    }

    /// So many of so many; never more than there are.
    pub fn new(events: u64, of: u64) -> Self {
        let events = events.min(of);
        let interval =
            (of >= TOO_FEW).then(|| wilson(Counted { events, of }, LEVEL).ok()).flatten();
        Self { events, of, interval }
    }

    /// The share, where there are enough.
    pub fn share(&self) -> Option<f64> {
        self.interval.map(|_| self.events as f64 / self.of as f64)
    }

    /// By how much this share lies above another, with the interval of the difference; `None` where
    /// either has too few.
    ///
    /// Source: Newcombe (1998), Interval estimation for the difference between independent proportions,
    /// method 10.
    pub fn above(&self, other: &Self) -> Option<(f64, f64)> {
        let (p, q) = (self.share()?, other.share()?);
        let ((p_low, p_high), (q_low, q_high)) = (self.interval?, other.interval?);
        let low = p - q - (p - p_low).hypot(q_high - q);
        let high = p - q + (p_high - p).hypot(q - q_low);
        Some((low, high))
    }

    /// In words: `12 of 20, 39 to 78 %`.
    pub fn in_words(&self) -> String {
        match self.interval {
            _ if self.of == 0 => "none".to_owned(),
            None => format!("{} of {}, too few to tell", self.events, self.of),
            Some((low, high)) => format!(
                "{} of {}, {:.0} to {:.0} %",
                self.events,
                self.of,
                low * 100.0,
                high * 100.0
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_say_nothing() {
        for (events, of, words) in [
            (0, 0, "none"),
            (3, 4, "3 of 4, too few to tell"),
            (12, 20, "12 of 20, 39 to 78 %"),
            (9, 5, "5 of 5, 57 to 100 %"),
        ] {
            assert_eq!(Rate::new(events, of).in_words(), words);
        }
        assert_eq!(Rate::among([true, false, true]), Rate::new(2, 3));
    }

    #[test]
    fn a_difference_has_an_interval_of_its_own() {
        // Newcombe's own example (a): 56 of 70 less 48 of 80.
        let (low, high) = Rate::new(56, 70).above(&Rate::new(48, 80)).unwrap();
        assert!((low - 0.0524).abs() < 1e-4 && (high - 0.3339).abs() < 1e-4, "{low} {high}");
        assert_eq!(Rate::new(1, 4).above(&Rate::new(9, 10)), None);
    }
}
