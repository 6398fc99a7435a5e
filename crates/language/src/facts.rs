//! What a message or a note states: absences, departures, opt-outs, referrals and the like.
//!
//! The way of one text: `text` cuts it into sentences of folded words, `lexicon` finds the
//! phrases of all kinds in one pass (most mails have none and end here), `people` finds the
//! names, `grammar` tells whom a phrase is about and whether it is denied, asked or supposed;
//! then each kind of fact has its reader in a file of its own. The phrases are data, in
//! `facts/phrases`. A fact quotes the sentence that states it.
//!
//! Must not: count from today, take a question or a condition for a statement, or say something
//! about a person whom the words do not identify.

mod absence;
mod bounce;
mod come_back;
mod departure;
mod firm;
mod grammar;
mod illness;
mod lexicon;
mod named;
mod opt_out;
mod people;
mod reading;
mod referral;
mod role_title;
mod title;

pub use self::named::{Named, Names, Naming, Part};
use inroad_model::{Fact, Mailbox, Message, Moment, Nature, Signature, Source};
use jiff::civil::Date;

use crate::dates::DateOrder;

use crate::text::Text;
use people::People;
use reading::{Reading, Voice};

/// No fact is looked for behind this many bytes: who states something says it earlier.
const TEXT_BYTES_MAX: usize = 40_000;

/// What a message states, and on which names that depended.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Statements {
    /// What it states.
    pub facts: Vec<Fact>,
    /// See [`Gist::names`](inroad_model::Gist).
    pub names: Vec<Box<str>>,
}

/// Reads what a message states. Days count from the message's own day.
pub fn read_message(message: &Message, new_text: &str, signature: &Signature) -> Vec<Fact> {
    read_statements(message, new_text, signature, &[]).facts
}

/// The same, where the mail may also name people to whom it was not addressed.
pub fn read_message_among(
    message: &Message,
    new_text: &str,
    signature: &Signature,
    others: &[Mailbox],
) -> Vec<Fact> {
    read_statements(message, new_text, signature, others).facts
}

/// By which of [`Statements::names`] a mail may mean somebody. With others whom none of its names
/// mean, [`read_message_among`] gives what [`read_message`] gives.
pub fn ways_to_mean(mailbox: &Mailbox) -> Vec<String> {
    people::ways_to_mean(mailbox)
}

/// The people whose address stands in a text, with the name that stands before it, if one does.
/// `ops@` without a domain is one at `domain`.
pub fn mailboxes_in(text: &str, domain: &str) -> Vec<Mailbox> {
    people::mailboxes_in(text, domain)
}

/// Reads what a message states among some people, with the names on which it depended.
pub fn read_statements(
    message: &Message,
    new_text: &str,
    signature: &Signature,
    others: &[Mailbox],
) -> Statements {
    let of_machine = |facts| Statements { facts, names: Vec::new() };
    let voice = match &message.nature {
        Nature::Correspondence => Voice::Person,
        Nature::AutomaticReply { .. } => Voice::Machine,
        Nature::Bounce(bounce) => return of_machine(bounce::read(message, bounce)),
        Nature::AutomaticNotice { .. } | Nature::MailingList { .. } | Nature::Newsletter { .. } => {
            return Statements::default();
        }
    };
    let (Some(from), Some(date)) = (&message.from, message.date) else {
        return Statements::default();
    };
    let recipients = || message.to.iter().chain(&message.cc);
    let text = Text::new(cut(new_text));
    // What is quoted says whom the answer speaks of. Whoever reads it once more, among people whom
    // he knows, has only the new words.
    let source_text = if others.is_empty() { message.text.as_str() } else { new_text };
    let written = people::mailboxes_in(cut(source_text), from.address.domain());
    let people = People::new(Some(from), recipients().chain(others).chain(&written));
    let order = order(date, &text);
    let source = Source::Message(message.id.clone());
    let mut reading = Reading::new(&text, &people, (voice, date.date(), order), source);
    reading.recipients = recipients().count();
    let copied = message.cc.iter().filter_map(|to| people.recipient(&to.address));
    reading.copied = copied.collect();
    reading.got_it = recipients().filter_map(|to| people.recipient(&to.address)).collect();
    if let [only] = message.to.as_slice() {
        reading.only_recipient = people.recipient(&only.address);
    }
    let facts = read_all(&mut reading, Some(message), signature);
    Statements { facts, names: reading.names_asked().into_iter().collect() }
}

/// Reads what a note states that the seller typed on a day. `people` are those whom it may name.
pub fn read_note(text: &str, date: Date, people: &[Mailbox]) -> Vec<Fact> {
    let known = People::new(None, people.iter());
    let text = Text::new(cut(text));
    let voice = (Voice::Note, date, DateOrder::DayFirst);
    let mut reading = Reading::new(&text, &known, voice, Source::Note(date));
    read_all(&mut reading, None, &Signature::default())
}

fn read_all(
    reading: &mut Reading<'_>,
    message: Option<&Message>,
    signature: &Signature,
) -> Vec<Fact> {
    if !reading.hits.is_empty() {
        absence::read(reading);
        illness::read(reading);
        departure::read(reading);
        referral::read(reading);
        bounce::read_told(reading);
        opt_out::read(reading);
        firm::read(reading);
        come_back::read(reading);
    }
    title::read(reading, message, signature);
    once_each(std::mem::take(&mut reading.facts))
}

/// The same thing said twice in a text is one fact, in the words that came first.
fn once_each(facts: Vec<Fact>) -> Vec<Fact> {
    let mut kept: Vec<Fact> = Vec::with_capacity(facts.len());
    for fact in facts {
        let same = |other: &Fact| {
            (other.kind, &other.email, other.until, other.on, &other.to, &other.title)
                == (fact.kind, &fact.email, fact.until, fact.on, &fact.to, &fact.title)
        };
        if !kept.iter().any(same) {
            kept.push(fact);
        }
    }
    kept
}

/// Whoever writes English in a zone of North America writes the month first.
fn order(date: Moment, text: &Text<'_>) -> DateOrder {
    const HOURS_WEST: std::ops::RangeInclusive<i32> = -10..=-4;
    const SPANISH_OR_PORTUGUESE: [&str; 8] = [
        " hasta ",
        " gracias ",
        " saludos ",
        " del ",
        " ate ",
        " obrigado ",
        " obrigada ",
        " para ",
    ];
    let hours = date.offset().seconds() / 3600;
    let romance = SPANISH_OR_PORTUGUESE.iter().any(|word| text.folded.contains(word));
    if HOURS_WEST.contains(&hours) && !romance {
        DateOrder::MonthFirst
    } else {
        DateOrder::DayFirst
    }
}

/// The beginning of a text that is read.
fn cut(text: &str) -> &str {
    if text.len() <= TEXT_BYTES_MAX {
        return text;
    }
    let end = (0..=TEXT_BYTES_MAX).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    text.get(..end).unwrap_or("")
}
