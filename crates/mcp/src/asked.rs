//! What comes with a question: read, bounded, and refused with the way out.

use inroad_model::Moment;
use inroad_service::{Error, Result};
use jiff::civil::Date;
use rmcp::model::JsonObject;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A name or a search is no longer.
const TEXT_CHARS_MAX: usize = 1000;

/// Deals are of these years.
const YEARS: std::ops::RangeInclusive<i16> = 1970..=2200;

/// The arguments of a tool.
pub(crate) fn arguments<T: DeserializeOwned>(arguments: JsonObject) -> Result<T> {
    serde_json::from_value(Value::Object(arguments))
        .map_err(|why| Error::Invalid { what: format!("The arguments cannot be read: {why}") })
}

/// A moment as `2026-09-01`, which means the end of that day, or with its time; now if there is none.
pub(crate) fn moment(asked: Option<&str>, now: Moment) -> Result<Moment> {
    let Some(text) = asked else { return Ok(now) };
    let moment = parsed(text, now)?;
    if YEARS.contains(&moment.date().year()) {
        return Ok(moment);
    }
    let what = format!("'{}' lies outside of the years {YEARS:?}", short(text));
    Err(Error::Invalid { what })
}

fn parsed(text: &str, now: Moment) -> Result<Moment> {
    if let Ok(moment) = text.parse::<Moment>() {
        return Ok(moment);
    }
    let invalid = || Error::Invalid {
        what: format!("'{}' is no day; write 2026-09-01 or 2026-09-01T09:00:00+02:00", short(text)),
    };
    let day: Date = text.parse().map_err(|_cause| invalid())?;
    Moment::end_of(day, now.offset()).ok_or_else(invalid)
}

/// A name or words, if they are neither empty nor endless.
pub(crate) fn text<'t>(what: &str, text: &'t str) -> Result<&'t str> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Error::Invalid { what: format!("{what} is empty") });
    }
    if text.chars().count() > TEXT_CHARS_MAX {
        let what = format!("{what} is longer than {TEXT_CHARS_MAX} characters");
        return Err(Error::Invalid { what });
    }
    Ok(text)
}

fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_known_to_its_end_and_nothing_else_is_a_day() {
        let now: Moment = "2026-09-02T09:00:00Z".parse().unwrap();
        assert_eq!(moment(None, now).unwrap(), now);
        assert_eq!(moment(Some("2026-09-01"), now).unwrap().date(), jiff::civil::date(2026, 9, 1));
        assert_eq!(moment(Some("2026-09-02T09:00:00Z"), now).unwrap(), now);
        assert!(moment(Some("-009999-01-01"), now).is_err());
        assert!(moment(Some(&"x".repeat(9000)), now).unwrap_err().to_string().len() < 200);
        assert!(text("The name", " ").is_err() && text("The name", &"x".repeat(2000)).is_err());
    }
}
