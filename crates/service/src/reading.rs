//! One message, read: what `inroad read` shows.

use std::borrow::Cow;
use std::path::Path;

use inroad_ingest::mbox::Mbox;
use inroad_ingest::source::{SourceKind, detect};
use inroad_ingest::{Limits, mail};
use inroad_language::cues;
use inroad_language::cues::taught::Change as CueChange;
use inroad_language::read::read;
use inroad_language::zones;
use inroad_model::{
    EmailAddress, Fact, FoundCue, Invitation, Issue, Message, MessageId, Moment, Nature, Signature,
};
use serde::Serialize;
use tokio::task::spawn_blocking;

use crate::inroad::Inroad;
use crate::{Error, Result};

/// What was understood of one message.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reading {
    /// The headers and what kind of mail it is.
    #[serde(flatten)]
    pub message: Message,
    /// The message it answers and those before, oldest first.
    pub thread: Vec<MessageId>,
    /// The words that the writer added.
    pub new_text: String,
    /// What is quoted.
    pub quoted_text: String,
    /// The signature as it stands.
    pub signature_text: String,
    /// What the signature says.
    pub signature: Signature,
    /// What the message states.
    pub facts: Vec<Fact>,
    /// What its sentences tell, with their places in the new text; of letters only.
    pub cues: Vec<FoundCue>,
    /// What the user's corrections did to the cues.
    #[serde(skip)]
    pub changes: Vec<CueChange>,
    /// The sentences of a letter that may be corrected, with their white space folded.
    #[serde(skip)]
    pub sentences: Vec<String>,
    /// Whether a machine wrote it.
    pub automatic: bool,
    /// Whom a delivery report says could not be reached for good.
    pub bounced: Vec<EmailAddress>,
    /// The invitation or answer in it.
    pub calendar: Option<Invitation>,
    /// What was wrong with the mail.
    pub issues: Vec<Issue>,
}

/// Reads one mail from a file.
///
/// # Errors
/// If the file cannot be read or is larger than a mail may be.
pub fn read_message(path: &Path, limits: &Limits) -> Result<Reading> {
    let metadata = path.metadata().map_err(|cause| Error::file(path, cause))?;
    if metadata.len() > limits.message_bytes as u64 {
        return Err(Error::Invalid {
            what: format!(
                "{} is larger than {} MB; a mail of that size is not read",
                path.display(),
                limits.message_bytes >> 20
            ),
        });
    }
    let bytes = std::fs::read(path).map_err(|cause| Error::file(path, cause))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let one = the_one_message(&name, &bytes, limits).ok_or_else(|| Error::Invalid {
        what: format!(
            "{} holds several messages; import it, or give one mail as .eml",
            path.display()
        ),
    })?;
    let (message, issues) = mail::parse_message(&one, limits);
    let says_nothing = message.from.is_none()
        && message.date.is_none()
        && message.to.is_empty()
        && message.subject.is_empty();
    if says_nothing {
        return Err(Error::Invalid {
            what: format!("{} is no mail; give one mail, as .eml", path.display()),
        });
    }
    Ok(reading(message, issues))
}

/// The message in a file, also where it kept the separator of its mailbox; `None` if there are
/// several.
fn the_one_message<'b>(name: &str, bytes: &'b [u8], limits: &Limits) -> Option<Cow<'b, [u8]>> {
    if detect(name, bytes) != SourceKind::Mbox {
        return Some(Cow::Borrowed(bytes));
    }
    let mut messages = Mbox::new(bytes, limits).filter(|item| !item.raw.is_empty());
    let first = messages.next()?;
    messages.next().is_none().then_some(Cow::Owned(first.raw))
}

impl Inroad {
    /// Refuses a message that was not written yet at a moment.
    ///
    /// # Errors
    /// [`Error::NotFound`], as of one that is not kept.
    pub async fn must_be_written_by(&self, id: &MessageId, as_of: Moment) -> Result<()> {
        let stored = self.store.message(id).await?;
        let is_there = stored.is_some_and(|stored| {
            let date = stored.touch.message.date;
            date.is_none_or(|date| date.timestamp() <= as_of.timestamp())
        });
        if is_there {
            return Ok(());
        }
        Err(Error::NotFound { what: format!("No message <{id}> is kept by then") })
    }

    /// Reads a message that is kept, from its original, as the user had taught at a moment.
    ///
    /// # Errors
    /// [`Error::NotFound`] if no such message is kept.
    pub async fn read_kept(&self, id: &MessageId, at: Moment) -> Result<Reading> {
        let missing = || Error::NotFound { what: format!("No message <{id}> is kept") };
        let stored = self.store.message(id).await?.ok_or_else(missing)?;
        let original = self.store.original(stored.row).await?.ok_or_else(missing)?;
        let taught = self.taught(at).await?;
        let read = move || {
            let (message, issues) = mail::parse_message(&original, &Limits::default());
            let mut reading = reading(message, issues);
            if !taught.is_empty() {
                let told = taught.of_message(&reading.message, &reading.new_text);
                (reading.cues, reading.changes) = (told.cues, told.changes);
            }
            reading
        };
        spawn_blocking(read).await.map_err(|task| Error::stopped(&task))
    }
}

/// Reads a parsed message.
fn reading(message: Message, issues: Vec<Issue>) -> Reading {
    let zones = zones::split(&message.text, message.from.as_ref());
    let quoted_text = zones.quoted_text(&message.text);
    let signature_text = zones.signature_text(&message.text);
    let touch = read(message);
    let message = touch.message;
    let bounced = match &message.nature {
        Nature::Bounce(bounce) => bounce.permanent().map(|r| r.address.clone()).collect(),
        _ => Vec::new(),
    };
    let automatic = matches!(
        message.nature,
        Nature::AutomaticReply { .. } | Nature::AutomaticNotice { .. } | Nature::Bounce(_)
    );
    let new_text = touch.new_text.unwrap_or_default();
    let is_letter = message.nature.is_correspondence();
    let sentences = if is_letter { cues::sentences(&new_text) } else { Vec::new() };
    let mut thread = message.references.clone();
    thread
        .extend(message.in_reply_to.iter().filter(|id| !message.references.contains(id)).cloned());
    Reading {
        thread,
        new_text,
        quoted_text,
        signature_text,
        signature: touch.signature,
        facts: touch.facts,
        cues: touch.gist.unwrap_or_default().cues,
        changes: Vec::new(),
        sentences,
        automatic,
        bounced,
        calendar: message.invitation.clone(),
        issues,
        message,
    }
}
