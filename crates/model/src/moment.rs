//! A point in time together with the offset in which somebody lived it.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::fmt::temporal::Pieces;
use jiff::tz::Offset;
use serde::{Deserialize, Serialize};

/// An instant with the writer's UTC offset: small, `Copy`, ordered by the instant.
///
/// A `Date:` header holds exactly this. The civil day matters as much as the instant: "until
/// Monday" is counted from the writer's day. Written as RFC 3339.
///
/// ```
/// use inroad_model::Moment;
/// let moment: Moment = "2026-03-02T00:30:00+02:00".parse().unwrap();
/// assert_eq!(moment.date(), jiff::civil::date(2026, 3, 2));
/// assert_eq!(moment.timestamp().to_string(), "2026-03-01T22:30:00Z");
/// assert_eq!(moment.to_string(), "2026-03-02T00:30:00+02:00");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Moment {
    timestamp: Timestamp,
    offset: Offset,
}

/// Why a text is no moment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{text}' is not a time; write it like 2026-03-02T09:00:00+01:00")]
pub struct InvalidMoment {
    /// The text as it was given, cut to 80 characters.
    pub text: String,
}

impl Moment {
    /// An instant as seen at an offset.
    pub const fn new(timestamp: Timestamp, offset: Offset) -> Self {
        Self { timestamp, offset }
    }

    /// An instant as seen in UTC.
    pub const fn utc(timestamp: Timestamp) -> Self {
        Self { timestamp, offset: Offset::UTC }
    }

    /// The last second of a day by a clock of that offset; `None` beyond the times that there are.
    pub fn end_of(day: Date, offset: Offset) -> Option<Self> {
        let end = day.to_datetime(Time::constant(23, 59, 59, 0));
        Some(Self::new(offset.to_timestamp(end).ok()?, offset))
    }

    /// The instant.
    pub const fn timestamp(self) -> Timestamp {
        self.timestamp
    }

    /// The offset from UTC.
    pub const fn offset(self) -> Offset {
        self.offset
    }

    /// The civil day on which the writer lived it.
    pub fn date(self) -> Date {
        self.offset.to_datetime(self.timestamp).date()
    }

    /// Hours from an earlier moment to this one; negative if it was later.
    pub fn hours_since(self, earlier: Self) -> f64 {
        self.timestamp.duration_since(earlier.timestamp).as_secs_f64() / 3600.0
    }
}

impl FromStr for Moment {
    type Err = InvalidMoment;

    fn from_str(text: &str) -> Result<Self, InvalidMoment> {
        let invalid = || InvalidMoment { text: text.chars().take(80).collect() };
        let timestamp: Timestamp = text.trim().parse().map_err(|_cause| invalid())?;
        let pieces = Pieces::parse(text.trim()).map_err(|_cause| invalid())?;
        Ok(Self { timestamp, offset: pieces.to_numeric_offset().unwrap_or(Offset::UTC) })
    }
}

impl TryFrom<String> for Moment {
    type Error = InvalidMoment;

    fn try_from(text: String) -> Result<Self, InvalidMoment> {
        text.parse()
    }
}

impl From<Moment> for String {
    fn from(moment: Moment) -> Self {
        moment.to_string()
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.timestamp.display_with_offset(self.offset).fmt(f)
    }
}

impl fmt::Debug for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
