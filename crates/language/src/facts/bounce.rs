//! Addresses that do not work, as delivery reports tell, and people who got one.

use inroad_model::{Bounce, Fact, FactKind, FailedRecipient, Message, Source};

use super::lexicon::{Cue, Hit};
use super::people;
use super::reading::Reading;

/// One fact for every address that failed for good and of which that says something.
pub(super) fn read(message: &Message, bounce: &Bounce) -> Vec<Fact> {
    let lines: Vec<String> = message.text.split("\n\n").map(folded).collect();
    let whole = folded(&message.text);
    bounce
        .permanent()
        .filter(|failed| is_about_address(failed))
        .map(|failed| {
            let quote = words(&whole, &lines, failed);
            let source = Source::Message(message.id.clone());
            Fact::new(FactKind::Bounced, Some(failed.address.clone()), source, quote)
        })
        .collect()
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words that state it: the server's, if they stand in the body; else the paragraph with the
/// address; else its first one.
fn words(whole: &str, paragraphs: &[String], failed: &FailedRecipient) -> String {
    let diagnostic = failed.diagnostic.as_deref().map(folded).unwrap_or_default();
    if !diagnostic.is_empty() && whole.contains(&diagnostic) {
        return diagnostic;
    }
    let address = failed.address.as_str();
    paragraphs
        .iter()
        .find(|paragraph| paragraph.to_lowercase().contains(address))
        .or_else(|| paragraphs.iter().find(|paragraph| !paragraph.is_empty()))
        .map(|paragraph| cut(paragraph))
        .unwrap_or_default()
}

/// At most 400 bytes, at a blank.
fn cut(paragraph: &str) -> String {
    const BYTES_MAX: usize = 400;
    if paragraph.len() <= BYTES_MAX {
        return paragraph.to_owned();
    }
    let end = paragraph
        .char_indices()
        .take_while(|(at, _)| *at <= BYTES_MAX)
        .filter(|(_, c)| *c == ' ')
        .last()
        .map_or(paragraph.len(), |(at, _)| at);
    paragraph.get(..end).unwrap_or(paragraph).to_owned()
}

/// A full mailbox (5.2.2) and a refusal by policy (5.7) say nothing of whether a person is there.
fn is_about_address(failed: &FailedRecipient) -> bool {
    let status = failed.status.as_deref().unwrap_or("").trim();
    status != "5.2.2" && !status.starts_with("5.7.")
}

/// "The mail to vince.okoro@ came back undeliverable": what somebody tells.
pub(super) fn read_told(reading: &mut Reading<'_>) {
    for hit in reading.of(&[Cue::Bounced]) {
        read_phrase(reading, &hit);
    }
}

fn read_phrase(reading: &mut Reading<'_>, hit: &Hit) {
    let (Some((at, sentence)), Some(before)) = (reading.sentence(hit), reading.before(hit)) else {
        return;
    };
    if sentence.is_question || before.is_denied || before.is_supposed {
        return;
    }
    if matches!(reading.text.word(hit.words.end), "around" | "off" | "ideas" | "it") {
        return;
    }
    let written = people::addresses(reading.text.source, &sentence.source, reading.people.domain());
    let of_mail = sentence.words.clone().any(|at| {
        matches!(
            reading.text.word(at),
            "mail"
                | "mails"
                | "email"
                | "emails"
                | "e"
                | "message"
                | "messages"
                | "address"
                | "mailbox"
                | "inbox"
                | "adresse"
                | "postfach"
                | "nachricht"
                | "courriel"
                | "boite"
                | "correo"
                | "direccion"
                | "buzon"
                | "posta"
                | "casella"
                | "indirizzo"
                | "adres"
                | "postvak"
        )
    });
    let named = reading.mentions(at).first().map(|mention| mention.person);
    let person = match written.first() {
        Some(written) => reading.people.with_address(&written.address),
        None if of_mail => named.filter(|person| Some(*person) != reading.people.writer()),
        None => None,
    };
    let Some(person) = person.filter(|person| !reading.noted(FactKind::Bounced, Some(*person)))
    else {
        return;
    };
    let quote = reading.text.quote(sentence);
    reading.facts.push(reading.fact(FactKind::Bounced, Some(person), quote));
}
