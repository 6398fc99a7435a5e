//! Which messages there are, and how large they are.

use std::collections::BTreeMap;

use imap_codec::imap_types::command::CommandBody;
use imap_codec::imap_types::core::Vec1;
use imap_codec::imap_types::fetch::{MacroOrMessageDataItemNames, MessageDataItemName};
use imap_codec::imap_types::search::SearchKey;
use jiff::Timestamp;
use jiff::civil::Date;
use tokio::io::{AsyncRead, AsyncWrite};

use super::{Session, sequence};
use crate::wire::answer::{Answer, Fetched, Strange};
use crate::{Error, Flags, Kind, Step, UidSet, moment};

/// A message before it is fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    /// Its number.
    pub uid: u32,
    /// Its size in bytes as the server tells it, which some servers only estimate.
    pub size: Option<u64>,
    /// When it came into the mailbox.
    pub internal_date: Option<Timestamp>,
    /// Its marks.
    pub flags: Flags,
}

/// Messages whose sizes, or marks, are asked for at once.
pub(super) const ASKED_AT_ONCE: u32 = 10_000;

impl<S: AsyncRead + AsyncWrite + Unpin> Session<S> {
    /// The messages of the open folder: all, or those that came into it on that day or later, by
    /// the server's own days.
    pub async fn uids(&mut self, since: Option<Date>) -> Result<UidSet, Error> {
        let key = match since {
            None => SearchKey::All,
            Some(day) => moment::day_for_library(day)
                .map(SearchKey::Since)
                .ok_or_else(|| Error::new(Kind::CannotSend, Step::Search))?,
        };
        self.search(key, Step::Search).await
    }

    pub(super) async fn search(
        &mut self,
        key: SearchKey<'static>,
        step: Step,
    ) -> Result<UidSet, Error> {
        self.need_folder(step)?;
        let patience = self.transfer_patience(step);
        let body = CommandBody::search(None, Vec1::from(key), true);
        let mut found = UidSet::new();
        self.run(body, &patience, |answer| {
            match answer {
                Answer::Search(uids) => found = found.union(&uids),
                Answer::Strange(Strange::Message) => return Err(Kind::Protocol),
                _ => {}
            }
            Ok(())
        })
        .await?;
        Ok(found)
    }

    /// Size, marks and date of these messages of the open folder; of those that are gone, nothing.
    /// Whoever fetches asks first, so that what is too large can be left out.
    pub async fn sizes(&mut self, uids: &UidSet) -> Result<Vec<Measured>, Error> {
        let items = [
            MessageDataItemName::Uid,
            MessageDataItemName::Rfc822Size,
            MessageDataItemName::InternalDate,
            MessageDataItemName::Flags,
        ];
        let mut found = BTreeMap::new();
        self.ask_of(uids, &items, Step::Sizes, |uid, fetched| {
            // A change of marks that the server tells in between has no size.
            if fetched.size.is_none() && fetched.internal_date.is_none() {
                return;
            }
            found.insert(
                uid,
                Measured {
                    uid,
                    size: fetched.size,
                    internal_date: fetched.internal_date,
                    flags: fetched.flags.unwrap_or_default(),
                },
            );
        })
        .await?;
        Ok(found.into_values().collect())
    }

    /// Asks for items of messages, some at once, and hands over what is said of each.
    pub(super) async fn ask_of(
        &mut self,
        uids: &UidSet,
        items: &[MessageDataItemName<'static>],
        step: Step,
        mut each: impl FnMut(u32, Fetched),
    ) -> Result<(), Error> {
        self.need_folder(step)?;
        for chunk in uids.chunks(ASKED_AT_ONCE) {
            let Some(sequence_set) = sequence(&chunk) else { continue };
            let patience = self.transfer_patience(step);
            let body = CommandBody::Fetch {
                sequence_set,
                macro_or_item_names: MacroOrMessageDataItemNames::MessageDataItemNames(
                    items.to_vec(),
                ),
                uid: true,
                modifiers: Vec::new(),
            };
            self.run(body, &patience, |answer| {
                match answer {
                    Answer::Fetch(fetched) => {
                        if let Some(uid) = fetched.uid.filter(|uid| chunk.contains(*uid)) {
                            each(uid, *fetched);
                        }
                    }
                    Answer::Strange(Strange::Message) => return Err(Kind::Protocol),
                    _ => {}
                }
                Ok(())
            })
            .await
            .map_err(|error| error.of(chunk.clone()))?;
        }
        Ok(())
    }
}
