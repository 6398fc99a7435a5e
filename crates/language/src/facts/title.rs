//! Titles: those of signatures, and those that people say they now have.

use inroad_model::{FactKind, Message, Signature};

use super::grammar::Subject;
use super::lexicon::{Cue, Hit};
use super::reading::{Reading, Voice};
use super::role_title;
use crate::signature::is_title_name;
use crate::text::{Sentence, fold_phrase};

/// Words that end a title.
const ENDS: [&str; 34] = [
    "since",
    "at",
    "from",
    "with",
    "as",
    "so",
    "starting",
    "effective",
    "here",
    "now",
    "which",
    "who",
    "that",
    "but",
    "because",
    "until",
    "seit",
    "bei",
    "ab",
    "im",
    "in",
    "depuis",
    "chez",
    "desde",
    "dal",
    "da",
    "sinds",
    "bij",
    "per",
    "this",
    "last",
    "on",
    "and",
    "und",
];
const TITLE_WORDS_MAX: usize = 8;

/// Reads titles.
pub(super) fn read(reading: &mut Reading<'_>, message: Option<&Message>, signature: &Signature) {
    if let Some(message) = message {
        read_signature(reading, message, signature);
    }
    if reading.voice == Voice::Machine {
        return;
    }
    for hit in reading.of(&[Cue::NewTitle]) {
        read_phrase(reading, &hit);
    }
    role_title::read(reading);
}

fn read_signature(reading: &mut Reading<'_>, message: &Message, signature: &Signature) {
    let Some(title) = signature.title.as_deref().map(str::trim).filter(|t| !t.is_empty()) else {
        return;
    };
    // The words must stand in the message as they are quoted.
    let quoted = message
        .text
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .any(|line| line.contains(title));
    if quoted {
        let mut fact = reading.fact(FactKind::Title, reading.people.writer(), title);
        fact.title = Some(title.to_owned());
        reading.facts.push(fact);
    }
}

fn read_phrase(reading: &mut Reading<'_>, hit: &Hit) {
    let (Some((at, sentence)), Some(before)) = (reading.sentence(hit), reading.before(hit)) else {
        return;
    };
    if before.is_denied || before.is_supposed || sentence.is_question {
        return;
    }
    let subject = match reading.text.word(hit.words.start) {
        "i" | "my" | "ich" | "je" | "j" | "j'" | "ik" | "soy" | "sono" => Subject::Writer,
        "his" | "her" => Subject::Pronoun,
        _ => before.subject,
    };
    let Some(person) = reading.person(subject, hit) else { return };
    // "Jackie promoted! Commercial Director since yesterday."
    let next = || {
        let next = reading.text.sentences.get(at + 1)?;
        (hit.words.end == sentence.words.end)
            .then(|| title_behind(reading, next, next.words.start))
            .flatten()
    };
    let title = title_behind(reading, sentence, hit.words.end).or_else(next);
    let Some(title) = title else { return };
    let quote = reading.text.quote(sentence);
    let mut fact = reading.fact(FactKind::Title, Some(person), quote);
    fact.title = Some(title);
    reading.facts.push(fact);
}

/// The capitalised words behind a phrase, if one of them belongs to titles.
fn title_behind(reading: &Reading<'_>, sentence: &Sentence, from: usize) -> Option<String> {
    const LINKS: [&str; 14] = [
        "of", "for", "the", "de", "du", "des", "der", "di", "del", "della", "van", "a.i", "to",
        "la",
    ];
    let word = |at: usize| reading.text.words.get(at).filter(|_| at < sentence.words.end);
    let written_large = (from..from + 4).find(|at| word(*at).is_some_and(|w| w.capital));
    let Some(skipped) = written_large else { return small_title_behind(reading, sentence, from) };
    let mut end = skipped;
    for at in skipped..skipped + TITLE_WORDS_MAX {
        let Some(found) = word(at) else { break };
        let folded = reading.text.word(at);
        let breaks = at > skipped && found.begins_clause && !joined_by_and(reading, at);
        if breaks || ENDS.contains(&folded) || !(found.capital || LINKS.contains(&folded)) {
            break;
        }
        if found.capital {
            end = at + 1;
        }
    }
    // "Directrice des achats"
    let ends_clause = word(end + 2).is_none_or(|next| next.begins_clause);
    if LINKS.contains(&reading.text.word(end)) && word(end + 1).is_some() && ends_clause {
        end += 2;
    }
    let first = reading.text.words.get(skipped)?.source.start;
    let last = reading.text.words.get(end.checked_sub(1)?)?.source.end;
    let title = reading.text.source.get(first..last)?;
    let folded = fold_phrase(title);
    let is_title = folded.split(' ').any(is_title_name);
    is_title.then(|| title.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// "I've been made head of purchasing": small words up to the end of the clause.
fn small_title_behind(reading: &Reading<'_>, sentence: &Sentence, from: usize) -> Option<String> {
    const ARTICLES: [&str; 14] =
        ["the", "a", "an", "our", "new", "le", "la", "el", "il", "de", "als", "der", "die", "as"];
    const SMALL_WORDS_MAX: usize = 5;
    let start = (from..sentence.words.end)
        .take(3)
        .find(|at| !ARTICLES.contains(&reading.text.word(*at)))?;
    let end = (start..sentence.words.end)
        .take(SMALL_WORDS_MAX)
        .take_while(|at| {
            let begins = reading.text.words.get(*at).is_some_and(|word| word.begins_clause);
            (*at == start || !begins) && !ENDS.contains(&reading.text.word(*at))
        })
        .last()?
        + 1;
    let trailing = |end: &usize| matches!(reading.text.word(end - 1), "for" | "of" | "de" | "to");
    let end = if trailing(&end) { end - 1 } else { end };
    // The position stands at its beginning or its end: "head of purchasing", "acting site manager".
    let titled =
        is_title_name(reading.text.word(start)) || is_title_name(reading.text.word(end - 1));
    let first = reading.text.words.get(start)?.source.start;
    let last = reading.text.words.get(end.checked_sub(1)?)?.source.end;
    let title = reading.text.source.get(first..last)?;
    titled.then(|| title.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// "Head of Quality & Safety" goes on behind its mark.
fn joined_by_and(reading: &Reading<'_>, at: usize) -> bool {
    let (Some(left), Some(right)) =
        (at.checked_sub(1).and_then(|n| reading.text.words.get(n)), reading.text.words.get(at))
    else {
        return false;
    };
    reading
        .text
        .source
        .get(left.source.end..right.source.start)
        .is_some_and(|between| matches!(between.trim(), "&" | "/"))
}
