//! Where a letter stands in its conversation.

use std::collections::BTreeSet;

use inroad_ingest::{Limits, mail};
use inroad_model::{EmailAddress, MessageId, Moment};
use inroad_store::LetterLine;
use inroad_submission::Thread;

use super::asked::{Answering, SendAsked, bare_subject};
use crate::Result;
use crate::inroad::Inroad;

/// So many of the last letters with somebody may be answered.
const OFFERED_MAX: usize = 8;
/// So many are looked at for those.
const LOOKED_AT: u32 = 40;

impl Inroad {
    /// The last letters with the first to whom it goes: from them, or from us. The newest first.
    pub(super) async fn letters_to_answer(&self, first: &EmailAddress) -> Result<Vec<LetterLine>> {
        let theirs: BTreeSet<EmailAddress> = self.aliases().await?.all_of(first);
        let seller = self.seller().await?.unwrap_or_default();
        let ever = Moment::utc(jiff::Timestamp::MAX);
        let (mut lines, _) = self.store.latest_letters(&theirs, ever, LOOKED_AT).await?;
        lines.retain(|line| {
            line.from.as_ref().is_some_and(|from| theirs.contains(from) || seller.is_ours(from))
        });
        lines.truncate(OFFERED_MAX);
        Ok(lines)
    }

    /// The headers that say so: the ancestors stand in the letter as it came.
    pub(super) async fn thread_of(&self, parent: Option<&MessageId>) -> Result<Thread> {
        let Some(parent) = parent else { return Ok(Thread::default()) };
        let stored = self.store.message(parent).await?;
        let original = match &stored {
            Some(stored) => self.store.original(stored.row).await?,
            None => None,
        };
        let Some(raw) = original else { return Ok(Thread::answering(parent, &[], &[])) };
        let (message, _) = mail::parse_message(&raw, &Limits::default());
        Ok(Thread::answering(parent, &message.references, &message.in_reply_to))
    }
}

/// The letter that is answered; `None` where a conversation begins.
pub(super) fn parent_of(asked: &SendAsked, offered: &[LetterLine]) -> Option<MessageId> {
    match &asked.answering {
        Answering::Nothing => None,
        Answering::Letter(id) => Some(id.clone()),
        Answering::BySubject => {
            let (subject, says_so) = bare_subject(&asked.subject);
            let is_same = |line: &&LetterLine| bare_subject(&line.subject).0 == subject;
            let same = offered.iter().find(is_same).filter(|_| says_so && !subject.is_empty());
            same.map(|line| line.id.clone())
        }
    }
}
