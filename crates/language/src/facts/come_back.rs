//! Days on which we are asked to come back, or which are named for the next word.
//!
//! Appointments are neither: a time of day beside the day keeps one out.

mod days;

use inroad_model::FactKind;

use super::grammar::Subject;
use super::lexicon::{Cue, Hit};
use super::reading::Reading;
use crate::text::Sentence;

use self::days::{day_of, day_then};

/// Reads days of the next word.
pub(super) fn read(reading: &mut Reading<'_>) {
    for hit in reading.of(&[Cue::ComeBackAsk, Cue::ComeBackAgain, Cue::ComeBackTell]) {
        read_phrase(reading, &hit);
    }
    for hit in reading.of(&[Cue::ComeBackWord]) {
        if !reading.facts.iter().any(|fact| fact.kind == FactKind::ComeBack)
            && says_again(reading, &hit)
        {
            read_phrase(reading, &hit);
        }
    }
}

fn read_phrase(reading: &mut Reading<'_>, hit: &Hit) {
    let (Some((at, sentence)), Some(before)) = (reading.sentence(hit), reading.before(hit)) else {
        return;
    };
    let tells = hit.cue == Cue::ComeBackTell;
    let may_ask = sentence.is_question && !tells;
    if (sentence.is_question && !may_ask) || (before.is_denied && tells) || before.is_past {
        return;
    }
    // What an ill person's return is expected on was read with the illness.
    if reading.text.words.get(hit.words.start).is_none() || is_hope(reading, hit) {
        return;
    }
    if (before.is_supposed && tells) || is_french_infinitive(reading, hit) || is_noun(reading, hit)
    {
        return;
    }
    let Some(day) = day_of(reading, sentence, hit, before.is_denied) else { return };
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
    let asks_then = day_then(reading, sentence, hit).is_some();
    // The end of an absence is no day on which to write.
    let known = reading.facts.iter().any(|fact| {
        fact.kind == FactKind::OutOfOffice && fact.until == Some(day) && !asks_then
            || fact.kind == FactKind::ComeBack
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

/// "Write again on 5 May": a verb of writing or calling asks only beside "again".
fn says_again(reading: &Reading<'_>, hit: &Hit) -> bool {
    const WORDS_APART_MAX: usize = 7;
    let Some((_, sentence)) = reading.sentence(hit) else { return false };
    let first = sentence.words.start.max(hit.words.start.saturating_sub(WORDS_APART_MAX));
    let last = sentence.words.end.min(hit.words.end + WORDS_APART_MAX);
    (first..last).any(|at| {
        let next = reading.text.word(at + 1);
        match reading.text.word(at) {
            "again" | "anew" | "afresh" | "wieder" | "nochmal" | "nochmals" | "erneut"
            | "nuevamente" | "weer" | "opnieuw" => true,
            "once" => next == "more",
            "noch" => matches!(next, "mal" | "einmal"),
            "de" => matches!(next, "nouveau" | "nuevo"),
            "a" => next == "nouveau",
            "otra" => next == "vez",
            "di" => next == "nuovo",
            "nog" => matches!(next, "eens" | "een"),
            _ => false,
        }
    })
}

/// "vous le dire" is not the Spanish "le diré", though folding makes them equal.
fn is_french_infinitive(reading: &Reading<'_>, hit: &Hit) -> bool {
    let last = hit.words.end.checked_sub(1).and_then(|at| reading.text.words.get(at));
    let written = last.and_then(|word| reading.text.source.get(word.source.clone()));
    matches!(reading.text.word(hit.words.start), "le" | "les" | "te" | "os")
        && written.is_some_and(|written| matches!(written, "dire" | "redire"))
}

/// "I read my mail again on Monday": a mail, not to mail.
fn is_noun(reading: &Reading<'_>, hit: &Hit) -> bool {
    let before = hit.words.start.checked_sub(1).map_or("", |at| reading.text.word(at));
    matches!(
        before,
        "my" | "your"
            | "his"
            | "her"
            | "our"
            | "the"
            | "a"
            | "this"
            | "mijn"
            | "uw"
            | "jouw"
            | "zijn"
            | "haar"
            | "de"
            | "een"
            | "deze"
            | "die"
            | "meine"
            | "ihre"
            | "eine"
            | "der"
    ) && matches!(
        reading.text.word(hit.words.start),
        "mail" | "email" | "e" | "bel" | "call" | "ring" | "message" | "text" | "klop"
    )
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
        "asked" | "asks" | "wants" | "told" | "prefers" | "likes" | "bittet" | "bat" | "mochte"
        | "vraagt" | "vroeg" | "demande" | "souhaite" | "prefere" | "propose" | "pide"
        | "quiere" | "chiede" | "wil" => match before {
            Subject::Named(_) => before,
            _ => Subject::Pronoun,
        },
        // "He would be glad to hear from you again": who is glad is not who writes.
        "glad" | "happy" | "pleased" | "delighted" | "grateful" | "like" | "prefer"
            if matches!(before, Subject::Named(_) | Subject::Pronoun) =>
        {
            before
        }
        _ if reading.people.writer().is_some() => Subject::Writer,
        _ => match before {
            Subject::Named(_) => before,
            _ => Subject::Unsaid,
        },
    }
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
