//! The absence behind an automatic reply whose words are nobody's phrases: "Until 28 August I enjoy
//! the mountains".
//!
//! A machine that answers in a person's place tells of an absence; a day up to which, or on which
//! again, is its end. Must not: read anything that a person wrote, or the hours of an office.

use inroad_model::FactKind;

use crate::dates::{FoundDate, Precision, Role};
use crate::facts::lexicon::Cue;
use crate::facts::reading::{Reading, Voice};
use crate::text::Sentence;

use super::days::{self, Days};

/// What comes later is about something else.
const SENTENCES_MAX: usize = 5;

/// Reads the end of an absence in an automatic reply, where nothing else told it.
pub(super) fn read(reading: &mut Reading<'_>) {
    let Some(writer) = reading.people.writer().filter(|_| reading.voice == Voice::Machine) else {
        return;
    };
    let told =
        reading.facts.iter().any(|fact| fact.kind == FactKind::OutOfOffice && fact.until.is_some());
    let gone = (0..reading.text.sentences.len()).any(|at| reading.has(at, Cue::Left));
    if told || gone || !speaks_for_somebody(reading) {
        return;
    }
    let found = reading.text.sentences.iter().take(SENTENCES_MAX).find_map(|sentence| {
        if days::is_hours(reading, sentence) {
            return None;
        }
        let all = reading.days(sentence);
        // "Shut from the 19th, reading mail again from the 4th": the last one is the return.
        let sure =
            |day: &&FoundDate| !matches!(day.role, Role::From | Role::On) || day.first.is_some();
        let fits = |day: &&FoundDate| ends(reading, sentence, day, &all);
        let end = all.iter().filter(sure).find(fits).or_else(|| all.iter().rev().find(fits))?;
        Some((Days { from: end.first, until: end.date }, sentence.clone()))
    });
    if let Some((days, sentence)) = found {
        reading.facts.retain(|fact| fact.kind != FactKind::OutOfOffice);
        let quote = reading.text.quote(&sentence);
        super::push(reading, writer, Some(days), quote);
    }
}

/// A ticket system speaks of itself as "we", or not at all.
pub(super) fn speaks_for_somebody(reading: &Reading<'_>) -> bool {
    const SELF: [&str; 28] = [
        "i", "me", "my", "ich", "mich", "mein", "meine", "meiner", "j'", "mon", "ma", "m'", "suis",
        "serai", "reviens", "reprends", "absent", "absente", "yo", "mi", "estoy", "estare", "io",
        "sono", "mio", "ik", "mijn", "jag",
    ];
    (0..reading.text.words.len()).any(|at| SELF.contains(&reading.text.word(at)))
}

fn ends(reading: &Reading<'_>, sentence: &Sentence, day: &FoundDate, all: &[FoundDate]) -> bool {
    let again = || {
        sentence.words.clone().any(|at| {
            matches!(
                reading.text.word(at),
                "again"
                    | "back"
                    | "wieder"
                    | "zuruck"
                    | "nouveau"
                    | "retour"
                    | "reprends"
                    | "nuevo"
                    | "vuelta"
                    | "vuelvo"
                    | "nuovo"
                    | "torno"
                    | "rientro"
                    | "weer"
                    | "terug"
            )
        })
    };
    let fits = match day.role {
        Role::Until => true,
        Role::Before | Role::By => {
            let near = reading.words_of(day).start;
            (near.saturating_sub(6)..near).any(|at| {
                matches!(reading.text.word(at), "not" | "nicht" | "pas" | "no" | "non" | "niet")
            })
        }
        Role::From | Role::On => day.first.is_some() || reading.is_return(day, all) || again(),
        Role::Since | Role::After => false,
    };
    fits && day.precision <= Precision::Week
        && day.date > reading.day
        && reading.lies_ahead(day.date)
        && !day.relative
}
