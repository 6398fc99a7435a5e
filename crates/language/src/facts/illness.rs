//! Who is ill, and when that person is expected back.

use inroad_model::FactKind;

use crate::dates::{FoundDate, Precision, Role};

use super::grammar::Subject;
use super::lexicon::{Cue, Hit};
use super::reading::{Reading, Voice};

/// Words behind "ill" and "sick" that make something else of them.
const OTHER_MEANINGS: [&str; 12] = [
    "of",
    "at",
    "advised",
    "conceived",
    "equipped",
    "prepared",
    "fitting",
    "fated",
    "will",
    "afford",
    "pay",
    "note",
];
/// "is ill": the verb stands near.
const VERB_WORDS_MAX: usize = 8;
/// The hoped-for day of return may stand in one of the next sentences.
const SENTENCES_AHEAD: usize = 2;

/// Reads illnesses.
pub(super) fn read(reading: &mut Reading<'_>) {
    for hit in reading.of(&[Cue::Ill, Cue::IllEvent]) {
        read_phrase(reading, &hit);
    }
}

fn read_phrase(reading: &mut Reading<'_>, hit: &Hit) {
    let (Some((at, sentence)), Some(before)) = (reading.sentence(hit), reading.before(hit)) else {
        return;
    };
    let event = hit.cue == Cue::IllEvent;
    // Whoever was ill lately was silent for it; who was ill last year tells a story.
    let over = reading.is_long_ago(at) || (before.is_past && !event && recovered(reading, at));
    if over
        || reading.is_of_somebody_else(hit)
        || before.is_denied
        || before.is_supposed
        || sentence.is_question
    {
        return;
    }
    let next =
        if hit.words.end < sentence.words.end { reading.text.word(hit.words.end) } else { "" };
    let tired = next == "and" && reading.text.word(hit.words.end + 1) == "tired";
    let bare = hit.words.len() == 1;
    if (bare && OTHER_MEANINGS.contains(&next)) || tired {
        return;
    }
    let verb_near = before.verb_words.is_some_and(|words| words <= VERB_WORDS_MAX);
    let named = matches!(before.subject, Subject::Named(_));
    let short = reading.voice == Voice::Note || (before.subject == Subject::Unsaid && !event);
    let includes_verb = event
        || matches!(
            reading.text.word(hit.words.start),
            "have"
                | "has"
                | "had"
                | "got"
                | "caught"
                | "contracted"
                | "hatte"
                | "habe"
                | "hat"
                | "ai"
                | "eu"
                | "tengo"
                | "ho"
                | "avuto"
                | "heb"
                | "se"
                | "mi"
                | "si"
                | "s'"
                | "me"
        );
    if !(verb_near || named || short || includes_verb) {
        return;
    }
    let Some(person) = reading.person(subject(reading, hit, before.subject), hit) else { return };
    if reading.noted(FactKind::Ill, Some(person)) {
        return;
    }
    let quote = reading.text.quote(sentence);
    reading.facts.push(reading.fact(FactKind::Ill, Some(person), quote));
    read_return(reading, person, at);
}

/// Phrases that bring their own pronoun: "he broke his leg".
fn subject(reading: &Reading<'_>, hit: &Hit, before: Subject) -> Subject {
    match (reading.text.word(hit.words.start), before) {
        ("se" | "s'" | "si", Subject::Unsaid | Subject::Unknown) => return Subject::Pronoun,
        ("me" | "mi", Subject::Unsaid | Subject::Unknown) => return Subject::Writer,
        _ => {}
    }
    match reading.text.word(hit.words.start) {
        "he" | "she" => Subject::Pronoun,
        _ => before,
    }
}

/// "I was ill, much better now", "back at work since Monday".
fn recovered(reading: &Reading<'_>, sentence: usize) -> bool {
    let Some(sentence) = reading.text.sentences.get(sentence) else { return false };
    sentence.words.clone().any(|at| {
        matches!(reading.text.word(at), "recovered" | "better" | "genesen" | "gesund" | "hersteld")
    })
}

/// "Off sick until 5 May" is an absence; a day that is hoped for is one to come back on.
fn read_return(reading: &mut Reading<'_>, person: usize, at: usize) {
    if reading.noted(FactKind::OutOfOffice, Some(person)) {
        return;
    }
    for ahead in 0..=SENTENCES_AHEAD {
        let Some(sentence) = reading.text.sentences.get(at + ahead) else { return };
        // "Je reviens vers vous le 21": the writer's next word, not a return.
        if ahead > 0 && reading.has(at + ahead, Cue::ComeBackTell) {
            return;
        }
        let all = reading.days(sentence);
        let future = |day: &&FoundDate| {
            // "bis Mitte September" names a day, "bis September" does not.
            (day.precision == Precision::Day
                || (day.precision == Precision::Month && day.date.day() != 1))
                && !day.relative
                && day.date > reading.day
                && reading.lies_ahead(day.date)
        };
        let until = all.iter().filter(future).find(|day| ahead == 0 && day.role == Role::Until);
        let hoped = all.iter().filter(future).find(|day| {
            reading.is_return(day, &all) || (reading.has(at + ahead, Cue::ComeBackAsk))
        });
        let quote = reading.text.quote(sentence);
        if let Some(day) = until {
            let mut fact = reading.fact(FactKind::OutOfOffice, Some(person), quote);
            fact.until = Some(day.date);
            reading.facts.push(fact);
            return;
        }
        if let Some(day) = hoped {
            let mut fact = reading.fact(FactKind::ComeBack, Some(person), quote);
            fact.on = Some(day.date);
            reading.facts.push(fact);
            return;
        }
    }
}
