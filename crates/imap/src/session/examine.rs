//! Opening a folder, always only to read.

use std::num::{NonZeroU32, NonZeroU64};

use imap_codec::imap_types::command::{CommandBody, SelectParameter};
use imap_codec::imap_types::fetch::{MacroOrMessageDataItemNames, MessageDataItemName};
use imap_codec::imap_types::mailbox::Mailbox;
use imap_codec::imap_types::sequence::{SeqOrUid, Sequence, SequenceSet};
use tokio::io::{AsyncRead, AsyncWrite};

use super::{Changes, News, Open, Session, sequence};
use crate::plan::Told;
use crate::wire::answer::{Answer, Code, Strange};
use crate::{Error, Kind, Step, UidSet};

/// What is known of a folder, for a server that can tell on opening what changed since (QRESYNC).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Since {
    /// Under which validity.
    pub uid_validity: NonZeroU32,
    /// Up to which state of changes.
    pub modseq: NonZeroU64,
    /// Which messages.
    pub known: UidSet,
}

/// A folder that was opened.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Opened {
    /// What the server says of it.
    pub told: Told,
    /// What changed since, if that was asked and could be told. Under another validity nothing is.
    pub changes: Option<Changes>,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Session<S> {
    /// Opens a folder to read, by its [name](crate::Folder::name). The one that was open is closed.
    ///
    /// # Errors
    ///
    /// [`Kind::FolderGone`] where there is no such folder; the session goes on without an open one.
    pub async fn examine(&mut self, folder: &str, since: Option<&Since>) -> Result<Opened, Error> {
        let mailbox = self.mailbox(folder, Step::Open)?;
        let since = since.filter(|since| self.enabled.has("QRESYNC") && !since.known.is_empty());
        let parameters = match since {
            Some(since) => vec![SelectParameter::QResync {
                uid_validity: since.uid_validity,
                mod_sequence_value: since.modseq,
                // A short range is enough: what is not known is left out below.
                known_uids: sequence(&whole(&since.known)),
                seq_match_data: None,
            }],
            None if self.offered.has("CONDSTORE") || self.offered.has("QRESYNC") => {
                vec![SelectParameter::CondStore]
            }
            None => Vec::new(),
        };
        let has_parameters = !parameters.is_empty();
        let mut since = since;
        let found = match self.ask_open(folder, mailbox.clone(), parameters).await {
            // Some servers offer what they then do not understand.
            Err(error) if has_parameters && error.kind == Kind::Refused => {
                since = None;
                self.ask_open(folder, mailbox, Vec::new()).await?
            }
            found => found?,
        };
        if let Some(open) = &mut self.open {
            open.told = found.told;
        }
        let validity = found.told.uid_validity;
        let changes = since.filter(|since| validity == Some(since.uid_validity)).map(|since| {
            let mut changes = found.changes;
            changes.keep_known(&since.known);
            changes
        });
        Ok(Opened { told: found.told, changes })
    }

    /// What is known by now of the folder that is open: what the server told of it since, and which number its last
    /// message has. After [waiting](Session::idle) that says as much as opening it once more, for which some
    /// servers look through all of its messages. Nothing where the folder changed while that was asked, since one
    /// answer does not fit the other then: it is to be opened once more.
    ///
    /// # Errors
    ///
    /// [`Kind::NoFolder`] where none is open.
    pub async fn told_by_now(&mut self) -> Result<Option<Told>, Error> {
        self.need_folder(Step::Open)?;
        let patience = self.patience(Step::Open);
        let body = CommandBody::Fetch {
            sequence_set: SequenceSet::from(Sequence::Single(SeqOrUid::Asterisk)),
            macro_or_item_names: MacroOrMessageDataItemNames::MessageDataItemNames(vec![
                MessageDataItemName::Uid,
            ]),
            modifiers: Vec::new(),
            uid: true,
        };
        let exists = |session: &Self| session.open.as_ref().map_or(0, |open| open.told.exists);
        let before = exists(self);
        let mut highest = 0;
        if before > 0 {
            self.run(body, &patience, |answer| {
                if let Answer::Fetch(fetched) = answer {
                    highest = fetched.uid.unwrap_or(0).max(highest);
                }
                Ok(())
            })
            .await?;
        }
        if exists(self) != before {
            return Ok(None);
        }
        let Some(open) = &mut self.open else { return Ok(None) };
        // A message that came and went again counts as well: the next number never becomes smaller. Where the
        // server told none, none is known.
        let after = highest.checked_add(1).and_then(NonZeroU32::new).filter(|_| highest > 0);
        open.told.uid_next =
            open.told.uid_next.map(|next| after.map_or(next, |after| after.max(next)));
        Ok(Some(open.told))
    }

    async fn ask_open(
        &mut self,
        folder: &str,
        mailbox: Mailbox<'static>,
        parameters: Vec<SelectParameter>,
    ) -> Result<Found, Error> {
        let patience = self.transfer_patience(Step::Open);
        // What comes before the end may be of either folder.
        self.open = Some(Open { name: folder.to_owned(), told: Told::default() });
        let mut found = Found::default();
        let body = CommandBody::Examine { mailbox, parameters };
        let done = self.run(body, &patience, |answer| found.take(answer)).await;
        self.news = News::default();
        match done {
            Ok(words) => {
                if let Some(code) = words.code {
                    found.take_code(&code);
                }
                Ok(found)
            }
            Err(error) => {
                self.open = None;
                Err(error)
            }
        }
    }
}

fn whole(uids: &UidSet) -> UidSet {
    UidSet::range(uids.first().unwrap_or(1), uids.last().unwrap_or(1))
}

#[derive(Debug, Default)]
struct Found {
    told: Told,
    changes: Changes,
}

impl Found {
    fn take(&mut self, answer: Answer) -> Result<(), Kind> {
        match answer {
            Answer::Exists(count) => self.told.exists = count,
            Answer::Remark(_, words) => {
                if let Some(code) = words.code {
                    self.take_code(&code);
                }
            }
            Answer::Fetch(fetched) => self.changes.take(*fetched),
            Answer::Vanished { uids, .. } => self.changes.gone = self.changes.gone.union(&uids),
            Answer::Strange(Strange::Message) => return Err(Kind::Protocol),
            _ => {}
        }
        Ok(())
    }

    fn take_code(&mut self, code: &Code) {
        match code {
            Code::UidValidity(validity) => self.told.uid_validity = NonZeroU32::new(*validity),
            Code::UidNext(next) => self.told.uid_next = NonZeroU32::new(*next),
            Code::HighestModSeq(state) => self.told.highest_modseq = NonZeroU64::new(*state),
            Code::NoModSeq => self.told.highest_modseq = None,
            // Numbers that last for this session only are none to follow a folder by.
            other if other.is("UIDNOTSTICKY") => self.told.uid_validity = None,
            // What came before was of the folder that was open.
            other if other.is("CLOSED") => *self = Self::default(),
            _ => {}
        }
    }
}
