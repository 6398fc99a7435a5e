//! What was read of one message: all that later steps need, without the message's full text.

use serde::{Deserialize, Serialize};

use crate::{Fact, Mailbox, Message, Moment};

/// What a signature block says about its writer. Unknown lines are not guessed into fields.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// The name.
    pub name: Option<String>,
    /// Title or position.
    pub title: Option<String>,
    /// The company.
    pub company: Option<String>,
    /// Phone numbers as written.
    pub phones: Vec<String>,
}

/// A message after reading: who wrote to whom, when, in what nature, what is new in it, and what
/// it states.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Touch {
    /// Headers, nature and invitation; `text` holds the whole decoded body.
    pub message: Message,
    /// The words that the writer added: without quotes and signature.
    pub new_text: String,
    /// What the signature says.
    pub signature: Signature,
    /// What it states.
    pub facts: Vec<Fact>,
}

impl Touch {
    /// Everybody it was addressed to.
    pub fn recipients(&self) -> impl Iterator<Item = &Mailbox> {
        let m = &self.message;
        m.to.iter().chain(&m.cc).chain(&m.bcc)
    }

    /// When it was written.
    pub fn date(&self) -> Option<Moment> {
        self.message.date
    }
}
