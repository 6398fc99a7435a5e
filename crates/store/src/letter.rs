//! Which messages are one letter: a mailbox holds many of them twice, in the folder of sent mail
//! and in an archive, with other bytes each time. A letter to a list comes twice, too, when its
//! reader is named beside the list.

use std::collections::HashMap;

use inroad_model::{Message, MessageId, Nature};

use crate::ContentHash;

/// What a letter is known by, beside its Message-ID.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Letter {
    pub sender: String,
    pub sent_at: Option<i64>,
    pub subject: String,
    /// Whether this copy came from a list.
    pub from_list: bool,
}

/// What a message is beside those that came by before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Came {
    /// A letter that did not come by before.
    New,
    /// A letter that is there already.
    Double,
    /// A letter of which only a list's copy is there: this one, which went straight to its reader,
    /// takes its place, whichever came first.
    InPlaceOfListCopy,
    /// A list's copy of a letter that is there as it went to its reader.
    ListCopy,
}

impl Letter {
    pub(crate) fn of(message: &Message) -> Self {
        Self {
            sender: message.from.as_ref().map_or("", |from| from.address.as_str()).to_owned(),
            sent_at: message.date.map(|date| date.timestamp().as_microsecond()),
            subject: message.subject.clone(),
            from_list: is_from_list(&message.nature),
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

fn is_from_list(nature: &Nature) -> bool {
    matches!(nature, Nature::MailingList { .. } | Nature::Newsletter { .. })
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

    /// Takes a message in, and says what it is beside those that came by before.
    ///
    /// A Message-ID that another letter bears is a forgery or the fault of a program that uses
    /// one again and again: such a message gets an id made from its content.
    pub fn take(&mut self, message: &mut Message, content: ContentHash) -> Came {
        let letter = Letter::of(message);
        if let Some(before) = self.by_id.get_mut(message.id.as_str()) {
            if letter.is(before) {
                return match (before.from_list, letter.from_list) {
                    (true, false) => {
                        *before = letter;
                        Came::InPlaceOfListCopy
                    }
                    (false, true) => Came::ListCopy,
                    _ => Came::Double,
                };
            }
            let made = format!("{}@generated.inroad.invalid", content.to_hex());
            // Digits and a fixed word are always an identifier.
            let Ok(id) = MessageId::new(&made) else { return Came::Double };
            if self.by_id.contains_key(id.as_str()) {
                return Came::Double;
            }
            message.id = id;
        }
        self.by_id.insert(message.id.as_str().to_owned(), letter);
        Came::New
    }
}
