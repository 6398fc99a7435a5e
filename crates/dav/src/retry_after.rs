//! `Retry-After` (RFC 9110, 10.2.3): seconds, or a date that is read against the server's own.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;

/// Nobody waits longer.
const SECONDS_MAX: u64 = 86_400;

/// How long a server wants us to wait, a day at most. A date counts from the server's `Date`.
pub(crate) fn retry_after(value: Option<&str>, date: Option<&str>) -> Option<Duration> {
    let value = value?.trim();
    let by_date = || {
        let until = moment(value)?.as_second() - moment(date?)?.as_second();
        Some(u64::try_from(until).unwrap_or(0))
    };
    let seconds = value.parse().ok().or_else(by_date)?;
    Some(Duration::from_secs(seconds.min(SECONDS_MAX)))
}

fn moment(text: &str) -> Option<Timestamp> {
    static PARSER: DateTimeParser = DateTimeParser::new();
    PARSER.parse_timestamp(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits() {
        let date = Some("Fri, 31 Dec 1999 23:58:00 GMT");
        let check = |value: &str, date, expected: Option<u64>| {
            assert_eq!(retry_after(Some(value), date).map(|d| d.as_secs()), expected, "{value}");
        };
        check("120", None, Some(120));
        check(" 7 ", date, Some(7));
        check("99999999", None, Some(SECONDS_MAX));
        check("Fri, 31 Dec 1999 23:59:59 GMT", date, Some(119));
        check("Fri, 31 Dec 1999 23:50:00 GMT", date, Some(0));
        check("Fri, 31 Dec 1999 23:59:59 GMT", None, None);
        check("-1", date, None);
        check("soon", date, None);
        assert_eq!(retry_after(None, date), None);
    }
}
