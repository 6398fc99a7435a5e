//! Who is away, and until when.
//!
//! An absence needs its end: the last day away or the day of return, whichever the words give.
//! Only a machine that answers in a person's place is believed without one.

use inroad_model::FactKind;
use jiff::civil::{Date, Weekday};

use crate::dates::{FoundDate, Precision, Role, durations};

use super::grammar::{Before, Subject};
use super::lexicon::{Cue, Hit};
use super::reading::{Reading, Voice};
use super::text::Sentence;

/// An absence as one sentence gives it.
#[derive(Debug, Clone, Copy)]
struct Days {
    from: Option<Date>,
    until: Date,
}

/// The day of return may stand in one of the next sentences.
const SENTENCES_AHEAD: usize = 2;
/// A weak word such as "off" needs its verb right before it.
const VERB_TO_WEAK_WORDS_MAX: usize = 2;

/// Reads absences.
pub(super) fn read(reading: &mut Reading<'_>) {
    for hit in reading.of(&[Cue::Away, Cue::AwayWeak, Cue::Closed]) {
        read_phrase(reading, &hit);
    }
    if !reading.noted(FactKind::OutOfOffice, reading.people.writer()) {
        read_return(reading);
    }
}

fn read_phrase(reading: &mut Reading<'_>, hit: &Hit) {
    let Some((at, sentence)) = reading.sentence(hit) else { return };
    // "I'm in Lyon until Friday": a place and an end make an absence; "in" alone does not.
    let in_a_place = reading.text.word(hit.words.start) == "in" && hit.words.len() == 1;
    if in_a_place && !is_place_with_end(reading, sentence, hit) {
        return;
    }
    let Some(before) = reading.before(hit) else { return };
    if in_a_place && before.verb_words != Some(0) {
        return;
    }
    let by_machine = reading.voice == Voice::Machine;
    let only_said = before.is_past || before.is_denied || (before.is_supposed && !by_machine);
    if only_said || (sentence.is_question && !by_machine) {
        return;
    }
    let weak = hit.cue == Cue::AwayWeak;
    if weak && !has_verb_near(reading, sentence, hit, &before) {
        return;
    }
    let subject = if hit.cue == Cue::Closed { Subject::Writer } else { before.subject };
    let Some(person) = reading.person(subject, hit) else { return };
    // "The parcel doesn't return": verbs of the third person need somebody.
    let third = ["doesn't", "does", "due", "fehlt", "manca", "kommt", "kehrt", "rentre", "fly"];
    if before.subject == Subject::Unsaid && third.contains(&reading.text.word(hit.words.start)) {
        return;
    }
    let sentence = sentence.clone();
    let own = days_of(reading, &sentence, Some(hit));
    let found = own
        .map(|days| (days, sentence.clone()))
        .or_else(|| {
            (1..=SENTENCES_AHEAD).find_map(|ahead| {
                let next = reading.text.sentences.get(at + ahead)?;
                let days = days_of(reading, next, None)?;
                let from = days.from.or(start_of(reading, &sentence));
                Some((Days { from, ..days }, next.clone()))
            })
        })
        .or_else(|| Some((until_then(reading, at, &sentence)?, sentence.clone())))
        .or_else(|| Some((length_of(reading, &sentence)?, sentence.clone())));
    let writer_known = reading.noted(FactKind::OutOfOffice, Some(person));
    let (days, quoted) = match found {
        Some((days, quoted)) => (Some(days), quoted),
        None if by_machine && !weak && !writer_known && !reading.has(at, Cue::Left) => {
            (None, sentence)
        }
        None if is_long_leave(reading, hit) && !writer_known => (None, sentence),
        None => return,
    };
    if hit.cue == Cue::Closed && days.is_none() {
        return;
    }
    let quote = reading.text.quote(&quoted);
    let mut fact = reading.fact(FactKind::OutOfOffice, Some(person), quote);
    fact.from = days.and_then(|days| days.from);
    fact.until = days.map(|days| days.until);
    reading.facts.push(fact);
}

/// Whether a place follows and the sentence tells an end. It asks for no names: "in" stands in most
/// letters, and what nobody asks for leaves nothing open.
fn is_place_with_end(reading: &Reading<'_>, sentence: &Sentence, hit: &Hit) -> bool {
    let follows = reading.text.words.get(hit.words.end);
    follows.is_some_and(|word| word.capital && !word.begins_clause)
        && !reading.text.word(hit.words.end + 1).starts_with(|c: char| c.is_ascii_digit())
        && (says_until_then(reading, sentence)
            || reading.days(sentence).iter().any(|d| d.role == Role::Until || d.first.is_some()))
}

/// A weak word stands by its verb: "is away", "ist bis 5. Mai weg", "weil er verreist ist".
fn has_verb_near(reading: &Reading<'_>, sentence: &Sentence, hit: &Hit, before: &Before) -> bool {
    const VERB_OVER_DAY_WORDS_MAX: usize = 7;
    let behind =
        matches!(reading.text.word(hit.words.end), "ist" | "bin" | "sind" | "is" | "ben" | "zijn")
            && hit.words.end < sentence.words.end;
    behind
        || before.verb_words.is_some_and(|words| {
            let between = hit.words.start.saturating_sub(words)..hit.words.start;
            let over_day = words <= VERB_OVER_DAY_WORDS_MAX
                && reading.days(sentence).iter().any(|day| {
                    day.role == Role::Until && between.contains(&reading.words_of(day).start)
                });
            words <= VERB_TO_WEAK_WORDS_MAX || over_day
        })
}

/// "I will be back in the office on 5 January": an absence that is only told by its end.
fn read_return(reading: &mut Reading<'_>) {
    for hit in reading.of(&[Cue::Return]) {
        let (Some((_, sentence)), Some(before)) = (reading.sentence(&hit), reading.before(&hit))
        else {
            continue;
        };
        let by_machine = reading.voice == Voice::Machine;
        let noted = reading.voice == Voice::Note && matches!(before.subject, Subject::Named(_));
        let told = by_machine
            || noted
            || (!sentence.is_question
                && (says_workplace(reading, sentence, &hit)
                    || (is_said(reading, sentence, &hit, before.subject)
                        && day_follows(reading, sentence, &hit))));
        if !told || before.is_past || before.is_denied || before.subject == Subject::Reader {
            continue;
        }
        let subject = match (reading.text.word(hit.words.start), before.subject) {
            ("i" | "we", _) => Subject::Writer,
            ("he" | "she", _) => Subject::Pronoun,
            (_, subject) => subject,
        };
        let Some(person) = reading.person(subject, &hit) else { continue };
        let all = reading.days(sentence);
        let end = all.iter().find(|day| {
            day.precision == Precision::Day
                && reading.is_return(day, &all)
                && day.date > reading.day
                && reading.lies_ahead(day.date)
        });
        if let Some(end) = end {
            let quote = reading.text.quote(sentence);
            let mut fact = reading.fact(FactKind::OutOfOffice, Some(person), quote);
            fact.until = Some(end.date);
            reading.facts.push(fact);
            return;
        }
    }
}

/// "back in the office", "wieder im Haus"; "I'll be back with the numbers" promises something else.
fn says_workplace(reading: &Reading<'_>, sentence: &Sentence, hit: &Hit) -> bool {
    const PLACES: [&str; 22] = [
        "office",
        "desk",
        "work",
        "holiday",
        "leave",
        "vacation",
        "buro",
        "haus",
        "hause",
        "platz",
        "schreibtisch",
        "urlaub",
        "bureau",
        "conge",
        "vacances",
        "oficina",
        "ufficio",
        "ferie",
        "kantoor",
        "vakantie",
        "kontoret",
        "semester",
    ];
    let end = sentence.words.end.min(hit.words.end + 5);
    (hit.words.start..end).any(|at| PLACES.contains(&reading.text.word(at)))
}

/// Verbs with which somebody is back.
const BEING: [&str; 59] = [
    "be",
    "am",
    "is",
    "are",
    "'m",
    "'s",
    "'re",
    "returning",
    "return",
    "returns",
    "resurface",
    "kehrt",
    "bin",
    "ist",
    "sind",
    "komme",
    "kommt",
    "suis",
    "sommes",
    "est",
    "serai",
    "sera",
    "serons",
    "reviens",
    "reviendrai",
    "rentre",
    "rentrerai",
    "reprends",
    "estoy",
    "esta",
    "estare",
    "vuelvo",
    "vuelve",
    "volvere",
    "regreso",
    "regresa",
    "torno",
    "tornero",
    "rientro",
    "rientra",
    "rientrero",
    "sono",
    "saro",
    "ben",
    "zijn",
    "kom",
    "komt",
    "ar",
    "er",
    "wracam",
    "wraca",
    "wroce",
    "bede",
    "volto",
    "regresso",
    "estarei",
    "estou",
    "palaan",
    "olen",
];
/// Those that say by their form that the writer does.
const FIRST_RETURN: [&str; 26] = [
    "i",
    "we",
    "he",
    "she",
    "reviens",
    "reviendrai",
    "rentre",
    "rentrerai",
    "vuelvo",
    "volvere",
    "regreso",
    "regresare",
    "torno",
    "tornero",
    "rientro",
    "rientrero",
    "wracam",
    "wroce",
    "volto",
    "regresso",
    "voltarei",
    "regressarei",
    "palaan",
    "reincorporo",
    "saro",
    "reincorporare",
];

/// "Peter will be back", "Back on Monday"; "the order will be back" is about no person.
fn is_said(reading: &Reading<'_>, sentence: &Sentence, hit: &Hit, subject: Subject) -> bool {
    let verb_start = hit.words.start.saturating_sub(3).max(sentence.words.start);
    let is_being = (verb_start..hit.words.end).any(|at| BEING.contains(&reading.text.word(at)));
    let explicit = matches!(subject, Subject::Writer | Subject::Named(_) | Subject::Pronoun)
        || FIRST_RETURN.contains(&reading.text.word(hit.words.start));
    (is_being && explicit) || hit.words.start == sentence.words.start
}

/// "Peter will be back on 23 March": the day follows at once.
fn day_follows(reading: &Reading<'_>, sentence: &Sentence, hit: &Hit) -> bool {
    reading.text.word(hit.words.end.saturating_sub(1)) != "to"
        && reading.days(sentence).iter().any(|day| {
            let words = reading.words_of(day);
            // "Ab dem 20. Juli bin ich wieder da" has it before.
            let ahead = words.end <= hit.words.start && hit.words.start - words.end <= 3;
            (hit.words.end..=hit.words.end + 1).contains(&words.start)
                || (ahead && matches!(day.role, Role::From | Role::On))
        })
}

/// The days of an absence in a sentence. `phrase` says that the sentence itself tells of one;
/// without it only a day of return counts.
fn days_of(reading: &Reading<'_>, sentence: &Sentence, phrase: Option<&Hit>) -> Option<Days> {
    let all = reading.days(sentence);
    let ahead = |day: &&FoundDate| reading.lies_ahead(day.date) && day.role != Role::Since;
    let is_end = |day: &&FoundDate| {
        phrase.is_some_and(|hit| !is_of_another_clause(reading, hit, day))
            && (day.role == Role::Until || day.first.is_some() || is_last_day(reading, day))
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
        let from = end.first.or_else(|| start_of(reading, sentence));
        return Some(Days { from: from.filter(|from| *from <= end.date), until: end.date });
    }
    None
}

/// "until then", "bis dahin".
fn says_until_then(reading: &Reading<'_>, sentence: &Sentence) -> bool {
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
fn until_then(reading: &Reading<'_>, at: usize, sentence: &Sentence) -> Option<Days> {
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
fn length_of(reading: &Reading<'_>, sentence: &Sentence) -> Option<Days> {
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
    whole_week(&all).or_else(|| whole_month(reading, &all))
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

/// Leave of months is told without its end.
fn is_long_leave(reading: &Reading<'_>, hit: &Hit) -> bool {
    const LONG: [&str; 26] = [
        "maternity",
        "parental",
        "mat",
        "sabbatical",
        "secondment",
        "elternzeit",
        "mutterschutz",
        "karenz",
        "maternite",
        "paternite",
        "maternidad",
        "maternita",
        "maternal",
        "zwangerschapsverlof",
        "ouderschapsverlof",
        "bevallingsverlof",
        "zwangerschaps",
        "ouderschaps",
        "bevallings",
        "wereldreis",
        "foraldraledig",
        "mammaledig",
        "pappaledig",
        "barsel",
        "barselsorlov",
        "macierzynskim",
    ];
    hit.words.clone().any(|at| LONG.contains(&reading.text.word(at)))
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
fn start_of(reading: &Reading<'_>, sentence: &Sentence) -> Option<Date> {
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
    let from = week.date.checked_sub(jiff::Span::new().days(monday_offset)).ok()?;
    let until = from.checked_add(jiff::Span::new().days(4)).ok()?;
    Some(Days { from: Some(from), until })
}
