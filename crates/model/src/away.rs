//! A while in which something that was told did not count.

use serde::Serialize;

use crate::Moment;

/// From when it was taken back until it was brought back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Away {
    /// When it was taken back.
    pub from: Moment,
    /// When it was brought back; from then on it counts again.
    pub until: Moment,
}

impl Away {
    /// Whether that moment lies in it.
    pub fn holds(&self, at: Moment) -> bool {
        (self.from.timestamp()..self.until.timestamp()).contains(&at.timestamp())
    }
}

/// Whether something counted at a moment that was told, taken back for good or not, and away in
/// between.
pub(crate) fn counted(told: Moment, withdrawn: Option<Moment>, away: &[Away], at: Moment) -> bool {
    told.timestamp() <= at.timestamp()
        && withdrawn.is_none_or(|until| until.timestamp() > at.timestamp())
        && !away.iter().any(|away| away.holds(at))
}
