//! Is this line the start of a message in an mbox?
//!
//! It stands alone because bodies hold lines that start with `From ` as well, and taking one for
//! a separator would cut a message in two. A separator names a sender and ends in a date.
//! Must not: read more than the one line.

/// Longest line that is taken for a separator: an address (320) and a date, with room to spare.
const SEPARATOR_BYTES_MAX: usize = 1_000;

/// Whether a line (with or without its line end) is `From sender date`.
///
/// Known shapes: `From a@b Tue Mar  3 09:00:00 2026`, the same with a zone before or behind the
/// year (Google Takeout writes `+0000` before it), `From - Tue …`, `From a at b  Tue …`, and dates
/// like those of mail headers or of ISO 8601.
pub(crate) fn is_separator(line: &[u8]) -> bool {
    if line.len() > SEPARATOR_BYTES_MAX {
        return false;
    }
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let words: Vec<&[u8]> =
        rest.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).collect();
    let Some(date_start) = words.iter().position(|word| starts_date(word)) else { return false };
    let (sender, date) = words.split_at(date_start);
    is_sender(sender) && is_date(date)
}

/// Longest name of a header field that is taken for one.
pub(super) const FIELD_NAME_BYTES_MAX: usize = 60;

/// Whether the first line looks like a header of a mail, `Name: value`; a link does not.
pub(super) fn starts_like_header(bytes: &[u8]) -> bool {
    let head = bytes.get(..=FIELD_NAME_BYTES_MAX).unwrap_or(bytes);
    let Some(colon) = memchr::memchr(b':', head) else { return false };
    let is_link = bytes.get(colon + 1).is_some_and(|b| *b == b'/');
    bytes.get(..colon).is_some_and(|name| {
        !is_link
            && !name.is_empty()
            && name.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
    })
}

fn is_sender(words: &[&[u8]]) -> bool {
    words.len() <= 1 || words.iter().any(|word| word.contains(&b'@') || *word == b"at")
}

fn starts_date(word: &[u8]) -> bool {
    is_name_of(word, &DAYS) || is_iso_date(word)
}

const DAYS: [&[u8]; 7] = [b"mon", b"tue", b"wed", b"thu", b"fri", b"sat", b"sun"];
const MONTHS: [&[u8]; 12] = [
    b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec",
];

fn is_name_of(word: &[u8], names: &[&[u8]]) -> bool {
    let bare = word.strip_suffix(b",").unwrap_or(word);
    names.iter().any(|name| bare.eq_ignore_ascii_case(name))
}

/// `2026-03-03` or `2026-03-03T09:00:00Z`.
fn is_iso_date(word: &[u8]) -> bool {
    let date = word.get(..10).unwrap_or_default();
    date.len() == 10
        && date.iter().enumerate().all(|(i, b)| match i {
            4 | 7 => *b == b'-',
            _ => b.is_ascii_digit(),
        })
        && word.get(10).is_none_or(|b| matches!(b, b'T' | b't'))
}

/// Every word must be a part of a date, and a time and a year must be among them.
fn is_date(words: &[&[u8]]) -> bool {
    let mut time = false;
    let mut year = false;
    for (index, word) in words.iter().enumerate() {
        if is_iso_date(word) {
            year = true;
            time |= word.contains(&b':');
        } else if is_time(word) {
            time = true;
        } else if word.iter().all(u8::is_ascii_digit) && word.len() <= 4 {
            year |= word.len() == 4;
        } else if *word == b"remote" && time && year && index > 0 {
            return true;
        } else if !(is_name_of(word, &DAYS) || is_name_of(word, &MONTHS) || is_zone(word)) {
            return false;
        }
    }
    time && year
}

/// `9:00`, `09:00:00`.
fn is_time(word: &[u8]) -> bool {
    word.contains(&b':')
        && word.iter().all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.' | b'Z'))
        && word.first().is_some_and(u8::is_ascii_digit)
}

/// `+0100`, `-05:00`, `GMT`, `CEST`, `(CET)`.
fn is_zone(word: &[u8]) -> bool {
    let named =
        word.len() <= 7 && word.iter().all(|b| b.is_ascii_uppercase() || matches!(b, b'(' | b')'));
    let numeric = matches!(word.first(), Some(b'+' | b'-'))
        && word.iter().skip(1).all(|b| b.is_ascii_digit() || *b == b':')
        && matches!(word.len(), 3 | 5 | 6);
    named || numeric
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: bool) {
        assert_eq!(is_separator(line.as_bytes()), expected, "{line:?}");
    }

    #[test]
    fn knows_the_shapes_that_mailers_write() {
        for line in [
            "From a@b.example Tue Mar  3 09:00:00 2026\n",
            "From a@b.example Tue Mar  3 09:00 2026\r\n",
            "From 1752341@xxx Tue Mar 03 09:00:00 +0000 2026",
            "From - Tue Mar 03 09:00:00 2026",
            "From MAILER-DAEMON Tue Mar  3 09:00:00 2026 +0100",
            "From a at b.example  Tue Mar  3 09:00:00 2026",
            "From \"Jana Kühn\"@b.example Tue Mar  3 09:00:00 CET 2026",
            "From ???@??? Tue Mar 03 09:00:00 2026",
            "From a@b.example Tue, 3 Mar 2026 09:00:00 +0100 (CET)",
            "From a@b.example 2026-03-03 09:00:00",
            "From a@b.example Tue Mar  3 09:00:00 2026 remote from host",
            "From Tue Mar  3 09:00:00 2026",
        ] {
            check(line, true);
        }
    }

    #[test]
    fn leaves_sentences_alone() {
        for line in [
            "From Monday on we are closed",
            "From Mon to Fri 9:00 to 17:00 in 2026",
            "From the call on Tue Mar 3 09:00:00 2026",
            "From a@b.example",
            "From: a@b.example",
            "From 2026 on",
            "From Tue",
            "From ",
        ] {
            check(line, false);
        }
    }
}
