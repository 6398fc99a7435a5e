//! Dates of headers that do not keep to RFC 5322, read word by word.
//!
//! It stands apart because programs leave out the zone or the time, write months in full, put the
//! day behind the month, or name a zone by letters, and the parser crate reads none of these.
//! Must not: guess between day and month; a date in numbers alone must start with its year.

use super::field::RawDate;

/// What was found so far.
#[derive(Default)]
struct Found {
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    time: Option<(i8, i8, i8)>,
    offset_minutes: Option<i32>,
}

/// Reads `3 March 2026`, `Tue Mar  3 09:00:00 2026`, `03-Mar-2026 9:00 CET`, `2026-03-03 09:00`.
pub(super) fn loose(text: &str) -> Option<RawDate> {
    let mut found = Found::default();
    for word in text.split([' ', ',', '(', ')']).filter(|word| !word.is_empty()).take(12) {
        found.take(word);
    }
    let (hour, minute, second) = found.time.unwrap_or_default();
    Some(RawDate {
        year: found.year?,
        month: found.month?,
        day: found.day?,
        hour,
        minute,
        second,
        offset_minutes: found.offset_minutes.unwrap_or(0),
    })
}

/// Whether the text ends in a zone in numbers, with or without its name in brackets behind it.
pub(super) fn has_numeric_zone(text: &str) -> bool {
    let bare = match text.split_once('(') {
        Some((before, _)) => before,
        None => text,
    };
    let zone = bare.trim_end().rsplit(' ').next().unwrap_or_default();
    zone.len() == 5 && zone.starts_with(['+', '-'])
}

impl Found {
    fn take(&mut self, word: &str) {
        if word.starts_with(['+', '-']) {
            self.offset_minutes = self.offset_minutes.or_else(|| offset(word));
        } else if word.contains(':') {
            self.time = self.time.or_else(|| time(word));
        } else if let Some(minutes) = zone(word) {
            self.offset_minutes.get_or_insert(minutes);
        } else {
            word.split('-').for_each(|part| self.take_part(part));
        }
    }

    /// Takes a part of the day itself: `3`, `Mar`, `2026`.
    fn take_part(&mut self, part: &str) {
        if let Some(month) = month(part) {
            self.month.get_or_insert(month);
            return;
        }
        let digits = part.trim_end_matches('.');
        let Ok(number) = digits.parse::<i16>() else { return };
        let small = i8::try_from(number).ok();
        match digits.len() {
            4 => self.year = self.year.or(Some(number)),
            // Only behind a year does a month stand in numbers.
            1 | 2 if self.month.is_none() && self.year.is_some() => self.month = small,
            1 | 2 if self.day.is_none() => self.day = small,
            2 => {
                self.year.get_or_insert(if number < 50 { 2000 + number } else { 1900 + number });
            }
            _ => {}
        }
    }
}

fn time(word: &str) -> Option<(i8, i8, i8)> {
    let mut parts = word.split(':').map(|part| part.split('.').next().unwrap_or(part).parse().ok());
    Some((parts.next()??, parts.next()??, parts.next().unwrap_or(Some(0))?))
}

/// `+0100`, `+01:00`.
fn offset(word: &str) -> Option<i32> {
    let digits: String = word.chars().filter(char::is_ascii_digit).collect();
    let number: i32 = digits.parse().ok().filter(|_| digits.len() == 4)?;
    let minutes = number / 100 * 60 + number % 100;
    Some(if word.starts_with('-') { -minutes } else { minutes })
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// `Mar`, `March`, `Sept.`.
fn month(part: &str) -> Option<i8> {
    let part = part.trim_end_matches('.').to_ascii_lowercase();
    let at = MONTHS.iter().position(|name| part.len() >= 3 && name.starts_with(&part))?;
    i8::try_from(at + 1).ok()
}

/// Zones by the letters in use, in minutes east of UTC; letters that several zones share are not
/// among them.
const ZONES: [(&str, i32); 33] = [
    ("Z", 0),
    ("UT", 0),
    ("UTC", 0),
    ("GMT", 0),
    ("WET", 0),
    ("WEST", 60),
    ("BST", 60),
    ("CET", 60),
    ("MET", 60),
    ("MEZ", 60),
    ("CEST", 120),
    ("MEST", 120),
    ("MESZ", 120),
    ("EET", 120),
    ("SAST", 120),
    ("EEST", 180),
    ("MSK", 180),
    ("HKT", 480),
    ("SGT", 480),
    ("JST", 540),
    ("KST", 540),
    ("AEST", 600),
    ("AEDT", 660),
    ("NZST", 720),
    ("NZDT", 780),
    ("EDT", -240),
    ("EST", -300),
    ("CDT", -300),
    ("CST", -360),
    ("MDT", -360),
    ("MST", -420),
    ("PDT", -420),
    ("PST", -480),
];

fn zone(word: &str) -> Option<i32> {
    ZONES.iter().find(|(name, _)| word.eq_ignore_ascii_case(name)).map(|(_, minutes)| *minutes)
}
