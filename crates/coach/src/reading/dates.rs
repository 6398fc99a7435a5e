//! Days in a draft that cannot be: gone already where something is still to come, or of another weekday.

use std::sync::LazyLock;

use inroad_language::dates::{self as days, DateOrder, Precision};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use regex::Regex;

use super::Seen;
use super::asks::{Ask, AskKind};
use crate::audience::Audience;
use crate::draft::Draft;

/// A day further back was meant as a past one.
const BACK_DAYS_MAX: i32 = 60;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS: [(&str, Weekday); 7] = [
    ("mon", Weekday::Monday),
    ("tue", Weekday::Tuesday),
    ("wed", Weekday::Wednesday),
    ("thu", Weekday::Thursday),
    ("fri", Weekday::Friday),
    ("sat", Weekday::Saturday),
    ("sun", Weekday::Sunday),
];

/// "Tuesday, 3 March 2026", "Tue March 3rd".
static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let week = r"(?P<week>mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s+(?:the\s+)?";
    let month = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}";
    let year = r"(?:,?\s+(?P<year>20\d\d))?";
    let day_first =
        format!(r"(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?(?P<month>{month})\.?");
    let month_first =
        format!(r"(?P<month2>{month})\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?-u:\b)");
    Regex::new(&format!(r"(?i)(?-u:\b){week}(?:{day_first}|{month_first}){year}")).ok()
});

pub(super) fn look(draft: &Draft<'_>, asks: &[Ask], audience: &Audience, seen: &mut Vec<Seen>) {
    let Some(on) = audience.on else { return };
    wrong_weekdays(draft, on, seen);
    for (n, range) in draft.sentences.iter().enumerate() {
        let text = draft.sentence(range);
        // A day that is offered may stand beside the question for it.
        let offers = |ask: &Ask| {
            ask.range == *range || ask.kind == AskKind::Meet && ask.sentence.abs_diff(n) == 1
        };
        if !asks.iter().any(offers) && !is_ahead(text) {
            continue;
        }
        for found in days::find(text, on, DateOrder::DayFirst) {
            let at = range.start + found.range.start..range.start + found.range.end;
            let back = on.since(found.date).map_or(0, |span| span.get_days());
            let exact =
                found.precision == Precision::Day && !found.relative && found.first.is_none();
            if exact && back > 0 && (found.year_given || back <= BACK_DAYS_MAX) {
                let says = format!("{} is over; today is {}", in_words(found.date), in_words(on));
                seen.push(Seen::at("past-date", at, says));
            }
        }
    }
}

/// Whether a sentence speaks of what is still to come.
fn is_ahead(text: &str) -> bool {
    let folded = text.to_lowercase();
    let words: Vec<&str> =
        folded.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').collect();
    let ahead = [
        "will", "i'll", "we'll", "i’ll", "we’ll", "let's", "let’s", "shall", "could", "can",
        "until", "before", "by", "would",
    ];
    let behind =
        ["was", "were", "did", "sent", "wrote", "met", "spoke", "had", "since", "talked", "last"];
    words.iter().any(|word| ahead.contains(word)) && !words.iter().any(|word| behind.contains(word))
}

fn wrong_weekdays(draft: &Draft<'_>, on: Date, seen: &mut Vec<Seen>) {
    let Some(named) = NAMED.as_ref() else { return };
    for found in named.captures_iter(&draft.words) {
        let part = |name: &str| found.name(name).map(|part| part.as_str().to_lowercase());
        let Some(week) = part("week") else { continue };
        let Some((_, weekday)) = WEEKDAYS.iter().find(|(name, _)| week.starts_with(name)) else {
            continue;
        };
        let month = part("month").or_else(|| part("month2")).unwrap_or_default();
        let month = MONTHS.iter().position(|name| month.starts_with(name)).map(|n| n + 1);
        let day = part("day").or_else(|| part("day2")).and_then(|day| day.parse::<i8>().ok());
        let (Some(month), Some(day)) = (month.and_then(|n| i8::try_from(n).ok()), day) else {
            continue;
        };
        let year = part("year").and_then(|year| year.parse::<i16>().ok());
        let Some(date) = meant(year, month, day, on) else { continue };
        if date.weekday() != *weekday
            && let Some(whole) = found.get(0)
        {
            let says = format!("{} is a {}", in_words(date), weekday_in_words(date.weekday()));
            seen.push(Seen::at("wrong-weekday", whole.range(), says));
        }
    }
}

/// The day that is meant: of the year that is given, or nearest to the day of writing.
fn meant(year: Option<i16>, month: i8, day: i8, on: Date) -> Option<Date> {
    if let Some(year) = year {
        return Date::new(year, month, day).ok();
    }
    let near = [-1, 0, 1].into_iter().filter_map(|off| Date::new(on.year() + off, month, day).ok());
    near.min_by_key(|date| {
        let away = date.since(on).map_or(i32::MAX, |span| span.get_days());
        // What is to come is meant rather than what was.
        if away < 0 { away.unsigned_abs() * 3 } else { away.unsigned_abs() }
    })
    .filter(|date| date.checked_sub(400.days()).is_ok())
}

pub(super) fn in_words(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

fn weekday_in_words(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}
