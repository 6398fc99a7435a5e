//! Who no longer works there.

use inroad_model::FactKind;

use crate::dates::Precision;

use super::grammar::Subject;
use super::lexicon::{Cue, Hit};
use super::reading::Reading;
use super::referral;

/// Words behind "my last day" that make it the last day of something else.
const NOT_OF_WORK: [&str; 16] = [
    "before", "vor", "avant", "antes", "prima", "voor", "innan", "for", "holiday", "holidays",
    "vacation", "trip", "fair", "urlaub", "messe", "event",
];
/// The successor may be named this many sentences later.
const SENTENCES_AHEAD: usize = 3;

/// Reads departures.
pub(super) fn read(reading: &mut Reading<'_>) {
    for hit in reading.of(&[Cue::Left, Cue::LeftWeak]) {
        read_phrase(reading, &hit);
    }
}

fn read_phrase(reading: &mut Reading<'_>, hit: &Hit) {
    let (Some((at, sentence)), Some(before)) = (reading.sentence(hit), reading.before(hit)) else {
        return;
    };
    if before.is_denied || before.is_supposed || sentence.is_question {
        return;
    }
    if reading.is_of_somebody_else(hit) || reading.is_long_ago(at) {
        return;
    }
    // "has moved on", "retired" are said of people who are named.
    let is_named = matches!(before.subject, Subject::Named(_));
    let ends_work =
        matches!(reading.text.word(hit.words.end.saturating_sub(1)), "on" | "resigned" | "retired");
    // "Marek's contract ended": whose, or it is one of business.
    if reading.text.word(hit.words.start) == "contract"
        && !matches!(before.subject, Subject::Named(_))
    {
        return;
    }
    // "Ich wechsle zum 1. Oktober": a day, not a firm.
    let to_a_day =
        matches!(reading.text.word(hit.words.end.saturating_sub(1)), "zu" | "zum" | "zur")
            && reading.text.word(hit.words.end).starts_with(|c: char| c.is_ascii_digit());
    if to_a_day {
        return;
    }
    // "I no longer work on this": on something else, then.
    let works =
        matches!(reading.text.word(hit.words.end.saturating_sub(1)), "work" | "works" | "working");
    let on_it = matches!(reading.text.word(hit.words.end), "on" | "with" | "directly" | "from");
    if works && on_it {
        return;
    }
    let next_point = reading.text.word(hit.words.end) == "to"
        && matches!(reading.text.word(hit.words.end + 1), "the" | "other" | "something");
    if next_point && ends_work {
        return;
    }
    if hit.cue == Cue::LeftWeak && !(is_named && ends_work) && !leaves_the_firm(reading, hit) {
        return;
    }
    if says_last_day(reading, hit) {
        let end = sentence.words.end.min(hit.words.end + 4);
        if (hit.words.end..end).any(|at| NOT_OF_WORK.contains(&reading.text.word(at))) {
            return;
        }
    }
    let Some(person) = reading.person(owner(reading, hit, before.subject), hit) else { return };
    if reading.noted(FactKind::LeftCompany, Some(person)) {
        return;
    }
    let quote = reading.text.quote(sentence);
    let mut fact = reading.fact(FactKind::LeftCompany, Some(person), quote);
    let successor =
        (at..=at + SENTENCES_AHEAD).find_map(|at| referral::target(reading, at, person));
    // The address of the successor is that of the referral beside it.
    fact.to_name = successor.and_then(|successor| successor.name);
    reading.facts.push(fact);
}

fn says_last_day(reading: &Reading<'_>, hit: &Hit) -> bool {
    hit.words.clone().any(|at| {
        matches!(reading.text.word(at), "last" | "letzter" | "dernier" | "ultimo" | "laatste")
    })
}

/// "my last day" and "his last day" bring their owner.
fn owner(reading: &Reading<'_>, hit: &Hit, subject: Subject) -> Subject {
    let mut words = hit.words.start.saturating_sub(1)..hit.words.end;
    words
        .find_map(|at| match reading.text.word(at) {
            "my" | "mein" | "meinen" | "mon" | "mi" | "mio" | "mijn" => Some(Subject::Writer),
            "his" | "sein" | "son" | "suo" | "zijn" => Some(Subject::Pronoun),
            _ => None,
        })
        .filter(|_| says_last_day(reading, hit))
        .unwrap_or(subject)
}

/// "left Norcote", "left in May": who only "left" may have left a room.
fn leaves_the_firm(reading: &Reading<'_>, hit: &Hit) -> bool {
    let Some((_, sentence)) = reading.sentence(hit) else { return false };
    let end = sentence.words.end.min(hit.words.end + 3);
    let firm = (hit.words.start..end).any(|at| reading.people.names_firm(reading.text.word(at)));
    let leaving = reading.text.word(hit.words.end.saturating_sub(1)) == "leaving";
    let month = !leaving
        && reading.days(sentence).iter().any(|day| {
            let start = reading.words_of(day).start;
            day.precision == Precision::Month && (hit.words.end..hit.words.end + 3).contains(&start)
        });
    // "Marek has left, says the switchboard": nothing else is left.
    let ends = hit.words.end >= sentence.words.end
        || reading.text.words.get(hit.words.end).is_some_and(|word| word.begins_clause);
    let has_left = ends
        && reading.text.word(hit.words.end.saturating_sub(1)) == "left"
        && hit.words.len() > 1
        && reading.before(hit).is_some_and(|before| matches!(before.subject, Subject::Named(_)));
    firm || month || has_left
}
