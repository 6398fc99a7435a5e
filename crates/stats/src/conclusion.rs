//! Whether a share may be told at all, from how few cases it comes.
//!
//! Computes: the share with Clopper and Pearson's interval, or nothing where the cases are so few
//! or the interval so wide that a reader would take chance for a habit.
//!
//! Assumes: cases are independent and have one share. Misleads: when cases were chosen by how they
//! came out. The bounds are set by hand: below eight cases the exact interval is wider than half of
//! all there is unless all came out alike, and an interval of fifty points says hardly more than
//! "sometimes".
//!
//! Source of the interval: Clopper and Pearson (1934), see `proportion`, where it is checked.

use crate::{Counted, FitError, clopper_pearson};

/// From fewer cases nothing is concluded.
pub const CASES_MIN: u64 = 8;
/// A wider interval tells nothing: 50 points.
pub const WIDTH_MAX: f64 = 0.5;
/// How often intervals hold what they should.
const LEVEL: f64 = 0.95;

/// What may be said of a share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Conclusion {
    /// Too few cases to tell.
    TooFew,
    /// The share, and the 95 % interval around it.
    Share {
        /// How often of all cases, 0 to 1.
        share: f64,
        /// The lower end.
        low: f64,
        /// The upper end.
        high: f64,
    },
}

/// What may be said of so many events of so many cases.
///
/// Errors: [`FitError`] on more events than cases.
///
/// ```
/// use inroad_stats::{Conclusion, Counted, conclude};
/// assert_eq!(conclude(Counted { events: 3, of: 4 })?, Conclusion::TooFew);
/// assert_eq!(conclude(Counted { events: 5, of: 10 })?, Conclusion::TooFew, "from 19 % to 81 %");
/// assert!(matches!(conclude(Counted { events: 9, of: 20 })?, Conclusion::Share { .. }));
/// # Ok::<(), inroad_stats::FitError>(())
/// ```
pub fn conclude(counted: Counted) -> Result<Conclusion, FitError> {
    let (low, high) = clopper_pearson(counted, LEVEL)?;
    if counted.of < CASES_MIN || high - low > WIDTH_MAX {
        return Ok(Conclusion::TooFew);
    }
    Ok(Conclusion::Share { share: counted.events as f64 / counted.of as f64, low, high })
}
