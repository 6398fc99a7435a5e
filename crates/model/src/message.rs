//! One message as it was sent, before anybody reads meaning into it.

use serde::{Deserialize, Serialize};

use crate::{Bounce, Invitation, Mailbox, MessageId, Moment};

/// A parsed message: its headers, its readable text, and what kind of mail it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// The `Message-ID`; made from the content where the header is missing or useless.
    pub id: MessageId,
    /// The messages it answers, from `In-Reply-To`.
    pub in_reply_to: Vec<MessageId>,
    /// Its ancestors, oldest first, from `References`.
    pub references: Vec<MessageId>,
    /// When it was written, in the writer's own offset; `None` where no usable date stands.
    pub date: Option<Moment>,
    /// The writer; `None` where no usable address stands.
    pub from: Option<Mailbox>,
    /// Where answers should go, if not to `from`.
    pub reply_to: Vec<Mailbox>,
    /// Recipients.
    pub to: Vec<Mailbox>,
    /// Recipients of a copy.
    pub cc: Vec<Mailbox>,
    /// Recipients of a blind copy (seen on one's own sent mail only).
    pub bcc: Vec<Mailbox>,
    /// The subject, decoded, on one line.
    pub subject: String,
    /// The readable body: the plain part, or the HTML part as text with quotes marked by `> `.
    /// Line ends are `\n`; NUL bytes are gone.
    pub text: String,
    /// Where `text` came from.
    pub origin: BodyOrigin,
    /// Files beside the text; their content stays in the original.
    pub attachments: Vec<Attachment>,
    /// What kind of mail it is.
    pub nature: Nature,
    /// A calendar invitation or an answer to one, if it carries any.
    pub invitation: Option<Invitation>,
}

/// Which part of the mail gave the readable text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BodyOrigin {
    /// A text/plain part.
    Plain,
    /// A text/html part; there was no plain one.
    Html,
    /// There was nothing to read.
    None,
}

/// A file that came with a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Its name, if it has one.
    pub name: Option<String>,
    /// Its media type, such as `application/pdf`.
    pub media_type: String,
    /// Its size in bytes, decoded.
    pub bytes: u64,
}

/// What kind of mail a message is. Only [`Nature::Correspondence`] is somebody writing to somebody.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Nature {
    /// A person wrote it.
    Correspondence,
    /// A machine answered in a person's place: out of office, "we got your mail".
    AutomaticReply {
        /// The header or words that show it.
        because: String,
    },
    /// A machine wrote on its own account: a ticket, an invoice run, a calendar service.
    AutomaticNotice {
        /// The header or words that show it.
        because: String,
    },
    /// A delivery report.
    Bounce(Bounce),
    /// A discussion list; people write, but to a list.
    MailingList {
        /// The list's identifier.
        list: String,
    },
    /// One sender to many, with no answer expected.
    Newsletter {
        /// The header or words that show it.
        because: String,
    },
}

impl Nature {
    /// Whether a person wrote it to the people it is addressed to.
    pub fn is_correspondence(&self) -> bool {
        matches!(self, Self::Correspondence)
    }
}
