//! One date expression at a token: a weekday, a week, a month, a phrase, or a counted distance.
//!
//! Days with a number are read in `day_words`, ranges in `ranges`. Must not: resolve anything.

use std::sync::LazyLock;

use jiff::civil::Weekday;

use super::day_words;
use super::phrases::{self, Meaning, Part, Unit};
use super::tokens::{Token, word_set};
use super::words;
use crate::word_table::WordSet;

/// What stands there, before a year or a month is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// A day, possibly without month or year.
    Day { year: Option<i16>, month: Option<i8>, day: i8, weekday: Option<Weekday> },
    /// Two numbers in the writer's order.
    Pair { first: i8, second: i8, year: Option<i16>, weekday: Option<Weekday> },
    /// A weekday, that many weeks later than the next one.
    Weekday { weekday: Weekday, extra: i32 },
    /// A numbered week.
    Week { number: i8, year: Option<i16>, part: Option<Part> },
    /// A month.
    Month { month: i8, year: Option<i16>, part: Option<Part> },
    /// A phrase such as "next week".
    Phrase { meaning: Meaning, part: Option<Part> },
    /// "in two weeks".
    Counted { count: u32, unit: Unit },
}

/// Small words that make a month name behind them a date.
const BEFORE_MONTH: &str = "in im en de du des of until till til before after by since from bis ab \
    seit nach vor a au early late mid this next last d ' dès fin anfang mitte ende tot sinds vanaf \
    hasta desde para a partir por fino da dal di entro vers begin eind em ate fra i over around \
    about for w do od до в с к during through per jusqu jusque to januari";

const BEFORE_COUNT: &str = "in en dans de tra fra over om por em za через after nach après dopo na \
    next nächsten naechsten kommenden prochaines próximas próximos prossime prossimi komende \
    volgende another weitere";

/// Words before the number of a week.
const WEEKS: [&str; 14] = [
    "week",
    "kw",
    "cw",
    "wk",
    "kalenderwoche",
    "woche",
    "semaine",
    "settimana",
    "semana",
    "uge",
    "uke",
    "vecka",
    "viikko",
    "viikolla",
];

const DUTCH_UNITS: [&str; 6] = ["dag", "dagen", "weken", "maand", "maanden", "jaar"];

static LEADS_MONTH: LazyLock<WordSet> = LazyLock::new(|| word_set(BEFORE_MONTH));
static LEADS_COUNT: LazyLock<WordSet> = LazyLock::new(|| word_set(BEFORE_COUNT));

/// Every expression begins with a number or one of these, so one table answers for nearly all words.
static BEGINNINGS: LazyLock<WordSet> =
    LazyLock::new(|| words::all().chain(phrases::beginnings()).chain(WEEKS).collect());

/// Whether an expression may begin with a token.
pub(super) fn may_begin(token: &Token) -> bool {
    token.number().is_some() || BEGINNINGS.contains(&token.folded)
}

/// Reads the expression that begins at a token.
pub(super) fn what(tokens: &[Token], at: usize) -> Option<(What, usize)> {
    day_words::day(tokens, at)
        .or_else(|| week(tokens, at))
        .or_else(|| part(tokens, at))
        .or_else(|| counted(tokens, at))
        .or_else(|| phrase(tokens, at))
        .or_else(|| month(tokens, at))
        .or_else(|| weekday(tokens, at))
}

fn before(tokens: &[Token], at: usize) -> Option<&Token> {
    at.checked_sub(1).and_then(|n| tokens.get(n))
}

fn weekday(tokens: &[Token], at: usize) -> Option<(What, usize)> {
    let Some(weekday) = words::weekday(&tokens.get(at)?.folded) else {
        return short_weekday(tokens, at);
    };
    if ["segunda", "terca", "quarta", "quinta", "sexta"]
        .iter()
        .any(|w| tokens.get(at).is_some_and(|t| t.is(w)))
        && !tokens.get(at + 1).is_some_and(|t| t.is("-"))
    {
        return None;
    }
    let after_next = tokens.get(at + 1).is_some_and(|t| t.is("after"))
        && tokens.get(at + 2).is_some_and(|t| t.is("next"));
    if after_next {
        return Some((What::Weekday { weekday, extra: 1 }, at + 3));
    }
    if tokens.get(at + 1).is_some_and(|t| t.is("en"))
        && tokens.get(at + 2).is_some_and(|t| t.is("huit"))
    {
        return Some((What::Weekday { weekday, extra: 1 }, at + 3));
    }
    if tokens.get(at + 1).is_some_and(|t| t.is("fortnight")) {
        return Some((What::Weekday { weekday, extra: 2 }, at + 2));
    }
    let extra = i32::from(tokens.get(at + 1).is_some_and(|t| t.is("week")));
    let in_a_week = before(tokens, at).is_some_and(|t| t.is("on"))
        && at.checked_sub(2).and_then(|n| tokens.get(n)).is_some_and(|t| t.is("week"));
    let next = at + 1 + usize::try_from(extra).unwrap_or(0);
    Some((What::Weekday { weekday, extra: extra.max(i32::from(in_a_week)) }, next))
}

/// "from Wed", "bis Fr": short names are everyday words, so they need a capital and a preposition.
fn short_weekday(tokens: &[Token], at: usize) -> Option<(What, usize)> {
    const LEADS: [&str; 22] = [
        "again", "from", "until", "till", "til", "thru", "through", "by", "on", "since", "next",
        "back", "before", "after", "bis", "ab", "seit", "am", "vom", "zum", "this", "last",
    ];
    let token = tokens.get(at)?;
    let led = before(tokens, at).is_some_and(|t| LEADS.iter().any(|word| t.is(word)));
    // "Thurs" is nothing else.
    let plain = ["tues", "weds", "wed", "thu", "thur", "thurs", "fri", "tue"];
    let sure = at > 0 && plain.iter().any(|word| token.is(word));
    let numbered = tokens.get(at + 1).is_some_and(|t| t.number().is_some());
    let told = token.capital && (led || (sure && !numbered));
    let weekday = words::weekday_short(&token.folded).filter(|_| told)?;
    let extra = i32::from(tokens.get(at + 1).is_some_and(|t| t.is("week")));
    let next = at + 1 + usize::try_from(extra).unwrap_or(0);
    Some((What::Weekday { weekday, extra }, next))
}

fn week(tokens: &[Token], at: usize) -> Option<(What, usize)> {
    let token = tokens.get(at)?;
    let is_name = |t: &Token| WEEKS.iter().any(|name| t.is(name));
    let (number, next) = if let Some(number) = token.number() {
        // "38. Woche"
        let named = tokens.get(at + 1)?.is(".") && is_name(tokens.get(at + 2)?);
        named.then_some((number, at + 3))?
    } else if is_name(token) {
        let number_at = at + 1 + usize::from(tokens.get(at + 1)?.is("."));
        let number = tokens.get(number_at)?.number()?;
        let behind = tokens.get(number_at + 1);
        let is_ordinal_of = behind.is_some_and(|t| t.is("of") || t.is("%") || t.is("von"));
        (!is_ordinal_of).then_some((number, number_at + 1))?
    } else {
        return None;
    };
    let number = i8::try_from(number).ok().filter(|n| (1..=53).contains(n))?;
    let (year, next) = year_after(tokens, next);
    Some((What::Week { number, year, part: None }, next))
}

/// A year behind an expression: `2026`, `, 2026`, `/2026`, `de 2026`.
pub(super) fn year_after(tokens: &[Token], at: usize) -> (Option<i16>, usize) {
    let year_at = |n: usize| {
        let token = tokens.get(n)?;
        let year = i16::try_from(token.number()?).ok()?;
        (token.bytes() == 4 && (1971..=2100).contains(&year)).then_some(year)
    };
    for skip in 0..=2 {
        let linked = (0..skip).all(|n| {
            tokens.get(at + n).is_some_and(|t| {
                matches!(t.folded.as_str(), "," | "." | "/" | "-" | "of" | "de" | "del" | "do")
            })
        });
        if linked && let Some(year) = year_at(at + skip) {
            return (Some(year), at + skip + 1);
        }
    }
    (None, at)
}

fn part(tokens: &[Token], at: usize) -> Option<(What, usize)> {
    let (part, next) = phrases::part(tokens, at)?;
    if let Some(month) = tokens.get(next).and_then(|t| words::month(&t.folded)) {
        let (year, next) = year_after(tokens, next + 1);
        return Some((What::Month { month, year, part: Some(part) }, next));
    }
    if let Some((What::Week { number, year, .. }, next)) = week(tokens, next) {
        return Some((What::Week { number, year, part: Some(part) }, next));
    }
    let (meaning, next) = phrases::whole(tokens, next)?;
    match meaning {
        Meaning::Week(_) | Meaning::Month(_) | Meaning::Year(_) => {
            Some((What::Phrase { meaning, part: Some(part) }, next))
        }
        // "early in the new year", "Ende des Sommers": the day is that of the whole.
        Meaning::NewYear | Meaning::Season(_) if part == Part::Begin => {
            Some((What::Phrase { meaning, part: None }, next))
        }
        _ => None,
    }
}

/// Words that make a count a rough one: `in ABOUT six weeks`.
const ABOUT: [&str; 13] = [
    "about", "around", "roughly", "say", "ca", "circa", "etwa", "ungefahr", "rund", "environ",
    "unos", "unas", "zo'n",
];

fn counted(tokens: &[Token], at: usize) -> Option<(What, usize)> {
    let token = tokens.get(at)?;
    let count = token.number().or_else(|| words::count(&token.folded))?;
    let count_end = if words::count(&token.folded).is_some()
        && tokens.get(at + 1).is_some_and(|t| t.is("couple") || t.is("paar"))
    {
        at + 2
    } else {
        at + 1
    };
    let count_end = count_end + usize::from(tokens.get(count_end).is_some_and(|t| t.is("of")));
    let count = if count_end > at + 1 { 2 } else { count };
    let (unit, next) = phrases::unit(tokens, count_end)?;
    // Dutch "over twee weken" looks ahead, English "over two weeks" does not.
    let lead = before(tokens, at)
        .filter(|t| ABOUT.contains(&t.folded.as_str()))
        .and_then(|_| before(tokens, at - 1));
    let leads = lead.or_else(|| before(tokens, at)).is_some_and(|t| {
        let dutch_unit =
            || tokens.get(count_end).is_some_and(|u| DUTCH_UNITS.contains(&u.folded.as_str()));
        LEADS_COUNT.contains(&t.folded) && (!t.is("over") || dutch_unit())
    });
    let from_now = tokens.get(next).is_some_and(|t| t.is("from"))
        && tokens.get(next + 1).is_some_and(|t| t.is("now") || t.is("today"));
    (leads || from_now).then_some((What::Counted { count, unit }, next))
}

fn phrase(tokens: &[Token], at: usize) -> Option<(What, usize)> {
    const GREETINGS: [&str; 9] =
        ["guten", "goede", "god", "good", "goeie", "am", "la", "heute", "gestern"];
    let (meaning, next) = phrases::meaning(tokens, at)?;
    let greeted = before(tokens, at).is_some_and(|t| GREETINGS.iter().any(|g| t.is(g)));
    if matches!(meaning, Meaning::Day(1)) && greeted {
        return None;
    }
    Some((What::Phrase { meaning, part: None }, next))
}

fn month(tokens: &[Token], at: usize) -> Option<(What, usize)> {
    let token = tokens.get(at)?;
    let month = words::month(&token.folded)?;
    let (year, next) = year_after(tokens, at + 1);
    let led = before(tokens, at).is_some_and(|t| LEADS_MONTH.contains(&t.folded));
    let capital_needed = words::month_is_everyday(&token.folded);
    let plain = led && (token.capital || !capital_needed);
    (plain || year.is_some()).then_some((What::Month { month, year, part: None }, next))
}
