//! Absences that need no word of absence: a person who is somewhere, or does something else, until a
//! day or between two: "she's up a mountain till the 14th", "ich bin vom 3. bis 14. im Kloster".
//!
//! The shape tells it: a person right beside a verb of being or going, and an end. Must not: take a
//! state of business for one ("I'm free until Friday", "she is acting head until June").

use std::ops::Range;

use inroad_model::FactKind;

use crate::dates::{FoundDate, Precision, Role};
use crate::facts::grammar::Subject;
use crate::facts::lexicon::{Cue, Hit};
use crate::facts::reading::{Reading, Voice};
use crate::text::Sentence;

use super::days::{self, Days};

/// Between the verb and the day.
const WORDS_TO_DAY_MAX: usize = 11;

/// Verbs of being and going. Those that say by their form that the writer does it stand apart.
const STAYS: &str = "am 'm is 's are 're be go goes going gone fly flies flying head heads heading \
    travel travels travelling traveling stay stays staying spend spends spending drive drives \
    driving sail sails bin ist bleibe bleibt fahre fahrt fliege fliegt reise reist weile weilt sitze \
    sitzt stecke steckt verbringe verbringt suis est serai sera pars part reste vais va passe \
    passerai estoy esta estare estara voy ando anda paso pasa sono e saro sara vado parto parte resto \
    resta sto sta passo ben zit zal ga gaat vlieg vliegt blijf blijft verblijf verblijft reis reist";
const FIRST: [&str; 26] = [
    "suis", "serai", "pars", "vais", "estoy", "estare", "voy", "ando", "paso", "saro", "vado",
    "parto", "resto", "sto", "passo", "passerai", "'m", "am", "bin", "ben", "fliege", "fahre",
    "bleibe", "sono", "reise", "vlieg",
];
/// Words that lead to an end or a range.
const ENDS: [&str; 27] = [
    "until", "till", "til", "through", "thru", "to", "from", "between", "bis", "vom", "von",
    "zwischen", "jusqu'", "jusque", "du", "au", "entre", "hasta", "del", "al", "fino", "dal",
    "tra", "tot", "van", "t", "tussen",
];
/// What people are until a day without being away.
const PRESENT: &str = "free available open valid happy glad acting interim waiting wait testing test \
    trial project projects pilot contract price prices offer quote hold holding keep keeping \
    committed booked responsible charge covering standing call duty here work working desk town \
    around employed head chair member director budget sale sales deadline decision due ready able \
    good fine okay sure busy only just still not n't no never going happy looking hoping trying \
    planning asking frei verfugbar offen gultig bereit zustandig verantwortlich kommissarisch hier \
    erreichbar beschaftigt angestellt nicht kein noch libre disponible valable ouvert ici pret \
    joignable responsable interim pas abierto aqui listo no libero aperto qui pronto reperibile non \
    vrij beschikbaar geldig hier klaar niet geen in-house invited allowed supposed expected tied flat swamped \
    snowed buried overloaded drowning";

/// Reads who is somewhere until a day.
pub(super) fn read(reading: &mut Reading<'_>) {
    if reading.voice == Voice::Machine {
        return;
    }
    for at in 0..reading.text.sentences.len() {
        let Some(sentence) = reading.text.sentences.get(at).filter(|s| !s.is_question) else {
            continue;
        };
        // Days are sought only where a word may lead to an end.
        if !sentence.words.clone().any(|at| ENDS.contains(&reading.text.word(at))) {
            continue;
        }
        read_sentence(reading, sentence);
    }
}

fn read_sentence(reading: &mut Reading<'_>, sentence: &Sentence) {
    let all = reading.days(sentence);
    let ends = |day: &&FoundDate| {
        let end = day.role == Role::Until || (day.first.is_some() && day.role != Role::Since);
        end && day.precision == Precision::Day
            && day.date > reading.day
            && !day.relative
            && reading.lies_ahead(day.date)
    };
    let Some(end) = all.iter().find(ends) else { return };
    let Some(verb) = verb_of(reading, sentence, end) else {
        read_note(reading, sentence, end);
        return;
    };
    // The verb itself is the phrase of whose subject the grammar is asked.
    let hit = Hit { cue: Cue::Elsewhere, words: verb..verb + 1 };
    let Some(before) = reading.before(&hit) else { return };
    if before.is_past || before.is_denied || before.is_supposed {
        return;
    }
    let Some(person) = subject_of(reading, sentence, verb, before.subject, &hit) else { return };
    if reading.noted(FactKind::OutOfOffice, Some(person))
        || reading.noted(FactKind::Ill, Some(person))
        || reading.is_of_somebody_else(&hit)
        || days::is_hours(reading, sentence)
    {
        return;
    }
    let days = Days { from: end.first.filter(|from| *from <= end.date), until: end.date };
    let quote = reading.text.quote(sentence);
    super::push(reading, person, Some(days), quote);
}

/// "Doug fishing in Canada till 8 September": a note leaves out the verb.
fn read_note(reading: &mut Reading<'_>, sentence: &Sentence, end: &FoundDate) {
    const WORDS_BETWEEN_MAX: usize = 9;
    if reading.voice != Voice::Note {
        return;
    }
    let day = reading.words_of(end).start;
    let at = reading.text.sentence_of(sentence.words.start);
    let named = reading.mentions(at).iter().rev().find(|mention| mention.words.end <= day);
    let Some((person, said)) = named.map(|m| (m.person, m.words.end..day)) else { return };
    let present = |at: usize| PRESENT.split_whitespace().any(|word| word == reading.text.word(at));
    let whole = said.clone().all(|at| {
        !present(at) && reading.text.words.get(at).is_some_and(|word| !word.begins_clause)
    });
    let known = reading.noted(FactKind::OutOfOffice, Some(person))
        || reading.noted(FactKind::Ill, Some(person));
    // A place or a pastime follows the name.
    let first = said.start;
    let placed = matches!(
        reading.text.word(first),
        "in" | "at"
            | "on"
            | "up"
            | "down"
            | "over"
            | "off"
            | "out"
            | "away"
            | "auf"
            | "im"
            | "bei"
            | "en"
            | "a"
            | "au"
            | "aux"
            | "chez"
            | "al"
            | "op"
            | "naar"
            | "bij"
            | "nach"
            | "to"
    ) || reading.text.word(first).ends_with("ing")
        || reading.of(&[Cue::Elsewhere]).iter().any(|hit| said.contains(&hit.words.start));
    if !placed {
        return;
    }
    if !(2..=WORDS_BETWEEN_MAX).contains(&said.len()) || !whole || known {
        return;
    }
    let days = Days { from: end.first.filter(|from| *from <= end.date), until: end.date };
    let quote = reading.text.quote(sentence);
    super::push(reading, person, Some(days), quote);
}

/// The verb that a day belongs to, with something said between them that is no business.
fn verb_of(reading: &Reading<'_>, sentence: &Sentence, end: &FoundDate) -> Option<usize> {
    let words = reading.words_of(end);
    let is_verb = |at: &usize| STAYS.split_whitespace().any(|verb| verb == reading.text.word(*at));
    let present = |at: usize| PRESENT.split_whitespace().any(|word| word == reading.text.word(at));
    let first = sentence.words.start.max(words.start.saturating_sub(WORDS_TO_DAY_MAX));
    let turns = |at: &usize| {
        matches!(
            reading.text.word(*at),
            "but" | "aber" | "mais" | "pero" | "ma" | "maar" | "and" | "und"
        )
    };
    let ahead = (first..words.start).rev().take_while(|at| !turns(at)).find(is_verb);
    if let Some(verb) = ahead {
        // The small words of the day itself do not count: "until", "vom".
        let mut said = verb + 1..words.start;
        let tells =
            (said.len() >= 3 || place_follows(reading, sentence, &words)) && !said.any(present);
        return tells.then_some(verb);
    }
    // "Bis zum 28. bin ich in den Bergen"
    let last = sentence.words.end.min(words.end + 2);
    let verb = (words.end..last).find(is_verb)?;
    let mut said = verb + 1..sentence.words.end.min(verb + WORDS_TO_DAY_MAX);
    (said.len() >= 2 && !said.any(present)).then_some(verb)
}

/// "Bin vom 11. bis 22. September auf dem Boot": the place may stand behind the days.
fn place_follows(reading: &Reading<'_>, sentence: &Sentence, days: &Range<usize>) -> bool {
    let leads = matches!(
        reading.text.word(days.end),
        "in" | "im" | "auf" | "an" | "am" | "bei" | "en" | "a" | "au" | "chez" | "at" | "on" | "op"
    );
    let last = sentence.words.end.min(days.end + 4);
    let mut place = days.end + 1..last;
    leads
        && days.end + 1 < last
        && !place.any(|at| {
            let word = reading.text.word(at);
            PRESENT.split_whitespace().any(|present| present == word)
        })
}

/// Whose verb it is: a person stands right beside it, or the verb says "I" by its form.
fn subject_of(
    reading: &Reading<'_>,
    sentence: &Sentence,
    verb: usize,
    subject: Subject,
    hit: &Hit,
) -> Option<usize> {
    const BESIDE_WORDS_MAX: usize = 2;
    let first = sentence.words.start.max(verb.saturating_sub(BESIDE_WORDS_MAX));
    let last = sentence.words.end.min(verb + 1 + BESIDE_WORDS_MAX);
    let at = reading.text.sentence_of(verb);
    for word in (first..verb).rev().chain(verb + 1..last) {
        let mention = reading.mentions(at).iter().find(|mention| mention.words.contains(&word));
        if let Some(mention) = mention {
            let possessive =
                reading.text.word(mention.words.end) == "'s" && mention.words.end != verb;
            return (!possessive && !reading.is_only_recipient(mention.person))
                .then_some(mention.person);
        }
        match reading.text.word(word) {
            "i" | "ich" | "je" | "j'" | "yo" | "io" | "ik" => return reading.people.writer(),
            "he" | "she" | "er" | "elle" | "ella" | "lui" | "lei" | "hij" | "zij" => {
                return reading.meant_before(hit);
            }
            "we" | "wir" | "nous" | "wij" | "they" | "you" | "it" | "this" | "that" | "there"
            | "who" => {
                return None;
            }
            _ => {}
        }
    }
    let own = FIRST.contains(&reading.text.word(verb)) && reading.voice == Voice::Person;
    (own && matches!(subject, Subject::Writer | Subject::Unsaid))
        .then(|| reading.people.writer())?
}
