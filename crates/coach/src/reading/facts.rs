//! What is known of the person, and whether the draft speaks of it.

use std::ops::Range;

use jiff::civil::Date;

use super::words::words;
use super::{FactUse, Seen, metrics};
use crate::audience::{Audience, KnownFact, Standing};
use crate::draft::Draft;

/// A fact that is older than this many days may no longer hold.
const STALE_DAYS: i32 = 365;
/// How long somebody's absence is worth a word after it.
const JUST_BACK_DAYS: i32 = 30;

/// What is known and may be used, and which of it is.
pub(super) fn used(draft: &Draft<'_>, audience: &Audience) -> Vec<FactUse> {
    let facts = audience.person.iter().flat_map(|person| &person.facts);
    facts
        .filter(|fact| !fact.private)
        .map(|fact| FactUse {
            says: fact.says.clone(),
            source: fact.source.clone(),
            used: place(draft, fact).is_some(),
        })
        .collect()
}

pub(super) fn look(draft: &Draft<'_>, audience: &Audience, seen: &mut Vec<Seen>) {
    absence(draft, audience, seen);
    let Some(person) = &audience.person else { return };
    for fact in &person.facts {
        let Some(at) = place(draft, fact) else { continue };
        let source =
            if fact.source.is_empty() { String::new() } else { format!(" ({})", fact.source) };
        let says = format!("{}{source}", fact.says);
        if fact.private {
            seen.push(Seen::at("private-fact", at, says));
        } else if is_stale(fact, audience.on) {
            seen.push(Seen::at("stale-fact", at, says));
        } else {
            seen.push(Seen::at("known-fact", at, says));
        }
    }
    if person.facts.iter().any(|fact| !fact.private)
        && !seen.iter().any(|seen| matches!(seen.what, "known-fact" | "stale-fact"))
    {
        seen.push(Seen::whole("no-known-fact", known(&person.facts)));
    }
}

fn known(facts: &[KnownFact]) -> String {
    let mut says: Vec<&str> =
        facts.iter().filter(|fact| !fact.private).map(|fact| fact.says.as_str()).collect();
    says.truncate(3);
    format!("Known: {}", says.join("; "))
}

fn is_stale(fact: &KnownFact, on: Option<Date>) -> bool {
    let days =
        fact.on.zip(on).and_then(|(then, on)| on.since(then).ok()).map(|span| span.get_days());
    days.is_some_and(|days| days > STALE_DAYS)
}

/// Where a draft speaks of a fact: at the first of its words.
fn place(draft: &Draft<'_>, fact: &KnownFact) -> Option<Range<usize>> {
    let text = metrics::body(draft);
    let from = draft.words.len() - text.len();
    let said: Vec<(Range<usize>, String)> = words(text).collect();
    fact.words.iter().find_map(|wanted| {
        let wanted: Vec<String> = words(wanted).map(|(_, word)| word).collect();
        let first = wanted.first()?;
        let at = said.windows(wanted.len()).find(|window| {
            window.first().is_some_and(|(_, word)| word == first)
                && window.iter().zip(&wanted).all(|((_, word), wanted)| word == wanted)
        })?;
        Some(from + at.first()?.0.start..from + at.last()?.0.end)
    })
}

/// Their out-of-office said that they are or were away, and the draft does not speak of it.
fn absence(draft: &Draft<'_>, audience: &Audience, seen: &mut Vec<Seen>) {
    let (Some(person), Some(on)) = (&audience.person, audience.on) else { return };
    let away = person.stated.iter().find(|stated| {
        let over = stated.until.and_then(|until| on.since(until).ok()).map(|span| span.get_days());
        stated.what == Standing::Away
            && over.is_some_and(|days| (1..=JUST_BACK_DAYS).contains(&days))
    });
    let Some(away) = away else { return };
    let words: Vec<String> = words(metrics::body(draft)).map(|(_, word)| word).collect();
    let spoken = [
        "back", "away", "holiday", "holidays", "leave", "travel", "travels", "trip", "return",
        "returned", "vacation", "break", "office", "absence",
    ];
    if !words.iter().any(|word| spoken.contains(&word.as_str())) {
        let until =
            away.until.map(|day| format!("They were away until {}", super::dates::in_words(day)));
        seen.push(Seen::whole("absence-not-mentioned", until.unwrap_or_default()));
    }
}
