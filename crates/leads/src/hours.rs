//! The hours in which somebody works, as both sides agreed on them.

use std::collections::BTreeSet;

use jiff::civil::{Date, Time, Weekday};
use serde::{Deserialize, Serialize};

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Workday {
    /// Monday.
    Mon,
    /// Tuesday.
    Tue,
    /// Wednesday.
    Wed,
    /// Thursday.
    Thu,
    /// Friday.
    Fri,
    /// Saturday.
    Sat,
    /// Sunday.
    Sun,
}

impl Workday {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Mon, Self::Tue, Self::Wed, Self::Thu, Self::Fri, Self::Sat, Self::Sun];

    /// The name in forms and files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Mon => "mon",
            Self::Tue => "tue",
            Self::Wed => "wed",
            Self::Thu => "thu",
            Self::Fri => "fri",
            Self::Sat => "sat",
            Self::Sun => "sun",
        }
    }

    /// The one of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|day| day.as_str() == name)
    }
}

impl From<Weekday> for Workday {
    fn from(day: Weekday) -> Self {
        match day {
            Weekday::Monday => Self::Mon,
            Weekday::Tuesday => Self::Tue,
            Weekday::Wednesday => Self::Wed,
            Weekday::Thursday => Self::Thu,
            Weekday::Friday => Self::Fri,
            Weekday::Saturday => Self::Sat,
            Weekday::Sunday => Self::Sun,
        }
    }
}

/// When work is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// The time zone by its IANA name, such as `Europe/Berlin`.
    pub zone: String,
    /// When a day of work begins.
    pub from: Time,
    /// When it ends, later on the same day.
    pub until: Time,
    /// The days of the week; never none.
    pub days: BTreeSet<Workday>,
    /// The country whose holidays are kept (ISO 3166, small letters); `None` keeps none.
    #[serde(default)]
    pub country: Option<String>,
    /// Further days on which nobody works.
    #[serde(default)]
    pub closed: BTreeSet<Date>,
}

/// Why hours cannot be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidHours {
    /// Nobody knows by which clock.
    #[error("Name the time zone, such as Europe/Berlin")]
    NoZone,
    /// The day has no hour.
    #[error("A day of work must end later than it begins, such as 09:00 to 17:00")]
    NoHour,
    /// No day is left.
    #[error("Name at least one day of the week on which you work")]
    NoDay,
    /// More closed days than anybody looks through.
    #[error("Name {} closed days at most", Hours::CLOSED_MAX)]
    ManyClosed,
}

impl Hours {
    /// So many closed days are named, at most.
    pub const CLOSED_MAX: usize = 400;

    /// Monday to Friday from 9 to 17, without holidays.
    pub fn usual() -> Self {
        use Workday::{Fri, Mon, Thu, Tue, Wed};
        Self {
            zone: "UTC".to_owned(),
            from: Time::constant(9, 0, 0, 0),
            until: Time::constant(17, 0, 0, 0),
            days: BTreeSet::from([Mon, Tue, Wed, Thu, Fri]),
            country: None,
            closed: BTreeSet::new(),
        }
    }

    /// Whether they can be kept; whether the zone and the country are known, the caller knows.
    ///
    /// # Errors
    /// [`InvalidHours`].
    pub fn check(&self) -> Result<(), InvalidHours> {
        if self.zone.trim().is_empty() {
            Err(InvalidHours::NoZone)
        } else if self.until <= self.from {
            Err(InvalidHours::NoHour)
        } else if self.days.is_empty() {
            Err(InvalidHours::NoDay)
        } else if self.closed.len() > Self::CLOSED_MAX {
            Err(InvalidHours::ManyClosed)
        } else {
            Ok(())
        }
    }
}
