//! Absences that are only told by their end: "I will be back in the office on 5 January".
//!
//! Must not: take "I'll be back with the numbers" for an absence.

use inroad_model::FactKind;

use crate::dates::{FoundDate, Precision, Role};
use crate::facts::grammar::Subject;
use crate::facts::lexicon::{Cue, Hit};
use crate::facts::reading::{Reading, Voice};
use crate::text::Sentence;

use super::days::{self, Days};

/// Reads absences that are told by their end.
pub(super) fn read(reading: &mut Reading<'_>) {
    for hit in reading.of(&[Cue::Return, Cue::ReturnSure]) {
        read_phrase(reading, &hit);
    }
}

fn read_phrase(reading: &mut Reading<'_>, hit: &Hit) {
    let (Some((_, sentence)), Some(before)) = (reading.sentence(hit), reading.before(hit)) else {
        return;
    };
    // "wieder anrufen", "call again": not a person's return.
    let calls = (hit.words.end..hit.words.end + 2).any(|at| {
        matches!(
            reading.text.word(at),
            "anrufen"
                | "melden"
                | "telefonieren"
                | "sprechen"
                | "nachfragen"
                | "kontaktieren"
                | "anklopfen"
                | "schreiben"
                | "bellen"
                | "mailen"
                | "schrijven"
                | "llamar"
                | "escribir"
        )
    });
    if calls {
        return;
    }
    let by_machine = reading.voice == Voice::Machine;
    let noted = reading.voice == Voice::Note && matches!(before.subject, Subject::Named(_));
    let sure = hit.cue == Cue::ReturnSure;
    let told = by_machine
        || noted
        || (!sentence.is_question
            && (sure
                || says_workplace(reading, sentence, hit)
                || (is_said(reading, sentence, hit, before.subject)
                    && day_follows(reading, sentence, hit))));
    if !told || before.is_past || before.is_denied || before.subject == Subject::Reader {
        return;
    }
    if (before.is_supposed && !by_machine) || (by_machine && days::is_hours(reading, sentence)) {
        return;
    }
    let opener = opener(reading, sentence, hit).filter(|_| before.subject == Subject::Unsaid);
    let subject = match (reading.text.word(hit.words.start), opener.unwrap_or(before.subject)) {
        ("i" | "we", _) => Subject::Writer,
        // "rientrerò" says "I" by its form.
        (word, _) if FIRST_RETURN.contains(&word) && word != "he" && word != "she" => {
            Subject::Writer
        }
        ("he" | "she", _) => Subject::Pronoun,
        (_, subject) => subject,
    };
    let Some(person) = reading.person(subject, hit) else { return };
    if reading.noted(FactKind::OutOfOffice, Some(person)) || reading.is_of_somebody_else(hit) {
        return;
    }
    let all = reading.days(sentence);
    let end = all.iter().find(|day| {
        (day.precision == Precision::Day || is_numbered_week(reading, day))
            && reading.is_return(day, &all)
            && is_beside(reading, hit, day)
            && day.date > reading.day
            && reading.lies_ahead(day.date)
    });
    if let Some(end) = end {
        let quote = reading.text.quote(sentence);
        super::push(reading, person, Some(Days { from: None, until: end.date }), quote);
    }
}

/// "Marek is in Poland, back on the 14th": a clause without a subject keeps that of its sentence.
fn opener(reading: &Reading<'_>, sentence: &Sentence, hit: &Hit) -> Option<Subject> {
    let first = sentence.words.start;
    let begins = reading.text.words.get(hit.words.start).is_some_and(|word| word.begins_clause);
    if !begins || hit.words.start <= first + 2 {
        return None;
    }
    let at = reading.text.sentence_of(first);
    let named = reading.mentions(at).iter().find(|mention| mention.words.start == first);
    if let Some(named) = named.filter(|m| !reading.is_only_recipient(m.person)) {
        let addressed = reading.text.words.get(named.words.end).is_some_and(|w| w.begins_clause);
        return (!addressed || reading.voice == Voice::Note)
            .then_some(Subject::Named(named.person));
    }
    match reading.text.word(first) {
        "i" | "ich" | "je" | "ik" => Some(Subject::Writer),
        "he" | "she" | "er" | "sie" | "il" | "elle" | "hij" | "zij" => Some(Subject::Pronoun),
        _ => None,
    }
}

/// Whether a day belongs to this phrase and not to another one of the sentence.
fn is_beside(reading: &Reading<'_>, hit: &Hit, day: &FoundDate) -> bool {
    const WORDS_BETWEEN_MAX: usize = 7;
    let words = reading.words_of(day);
    let apart =
        words.start.saturating_sub(hit.words.end).max(hit.words.start.saturating_sub(words.end));
    apart <= WORDS_BETWEEN_MAX
}

/// "in KW 23" names a Monday, "next week" does not.
fn is_numbered_week(reading: &Reading<'_>, day: &FoundDate) -> bool {
    day.precision == Precision::Week
        && reading
            .words_of(day)
            .any(|at| reading.text.word(at).starts_with(|c: char| c.is_ascii_digit()))
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
