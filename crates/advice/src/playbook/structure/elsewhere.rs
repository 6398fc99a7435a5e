//! Whoever answers in one thread at once, and leaves our question in another without an answer.
//!
//! Threads are told apart by what a letter answers, else by its subject: the data file leaves out
//! the headers that name all ancestors. Must not: look at letters of people who are not of the deal.

use std::collections::BTreeMap;

use inroad_model::{Deal, EmailAddress, MessageId, Moment};

use crate::dealings::{Dealings, Direction, Exchange};
use crate::evidence::{self, Evidence};
use crate::wording::day;

/// Our question is left without an answer for so many days at least.
const UNANSWERED_DAYS_MIN: f64 = 7.0;
/// An answer within so many days is prompt.
const PROMPT_DAYS_MAX: f64 = 3.0;
/// Letters of theirs in a thread that make it a talk, not a mail of ours that asked for nothing.
const LETTERS_OF_A_TALK: usize = 2;
/// What lies longer back is no news.
const LOOK_BACK_DAYS: f64 = 120.0;
/// Shorter words of a deal's name stand in any subject.
const WORD_CHARS_MIN: usize = 4;
/// What mail programs put before the subject of an answer or of something passed on.
const PREFIXES: [&str; 13] =
    ["re", "aw", "antw", "sv", "rv", "rif", "r", "res", "fw", "fwd", "wg", "tr", "doorst"];

/// Letters with one another, by their places among the exchanges that are looked at.
#[derive(Debug, Default)]
struct Thread {
    subject: String,
    letters: Vec<usize>,
}

/// The prompt answer elsewhere, where our last letter of this deal asks and got none. `others` are
/// the other deals in which these people may have a part.
pub(super) fn answered_elsewhere(
    dealings: &Dealings<'_>,
    others: &[&Deal],
    as_of: Moment,
) -> Option<Evidence> {
    let old = |e: &Exchange<'_>| as_of.hours_since(e.at) > 24.0 * LOOK_BACK_DAYS;
    let start = dealings.exchanges.partition_point(old);
    let letters = dealings.exchanges.get(start..).unwrap_or_default();
    if !letters.iter().any(|e| is_question(e) && waits(e, as_of)) {
        return None;
    }
    let threads = threads(letters);
    // The talk of this deal in which our last letter is left open; of several the latest.
    let (of_deal, asked) = threads
        .iter()
        .filter(|thread| is_talk(thread, letters))
        .filter(|thread| others.iter().all(|other| !is_nearer(thread, other, dealings.deal)))
        .filter_map(|thread| Some((thread, letters.get(*thread.letters.last()?)?)))
        .filter(|(_, last)| is_question(last) && waits(last, as_of))
        .max_by_key(|(_, last)| last.at)?;
    if dealings.met_at.is_some_and(|met| met >= asked.at) {
        return None;
    }
    let elsewhere = threads.iter().filter(|thread| !std::ptr::eq(*thread, of_deal));
    let began_before = |thread: &&Thread| {
        let first = thread.letters.first().and_then(|place| letters.get(*place));
        let of_other = others.iter().any(|other| is_nearer(thread, other, dealings.deal));
        // Within one deal the longer talk is the one that counts.
        let is_aside = thread.letters.len() <= of_deal.letters.len();
        of_other || is_aside && first.is_some_and(|first| first.at < asked.at)
    };
    let prompt = elsewhere.filter(began_before).flat_map(|thread| prompt(thread, letters, asked));
    let (ours, answer) = prompt.max_by_key(|(_, answer)| answer.at)?;
    let says = format!(
        "{} answered our letter \"{}\" of {} within {}, but not \"{}\" of {}",
        answer.writer().map_or("Somebody", |writer| dealings.name(writer)),
        base(&answer.touch.message.subject),
        day(ours.at.date()),
        crate::wording::days(answer.at.hours_since(ours.at) / 24.0),
        base(&asked.touch.message.subject),
        day(asked.at.date()),
    );
    Some(evidence::of_message(answer, says))
}

fn is_question(letter: &Exchange<'_>) -> bool {
    letter.direction == Direction::Outbound && letter.touch.questions() > 0
}

fn waits(letter: &Exchange<'_>, as_of: Moment) -> bool {
    as_of.hours_since(letter.at) >= 24.0 * UNANSWERED_DAYS_MIN
}

fn is_talk(thread: &Thread, letters: &[Exchange<'_>]) -> bool {
    let theirs = thread.letters.iter().filter_map(|place| letters.get(*place));
    theirs.filter(|e| e.direction == Direction::Inbound).count() >= LETTERS_OF_A_TALK
}

/// Our letters in a thread with the prompt answers to them, since we asked those who now answer.
fn prompt<'e, 'a>(
    thread: &Thread,
    letters: &'e [Exchange<'a>],
    asked: &Exchange<'_>,
) -> Vec<(&'e Exchange<'a>, &'e Exchange<'a>)> {
    let of_thread: Vec<&Exchange<'a>> =
        thread.letters.iter().filter_map(|place| letters.get(*place)).collect();
    let pairs = of_thread.windows(2).filter_map(|pair| match pair {
        [ours, answer] => Some((*ours, *answer)),
        _ => None,
    });
    let was_asked = |who: &EmailAddress| asked.touch.message.to.iter().any(|m| m.address == *who);
    pairs
        .filter(|(ours, answer)| {
            ours.direction == Direction::Outbound
                && answer.direction == Direction::Inbound
                && answer.at > asked.at
                && answer.at.hours_since(ours.at) <= 24.0 * PROMPT_DAYS_MAX
                && answer.writer().is_some_and(was_asked)
        })
        .collect()
}

fn threads(letters: &[Exchange<'_>]) -> Vec<Thread> {
    let mut threads: Vec<Thread> = Vec::new();
    let mut of_message: BTreeMap<&MessageId, usize> = BTreeMap::new();
    let mut of_subject: BTreeMap<String, usize> = BTreeMap::new();
    for (place, letter) in letters.iter().enumerate() {
        let message = &letter.touch.message;
        let subject = base(&message.subject).to_lowercase();
        let answered = message.in_reply_to.last().and_then(|id| of_message.get(id)).copied();
        let thread = answered.or_else(|| of_subject.get(&subject).copied());
        let thread = thread.unwrap_or_else(|| {
            threads.push(Thread { subject: subject.clone(), letters: Vec::new() });
            threads.len() - 1
        });
        if let Some(thread) = threads.get_mut(thread) {
            thread.letters.push(place);
        }
        of_message.insert(&message.id, thread);
        if !subject.is_empty() {
            of_subject.entry(subject).or_insert(thread);
        }
    }
    threads
}

/// A subject without what answers put before it.
fn base(subject: &str) -> &str {
    let mut rest = subject.trim();
    while let Some((prefix, behind)) = rest.split_once(':') {
        let prefix = prefix.trim_end_matches(|c: char| c.is_ascii_digit() || "[]() ".contains(c));
        if !PREFIXES.iter().any(|known| prefix.trim().eq_ignore_ascii_case(known)) {
            break;
        }
        rest = behind.trim();
    }
    rest
}

/// Whether the subject of a thread names another deal rather than this one.
fn is_nearer(thread: &Thread, other: &Deal, this: &Deal) -> bool {
    let named = |deal: &Deal| {
        let name = deal.name.to_lowercase();
        let words = name.split(|c: char| !c.is_alphanumeric());
        let long = words.filter(|word| word.chars().nth(WORD_CHARS_MIN - 1).is_some());
        long.filter(|word| thread.subject.contains(word)).count()
    };
    named(other) > named(this)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_and_what_is_passed_on_keep_their_subject() {
        for (subject, expected) in [
            ("Re: AW: Pricing", "Pricing"),
            ("RE[2]: Pricing", "Pricing"),
            ("Fwd: Re: Offer: phase 2", "Offer: phase 2"),
            ("Reorganisation: the plan", "Reorganisation: the plan"),
            ("Re:", ""),
            ("", ""),
        ] {
            assert_eq!(base(subject), expected, "{subject}");
        }
    }
}
