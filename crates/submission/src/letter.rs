//! A letter as its writer sees it, and why it is not made.

use inroad_model::{EmailAddress, Mailbox, MessageId, Moment};

use crate::envelope::RECIPIENTS_MAX;
use crate::message::{self, Written};
use crate::{Thread, message_id};

/// One finished letter of plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Its name, which the caller keeps before anything is sent; see [`crate::new_message_id`].
    pub message_id: MessageId,
    /// When the person let it go, in their own offset.
    pub date: Moment,
    /// The writer.
    pub from: Mailbox,
    /// Recipients.
    pub to: Vec<Mailbox>,
    /// Recipients of a copy.
    pub cc: Vec<Mailbox>,
    /// Recipients of a blind copy: in the envelope and in the writer's own copy, not in what is sent.
    pub bcc: Vec<Mailbox>,
    /// The subject, on one line; it may be empty.
    pub subject: String,
    /// The text, with whatever line ends.
    pub text: String,
    /// What it answers.
    pub thread: Thread,
}

/// Why no letter is made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidLetter {
    /// It goes to nobody.
    #[error("The letter names nobody to whom it goes")]
    NoRecipient,
    /// It goes to too many.
    #[error("A letter goes to {RECIPIENTS_MAX} people at most; this program sends no mass mail")]
    TooManyRecipients,
    /// Nothing can be sent to or from an address.
    #[error("Nothing can be sent with the address {address}: {why}")]
    Address {
        /// The address.
        address: EmailAddress,
        /// What is wrong with it.
        why: &'static str,
    },
    /// Somewhere a line break or another control character stands, which could forge a header.
    #[error("The {field} holds a line break or another control character; take it out")]
    ControlCharacter {
        /// Where it stands: `subject`, `name of NAME@DOMAIN`, `text`.
        field: String,
    },
    /// Something is longer than what is sent.
    #[error("The {field} is longer than {bytes_max} bytes; shorten it")]
    TooLong {
        /// What is: `subject`, `name of NAME@DOMAIN`, `text`.
        field: String,
        /// How long it may be.
        bytes_max: usize,
    },
    /// There is nothing to read in it.
    #[error("The letter has no text")]
    NoText,
    /// An identifier cannot stand in a header.
    #[error("'{0}' cannot be the identifier of a letter")]
    MessageId(MessageId),
    /// The moment is in no year that a header can hold.
    #[error("{0} cannot be the date of a letter")]
    Date(Moment),
}

const SUBJECT_BYTES_MAX: usize = 900;
const NAME_BYTES_MAX: usize = 200;
const TEXT_BYTES_MAX: usize = 1 << 20;

impl Letter {
    /// Makes the bytes that are sent, those of the copy, and the envelope. The same letter gives the same
    /// bytes.
    ///
    /// # Errors
    /// [`InvalidLetter`].
    pub fn written(&self) -> Result<Written, InvalidLetter> {
        self.check()?;
        message::write(self)
    }

    /// Everybody to whom it goes, in the order of its head.
    pub(crate) fn recipients(&self) -> impl Iterator<Item = &Mailbox> {
        self.to.iter().chain(&self.cc).chain(&self.bcc)
    }

    fn check(&self) -> Result<(), InvalidLetter> {
        on_one_line(&self.subject, "subject", SUBJECT_BYTES_MAX)?;
        for mailbox in std::iter::once(&self.from).chain(self.recipients()) {
            if let Some(name) = &mailbox.name {
                on_one_line(name, &format!("name of {}", mailbox.address), NAME_BYTES_MAX)?;
            }
        }
        if self.text.len() > TEXT_BYTES_MAX {
            let field = "text".to_owned();
            return Err(InvalidLetter::TooLong { field, bytes_max: TEXT_BYTES_MAX });
        }
        if self.text.trim().is_empty() {
            return Err(InvalidLetter::NoText);
        }
        if self.text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            return Err(InvalidLetter::ControlCharacter { field: "text".to_owned() });
        }
        let threads = self.thread.in_reply_to.iter().chain(&self.thread.references);
        let unfit =
            std::iter::once(&self.message_id).chain(threads).find(|id| !message_id::is_fit(id));
        match unfit {
            Some(id) => Err(InvalidLetter::MessageId(id.clone())),
            None => Ok(()),
        }
    }
}

/// What stands in a header: no line break of any script, no other control character, not too long.
fn on_one_line(text: &str, field: &str, bytes_max: usize) -> Result<(), InvalidLetter> {
    if text.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
        return Err(InvalidLetter::ControlCharacter { field: field.to_owned() });
    }
    if text.len() > bytes_max {
        return Err(InvalidLetter::TooLong { field: field.to_owned(), bytes_max });
    }
    Ok(())
}
