//! Who is away, and until when.
//!
//! An absence needs its end: the last day away or the day of return, whichever the words give.
//! Only a machine that answers in a person's place is believed without one.

mod days;
mod machine;
mod returns;
mod stays;
mod unseen;

use inroad_model::FactKind;

use crate::dates::{Precision, Role};

use self::days::Days;
use super::grammar::{Before, Subject};
use super::lexicon::{Cue, Hit};
use super::reading::{Reading, Voice};
use crate::text::Sentence;

/// The day of return may stand in one of the next sentences.
const SENTENCES_AHEAD: usize = 2;
/// A weak word such as "off" needs its verb right before it.
const VERB_TO_WEAK_WORDS_MAX: usize = 2;

/// Reads absences.
pub(super) fn read(reading: &mut Reading<'_>) {
    for hit in reading.of(&[Cue::Away, Cue::AwayWeak, Cue::Elsewhere, Cue::Closed]) {
        read_phrase(reading, &hit);
    }
    unseen::read(reading);
    stays::read(reading);
    returns::read(reading);
    machine::read(reading);
}

fn read_phrase(reading: &mut Reading<'_>, hit: &Hit) {
    let Some((at, sentence)) = reading.sentence(hit) else { return };
    // "in" stands in most letters; what asks for no names leaves none open.
    let in_a_place = reading.text.word(hit.words.start) == "in" && hit.words.len() == 1;
    if in_a_place && !is_place_with_end(reading, sentence, hit) {
        return;
    }
    let Some(before) = reading.before(hit) else { return };
    let by_machine = reading.voice == Voice::Machine;
    let only_said = before.is_denied || (before.is_supposed && !by_machine);
    let weak_past = before.is_past && hit.cue != Cue::Away;
    if only_said || weak_past || (sentence.is_question && !by_machine) {
        return;
    }
    let weak = hit.cue == Cue::AwayWeak;
    if weak && !has_verb_near(reading, sentence, hit, &before) {
        return;
    }
    if in_a_place && !is_near_its_verb(reading, sentence, hit, &before) {
        return;
    }
    if (hit.cue == Cue::Closed || by_machine) && days::is_hours(reading, sentence) {
        return;
    }
    let subject = if hit.cue == Cue::Closed { Subject::Writer } else { before.subject };
    let Some(person) = reading.person(subject, hit) else { return };
    if reading.is_of_somebody_else(hit) {
        return;
    }
    // "The parcel doesn't return": verbs of the third person need somebody.
    let third = ["doesn't", "does", "due", "fehlt", "manca", "kommt", "kehrt", "rentre", "fly"];
    if before.subject == Subject::Unsaid && third.contains(&reading.text.word(hit.words.start)) {
        return;
    }
    let sentence = sentence.clone();
    let found = if before.is_past {
        days::over(reading, &sentence).map(|days| (days, sentence.clone()))
    } else if hit.cue == Cue::Elsewhere {
        days::of_place(reading, &sentence, hit).map(|days| (days, sentence.clone()))
    } else {
        days_near(reading, at, &sentence, hit)
    };
    let writer_known = reading.noted(FactKind::OutOfOffice, Some(person));
    // A word of a place or a pastime adds nothing to an absence that was told outright.
    if hit.cue == Cue::Elsewhere && writer_known {
        return;
    }
    let (days, quoted) = match found {
        Some((days, quoted)) => (Some(days), quoted),
        None if before.is_past || hit.cue == Cue::Elsewhere => return,
        None if by_machine
            && !weak
            && before.subject != Subject::Unknown
            && !writer_known
            && machine::speaks_for_somebody(reading)
            && !reading.has(at, Cue::Left) =>
        {
            (None, sentence)
        }
        None if is_long_leave(reading, hit) && !writer_known => (None, sentence),
        None => return,
    };
    if hit.cue == Cue::Closed && days.is_none() {
        return;
    }
    let quote = reading.text.quote(&quoted);
    push(reading, person, days, quote);
}

/// Notes an absence.
fn push(reading: &mut Reading<'_>, person: usize, days: Option<Days>, quote: &str) {
    let mut fact = reading.fact(FactKind::OutOfOffice, Some(person), quote);
    fact.from = days.and_then(|days| days.from);
    fact.until = days.map(|days| days.until);
    reading.facts.push(fact);
}

/// The days that belong to a phrase: in its sentence, else a day of return in one of the next, else
/// by its length.
fn days_near(
    reading: &Reading<'_>,
    at: usize,
    sentence: &Sentence,
    hit: &Hit,
) -> Option<(Days, Sentence)> {
    days::of(reading, sentence, Some(hit))
        .map(|days| (days, sentence.clone()))
        .or_else(|| {
            (1..=SENTENCES_AHEAD).find_map(|ahead| {
                let next = reading.text.sentences.get(at + ahead)?;
                let days = days::of(reading, next, None)?;
                let from = days.from.or(days::start(reading, sentence));
                Some((Days { from, ..days }, next.clone()))
            })
        })
        .or_else(|| Some((days::until_then(reading, at, sentence)?, sentence.clone())))
        .or_else(|| Some((days::by_length(reading, sentence)?, sentence.clone())))
}

/// "I'm in Lyon until Friday": a place and an end make an absence; "in" alone does not.
fn is_place_with_end(reading: &Reading<'_>, sentence: &Sentence, hit: &Hit) -> bool {
    let word = |at: usize| reading.text.words.get(at);
    let place = word(hit.words.end).is_some_and(|w| w.capital && !w.begins_clause)
        && !crate::dates::names_day(reading.text.word(hit.words.end));
    let number = reading.text.word(hit.words.end + 1).starts_with(|c: char| c.is_ascii_digit());
    let ends = days::says_until_then(reading, sentence)
        || reading.days(sentence).iter().any(|day| {
            let week = day.precision == Precision::Week && day.role == Role::On;
            day.role == Role::Until || day.first.is_some() || week
        });
    place && !number && ends
}

/// Whether a place stands by the verb: "ist noch bis Ende der Woche in China" has the day between.
fn is_near_its_verb(
    reading: &Reading<'_>,
    sentence: &Sentence,
    hit: &Hit,
    before: &Before,
) -> bool {
    const VERB_TO_PLACE_WORDS_MAX: usize = 2;
    before.verb_words.is_some_and(|words| {
        let between = hit.words.start.saturating_sub(words)..hit.words.start;
        words <= VERB_TO_PLACE_WORDS_MAX
            || reading.days(sentence).iter().any(|day| {
                day.role == Role::Until && between.contains(&reading.words_of(day).start)
            })
    })
}

/// A weak word stands by its verb: "is away", "ist bis 5. Mai weg", "weil er verreist ist".
fn has_verb_near(reading: &Reading<'_>, sentence: &Sentence, hit: &Hit, before: &Before) -> bool {
    const VERB_OVER_DAY_WORDS_MAX: usize = 7;
    let behind =
        matches!(reading.text.word(hit.words.end), "ist" | "bin" | "sind" | "is" | "ben" | "zijn")
            && hit.words.end < sentence.words.end;
    // "Out all of next week": a sentence that begins with it says it of the writer.
    let opens = hit.words.start == sentence.words.start && hit.words.len() > 1;
    behind
        || opens
        || before.verb_words.is_some_and(|words| {
            let between = hit.words.start.saturating_sub(words)..hit.words.start;
            let over_day = words <= VERB_OVER_DAY_WORDS_MAX
                && reading.days(sentence).iter().any(|day| {
                    day.role == Role::Until && between.contains(&reading.words_of(day).start)
                });
            words <= VERB_TO_WEAK_WORDS_MAX || over_day
        })
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
