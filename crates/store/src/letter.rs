//! Which messages are one letter: a mailbox holds many of them twice, in the folder of sent mail
//! and in an archive, with other bytes each time.

use std::collections::HashMap;

use inroad_model::{Message, MessageId};

use crate::ContentHash;

/// What a letter is known by, beside its Message-ID.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Letter {
    pub sender: String,
    pub sent_at: Option<i64>,
    pub subject: String,
}

impl Letter {
    pub(crate) fn of(message: &Message) -> Self {
        Self {
            sender: message.from.as_ref().map_or("", |from| from.address.as_str()).to_owned(),
            sent_at: message.date.map(|date| date.timestamp().as_microsecond()),
            subject: message.subject.clone(),
        }
    }

    /// Whether it is the same letter as another one of the same Message-ID. Lists and gateways
    /// put words before a subject, so one may end with the other. Of undated messages nobody can
    /// tell, and keeping one twice costs less than losing one.
    fn is(&self, other: &Self) -> bool {
        let dates_agree = self.sent_at.is_some() && self.sent_at == other.sent_at;
        let (one, two) = (self.subject.trim(), other.subject.trim());
        let subjects_agree = one == two
            || (!one.is_empty() && !two.is_empty() && (one.ends_with(two) || two.ends_with(one)));
        self.sender == other.sender && dates_agree && subjects_agree
    }
}

/// The letters that came by, by their Message-IDs.
#[derive(Debug, Default)]
pub struct Letters {
    by_id: HashMap<String, Letter>,
}

impl Letters {
    pub(crate) fn extend(&mut self, letters: impl IntoIterator<Item = (String, Letter)>) {
        self.by_id.extend(letters);
    }

    /// Takes in the letters of another list, where none bears the same Message-ID here.
    pub(crate) fn join(&mut self, kept: Self) {
        let here = std::mem::replace(&mut self.by_id, kept.by_id);
        self.by_id.extend(here);
    }

    /// Takes a message in, and says whether it is a letter that did not come by before.
    ///
    /// A Message-ID that another letter bears is a forgery or the fault of a program that uses
    /// one again and again: such a message gets an id made from its content.
    pub fn take(&mut self, message: &mut Message, content: ContentHash) -> bool {
        let letter = Letter::of(message);
        if let Some(before) = self.by_id.get(message.id.as_str()) {
            if letter.is(before) {
                return false;
            }
            let made = format!("{}@generated.inroad.invalid", content.to_hex());
            // Digits and a fixed word are always an identifier.
            let Ok(id) = MessageId::new(&made) else { return false };
            if self.by_id.contains_key(id.as_str()) {
                return false;
            }
            message.id = id;
        }
        self.by_id.insert(message.id.as_str().to_owned(), letter);
        true
    }
}
