//! Days in a draft that cannot be: gone already where something is still to come, or of another weekday.

use std::sync::LazyLock;

use inroad_language::dates::{self as days, DateOrder, Precision, Role};
use jiff::civil::{Date, Weekday};
use regex::Regex;

use super::Seen;
use super::asks::{self, Ask, AskKind};
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
    let week = r"(?P<week>mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+(?:the\s+)?";
    let month = "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?-u:\\b)";
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
        let meets = |ask: &Ask| {
            ask.kind == AskKind::Meet && (ask.range == *range || ask.sentence.abs_diff(n) == 1)
        };
        let is_ahead = is_ahead(text);
        let offered = asks.iter().any(meets) || is_ahead && asks::speaks_of_meeting(text);
        let bound = is_ahead || asks.iter().any(|ask| ask.range == *range);
        for found in days::find(text, on, DateOrder::DayFirst) {
            let at = range.start + found.range.start..range.start + found.range.end;
            let back = on.since(found.date).map_or(0, |span| span.get_days());
            let exact =
                found.precision == Precision::Day && !found.relative && found.first.is_none();
            // "The invoice of 3 November" is a name, "3/11" a day of two countries.
            let meant = match found.role {
                Role::Until | Role::By | Role::Before => bound,
                _ => offered && !is_named(text, found.range.start),
            };
            let is_plain = !draft.sentence(&at).contains('/');
            if meant && is_plain && exact && back > 0 && (found.year_given || back <= BACK_DAYS_MAX)
            {
                let says = format!("{} is over; today is {}", in_words(found.date), in_words(on));
                seen.push(Seen::at("past-date", at, says));
            }
        }
    }
}

/// Whether a day only names something: "the minutes of 3 November", "from 3 November".
fn is_named(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or("").trim_end().to_lowercase();
    let last = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    ["of", "from", "dated", "since", "after"].contains(&last)
}

/// Whether a sentence tells of what was.
fn is_behind(text: &str) -> bool {
    let behind = [
        "was", "were", "did", "sent", "wrote", "met", "spoke", "had", "since", "talked", "last",
        "gave", "asked", "called", "visited", "came", "told", "said", "agreed",
    ];
    text.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|word| behind.contains(&word))
}

/// Whether a sentence speaks of what is still to come.
fn is_ahead(text: &str) -> bool {
    let folded = text.to_lowercase();
    let words: Vec<&str> =
        folded.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').collect();
    let ahead =
        ["will", "i'll", "we'll", "i’ll", "we’ll", "let's", "let’s", "shall", "could", "would"];
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
        let Some(whole) = found.get(0) else { continue };
        let around = draft.sentences.iter().find(|range| range.contains(&whole.start()));
        let text = around.map_or("", |range| draft.sentence(range));
        let tense = (is_behind(text), is_ahead(text) || text.ends_with('?'));
        let meant = meant(year, month, day, on, tense);
        if let Some(date) = meant.first()
            && meant.iter().all(|date| date.weekday() != *weekday)
        {
            let (day, date) = (weekday_in_words(date.weekday()), in_words(*date));
            let says = format!("{date} is a {day}");
            seen.push(Seen::at("wrong-weekday", whole.range(), says));
        }
    }
}

/// The days that may be meant: of the year that is given; else the last one where the sentence tells of
/// what was, the next one where it speaks of what comes, and either where it does both or neither.
fn meant(year: Option<i16>, month: i8, day: i8, on: Date, tense: (bool, bool)) -> Vec<Date> {
    if let Some(year) = year {
        return Date::new(year, month, day).into_iter().collect();
    }
    let near = [-1, 0, 1].into_iter().filter_map(|off| Date::new(on.year() + off, month, day).ok());
    let near: Vec<Date> = near.collect();
    let last = near.iter().rev().find(|date| **date <= on).copied();
    let next = near.iter().find(|date| **date >= on).copied();
    match tense {
        // "The speakers you asked about are free from Mon 18 May" tells of what was beside a day to come.
        (true, false) => {
            let soon = next
                .filter(|date| date.since(on).is_ok_and(|span| span.get_days() <= BACK_DAYS_MAX));
            last.into_iter().chain(soon).collect()
        }
        // A day that is just over may have been meant, and is told as that.
        (false, true) => {
            let just_over = last
                .filter(|date| on.since(*date).is_ok_and(|span| span.get_days() <= BACK_DAYS_MAX));
            next.into_iter().chain(just_over).collect()
        }
        _ => next.into_iter().chain(last).collect(),
    }
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
