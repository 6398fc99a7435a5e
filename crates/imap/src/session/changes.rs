//! What became of known messages: marks that changed, and messages that are gone.

use std::collections::BTreeMap;
use std::num::NonZeroU64;

use imap_codec::imap_types::command::{CommandBody, FetchModifier};
use imap_codec::imap_types::fetch::{MacroOrMessageDataItemNames, MessageDataItemName};
use imap_codec::imap_types::search::SearchKey;
use tokio::io::{AsyncRead, AsyncWrite};

use super::{Session, sequence};
use crate::wire::answer::{Answer, Fetched, Strange};
use crate::{Error, Flags, Kind, Step, UidSet};

/// What became of known messages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// The marks of messages whose marks may have changed.
    pub flags: BTreeMap<u32, Flags>,
    /// Messages that are gone.
    pub gone: UidSet,
    /// The highest state of changes that a message was told to have.
    pub modseq: Option<NonZeroU64>,
}

impl Changes {
    pub(super) fn take(&mut self, fetched: Fetched) {
        let Some(uid) = fetched.uid else { return };
        self.modseq = self.modseq.max(fetched.modseq.and_then(NonZeroU64::new));
        if let Some(flags) = fetched.flags {
            self.flags.insert(uid, flags);
        }
    }

    pub(super) fn keep_known(&mut self, known: &UidSet) {
        self.flags.retain(|uid, _| known.contains(*uid));
        self.gone = self.gone.intersection(known);
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> Session<S> {
    /// What became of these messages of the open folder since that state of changes. Without one, or
    /// where the server does not count changes, all their marks are looked at; where it does not
    /// tell what is gone, it is asked what is there.
    ///
    /// # Errors
    ///
    /// [`Kind::Protocol`] also where a server says that messages are gone and that they are there:
    /// nothing may be held to be gone on such a word.
    pub async fn changes(
        &mut self,
        known: &UidSet,
        since: Option<NonZeroU64>,
    ) -> Result<Changes, Error> {
        self.need_folder(Step::Changes)?;
        let Some(sequence_set) = sequence(&whole(known)) else { return Ok(Changes::default()) };
        let tells_gone = self.enabled.has("QRESYNC");
        let counts = tells_gone || self.offered.has("CONDSTORE") || self.offered.has("QRESYNC");
        let mut changes = Changes::default();
        if let Some(since) = since.filter(|_| counts) {
            let mut modifiers = vec![FetchModifier::ChangedSince(since)];
            if tells_gone {
                modifiers.push(FetchModifier::Vanished);
            }
            let items = vec![MessageDataItemName::Uid, MessageDataItemName::Flags];
            let body = CommandBody::Fetch {
                sequence_set,
                macro_or_item_names: MacroOrMessageDataItemNames::MessageDataItemNames(items),
                uid: true,
                modifiers,
            };
            let patience = self.transfer_patience(Step::Changes);
            self.run(body, &patience, |answer| {
                match answer {
                    Answer::Fetch(fetched) => changes.take(*fetched),
                    Answer::Vanished { uids, .. } => {
                        changes.gone = changes.gone.union(&uids);
                    }
                    Answer::Strange(Strange::Message) => return Err(Kind::Protocol),
                    _ => {}
                }
                Ok(())
            })
            .await?;
            if !tells_gone {
                changes.gone = self.gone_of(known).await?;
            }
        } else {
            let items = [MessageDataItemName::Uid, MessageDataItemName::Flags];
            self.ask_of(known, &items, Step::Changes, |_, fetched| changes.take(fetched)).await?;
            changes.gone = self.gone_of(known).await?;
        }
        changes.keep_known(known);
        Ok(changes)
    }

    async fn gone_of(&mut self, known: &UidSet) -> Result<UidSet, Error> {
        let present = self.search(SearchKey::All, Step::Changes).await?;
        let gone = known.minus(&present);
        // A server that tells of messages which it then does not list has lost its index.
        let exists = self.open.as_ref().map_or(0, |open| u64::from(open.told.exists));
        if !gone.is_empty() && present.len() < exists {
            return Err(self.broken(Kind::Protocol, Step::Changes));
        }
        Ok(gone)
    }
}

fn whole(uids: &UidSet) -> UidSet {
    match (uids.first(), uids.last()) {
        (Some(first), Some(last)) => UidSet::range(first, last),
        _ => UidSet::new(),
    }
}
