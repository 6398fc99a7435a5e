//! The look at a letter before it goes: the bytes that would go, read back, and what stands against them.

use inroad_coach::report::Finding;
use inroad_ingest::{Limits, mail};
use inroad_model::{ConnectionName, EmailAddress, Message, MessageId, Moment};
use inroad_store::LetterLine;

use super::approval::{Approval, Drawn};
use super::asked::{Answering, SendAsked};
use super::checks::Forbidden;
use super::letter::{mailbox_of, recipients, written};
use super::thread::parent_of;
use crate::coach::Coached;
use crate::inroad::Inroad;
use crate::{Error, Result};

/// The letters with whom it goes to that may be answered, and the one that is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThreadChoice {
    /// The one; `None` where a conversation begins.
    pub parent: Option<MessageId>,
    /// The last ones, the newest first.
    pub offered: Vec<LetterLine>,
}

/// A letter as it would go.
#[derive(Debug, Clone, PartialEq)]
pub struct SendLook {
    /// What was asked for, with the mailbox and the thread that it came to.
    pub asked: SendAsked,
    /// From which mailbox.
    pub from: ConnectionName,
    /// Whether that mailbox has a server that sends; else it can be put among the drafts alone.
    pub can_send: bool,
    /// The letter as whoever gets it reads it: its bytes, read back.
    pub letter: Message,
    /// Everybody who gets it, those of a blind copy, too.
    pub recipients: Vec<EmailAddress>,
    /// Those of a blind copy.
    pub bcc: Vec<EmailAddress>,
    /// The bytes that go, which are ASCII.
    pub source: String,
    /// What it answers.
    pub thread: ThreadChoice,
    /// What the coach says of it.
    pub coached: Coached,
    /// What the coach holds up.
    pub held: Vec<Finding>,
    /// Why it does not go at all; empty where it may.
    pub forbidden: Vec<Forbidden>,
    /// What the act on it brings back; `None` where it does not go at all.
    pub approval: Option<Approval>,
}

impl Inroad {
    /// Shows a letter as it would go. Nothing is sent or kept.
    ///
    /// # Errors
    /// [`Error::Invalid`] for what cannot be sent, with the field; [`Error::NotFound`] and
    /// [`Error::Conflict`] where no mailbox, or several, can be meant.
    pub async fn look_before_sending(&self, asked: &SendAsked, at: Moment) -> Result<SendLook> {
        let kept = self.connection_to_send_from(asked).await?;
        let Some(mailbox) = mailbox_of(&kept) else { return Err(no_mailbox()) };
        let drawn = Drawn::now(at)?;
        let mut asked = asked.clone();
        asked.from = Some(kept.connection.name.clone());
        let typed = super::addresses::mailboxes("To", &asked.to)?;
        let first = typed.first().map(|mailbox| mailbox.address.clone());
        let offered = match &first {
            Some(first) => self.letters_to_answer(first).await?,
            None => Vec::new(),
        };
        let parent = parent_of(&asked, &offered);
        // From here on it answers the letter that was shown, whatever comes in meanwhile.
        asked.answering = parent.clone().map_or(Answering::Nothing, Answering::Letter);
        let thread = self.thread_of(parent.as_ref()).await?;
        let letter = self.letter_to_send(&asked, mailbox, &drawn, thread).await?;
        let bytes = written(&letter)?;
        let everybody = recipients(&letter);
        let mut forbidden = self.not_to_be_written_to(&everybody).await?;
        let checked = self.checked(&asked, first.as_ref(), at).await?;
        if forbidden.is_empty() {
            forbidden = checked.fixed;
        }
        let approval = forbidden.is_empty().then(|| drawn.approval(bytes.fingerprint()));
        let (message, _) = mail::parse_message(&bytes.message, &Limits::default());
        Ok(SendLook {
            from: kept.connection.name.clone(),
            can_send: mailbox.submission.is_some(),
            letter: message,
            recipients: everybody,
            bcc: letter.bcc.into_iter().map(|mailbox| mailbox.address).collect(),
            source: String::from_utf8_lossy(&bytes.message).replace("\r\n", "\n"),
            thread: ThreadChoice { parent, offered },
            coached: checked.coached,
            held: checked.held,
            forbidden,
            approval,
            asked,
        })
    }
}

pub(super) fn no_mailbox() -> Error {
    Error::Invalid { what: "Letters go from a mailbox; that connection is none".to_owned() }
}
