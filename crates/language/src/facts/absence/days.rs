//! The days of an absence, as a sentence gives them.
//!
//! Must not: know who is away.

use jiff::Span;
use jiff::civil::{Date, Weekday};

use crate::dates::{FoundDate, Precision, Role, durations, names_day, names_month};
use crate::facts::lexicon::Hit;
use crate::facts::reading::Reading;
use crate::text::Sentence;

/// An absence as one sentence gives it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Days {
    /// The first day, where it is told.
    pub(super) from: Option<Date>,
    /// The last day away or the day of return.
    pub(super) until: Date,
}

/// The days of an absence in a sentence. `phrase` says that the sentence itself tells of one;
/// without it only a day of return counts.
pub(super) fn of(reading: &Reading<'_>, sentence: &Sentence, phrase: Option<&Hit>) -> Option<Days> {
    let all = reading.days(sentence);
    let ahead = |day: &&FoundDate| reading.lies_ahead(day.date) && day.role != Role::Since;
    let is_end = |day: &&FoundDate| {
        phrase.is_some_and(|hit| !is_of_another_clause(reading, hit, day))
            && (day.role == Role::Until
                || day.first.is_some()
                || is_last_day(reading, day)
                || (day.role == Role::Before && phrase.is_some_and(|hit| is_denial(reading, hit))))
    };
    let ranked = all
        .iter()
        .filter(ahead)
        .filter(|day| day.precision != Precision::Season)
        .find(is_end)
        .or_else(|| {
            let named = all.iter().filter(ahead).filter(|day| day.precision != Precision::Season);
            named.into_iter().find(|day| reading.is_return(day, &all))
        });
    if let Some(end) = ranked {
        let from = end.first.or_else(|| start(reading, sentence));
        return Some(Days { from: from.filter(|from| *from <= end.date), until: end.date });
    }
    None
}

/// "isn't in before the 30th".
fn is_denial(reading: &Reading<'_>, hit: &Hit) -> bool {
    hit.words.clone().any(|at| {
        matches!(
            reading.text.word(at),
            "isn't"
                | "aren't"
                | "won't"
                | "not"
                | "doesn't"
                | "don't"
                | "n't"
                | "shan't"
                | "nicht"
                | "pas"
                | "no"
                | "non"
                | "niet"
        )
    })
}

/// "until then", "bis dahin".
pub(super) fn says_until_then(reading: &Reading<'_>, sentence: &Sentence) -> bool {
    sentence.words.clone().any(|at| {
        matches!(
            (reading.text.word(at), reading.text.word(at + 1)),
            ("until" | "till" | "til", "then")
                | ("bis", "dahin" | "dann")
                | ("tot", "dan")
                | ("hasta", "entonces")
                | ("jusque", "la")
                | ("tills", "da" | "dess")
        )
    })
}

/// The day that "then" means: the last one that was named before.
pub(super) fn until_then(reading: &Reading<'_>, at: usize, sentence: &Sentence) -> Option<Days> {
    const SENTENCES_BACK: usize = 2;
    if !says_until_then(reading, sentence) {
        return None;
    }
    let named = (0..=SENTENCES_BACK).find_map(|back| {
        let earlier = reading.text.sentences.get(at.checked_sub(back)?)?;
        let all = reading.days(earlier);
        let day = all
            .iter()
            .rev()
            .find(|day| day.precision == Precision::Day && reading.lies_ahead(day.date))?;
        Some(day.date)
    })?;
    Some(Days { from: None, until: named })
}

/// "for two weeks from the 3rd", "next week", "all of August": an absence told by its length.
pub(super) fn by_length(reading: &Reading<'_>, sentence: &Sentence) -> Option<Days> {
    let all = reading.days(sentence);
    let begins = all.iter().find(|day| {
        !matches!(day.role, Role::Until | Role::By | Role::Before)
            && day.precision <= Precision::Week
            && !reading.is_return(day, &all)
    });
    let first = begins.map_or(reading.day, |day| day.first.unwrap_or(day.date));
    let lasting = durations::find(reading.text.quote(sentence));
    let lasting = lasting.first().and_then(|length| length.last_day(first));
    if let Some(until) = lasting.filter(|until| reading.lies_ahead(*until)) {
        return Some(Days { from: begins.map(|_| first), until });
    }
    whole_week(&all).or_else(|| week_of(reading, &all)).or_else(|| whole_month(reading, &all))
}

/// "the week of the 14th": to its Friday.
fn week_of(reading: &Reading<'_>, all: &[FoundDate]) -> Option<Days> {
    let day = all.iter().find(|day| {
        let start = reading.words_of(day).start;
        day.precision == Precision::Day
            && (start.saturating_sub(3)..start).any(|at| {
                matches!(
                    (reading.text.word(at), reading.text.word(at + 1)),
                    ("week" | "w", "of" | "beginning" | "commencing" | "c" | "van")
                        | ("woche", "vom" | "ab")
                        | ("semaine", "du")
                        | ("semana", "del")
                        | ("settimana", "del" | "dal")
                )
            })
    })?;
    let to_friday = 4 - i64::from(day.date.weekday().to_monday_zero_offset());
    let until = day.date.checked_add(Span::new().days(to_friday.max(0))).ok()?;
    Some(Days { from: Some(day.date), until })
}

/// "all of August": to its last day.
fn whole_month(reading: &Reading<'_>, all: &[FoundDate]) -> Option<Days> {
    let month = all.iter().find(|day| {
        let start = reading.words_of(day).start;
        day.precision == Precision::Month
            && day.date.day() == 1
            && (start.saturating_sub(3)..start).any(|at| {
                matches!(
                    reading.text.word(at),
                    "all"
                        | "whole"
                        | "entire"
                        | "throughout"
                        | "ganzen"
                        | "gesamten"
                        | "tout"
                        | "todo"
                        | "tutto"
                        | "hele"
                        | "hela"
                        | "caly"
                )
            })
    })?;
    Some(Days { from: Some(month.date), until: month.date.last_of_month() })
}

/// "I'm away, but the price holds until Friday".
fn is_of_another_clause(reading: &Reading<'_>, hit: &Hit, day: &FoundDate) -> bool {
    (hit.words.end..reading.words_of(day).start).any(|at| {
        matches!(
            reading.text.word(at),
            "but" | "aber" | "mais" | "pero" | "maar" | "men" | "sondern"
        )
    })
}

/// "through", "up to and including" and the like, which stand further off.
fn is_last_day(reading: &Reading<'_>, day: &FoundDate) -> bool {
    let start = reading.words_of(day).start;
    (start.saturating_sub(3)..start).any(|at| {
        matches!(reading.text.word(at), "through" | "thru" | "until" | "till" | "til" | "including")
    })
}

/// The first day away.
pub(super) fn start(reading: &Reading<'_>, sentence: &Sentence) -> Option<Date> {
    let all = reading.days(sentence);
    all.iter()
        .find(|day| {
            let begins = matches!(day.role, Role::From | Role::Since | Role::After) || day.relative;
            begins && !reading.is_return(day, &all)
        })
        .map(|day| day.first.unwrap_or(day.date))
}

/// "on holiday next week": from its Monday to its Friday.
fn whole_week(all: &[FoundDate]) -> Option<Days> {
    let week = all.iter().find(|day| {
        day.precision == Precision::Week
            && day.role == Role::On
            && matches!(day.date.weekday(), Weekday::Monday | Weekday::Friday)
    })?;
    let monday_offset = i64::from(week.date.weekday().to_monday_zero_offset());
    let from = week.date.checked_sub(Span::new().days(monday_offset)).ok()?;
    let until = from.checked_add(Span::new().days(4)).ok()?;
    Some(Days { from: Some(from), until })
}

/// The days of an absence that only a place or a pastime tells: an end or a range that stands beside
/// it, with nothing of business in between.
pub(super) fn of_place(reading: &Reading<'_>, sentence: &Sentence, hit: &Hit) -> Option<Days> {
    const WORDS_TO_DAY_MAX: usize = 10;
    const BUSINESS: &str = "price prices offer quote quotation valid holds deadline order orders \
        delivery deliveries invoice budget contract tender discount stock open available free happy \
        preis preise angebot gilt gultig frist auftrag lieferung rechnung frei verfugbar prix offre \
        devis valable commande livraison facture libre disponible precio oferta valida pedido \
        entrega factura prezzo preventivo valido ordine consegna fattura libero prijs offerte geldig \
        levering factuur beschikbaar deal sale sales trial test project projekt";
    let all = reading.days(sentence);
    let days = of(reading, sentence, Some(hit))?;
    let day = all.iter().find(|day| day.date == days.until)?;
    let words = reading.words_of(day);
    let between = if words.start >= hit.words.end {
        hit.words.end..words.start
    } else {
        words.end.min(hit.words.start)..hit.words.start
    };
    let business = between
        .clone()
        .chain(hit.words.start.saturating_sub(4).max(sentence.words.start)..hit.words.start)
        .any(|at| BUSINESS.split_whitespace().any(|word| word == reading.text.word(at)));
    (between.len() <= WORDS_TO_DAY_MAX && !business).then_some(days)
}

/// The days of an absence that is over: "I was on leave from the 3rd to the 14th".
pub(super) fn over(reading: &Reading<'_>, sentence: &Sentence) -> Option<Days> {
    const DAYS_BACK_MAX: i32 = 60;
    let all = reading.days(sentence);
    let end = all
        .iter()
        .find(|day| {
            day.first.is_some() || matches!(day.role, Role::Until) || is_last_day(reading, day)
        })
        .filter(|day| day.precision == Precision::Day)?;
    let until = latest_before(reading, end)?;
    let back = (reading.day - until).get_days();
    let from = end.first.map(|first| (end.date - first).get_days());
    let from = from.and_then(|days| until.checked_sub(Span::new().days(days)).ok());
    (0..=DAYS_BACK_MAX).contains(&back).then_some(Days { from, until })
}

/// A day that is told as past, though days without a month or a date are sought ahead.
fn latest_before(reading: &Reading<'_>, day: &FoundDate) -> Option<Date> {
    if day.date <= reading.day {
        return Some(day.date);
    }
    let mut words = reading.words_of(day);
    let named = words.clone().any(|at| names_month(reading.text.word(at)));
    let counted = words.any(|at| reading.text.word(at).starts_with(|c: char| c.is_ascii_digit()));
    let step = match (named, counted) {
        (true, _) => return None,
        (false, true) => Span::new().months(1),
        (false, false) => Span::new().days(7),
    };
    let earlier = day.date.checked_sub(step).ok()?;
    (earlier <= reading.day).then_some(earlier)
}

/// "Closed at weekends", "Monday to Friday, 8.30 to 4.30": hours are no absence.
pub(super) fn is_hours(reading: &Reading<'_>, sentence: &Sentence) -> bool {
    const HOURS: &str = "weekend weekends saturdays sundays mondays tuesdays wednesdays thursdays \
        fridays evenings hours samstags sonntags montags dienstags mittwochs donnerstags freitags \
        wochenende wochenenden offnungszeiten abends feiertagen uhr horaires dimanche dimanches \
        samedis domingos sabados tardes horario domenica sabato pomeriggio orario zondag zaterdag \
        zondags zaterdags weekenden openingstijden feestdagen";
    let weekdays = reading.days(sentence).iter().any(|day| {
        let mut words = reading.words_of(day);
        let numbered =
            words.any(|at| reading.text.word(at).starts_with(|c: char| c.is_ascii_digit()));
        day.first.is_some()
            && !numbered
            && words.clone().any(|at| names_day(reading.text.word(at)))
            && !words.any(|at| names_month(reading.text.word(at)))
    });
    weekdays
        || sentence
            .words
            .clone()
            .any(|at| HOURS.split_whitespace().any(|word| word == reading.text.word(at)))
}
