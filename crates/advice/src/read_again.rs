//! What letters tell where people are known whom their first reading did not know, and which of their words are
//! private, kept from one review to the next.
//!
//! Reading them again takes a third of a review, and a review that follows another reads nearly the same
//! ones. What is kept counts for the very letter, words and people of which it was read, and for nothing else.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use inroad_language::facts::read_message_among;
use inroad_language::private;
use inroad_model::{Fact, Mailbox, Message, MessageId, Signature, Touch};

/// So many readings are new; with more of them they are the old ones, and those that were old are let go.
const NEW_MAX: usize = 4000;
/// The same for texts of which it was asked whether they tell something private.
const TEXTS_NEW_MAX: usize = 20_000;
/// A longer text is no letter between people; it is read each time.
const BYTES_MAX: usize = 20_000;

/// Letters that were read again; shared by the reviews of one data file.
#[derive(Debug, Default)]
pub struct ReadAgain(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    new: Readings,
    old: Readings,
    texts: Texts,
    /// How often somebody was erased before they were read.
    erasures: i64,
}

/// Whether texts tell something private.
#[derive(Debug, Default)]
struct Texts {
    new: BTreeMap<Box<str>, bool>,
    old: BTreeMap<Box<str>, bool>,
}

impl Texts {
    fn keep(&mut self, text: Box<str>, is_private: bool) {
        if self.new.len() >= TEXTS_NEW_MAX {
            self.old = std::mem::take(&mut self.new);
        }
        self.new.insert(text, is_private);
    }

    /// What is known of a text. What is still asked for stays.
    fn find(&mut self, text: &str) -> Option<bool> {
        if let Some(is_private) = self.new.get(text) {
            return Some(*is_private);
        }
        let (text, is_private) = self.old.remove_entry(text)?;
        self.keep(text, is_private);
        Some(is_private)
    }
}

/// Readings by the people who were known.
#[derive(Debug, Default)]
struct Readings {
    among: BTreeMap<Arc<[Mailbox]>, BTreeMap<MessageId, Reading>>,
    count: usize,
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

impl Readings {
    fn keep(&mut self, others: &[Mailbox], reading: Reading) {
        let among = match self.among.get_mut(others) {
            Some(among) => among,
            None => self.among.entry(others.into()).or_default(),
        };
        among.insert(reading.message.id.clone(), reading);
        self.count += 1;
    }
}

impl Kept {
    fn keep(&mut self, others: &[Mailbox], reading: Reading) {
        if self.new.count >= NEW_MAX {
            self.old = std::mem::take(&mut self.new);
        }
        self.new.keep(others, reading);
    }

    /// The reading of a letter among some people. What is still asked for stays.
    fn find(&mut self, touch: &Touch, new_text: &str, others: &[Mailbox]) -> Option<Arc<[Fact]>> {
        let id = &touch.message.id;
        if let Some(reading) = self.new.among.get(others).and_then(|among| among.get(id)) {
            return reading.is_of(touch, new_text).then(|| Arc::clone(&reading.facts));
        }
        let reading = self.old.among.get_mut(others)?.remove(id)?;
        let facts = reading.is_of(touch, new_text).then(|| Arc::clone(&reading.facts));
        self.keep(others, reading);
        facts
    }
}

impl ReadAgain {
    /// Lets go of all that was read before somebody was erased; `erasures` is how often that was done in the
    /// data file by now. Told before a review reads anything; one during which somebody was erased
    /// [forgets](Self::forget) what it brought.
    pub fn since(&self, erasures: i64) {
        let mut kept = self.kept();
        if kept.erasures != erasures {
            *kept = Kept { erasures, ..Kept::default() };
        }
    }

    /// Lets go of all that was read.
    pub fn forget(&self) {
        let mut kept = self.kept();
        *kept = Kept { erasures: kept.erasures, ..Kept::default() };
    }

    /// What a letter with that new text states, where it may also name people to whom it was not addressed.
    pub(crate) fn facts(&self, touch: &Touch, new_text: &str, others: &[Mailbox]) -> Arc<[Fact]> {
        let known = self.kept().find(touch, new_text, others);
        if let Some(known) = known {
            return known;
        }
        let facts: Arc<[Fact]> =
            read_message_among(&touch.message, new_text, &touch.signature, others).into();
        if new_text.len() <= BYTES_MAX {
            let reading = Reading {
                message: touch.message.clone(),
                signature: touch.signature.clone(),
                new_text: new_text.into(),
                facts: Arc::clone(&facts),
            };
            self.kept().keep(others, reading);
        }
        facts
    }

    /// [`private::is_private`], asked once for each text.
    pub(crate) fn is_private(&self, text: &str) -> bool {
        let known = self.kept().texts.find(text);
        known.unwrap_or_else(|| {
            let is_private = private::is_private(text);
            if text.len() <= BYTES_MAX {
                self.kept().texts.keep(text.into(), is_private);
            }
            is_private
        })
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
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
        kept.since(0);
        assert!(Arc::ptr_eq(&first, &kept.facts(&touch, OMAR_LEFT, &others)));
        kept.since(1);
        assert!(kept.kept().new.among.is_empty(), "somebody was erased");
        let again = kept.facts(&touch, OMAR_LEFT, &others);
        assert!(!Arc::ptr_eq(&first, &again));
        kept.forget();
        assert!(!Arc::ptr_eq(&again, &kept.facts(&touch, OMAR_LEFT, &others)));
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
    fn no_more_than_so_many_are_kept_and_those_that_are_asked_for_stay() {
        let kept = ReadAgain::default();
        let asked = letter(0, "Yes.");
        let first = kept.facts(&asked, "Yes.", &[]);
        for id in 1..=NEW_MAX * 3 {
            kept.facts(&letter(id, "Yes."), "Yes.", &[]);
            if id % (NEW_MAX / 2) == 0 {
                assert!(Arc::ptr_eq(&first, &kept.facts(&asked, "Yes.", &[])));
            }
        }
        let held = |readings: &Readings| readings.among.values().map(BTreeMap::len).sum::<usize>();
        let all = kept.kept();
        assert!(held(&all.new) + held(&all.old) <= 2 * NEW_MAX);
        assert!(!all.old.among[&[][..]].contains_key(&letter(1, "Yes.").message.id));
    }

    #[test]
    fn whether_a_text_is_private_is_read_once() {
        let kept = ReadAgain::default();
        for text in ["My father died last week.", "The price is too high."] {
            let expected = private::is_private(text);
            assert_eq!((kept.is_private(text), kept.is_private(text)), (expected, expected));
        }
        assert_eq!(kept.kept().texts.new.len(), 2);
        let mut texts = Texts::default();
        texts.keep("asked".into(), true);
        for number in 0..3 * TEXTS_NEW_MAX {
            texts.keep(number.to_string().into(), false);
            if number % (TEXTS_NEW_MAX / 2) == 0 {
                assert_eq!(texts.find("asked"), Some(true), "what is asked for stays");
            }
        }
        assert!(texts.new.len() + texts.old.len() <= 2 * TEXTS_NEW_MAX);
        assert_eq!(texts.find("0"), None);
        kept.since(1);
        assert!(kept.kept().texts.new.is_empty(), "somebody was erased");
    }

    #[test]
    fn what_is_too_long_is_read_each_time() {
        let kept = ReadAgain::default();
        let long = "Omar has left. ".repeat(BYTES_MAX / 10);
        let touch = letter(1, &long);
        assert_eq!(kept.facts(&touch, &long, &[]), kept.facts(&touch, &long, &[]));
        assert!(kept.kept().new.among.is_empty());
    }
}
