//! Who does not want to be written to again: one address, several, or the whole firm.

use std::collections::BTreeSet;

use inroad_model::{EmailAddress, FactKind};

use super::grammar::Subject;
use super::lexicon::{Cue, Hit};
use super::people;
use super::reading::{Reading, Voice};
use crate::text::Sentence;

/// Words behind "don't call me" that only limit it: "before nine", "about the invoice".
const LIMITS: [&str; 40] = [
    "before", "until", "till", "on", "at", "during", "between", "after", "if", "unless", "while",
    "when", "about", "for", "with", "by", "as", "this", "next", "today", "tomorrow", "via",
    "through", "directly", "but", "because", "that", "the", "a", "an", "back", "to", "your", "an",
    "only", "just", "so", "too", "now", "yet",
];
/// Beginnings that need a look at what follows.
const NEGATIONS: [&str; 6] = ["do", "don't", "never", "not", "nor", "stop"];
/// Endings that leave no doubt.
const FINAL: [&str; 10] =
    ["again", "more", "anymore", "longer", "further", "ever", "here", "future", "any", "list"];
/// So short a message can say it in one word.
const WORDS_ALONE_MAX: usize = 8;

/// Reads opt-outs.
pub(super) fn read(reading: &mut Reading<'_>) {
    if reading.voice == Voice::Machine {
        return;
    }
    let phrases: Vec<Hit> = reading
        .of(&[Cue::OptOut, Cue::OptOutAlone])
        .into_iter()
        .filter(|hit| holds(reading, hit))
        .collect();
    let Some(first) = phrases.first() else { return };
    let Some((_, sentence)) = reading.sentence(first) else { return };
    // "Mr Holub does not wish to hear from you" speaks for somebody else.
    let spoken_for = reading.before(first).and_then(|before| match before.subject {
        Subject::Named(person) if !reading.is_only_recipient(person) => Some(person),
        _ => None,
    });
    let writer = match reading.people.writer() {
        Some(writer) => Some(spoken_for.unwrap_or(writer)),
        None => note_subject(reading, first),
    };
    let Some(writer) = writer.and_then(|writer| reading.people.address(writer)).cloned() else {
        return;
    };
    let places: BTreeSet<usize> =
        phrases.iter().filter_map(|hit| reading.sentence(hit)).map(|(at, _)| at).collect();
    let whole_firm = places
        .iter()
        .any(|at| (at.saturating_sub(1)..=at + 1).any(|near| reading.has(near, Cue::Firm)));
    let mut addresses = vec![writer];
    for at in &places {
        if let Some(sentence) = reading.text.sentences.get(*at) {
            addresses.extend(own_addresses(reading, sentence));
        }
    }
    let quote = reading.text.quote(sentence);
    let mut seen = BTreeSet::new();
    for address in addresses {
        if seen.insert(address.clone()) {
            let mut fact = reading.fact(FactKind::OptedOut, None, quote);
            fact.email = Some(address);
            fact.whole_firm = whole_firm;
            reading.facts.push(fact);
        }
    }
}

/// Whom a note tells it of: who is named before the phrase, else the first who is named.
fn note_subject(reading: &Reading<'_>, hit: &Hit) -> Option<usize> {
    let named = reading.before(hit).map(|before| before.subject);
    let named = match named {
        Some(Subject::Named(person)) => Some(person),
        _ => reading.meant_before(hit),
    };
    named.or_else(|| reading.note_speaker(None))
}

/// The addresses in a sentence that belong to the writer's firm.
fn own_addresses(reading: &Reading<'_>, sentence: &Sentence) -> Vec<EmailAddress> {
    let domain = reading.people.domain();
    people::addresses(reading.text.source, &sentence.source, domain)
        .into_iter()
        .map(|written| written.address)
        .filter(|address| Some(address.domain()) == domain)
        .collect()
}

fn holds(reading: &Reading<'_>, hit: &Hit) -> bool {
    let (Some((_, sentence)), Some(before)) = (reading.sentence(hit), reading.before(hit)) else {
        return false;
    };
    if before.is_denied || (before.is_conditional && !is_polite(reading, sentence, hit)) {
        return false;
    }
    if is_of_one_thread(reading, sentence, hit) {
        return false;
    }
    if hit.cue == Cue::OptOutAlone {
        return reading.text.words.len() <= WORDS_ALONE_MAX
            && sentence.words.len() <= 3
            && !sentence.is_question;
    }
    // "Would you remove us?" asks for it; "Shall I unsubscribe you?" does not.
    if sentence.is_question && is_offer(reading, sentence) {
        return false;
    }
    let denies = hit.words.clone().any(|at| NEGATIONS.contains(&reading.text.word(at)));
    !denies || !is_limited(reading, sentence, hit)
}

/// "I'd be obliged if you'd take me off": a request.
fn is_polite(reading: &Reading<'_>, sentence: &Sentence, hit: &Hit) -> bool {
    (sentence.words.start..hit.words.start).any(|at| {
        matches!(
            reading.text.word(at),
            "obliged"
                | "grateful"
                | "appreciate"
                | "appreciated"
                | "kind"
                | "glad"
                | "rather"
                | "prefer"
                | "thank"
                | "thankful"
                | "love"
                | "pleased"
                | "dankbar"
                | "verbunden"
                | "freundlich"
                | "reconnaissant"
                | "reconnaissante"
                | "gre"
                | "agradeceria"
                | "agradeceriamos"
                | "grato"
                | "grata"
                | "dankbaar"
                | "tacksam"
        )
    })
}

/// "Remove me from the cc" is about one exchange; "write to me not at my private address" about one
/// way.
fn is_of_one_thread(reading: &Reading<'_>, sentence: &Sentence, hit: &Hit) -> bool {
    let end = sentence.words.end.min(hit.words.end + 3);
    let thread = (hit.words.end..end).any(|at| {
        matches!(
            reading.text.word(at),
            "cc" | "thread" | "chain" | "loop" | "copy" | "invite" | "meeting" | "invitation"
        )
    });
    let bare_not = reading.text.word(hit.words.end.saturating_sub(1)) == "nicht";
    let goes_on = hit.words.end < sentence.words.end
        && !matches!(reading.text.word(hit.words.end), "mehr" | "wieder" | "weiter" | "noch");
    thread || (bare_not && goes_on)
}

fn is_offer(reading: &Reading<'_>, sentence: &Sentence) -> bool {
    matches!(
        reading.text.word(sentence.words.start),
        "shall"
            | "should"
            | "do"
            | "did"
            | "does"
            | "soll"
            | "sollen"
            | "mochten"
            | "wollen"
            | "why"
    )
}

fn is_limited(reading: &Reading<'_>, sentence: &Sentence, hit: &Hit) -> bool {
    let last = reading.text.word(hit.words.end.saturating_sub(1));
    if FINAL.contains(&last) || hit.words.end >= sentence.words.end {
        return false;
    }
    LIMITS.contains(&reading.text.word(hit.words.end))
}
