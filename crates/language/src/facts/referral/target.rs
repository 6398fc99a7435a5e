//! Whom a phrase of referral points to: an address, somebody named beside it, its subject.
//!
//! Must not: decide whether the phrase points anybody anywhere.

use inroad_model::EmailAddress;

use crate::facts::grammar::Subject;
use crate::facts::lexicon::{Cue, Hit};
use crate::facts::people;
use crate::facts::reading::Reading;
use crate::text::Sentence;

use super::plans::tells_of_charge;

/// Somebody to turn to.
#[derive(Debug, Clone)]
pub(in crate::facts) struct Target {
    pub(in crate::facts) address: Option<EmailAddress>,
    pub(in crate::facts) name: Option<String>,
}

/// A name stands at most this many words from its address.
const NAME_WORDS_BACK_MAX: usize = 8;
/// No name has more words.
const NAME_WORDS_MAX: usize = 4;

/// Whom a phrase points to: an address, somebody named behind it, its subject.
pub(super) fn target_of(
    reading: &Reading<'_>,
    at: usize,
    hit: &Hit,
    subject: Subject,
    speaker: Option<usize>,
) -> Option<Target> {
    let sentence = reading.text.sentences.get(at)?;
    let has_address = reading.text.quote(sentence).contains('@');
    if !has_address {
        let note = reading.note_speaker(None);
        let may_be = |mention: &&people::Mention| {
            Some(mention.person) != speaker
                && !(Some(mention.person) == note && mention.words.end <= hit.words.start)
                && !reading.is_only_recipient(mention.person)
        };
        let mentions = reading.mentions(at);
        let in_charge = matches!(subject, Subject::Named(_)) && tells_of_charge(reading, hit);
        let behind =
            mentions.iter().filter(may_be).find(|m| m.words.start >= hit.words.start && !in_charge);
        let ahead = mentions.iter().rev().filter(may_be).find(|m| m.words.end <= hit.words.start);
        let pronoun = || {
            let behind = (hit.words.end.saturating_sub(1)..hit.words.end + 2).any(|at| {
                matches!(
                    reading.text.word(at),
                    "him"
                        | "her"
                        | "lui"
                        | "elle"
                        | "el"
                        | "ella"
                        | "lei"
                        | "ihm"
                        | "ihr"
                        | "ihn"
                        | "hem"
                        | "haar"
                )
            });
            // "The offer lies with him" points nobody on.
            let lies = matches!(
                reading.text.word(hit.words.start),
                "liegt" | "liegen" | "sitzt" | "lies" | "sits" | "rests"
            );
            (!lies && (subject == Subject::Pronoun || behind))
                .then(|| reading.meant_before(hit))
                .flatten()
        };
        let person = behind.or(ahead).map(|mention| mention.person).or_else(pronoun);
        if let Some(person) = person.filter(|person| Some(*person) != speaker) {
            return Some(Target {
                address: reading.people.address(person).cloned(),
                name: reading.people.name(person).map(ToOwned::to_owned),
            });
        }
    }
    target(reading, at, speaker?)
}

/// The person that a sentence with a phrase of referral points to.
pub(in crate::facts) fn target(reading: &Reading<'_>, at: usize, except: usize) -> Option<Target> {
    let sentence = reading.text.sentences.get(at)?;
    let hit = reading
        .hits
        .iter()
        .find(|hit| hit.cue == Cue::Refer && sentence.words.contains(&hit.words.start))?;
    let not_theirs = |address: &EmailAddress| {
        Some(address) != reading.people.address(except)
            && Some(address) != reading.people.writer().and_then(|w| reading.people.address(w))
    };
    let next = reading.text.sentences.get(at + 1).filter(|next| !next.begins_paragraph);
    let written = [Some(sentence), next].into_iter().flatten().find_map(|sentence| {
        people::addresses(reading.text.source, &sentence.source, reading.people.domain())
            .into_iter()
            .find(|written| not_theirs(&written.address))
    });
    if let Some(written) = written {
        let person = reading.people.with_address(&written.address);
        let name = person
            .and_then(|person| reading.people.name(person).map(ToOwned::to_owned))
            .or_else(|| name_near(reading, sentence, written.source.start));
        return Some(Target { address: Some(written.address), name });
    }
    let mention = reading
        .mentions(at)
        .iter()
        .rev()
        .find(|m| m.person != except && Some(m.person) != reading.people.writer())
        .filter(|mention| !reading.is_only_recipient(mention.person));
    if let Some(mention) = mention {
        return Some(Target {
            address: reading.people.address(mention.person).cloned(),
            name: reading.people.name(mention.person).map(ToOwned::to_owned),
        });
    }
    let name = name_behind(reading, sentence, hit)?;
    Some(Target { address: None, name: Some(name) })
}

/// The run of capitalised words that stands nearest before an address.
fn name_near(reading: &Reading<'_>, sentence: &Sentence, source: usize) -> Option<String> {
    let address_at = reading.text.words.partition_point(|word| word.source.end <= source);
    let first = sentence.words.start.max(address_at.saturating_sub(NAME_WORDS_BACK_MAX));
    let last = sentence.words.end.min(address_at);
    let end = (first..last).rev().find(|at| is_name_word(reading, *at))? + 1;
    let start = (first..end)
        .rev()
        .take_while(|at| {
            is_name_word(reading, *at)
                && (*at + 1 == end
                    || reading.text.words.get(at + 1).is_some_and(|next| !next.begins_clause))
        })
        .take(NAME_WORDS_MAX)
        .last()?;
    words_as_written(reading, start, end)
}

/// Two or more capitalised words right behind the phrase, past "Herrn" and "my colleague".
fn name_behind(reading: &Reading<'_>, sentence: &Sentence, hit: &Hit) -> Option<String> {
    let limit = sentence.words.end.min(hit.words.end + 5);
    let start = (hit.words.end..limit).find(|at| is_name_word(reading, *at))?;
    let end = (start..sentence.words.end.min(start + NAME_WORDS_MAX))
        .take_while(|at| {
            is_name_word(reading, *at)
                && (*at == start
                    || reading.text.words.get(*at).is_some_and(|word| !word.begins_clause))
        })
        .last()?
        + 1;
    if end - start < 2 { None } else { words_as_written(reading, start, end) }
}

fn is_name_word(reading: &Reading<'_>, at: usize) -> bool {
    const NO_NAMES: [&str; 26] = [
        "i", "mr", "mrs", "ms", "dr", "herr", "herrn", "frau", "monsieur", "madame", "mme",
        "senor", "the", "sie", "ihre", "ihr", "kollege", "kollegin", "kollegen", "please", "head",
        "director", "manager", "tel", "email", "mail",
    ];
    let word = reading.text.word(at);
    reading.text.words.get(at).is_some_and(|w| w.capital)
        && !NO_NAMES.contains(&word)
        && !word.contains('@')
}

fn words_as_written(reading: &Reading<'_>, start: usize, end: usize) -> Option<String> {
    let first = reading.text.words.get(start)?.source.start;
    let last = reading.text.words.get(end.checked_sub(1)?)?.source.end;
    let written = reading.text.source.get(first..last)?;
    Some(written.split_whitespace().collect::<Vec<_>>().join(" "))
}
