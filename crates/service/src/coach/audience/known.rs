//! What is known of a person and may be used in a letter to them, each with where it stands.

use inroad_coach::audience::KnownFact;
use inroad_language::private::is_private;
use inroad_model::{Entry, FactKind, Moment, Subject};
use jiff::civil::Date;

use super::Record;
use crate::coach::facts::{FactKindKnown, FactPlace, PlacedFact};

/// So many notes may be used, the latest first.
const NOTES_MAX: usize = 8;
/// Words of a fact by which one sees that a draft speaks of it.
const WORDS_MAX: usize = 6;
/// Shorter words are in every letter.
const WORD_CHARS_MIN: usize = 5;

pub(super) fn facts(record: &Record<'_>, today: Date) -> Vec<PlacedFact> {
    let mut facts: Vec<PlacedFact> = Vec::new();
    for deal in &record.deals {
        let at = FactPlace::Deal(deal.deal.id.clone());
        let says = format!("The deal: {}", deal.deal.name);
        let words = telling_words(&deal.deal.name);
        let kind = FactKindKnown::Deal;
        facts.extend(fact(says, words, "your deals", None).map(|fact| fact.at(kind, &at)));
        let known = deal.deal.notes.iter().rev().filter(|note| note.date <= today);
        for note in known.take(NOTES_MAX) {
            facts.extend(noted(&note.text, note.date, &at));
        }
    }
    let notes = record.entries.iter().rev().filter_map(|kept| match (&kept.entry, &kept.about) {
        (Entry::Note { day, text, .. }, Subject::Deal(id)) => {
            Some((*day, text, FactPlace::Deal(id.clone())))
        }
        (Entry::Note { day, text, .. }, Subject::Person(email)) => {
            Some((*day, text, FactPlace::Person(email.clone())))
        }
        _ => None,
    });
    facts
        .extend(notes.take(NOTES_MAX).filter_map(|(day, text, at)| noted(text.as_str(), day, &at)));
    facts.extend(stated(record));
    facts
}

fn noted(text: &str, day: Date, at: &FactPlace) -> Option<PlacedFact> {
    let known = fact(text.to_owned(), telling_words(text), "your note", Some(day))?;
    Some(known.at(FactKindKnown::Note, at))
}

/// What their letters state, and what the last one was about.
fn stated(record: &Record<'_>) -> Vec<PlacedFact> {
    let mut facts = Vec::new();
    let theirs: Vec<_> = record.touches.iter().filter(|touch| record.is_theirs(touch)).collect();
    for touch in &theirs {
        let on = touch.date().map(Moment::date);
        let at = FactPlace::Letter(touch.message.id.clone());
        for stated in &touch.facts {
            let words = match stated.kind {
                FactKind::ComeBack => stated.on.map(|on| vec![on.strftime("%B").to_string()]),
                FactKind::Referred => stated.to_name.clone().map(|name| vec![name]),
                FactKind::Reorganised | FactKind::Acquired => Some(telling_words(&stated.quote)),
                _ => None,
            };
            let kind = match stated.kind {
                FactKind::Reorganised | FactKind::Acquired => FactKindKnown::Change,
                _ => FactKindKnown::Stated,
            };
            let says = format!("They wrote: \u{201c}{}\u{201d}", stated.words());
            let known = words.and_then(|words| fact(says, words, "their letter", on));
            facts.extend(known.map(|fact| fact.at(kind, &at)));
        }
    }
    let last = theirs.iter().rev().find(|touch| touch.message.nature.is_correspondence());
    facts.extend(last.and_then(|touch| {
        let subject = &touch.message.subject;
        let on = touch.date().map(Moment::date);
        let at = FactPlace::Letter(touch.message.id.clone());
        let says = format!("Their last letter: {subject}");
        let known = fact(says, telling_words(subject), "their letter", on)?;
        Some(known.at(FactKindKnown::LastLetter, &at))
    }));
    facts
}

/// A fact, unless no word would show that it is used. What is private is there without its words.
fn fact(says: String, words: Vec<String>, source: &str, on: Option<Date>) -> Option<Unplaced> {
    let private = is_private(&says);
    let says = if private { "Something of their private life".to_owned() } else { says };
    let source = on.map_or_else(|| source.to_owned(), |on| format!("{source} of {on}"));
    (!words.is_empty()).then_some(Unplaced(KnownFact { says, words, source, on, private }))
}

/// A fact of which it is still to be said where it stands.
struct Unplaced(KnownFact);

impl Unplaced {
    fn at(self, kind: FactKindKnown, place: &FactPlace) -> PlacedFact {
        PlacedFact { fact: self.0, kind, place: place.clone() }
    }
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
