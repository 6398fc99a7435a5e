//! Absences told by what does not happen before a day: "you won't see me before Thursday", "vous ne
//! me reverrez que le 27", "hasta el 11 no le vemos el pelo".
//!
//! Must not: take an answer that is not ready before a day for an absence.

use inroad_model::FactKind;

use crate::dates::{FoundDate, Precision, Role};
use crate::facts::grammar::Subject;
use crate::facts::lexicon::{Cue, Hit};
use crate::facts::reading::Reading;
use crate::text::Sentence;

use super::days::Days;

/// A day stands at most this many words from the verb.
const WORDS_TO_DAY_MAX: usize = 12;
/// A denial stands at most this many words from the verb.
const WORDS_TO_DENIAL_MAX: usize = 7;
/// "ne" stands right before its verb.
const WORDS_TO_NE_MAX: usize = 3;
/// Words that deny.
const DENIALS: [&str; 45] = [
    "not", "n't", "won't", "can't", "cannot", "isn't", "aren't", "don't", "doesn't", "shan't",
    "never", "nobody", "no", "without", "nor", "nothing", "wouldn't", "couldn't", "neither",
    "nicht", "nix", "nichts", "kein", "keine", "niemand", "nie", "ne", "n'", "pas", "plus",
    "inutile", "personne", "nadie", "non", "ni", "tampoco", "nemmeno", "neanche", "nessuno",
    "niet", "geen", "niks", "niemand", "nooit", "inte",
];
/// Words with which another clause begins.
const TURNS: [&str; 8] = ["but", "aber", "mais", "pero", "ma", "maar", "men", "denn"];

/// Reads what does not happen before a day.
pub(super) fn read(reading: &mut Reading<'_>) {
    for hit in reading.of(&[Cue::Contact]) {
        read_phrase(reading, &hit);
    }
}

fn read_phrase(reading: &mut Reading<'_>, hit: &Hit) {
    // What is cheap to tell comes first: these verbs stand in most mails.
    let Some((_, sentence)) = reading.sentence(hit) else { return };
    if sentence.is_question || !is_denied(reading, sentence, hit) {
        return;
    }
    let all = reading.days(sentence);
    let Some(end) = all.iter().find(|day| limits(reading, hit, day)) else { return };
    let Some(before) = reading.before(hit).filter(|b| !b.is_past && !b.is_conditional) else {
        return;
    };
    let Some(person) = person(reading, sentence, hit, before.subject) else { return };
    if reading.noted(FactKind::OutOfOffice, Some(person)) || reading.is_of_somebody_else(hit) {
        return;
    }
    let quote = reading.text.quote(sentence);
    let from = end.first.filter(|from| *from <= end.date);
    super::push(reading, person, Some(Days { from, until: end.date }), quote);
}

fn is_denied(reading: &Reading<'_>, sentence: &Sentence, hit: &Hit) -> bool {
    let first = sentence.words.start.max(hit.words.start.saturating_sub(WORDS_TO_DENIAL_MAX));
    let last = sentence.words.end.min(hit.words.end + WORDS_TO_DENIAL_MAX);
    let denies = |at: &usize| {
        let word = reading.text.word(*at);
        let is_ne = matches!(word, "ne" | "n'");
        DENIALS.contains(&word) && (!is_ne || *at + WORDS_TO_NE_MAX >= hit.words.start)
    };
    let turns = |at: &usize| TURNS.contains(&reading.text.word(*at));
    (first..hit.words.end).rev().take_while(|at| !turns(at)).any(|at| denies(&at))
        || (hit.words.end..last)
            .take_while(|at| !turns(at))
            .any(|at| denies(&at) && !matches!(reading.text.word(at), "ne" | "n'" | "no" | "non"))
}

/// Whether a day is the one before which it does not happen.
fn limits(reading: &Reading<'_>, hit: &Hit, day: &FoundDate) -> bool {
    let words = reading.words_of(day);
    let behind = words.start >= hit.words.end && words.start - hit.words.end <= WORDS_TO_DAY_MAX;
    let ahead = words.end <= hit.words.start && hit.words.start - words.end <= WORDS_TO_DAY_MAX;
    let led_by = |list: &[&str]| {
        (words.start.saturating_sub(4)..words.start).any(|at| list.contains(&reading.text.word(at)))
    };
    let fits = match day.role {
        Role::Until | Role::Before => true,
        Role::By => led_by(&["avant", "antes"]),
        Role::After => led_by(&["until", "till", "til"]),
        Role::From | Role::On => led_by(&["que", "qu'"]) || day.first.is_some(),
        Role::Since => false,
    };
    fits && (behind || ahead)
        && day.precision <= Precision::Week
        && !day.relative
        && day.date > reading.day
        && reading.lies_ahead(day.date)
}

/// Who is not seen: the object of the verb, else its subject.
fn person(
    reading: &Reading<'_>,
    sentence: &Sentence,
    hit: &Hit,
    subject: Subject,
) -> Option<usize> {
    let first = sentence.words.start.max(hit.words.start.saturating_sub(2));
    let last = sentence.words.end.min(hit.words.end + 3);
    for at in first..last {
        match reading.text.word(at) {
            "me" | "mich" | "m'" | "mi" | "mij" | "uns" => return reading.people.writer(),
            "him" | "her" | "them" | "ihn" | "hem" | "haar" | "lo" | "le" | "la" | "l'"
                if subject == Subject::Reader
                    || subject == Subject::Writer
                    || is_first(reading, hit) =>
            {
                return reading.meant_before(hit);
            }
            _ => {}
        }
    }
    let at = reading.text.sentence_of(hit.words.start);
    let object =
        reading.mentions(at).iter().find(|m| (hit.words.end..last).contains(&m.words.start));
    if let Some(object) = object.filter(|_| subject != Subject::Writer || sees(reading, hit)) {
        return Some(object.person);
    }
    if is_first(reading, hit) {
        return reading.people.writer();
    }
    match subject {
        Subject::Reader => None,
        _ => reading.person(subject, hit),
    }
}

/// "we won't see Peter": a verb that has an object.
fn sees(reading: &Reading<'_>, hit: &Hit) -> bool {
    hit.words.clone().any(|at| {
        matches!(
            reading.text.word(at),
            "see" | "catch" | "reach" | "find" | "get" | "sehen" | "erreichen" | "vemos" | "zien"
        )
    })
}

/// Verbs whose form says that the writer does it.
fn is_first(reading: &Reading<'_>, hit: &Hit) -> bool {
    hit.words.clone().any(|at| {
        matches!(
            reading.text.word(at),
            "lirai"
                | "lis"
                | "reponds"
                | "repondrai"
                | "leo"
                | "leere"
                | "contesto"
                | "contestare"
                | "atiendo"
                | "respondo"
                | "rispondo"
                | "rispondero"
                | "leggo"
                | "leggero"
                | "guardo"
        )
    })
}
