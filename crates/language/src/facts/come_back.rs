//! Days on which we are asked to come back, or which are named for the next word.
//!
//! Appointments are neither: a time of day beside the day keeps one out.

use inroad_model::FactKind;

use crate::dates::{FoundDate, Precision, Role};

use super::grammar::Subject;
use super::lexicon::{Cue, Hit};
use super::reading::Reading;
use super::text::Sentence;

/// "Call me" on a day nearer than this arranges a call.
const DAYS_ASKED_MIN: i32 = 3;
/// A day stands at most this many words behind its phrase.
const WORDS_TO_DAY_MAX: usize = 16;
/// Verbs of a meeting; only with one of [`AGAIN`] they put something off.
const TALK: [&str; 21] = [
    "talk",
    "speak",
    "discuss",
    "look",
    "sprechen",
    "telefonieren",
    "reden",
    "anschauen",
    "parler",
    "hablamos",
    "hablemos",
    "sentiamoci",
    "sentiamo",
    "kunnen",
    "laten",
    "zullen",
    "praten",
    "prata",
    "snakke",
    "falar",
    "parlare",
];
const AGAIN: [&str; 28] = [
    "again", "after", "once", "then", "back", "wieder", "nochmal", "noch", "nochmals", "erneut",
    "nach", "danach", "apres", "nouveau", "despues", "nuevo", "dopo", "nuovo", "weer", "na", "nog",
    "igen", "efter", "etter", "igjen", "novo", "until", "budget",
];

/// Reads days of the next word.
pub(super) fn read(reading: &mut Reading<'_>) {
    for hit in reading.of(&[Cue::ComeBackAsk, Cue::ComeBackAgain, Cue::ComeBackTell]) {
        read_phrase(reading, &hit);
    }
}

fn read_phrase(reading: &mut Reading<'_>, hit: &Hit) {
    let (Some((at, sentence)), Some(before)) = (reading.sentence(hit), reading.before(hit)) else {
        return;
    };
    let tells = hit.cue == Cue::ComeBackTell;
    let may_ask = sentence.is_question && !tells;
    if (sentence.is_question && !may_ask) || before.is_denied || before.is_past {
        return;
    }
    // What an ill person's return is expected on was read with the illness.
    if reading.text.words.get(hit.words.start).is_none() || is_hope(reading, hit) {
        return;
    }
    if (before.is_supposed && tells) || is_french_infinitive(reading, hit) {
        return;
    }
    let Some(day) = day_of(reading, sentence, hit) else { return };
    if has_clock_time(reading, sentence) && !reading.has(at, Cue::ComeBackAgain) {
        return;
    }
    let said_by = speaker(reading, hit, before.subject);
    let in_note = match said_by {
        Subject::Named(_) => None,
        _ => reading.note_speaker(None),
    };
    let Some(person) = in_note.or_else(|| reading.person(said_by, hit)) else { return };
    if in_note.is_some() && is_todo(reading, sentence, hit, day) {
        return;
    }
    let known = reading.facts.iter().any(|fact| {
        fact.kind == FactKind::ComeBack
            && fact.on == Some(day)
            && fact.email.as_ref() == reading.people.address(person)
    });
    if known {
        return;
    }
    let quote = reading.text.quote(sentence);
    let mut fact = reading.fact(FactKind::ComeBack, Some(person), quote);
    fact.on = Some(day);
    reading.facts.push(fact);
}

/// "vous le dire" is not the Spanish "le diré", though folding makes them equal.
fn is_french_infinitive(reading: &Reading<'_>, hit: &Hit) -> bool {
    let last = hit.words.end.checked_sub(1).and_then(|at| reading.text.words.get(at));
    let written = last.and_then(|word| reading.text.source.get(word.source.clone()));
    matches!(reading.text.word(hit.words.start), "le" | "les" | "te" | "os")
        && written.is_some_and(|written| matches!(written, "dire" | "redire"))
}

/// "Try again next week" in a note is the seller's own plan; "asked to ring on the 5th" is not.
fn is_todo(reading: &Reading<'_>, sentence: &Sentence, hit: &Hit, day: jiff::civil::Date) -> bool {
    const DAYS_OWN_MAX: i32 = 14;
    let starts = hit.words.start <= sentence.words.start + 1;
    let near = (day - reading.day).get_days() < DAYS_OWN_MAX;
    hit.cue != Cue::ComeBackTell
        && starts
        && near
        && matches!(
            reading.text.word(hit.words.start),
            "try"
                | "call"
                | "ring"
                | "chase"
                | "ping"
                | "follow"
                | "check"
                | "email"
                | "write"
                | "wiedervorlage"
                | "wv"
                | "ruckruf"
                | "rappeler"
                | "relancer"
                | "recontacter"
                | "llamar"
                | "richiamare"
                | "risentirlo"
                | "terugbellen"
                | "nabellen"
                | "bel"
        )
}

fn is_hope(reading: &Reading<'_>, hit: &Hit) -> bool {
    matches!(
        reading.text.word(hit.words.start),
        "expected" | "hoped" | "hoping" | "hope" | "aiming"
    )
}

/// Who asks or promises: the writer, unless "he'll ring you" and "Rob will write" say otherwise.
fn speaker(reading: &Reading<'_>, hit: &Hit, before: Subject) -> Subject {
    match reading.text.word(hit.words.start) {
        "he" | "she" => Subject::Pronoun,
        "will" => match before {
            Subject::Named(_) | Subject::Pronoun | Subject::Writer => before,
            _ => Subject::Reader,
        },
        "asked" | "asks" | "wants" | "told" => match before {
            Subject::Named(_) => before,
            _ => Subject::Pronoun,
        },
        _ if reading.people.writer().is_some() => Subject::Writer,
        _ => match before {
            Subject::Named(_) => before,
            _ => Subject::Unsaid,
        },
    }
}

/// The day that belongs to a phrase.
fn day_of(reading: &Reading<'_>, sentence: &Sentence, hit: &Hit) -> Option<jiff::civil::Date> {
    let all = reading.days(sentence);
    let tells = hit.cue == Cue::ComeBackTell;
    let fits = |day: &&FoundDate| {
        let start = reading.words_of(day).start;
        let reached = start >= hit.words.start && start <= hit.words.end + WORDS_TO_DAY_MAX;
        let conditional = (hit.words.end..start).any(|at| {
            matches!(
                reading.text.word(at),
                "if" | "unless"
                    | "falls"
                    | "wenn"
                    | "indien"
                    | "who"
                    | "whom"
                    | "which"
                    | "qui"
                    | "dont"
                    | "whose"
            )
        });
        if conditional {
            return false;
        }
        // "On Friday I'll let you know", "am 20. gebe ich Bescheid".
        let stands = reached || (tells && start < hit.words.start);
        stands && reading.lies_ahead(day.date) && day.date > reading.day && !day.relative
    };
    let named = all
        .iter()
        .filter(fits)
        .find(|day| if tells { names_day(day) } else { asks_for(reading, sentence, hit, day) })?;
    Some(named.date)
}

/// A promise needs a day, or the end of a week or month.
fn names_day(day: &FoundDate) -> bool {
    if matches!(day.role, Role::Since | Role::From) {
        return false;
    }
    match day.precision {
        Precision::Day => true,
        Precision::Week => day.date.weekday() == jiff::civil::Weekday::Friday,
        Precision::Month => day.date == day.date.last_of_month(),
        Precision::Season => false,
    }
}

/// A request names the day on which, or after which; "by Friday" asks for something else.
fn asks_for(reading: &Reading<'_>, sentence: &Sentence, hit: &Hit, day: &FoundDate) -> bool {
    let says =
        |list: &[&str]| sentence.words.clone().any(|at| list.contains(&reading.text.word(at)));
    let waits = hit.words.clone().any(|at| {
        matches!(
            reading.text.word(at),
            "until"
                | "till"
                | "til"
                | "expect"
                | "expecting"
                | "before"
                | "wait"
                | "hold"
                | "nothing"
        )
    });
    let role_fits = match day.role {
        Role::Until => waits,
        Role::By => hit.words.clone().any(|at| matches!(reading.text.word(at), "heard" | "hear")),
        Role::Since => false,
        _ => true,
    };
    let talks = hit.words.clone().any(|at| TALK.contains(&reading.text.word(at)));
    if !role_fits || (talks && !says(&AGAIN)) {
        return false;
    }
    let again = hit.cue == Cue::ComeBackAgain;
    let near = (day.date - reading.day).get_days() < DAYS_ASKED_MIN;
    match day.precision {
        Precision::Day => !near || again,
        Precision::Week => true,
        Precision::Month | Precision::Season => again || waits || !proposes(reading, hit),
    }
}

/// "We could revisit it in spring" is a proposal; "call me in spring" is a request.
fn proposes(reading: &Reading<'_>, hit: &Hit) -> bool {
    hit.words.clone().any(|at| {
        matches!(
            reading.text.word(at),
            "we" | "let" | "let's" | "us" | "wir" | "nous" | "happy" | "give" | "leave" | "park"
        )
    }) && !hit.words.clone().any(|at| matches!(reading.text.word(at), "to" | "a"))
}

/// "10:30", "at 2", "14 Uhr", "3pm": an appointment.
fn has_clock_time(reading: &Reading<'_>, sentence: &Sentence) -> bool {
    let quote = reading.text.quote(sentence);
    let bytes = quote.as_bytes();
    let colon = bytes
        .windows(3)
        .any(|w| matches!(w, [a, b':', b] if a.is_ascii_digit() && b.is_ascii_digit()));
    colon
        || sentence.words.clone().any(|at| {
            let word = reading.text.word(at);
            let is_number = |word: &str| {
                !word.is_empty() && word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit())
            };
            let clock = matches!(word, "uhr" | "am" | "pm" | "h" | "uur" | "o'clock")
                && at > sentence.words.start
                && is_number(reading.text.word(at - 1));
            let joined = word
                .strip_suffix("am")
                .or_else(|| word.strip_suffix("pm"))
                .is_some_and(|number| number.bytes().any(|b| b.is_ascii_digit()));
            let behind_at = is_number(word)
                && at > sentence.words.start
                && matches!(reading.text.word(at - 1), "at");
            clock || joined || behind_at
        })
}
