//! What is told of a letter without its text: who wrote it to whom, what about, and the words on which
//! conclusions rest.

use inroad_advice::discreet;
use inroad_model::{Fact, Mailbox, MessageId, Moment};
use serde::Serialize;

use crate::inroad::Inroad;
use crate::{Error, Result};

/// A letter without its text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LetterTold {
    /// Which.
    pub id: MessageId,
    /// When it was written.
    pub date: Option<Moment>,
    /// Who wrote it.
    pub from: Option<Mailbox>,
    /// To whom.
    pub to: Vec<Mailbox>,
    /// Who got a copy.
    pub cc: Vec<Mailbox>,
    /// What about, without private words.
    pub subject: String,
    /// The letters before it, oldest first.
    pub thread: Vec<MessageId>,
    /// What it states, each with its words, without private ones.
    pub facts: Vec<Fact>,
}

impl Inroad {
    /// A letter without its text.
    ///
    /// # Errors
    /// [`Error::NotFound`] if no such message is kept, or none by then.
    pub async fn letter_told(&self, id: &MessageId, at: Moment) -> Result<LetterTold> {
        self.must_be_written_by(id, at).await?;
        let stored = self.store.message(id).await?;
        let stored =
            stored.ok_or_else(|| Error::NotFound { what: format!("No message <{id}> is kept") })?;
        let touch = stored.touch;
        let mut facts = touch.facts;
        facts.iter_mut().for_each(discreet::keep_fact);
        let message = touch.message;
        let mut thread = message.references;
        let answered = message.in_reply_to.into_iter();
        let more: Vec<MessageId> = answered.filter(|id| !thread.contains(id)).collect();
        thread.extend(more);
        Ok(LetterTold {
            id: message.id,
            date: message.date,
            from: message.from,
            to: message.to,
            cc: message.cc,
            subject: discreet::title(&message.subject).to_owned(),
            thread,
            facts,
        })
    }
}
