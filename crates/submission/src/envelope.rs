//! To whom a letter is carried, apart from what its head says.

use inroad_model::EmailAddress;

use crate::{InvalidLetter, address};

/// Most recipients of one letter. This program writes letters, never mass mail.
pub const RECIPIENTS_MAX: usize = 25;

/// The sender and the recipients as the server is told them; each once, all of them fit to be sent to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    from: EmailAddress,
    to: Vec<EmailAddress>,
}

impl Envelope {
    /// An envelope; who is named twice is carried to once.
    ///
    /// # Errors
    /// [`InvalidLetter::NoRecipient`], [`InvalidLetter::TooManyRecipients`],
    /// [`InvalidLetter::Address`].
    pub fn new(
        from: EmailAddress,
        recipients: impl IntoIterator<Item = EmailAddress>,
    ) -> Result<Self, InvalidLetter> {
        let mut to: Vec<EmailAddress> = Vec::new();
        for recipient in recipients {
            if to.contains(&recipient) {
                continue;
            }
            if to.len() == RECIPIENTS_MAX {
                return Err(InvalidLetter::TooManyRecipients);
            }
            to.push(recipient);
        }
        if to.is_empty() {
            return Err(InvalidLetter::NoRecipient);
        }
        for address in std::iter::once(&from).chain(&to) {
            if let Some(why) = address::unfit(address) {
                return Err(InvalidLetter::Address { address: address.clone(), why });
            }
        }
        Ok(Self { from, to })
    }

    /// Who sends it, and to whom reports of failures go.
    pub fn from(&self) -> &EmailAddress {
        &self.from
    }

    /// Everybody to whom it is carried, also those of a blind copy.
    pub fn to(&self) -> &[EmailAddress] {
        &self.to
    }
}
