//! "As of" on the command line: a day, a time, or now.

use std::str::FromStr;

use inroad_model::Moment;
use jiff::ZonedDateTime;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

/// A moment as a user writes it. A day means its end: everything of that day was known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct AsOf(pub Moment);

/// Now, in the zone of this machine.
pub(crate) fn now() -> Moment {
    moment(&ZonedDateTime::now())
}

fn moment(zoned: &ZonedDateTime) -> Moment {
    Moment::new(zoned.timestamp(), zoned.offset())
}

impl FromStr for AsOf {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.eq_ignore_ascii_case("now") {
            return Ok(Self(now()));
        }
        if let Ok(moment) = text.parse::<Moment>() {
            return Ok(Self(moment));
        }
        let day: Date = text.parse().map_err(|_cause| {
            format!("'{text}' is no day; write 2026-09-01, 2026-09-01T09:00:00+02:00, or now")
        })?;
        let end = day.to_datetime(Time::constant(23, 59, 59, 0));
        let zoned = end.to_zoned_datetime(TimeZone::system()).map_err(|cause| cause.to_string())?;
        Ok(Self(moment(&zoned)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_known_to_its_end() {
        let AsOf(moment) = "2026-09-01".parse().unwrap();
        assert_eq!(moment.date(), jiff::civil::date(2026, 9, 1));
        assert!("tomorrow".parse::<AsOf>().is_err());
        assert!("2026-09-01T09:00:00+02:00".parse::<AsOf>().is_ok());
    }
}
