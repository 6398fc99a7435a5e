//! A day to come back on where no phrase asks, but the sentence as a whole tells so.
//!
//! People ask for it in ever new words ("bring biscuits mid-October"). The reader of cues learnt from
//! many of them; a day is taken only from a sentence of which it is sure.

use inroad_model::{Cue, FactKind, FoundCue};
use jiff::civil::Date;

use super::is_plan;
use crate::dates::{FoundDate, Precision, Role};
use crate::facts::reading::{Reading, Voice};
use crate::text::Sentence;

/// From which probability on a sentence is believed.
const PROBABILITY_MIN: f32 = 0.5;
/// A day nearer than this is one of a call that is being arranged.
const DAYS_MIN: i32 = 3;

/// Reads such a day, if nothing of the kind was read by its words.
pub(in crate::facts) fn read(reading: &mut Reading<'_>, cues: &[FoundCue]) {
    if reading.facts.iter().any(|fact| fact.kind == FactKind::ComeBack) {
        return;
    }
    let asks =
        |told: &&FoundCue| told.cue == Cue::ComeBackLater && told.probability >= PROBABILITY_MIN;
    let mut told: Vec<&FoundCue> = cues.iter().filter(asks).collect();
    told.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    let found = told.into_iter().find_map(|told| {
        let mut sentences = reading.text.sentences.iter();
        let sentence = sentences.find(|sentence| sentence.source.start == told.range.start)?;
        // "Try end of October" in a note is the seller's own plan.
        let in_note = reading.voice == Voice::Note;
        if in_note && is_plan(reading.text.word(sentence.words.start)) {
            return None;
        }
        Some((sentence, day_in(reading, sentence)?))
    });
    let Some((sentence, day)) = found else { return };
    let person = reading.people.writer().or_else(|| reading.note_speaker(None));
    if person.is_none() {
        return;
    }
    let mut fact = reading.fact(FactKind::ComeBack, person, reading.text.quote(sentence));
    fact.on = Some(day);
    reading.facts.push(fact);
}

/// The day that a sentence names, rather than a month or a season.
fn day_in(reading: &Reading<'_>, sentence: &Sentence) -> Option<Date> {
    let ends_absence = |date: Date| {
        let away = |kind| kind == FactKind::OutOfOffice;
        reading.facts.iter().any(|fact| away(fact.kind) && fact.until == Some(date))
    };
    let fits = |day: &&FoundDate| {
        !day.relative
            && !matches!(day.role, Role::Since | Role::By)
            && reading.lies_ahead(day.date)
            && (day.date - reading.day).get_days() >= DAYS_MIN
            && !ends_absence(day.date)
    };
    let all = reading.days(sentence);
    let exact = all.iter().filter(fits).find(|day| day.precision == Precision::Day);
    exact.or_else(|| all.iter().find(fits)).map(|day| day.date)
}
