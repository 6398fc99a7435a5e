//! Which messages of a folder may be new, and whether the server lists all that it tells of.

use std::num::NonZeroU32;

use inroad_imap::UidSet;
use inroad_imap::plan::Told;
use inroad_model::MailboxConnection;

use super::Done;
use crate::live::mailbox::Mail;

/// Messages that may be new.
#[derive(Debug, Default)]
pub(super) struct New {
    pub(super) uids: UidSet,
    pub(super) count: u64,
    pub(super) listed: Listed,
}

/// How it is known which numbers there are.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) enum Listed {
    /// The server listed them.
    #[default]
    All,
    /// It listed fewer than it tells of.
    InPart,
    /// They are all that can be there.
    Unasked,
}

/// All messages that are wanted and were not read.
pub(super) async fn unread(
    session: &mut Mail,
    mailbox: &MailboxConnection,
    known: &UidSet,
    told: &Told,
) -> Done<New> {
    let wanted = session.uids(mailbox.since).await?;
    let all = match mailbox.since {
        None => wanted.len(),
        Some(_) if !wanted.is_empty() || told.exists == 0 => u64::from(told.exists),
        // Either all are older, or the server lists nothing.
        Some(_) => session.uids(None).await?.len(),
    };
    let listed = if all < u64::from(told.exists) { Listed::InPart } else { Listed::All };
    let uids = wanted.minus(known);
    Ok(New { count: uids.len(), uids, listed })
}

/// So many numbers may be asked for without knowing which of them are there.
const UNSEEN_MAX: u64 = 1000;

/// The messages from a number on. Which of them are there is asked first, unless they can only be a few:
/// a server may leave out as many numbers as it likes.
pub(super) async fn newer(
    session: &mut Mail,
    from: NonZeroU32,
    known: &UidSet,
    told: &Told,
) -> Done<New> {
    if let Some(next) = told.uid_next {
        let at_most = UidSet::range(from.get(), next.get().saturating_sub(1).max(from.get()));
        if at_most.len() <= UNSEEN_MAX {
            let uids = at_most.minus(known);
            return Ok(New { count: uids.len(), uids, listed: Listed::Unasked });
        }
    }
    let all = session.uids(None).await?;
    let is_whole = all.len() >= u64::from(told.exists);
    let uids = all.intersection(&UidSet::range(from.get(), u32::MAX)).minus(known);
    let listed = if is_whole { Listed::All } else { Listed::InPart };
    Ok(New { count: uids.len(), uids, listed })
}
