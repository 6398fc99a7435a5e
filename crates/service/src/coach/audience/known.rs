//! What is known of a person and may be used in a letter to them, each with where it stands.

use inroad_coach::audience::KnownFact;
use inroad_language::private::is_private;
use inroad_model::{Entry, FactKind};
use jiff::civil::Date;

use super::Record;

/// So many notes may be used, the latest first.
const NOTES_MAX: usize = 8;
/// Words of a fact by which one sees that a draft speaks of it.
const WORDS_MAX: usize = 6;
/// Shorter words are in every letter.
const WORD_CHARS_MIN: usize = 5;

pub(super) fn facts(record: &Record<'_>) -> Vec<KnownFact> {
    let mut facts: Vec<KnownFact> = Vec::new();
    for deal in &record.deals {
        let says = format!("The deal: {}", deal.deal.name);
        facts.extend(fact(says, telling_words(&deal.deal.name), "your deals", None));
        for note in deal.deal.notes.iter().rev().take(NOTES_MAX) {
            facts.extend(fact(
                note.text.clone(),
                telling_words(&note.text),
                "your note",
                Some(note.date),
            ));
        }
    }
    let notes = record.entries.iter().rev().filter_map(|kept| match &kept.entry {
        Entry::Note { day, text, .. } => Some((*day, text.as_str())),
        _ => None,
    });
    for (day, text) in notes.take(NOTES_MAX) {
        facts.extend(fact(text.to_owned(), telling_words(text), "your note", Some(day)));
    }
    facts.extend(stated(record));
    facts
}

/// What their letters state, and what the last one was about.
fn stated(record: &Record<'_>) -> Vec<KnownFact> {
    let mut facts = Vec::new();
    let theirs: Vec<_> = record.touches.iter().filter(|touch| record.is_theirs(touch)).collect();
    for touch in &theirs {
        let on = touch.date().map(inroad_model::Moment::date);
        for stated in &touch.facts {
            let words = match stated.kind {
                FactKind::ComeBack => stated.on.map(|on| vec![on.strftime("%B").to_string()]),
                FactKind::Referred => stated.to_name.clone().map(|name| vec![name]),
                FactKind::Reorganised | FactKind::Acquired => Some(telling_words(&stated.quote)),
                _ => None,
            };
            let says = format!("They wrote: \u{201c}{}\u{201d}", stated.words());
            facts.extend(words.and_then(|words| fact(says, words, "their letter", on)));
        }
    }
    let last = theirs.iter().rev().find(|touch| touch.message.nature.is_correspondence());
    facts.extend(last.and_then(|touch| {
        let subject = &touch.message.subject;
        let on = touch.date().map(inroad_model::Moment::date);
        fact(format!("Their last letter: {subject}"), telling_words(subject), "their letter", on)
    }));
    facts
}

/// A fact, unless no word would show that it is used. What is private is there without its words.
fn fact(says: String, words: Vec<String>, source: &str, on: Option<Date>) -> Option<KnownFact> {
    let private = is_private(&says);
    let says = if private { "Something of their private life".to_owned() } else { says };
    let source = on.map_or_else(|| source.to_owned(), |on| format!("{source} of {on}"));
    (!words.is_empty()).then_some(KnownFact { says, words, source, on, private })
}

/// The words of a text by which one sees that another text speaks of the same.
fn telling_words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        let lower = word.to_lowercase();
        let tells = word.chars().count() >= WORD_CHARS_MIN && !COMMON.contains(&lower.as_str());
        if tells && !words.contains(&lower) {
            words.push(lower);
        }
    }
    words.truncate(WORDS_MAX);
    words
}

/// Words of five letters and more that stand in letters about anything.
const COMMON: [&str; 62] = [
    "about",
    "after",
    "again",
    "ahead",
    "before",
    "being",
    "between",
    "could",
    "every",
    "first",
    "friday",
    "going",
    "great",
    "hello",
    "their",
    "there",
    "these",
    "thing",
    "think",
    "thanks",
    "those",
    "thursday",
    "today",
    "tomorrow",
    "tuesday",
    "under",
    "until",
    "wants",
    "wanted",
    "wednesday",
    "monday",
    "meeting",
    "message",
    "other",
    "please",
    "question",
    "regards",
    "really",
    "reply",
    "should",
    "since",
    "still",
    "update",
    "where",
    "which",
    "while",
    "would",
    "write",
    "writes",
    "wrote",
    "asked",
    "called",
    "would",
    "might",
    "never",
    "order",
    "offer",
    "project",
    "phone",
    "email",
    "letter",
    "because",
];
