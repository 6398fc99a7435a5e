//! Times as captions write them, in milliseconds from the start of the recording.
//!
//! Must not: know what a time belongs to.

/// No recording is longer: larger hours are a mistake, and sums of times stay within bounds.
const HOURS_MAX: u64 = 100_000;

/// Takes a time from the head of a text as the `WebVTT` standard does ("collect a `WebVTT` timestamp"):
/// `[hours:]mm:ss.ttt`, nothing else. Gives the milliseconds and what follows.
pub(super) fn strict(text: &str) -> Option<(u64, &str)> {
    let (first, rest) = digits(text)?;
    let hours_first = first.len() != 2 || number(first)? > 59;
    let (second, rest) = two(rest.strip_prefix(':')?)?;
    let (hours, minutes, seconds, rest) = match rest.strip_prefix(':') {
        Some(rest) => {
            let (third, rest) = two(rest)?;
            (number(first)?, second, third, rest)
        }
        None if hours_first => return None,
        None => (0, number(first)?, second, rest),
    };
    let (fraction, rest) = digits(rest.strip_prefix('.')?)?;
    if fraction.len() != 3 {
        return None;
    }
    Some((milliseconds(hours, minutes, seconds, number(fraction)?)?, rest))
}

/// Takes a time as people and programs write it beyond the standard: `1:02`, `00:01:02`,
/// `0:01:02,5`. A fraction has one to three digits and stands behind a comma or a point.
pub(super) fn lenient(text: &str) -> Option<(u64, &str)> {
    let (first, rest) = digits(text)?;
    let (second, rest) = digits(rest.strip_prefix(':')?)?;
    let third = rest.strip_prefix(':').and_then(digits);
    let (hours, minutes, seconds, rest) = match third {
        Some((third, rest)) if second.len() <= 2 => (number(first)?, number(second)?, third, rest),
        Some(_) => return None,
        // Some count minutes beyond the hour.
        None => (number(first)? / 60, number(first)? % 60, second, rest),
    };
    if seconds.len() > 2 {
        return None;
    }
    let (thousandths, rest) = match rest.strip_prefix([',', '.']).and_then(digits) {
        Some((fraction, rest)) if fraction.len() <= 3 => {
            (number(&format!("{fraction:0<3}"))?, rest)
        }
        Some(_) | None => (0, rest),
    };
    Some((milliseconds(hours, minutes, number(seconds)?, thousandths)?, rest))
}

fn milliseconds(hours: u64, minutes: u64, seconds: u64, thousandths: u64) -> Option<u64> {
    let is_clock = minutes <= 59 && seconds <= 59 && hours <= HOURS_MAX;
    // Only then: larger numbers would leave their bounds.
    is_clock.then(|| ((hours * 60 + minutes) * 60 + seconds) * 1_000 + thousandths)
}

fn digits(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    (end > 0).then(|| text.split_at_checked(end)).flatten()
}

fn two(text: &str) -> Option<(u64, &str)> {
    let (found, rest) = digits(text)?;
    (found.len() == 2).then_some((number(found)?, rest))
}

fn number(digits: &str) -> Option<u64> {
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_the_standard() {
        let check = |text: &str, expected: Option<u64>| {
            assert_eq!(strict(text).map(|(ms, _)| ms), expected, "{text}");
        };
        check("00:01.500", Some(1_500));
        check("1:00:01.500", Some(3_601_500));
        check("120:00:00.000", Some(432_000_000));
        for bad in ["0:01.500", "00:60.000", "60:00.000", "00:01,500", "00:01.50", "", ":", "00"] {
            check(bad, None);
        }
        check("99999999999999999999:00:00.000", None);
    }

    #[test]
    fn times_of_people() {
        let check = |text: &str, expected: Option<(u64, &str)>| {
            assert_eq!(lenient(text), expected, "{text}");
        };
        check("0:03 x", Some((3_000, " x")));
        check("00:01:02,5", Some((62_500, "")));
        check("1:02:03.250]", Some((3_723_250, "]")));
        check("0:0:1.51", Some((1_510, "")));
        check("75:10", Some((4_510_000, "")));
        check("10:75", None);
        check("022222000123423574:00:01,000", None);
        check("22222000123423574:00", None);
        check("1:022:03", None);
        check("10", None);
    }
}
