//! Spans and counts as people say them.

use jiff::civil::Date;

/// "an hour", "5 hours", "a day", "12 days", "7 weeks".
pub(crate) fn days(days: f64) -> String {
    let hours = (days * 24.0).round();
    match hours {
        h if h <= 1.0 => "an hour".to_owned(),
        h if h < 20.0 => format!("{h:.0} hours"),
        h if h < 36.0 => "a day".to_owned(),
        h if h < 28.0 * 24.0 => format!("{:.0} days", h / 24.0),
        h if h < 120.0 * 24.0 => format!("{:.0} weeks", h / 24.0 / 7.0),
        h => format!("{:.0} months", h / 24.0 / 30.44),
    }
}

/// "2 to 5 days", "an hour to 6 days", "a day".
pub(crate) fn range(low: f64, high: f64) -> String {
    let (low, high) = (days(low), days(high));
    match (low.rsplit_once(' '), high.rsplit_once(' ')) {
        _ if low == high => high,
        (Some((number, low_unit)), Some((_, high_unit))) if low_unit == high_unit => {
            format!("{number} to {high}")
        }
        _ => format!("{low} to {high}"),
    }
}

/// "once", "twice", "3 times".
pub(crate) fn times(n: usize) -> String {
    match n {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        n => format!("{n} times"),
    }
}

/// "5 January 2026".
pub(crate) fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// "Ada, Ben and Cleo".
pub(crate) fn list(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// A sentence as it stands behind a colon: it begins small.
pub(crate) fn lower(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// A few words as they begin a sentence.
pub(crate) fn upper(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_sound_like_speech() {
        for (span, expected) in [
            (0.01, "an hour"),
            (0.25, "6 hours"),
            (1.0, "a day"),
            (1.6, "2 days"),
            (19.2, "19 days"),
            (40.0, "6 weeks"),
            (200.0, "7 months"),
        ] {
            assert_eq!(days(span), expected);
        }
        assert_eq!(list(&["Ada", "Ben", "Cleo"]), "Ada, Ben and Cleo");
        assert_eq!(times(2), "twice");
        assert_eq!(range(1.6, 5.0), "2 to 5 days");
        assert_eq!(range(0.04, 6.0), "an hour to 6 days");
        assert_eq!(range(1.0, 1.1), "a day");
    }
}
