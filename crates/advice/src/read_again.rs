//! What letters tell where people are known whom their first reading did not know, kept from one review to
//! the next.
//!
//! Reading letters again takes a third of a review, and a review that follows another reads nearly the same
//! ones. What is kept counts for the very letter, words and people of which it was read, and for nothing else.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use inroad_language::facts::read_message_among;
use inroad_model::{Fact, Mailbox, Message, MessageId, Signature, Touch};

/// So many letters are kept; with more of them all are let go, and kept anew as they are read.
const KEPT_MAX: usize = 4000;

/// Letters that were read again; shared by the reviews of one data file.
#[derive(Debug, Default)]
pub struct ReadAgain(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    letters: usize,
    /// By the people who were known.
    among: BTreeMap<Arc<[Mailbox]>, BTreeMap<MessageId, Reading>>,
}

/// A letter as it was read, and what it told.
#[derive(Debug)]
struct Reading {
    message: Message,
    signature: Signature,
    new_text: Box<str>,
    facts: Arc<[Fact]>,
}

impl Reading {
    fn is_of(&self, touch: &Touch, new_text: &str) -> bool {
        *self.new_text == *new_text
            && self.message == touch.message
            && self.signature == touch.signature
    }
}

impl ReadAgain {
    /// What a letter with that new text states, where it may also name people to whom it was not addressed.
    pub(crate) fn facts(&self, touch: &Touch, new_text: &str, others: &[Mailbox]) -> Arc<[Fact]> {
        if let Some(known) = self.known(touch, new_text, others) {
            return known;
        }
        let facts: Arc<[Fact]> =
            read_message_among(&touch.message, new_text, &touch.signature, others).into();
        let reading = Reading {
            message: touch.message.clone(),
            signature: touch.signature.clone(),
            new_text: new_text.into(),
            facts: Arc::clone(&facts),
        };
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.letters >= KEPT_MAX {
            *kept = Kept::default();
        }
        kept.letters += 1;
        let among = match kept.among.get_mut(others) {
            Some(among) => among,
            None => kept.among.entry(others.into()).or_default(),
        };
        among.insert(touch.message.id.clone(), reading);
        facts
    }

    /// Lets go of all of them: somebody wishes to be forgotten.
    pub fn forget(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Kept::default();
    }

    fn known(&self, touch: &Touch, new_text: &str, others: &[Mailbox]) -> Option<Arc<[Fact]>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let reading = kept.among.get(others)?.get(&touch.message.id)?;
        reading.is_of(touch, new_text).then(|| Arc::clone(&reading.facts))
    }
}

#[cfg(test)]
mod tests {
    use inroad_language::read::read;
    use inroad_model::{BodyOrigin, Nature};

    use super::*;

    const OMAR_LEFT: &str =
        "Good morning,\n\nOmar Haddad has left the company at the end of June.\n";

    fn mailbox(name: &str, address: &str) -> Mailbox {
        Mailbox { name: Some(name.to_owned()), address: address.parse().unwrap() }
    }

    fn letter(id: usize, text: &str) -> Touch {
        read(Message {
            id: MessageId::new(&format!("{id}@lindner.example")).unwrap(),
            in_reply_to: Vec::new(),
            references: Vec::new(),
            date: Some("2026-07-06T09:00:00+02:00".parse().unwrap()),
            from: Some(mailbox("Jana Kühn", "jana@lindner.example")),
            reply_to: Vec::new(),
            to: vec![mailbox("Ada Brandt", "ada@brandt-advice.example")],
            cc: Vec::new(),
            bcc: Vec::new(),
            subject: "Our talk".to_owned(),
            text: text.to_owned(),
            origin: BodyOrigin::Plain,
            attachments: Vec::new(),
            nature: Nature::Correspondence,
            invitation: None,
        })
    }

    #[test]
    fn a_letter_is_read_once_among_the_same_people() {
        let kept = ReadAgain::default();
        let others = [mailbox("Omar Haddad", "omar@lindner.example")];
        let touch = letter(1, OMAR_LEFT);
        let first = kept.facts(&touch, OMAR_LEFT, &others);
        assert_eq!(first[0].email.as_ref(), Some(&others[0].address));
        assert!(Arc::ptr_eq(&first, &kept.facts(&touch, OMAR_LEFT, &others)));
        kept.forget();
        assert_eq!(kept.0.lock().unwrap().letters, 0);
    }

    #[test]
    fn other_people_words_or_headers_are_read_anew() {
        let kept = ReadAgain::default();
        let omar = [mailbox("Omar Haddad", "omar@lindner.example")];
        let touch = letter(1, OMAR_LEFT);
        kept.facts(&touch, OMAR_LEFT, &omar);
        let mut later = touch.clone();
        later.message.date = Some("2026-07-07T09:00:00+02:00".parse().unwrap());
        let cases = [
            (&touch, "Nothing has changed here.", omar.to_vec()),
            (&touch, OMAR_LEFT, vec![mailbox("Omar Lindt", "lindt@lindner.example")]),
            (&touch, OMAR_LEFT, Vec::new()),
            (&later, OMAR_LEFT, omar.to_vec()),
        ];
        for (touch, text, others) in cases {
            let read = read_message_among(&touch.message, text, &touch.signature, &others);
            assert_eq!(*kept.facts(touch, text, &others), *read);
            assert_eq!(*kept.facts(touch, text, &others), *read, "and the second time");
        }
    }

    #[test]
    fn no_more_than_so_many_are_kept() {
        let kept = ReadAgain::default();
        for id in 0..=KEPT_MAX {
            kept.facts(&letter(id, "Yes."), "Yes.", &[]);
        }
        assert_eq!(kept.0.lock().unwrap().letters, 1);
    }
}
