//! Messages themselves, one at a time.
//!
//! They are asked for in chunks that are bounded by count and by told size, two chunks at once, so
//! that the server reads the next while we keep the last. Nobody asks for more while a message is
//! being kept: what comes meanwhile waits in the system's buffers, and memory stays flat.

use std::collections::{BTreeSet, VecDeque};

use imap_codec::imap_types::command::CommandBody;
use imap_codec::imap_types::fetch::{MacroOrMessageDataItemNames, MessageDataItemName};
use jiff::Timestamp;
use tokio::io::{AsyncRead, AsyncWrite};

use super::{Measured, Session, sequence};
use crate::wire::Patience;
use crate::wire::answer::{Answer, Strange};
use crate::{Error, Flags, Kind, Step, UidSet};

/// A message.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    /// Its number in its folder.
    pub uid: u32,
    /// Its marks.
    pub flags: Flags,
    /// When it came into the mailbox.
    pub internal_date: Option<Timestamp>,
    /// All of it, byte by byte.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for Message {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = out.debug_struct("Message");
        // Letters are nobody's business.
        shown.field("uid", &self.uid).field("bytes", &self.bytes.len()).finish_non_exhaustive()
    }
}

/// Messages under way. Whoever stops in the middle drops it, and the session goes on.
#[derive(Debug)]
pub struct Fetching<'s, S> {
    session: &'s mut Session<S>,
    chunks: VecDeque<UidSet>,
    under_way: VecDeque<(String, UidSet)>,
    awaited: BTreeSet<u32>,
    missing: Vec<u32>,
    patience: Option<Patience>,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Session<S> {
    /// Begins to fetch these messages of the open folder, without marking them as seen.
    pub fn fetch<'a>(
        &mut self,
        messages: impl IntoIterator<Item = &'a Measured>,
    ) -> Result<Fetching<'_, S>, Error> {
        self.need_folder(Step::Fetch)?;
        let chunks = self.chunks(messages);
        Ok(Fetching {
            session: self,
            chunks,
            under_way: VecDeque::new(),
            awaited: BTreeSet::new(),
            missing: Vec::new(),
            patience: None,
        })
    }

    fn chunks<'a>(&self, messages: impl IntoIterator<Item = &'a Measured>) -> VecDeque<UidSet> {
        let limits = &self.limits;
        let mut chunks = VecDeque::new();
        let (mut chunk, mut bytes) = (Vec::new(), 0_u64);
        for message in messages {
            let size = message.size.unwrap_or_else(|| u64::from(limits.message_bytes_max));
            let is_full = chunk.len() >= limits.chunk_messages_max
                || bytes.saturating_add(size) > limits.chunk_bytes_max;
            if is_full && !chunk.is_empty() {
                chunks.push_back(std::mem::take(&mut chunk).into_iter().collect());
                bytes = 0;
            }
            chunk.push(message.uid);
            bytes = bytes.saturating_add(size);
        }
        if !chunk.is_empty() {
            chunks.push_back(chunk.into_iter().collect());
        }
        chunks
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> Fetching<'_, S> {
    /// The next message, in whatever order the server sends them; `None` after the last.
    ///
    /// # Errors
    ///
    /// Each names the messages that were [asked for](Error::asked_for) and did not come. After a
    /// refusal that [leaves the session](Kind::leaves_session) the next call goes on with the others.
    pub async fn next(&mut self) -> Result<Option<Message>, Error> {
        self.try_next().await.map_err(|error| match error.asked_for {
            Some(_) => error,
            None => error.of(self.awaited.iter().copied().collect()),
        })
    }

    /// Messages that were asked for and that the server did not send: they are gone meanwhile, or
    /// it does not have their text. Complete after the last message.
    pub fn missing(&self) -> &[u32] {
        &self.missing
    }

    async fn try_next(&mut self) -> Result<Option<Message>, Error> {
        loop {
            let patience = if let Some(patience) = self.patience {
                patience
            } else {
                let patience = self.session.transfer_patience(Step::Fetch);
                self.session.begin(&patience).await?;
                *self.patience.insert(patience)
            };
            self.ask();
            if self.under_way.is_empty() {
                return Ok(None);
            }
            match self.session.hear(&patience).await? {
                Answer::Fetch(fetched) => {
                    let fetched = *fetched;
                    let (Some(uid), Some(bytes)) = (fetched.uid, fetched.body) else { continue };
                    if !self.awaited.remove(&uid) {
                        continue;
                    }
                    let (flags, internal_date) =
                        (fetched.flags.unwrap_or_default(), fetched.internal_date);
                    return Ok(Some(Message { uid, flags, internal_date, bytes }));
                }
                Answer::Done(tag, outcome, words) => {
                    self.patience = Some(self.session.transfer_patience(Step::Fetch));
                    let at = self.under_way.iter().position(|(sent, _)| *sent == tag);
                    let Some((_, chunk)) = at.and_then(|at| self.under_way.remove(at)) else {
                        continue;
                    };
                    let left = self.give_up(&chunk);
                    let ended = self.session.ended(outcome, words, Step::Fetch);
                    ended.map_err(|error| error.of(left.iter().copied().collect()))?;
                    self.missing.extend(left);
                }
                Answer::Strange(Strange::Message) => {
                    return Err(self.session.broken(Kind::Protocol, Step::Fetch));
                }
                _ => {}
            }
        }
    }

    /// Keeps as many chunks under way as may be.
    fn ask(&mut self) {
        while self.under_way.len() < self.session.limits.chunks_at_once.max(1) {
            let Some(chunk) = self.chunks.pop_front() else { return };
            let Some(sequence_set) = sequence(&chunk) else { continue };
            let text = MessageDataItemName::BodyExt { section: None, partial: None, peek: true };
            let tag = self.session.send(CommandBody::Fetch {
                sequence_set,
                macro_or_item_names: MacroOrMessageDataItemNames::MessageDataItemNames(vec![
                    MessageDataItemName::Uid,
                    MessageDataItemName::Flags,
                    MessageDataItemName::InternalDate,
                    text,
                ]),
                uid: true,
                modifiers: Vec::new(),
            });
            self.awaited.extend(chunk.iter());
            self.under_way.push_back((tag, chunk));
        }
    }

    /// What is left of a chunk that is done, which does not come any more.
    fn give_up(&mut self, chunk: &UidSet) -> Vec<u32> {
        chunk.iter().filter(|uid| self.awaited.remove(uid)).collect()
    }
}
