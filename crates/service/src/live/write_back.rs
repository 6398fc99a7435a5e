//! Which decisions are written to which address books, and how far that is.
//!
//! Must not: take a card whose connection has no leave, or write anything: that is done while one looks there
//! (`dav::write_back`).

use std::collections::{BTreeMap, BTreeSet};

use inroad_model::{
    ConnectionName, Contact, ContactField, EmailAddress, EntryNumber, Moment, Reads, RecordChange,
    Remark,
};
use inroad_store::{CardChangeState, KeptCardChange, NewCardChange, contact_hash};
use serde::{Deserialize, Serialize};

use super::dav::cards_by_content;
use super::status::Trouble;
use crate::records::PutRight;
use crate::{Error, Inroad, Result};

/// What is kept of a change beside its row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Decided {
    /// What the person is called.
    pub(super) name: String,
    /// What takes the place of what.
    pub(super) change: RecordChange,
    /// Why it was not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) trouble: Option<Trouble>,
    /// Whether the card may say it all the same, since it was written or begun before.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) was_written: bool,
}

impl Decided {
    fn new(name: String, change: RecordChange) -> Self {
        Self { name, change, trouble: None, was_written: false }
    }

    pub(super) fn of(kept: &KeptCardChange) -> Result<Self> {
        serde_json::from_str(&kept.content)
            .map_err(|cause| Error::Internal { what: format!("a change of a card: {cause}") })
    }

    pub(super) fn to_json(&self) -> Result<String> {
        serde_json::to_string(self).map_err(|cause| Error::Internal { what: cause.to_string() })
    }
}

/// How far what is written to an address book is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WriteBack {
    /// So many changes wait for the server.
    pub waiting: usize,
    /// What was not written, each with why and the way out; the first few.
    pub not_written: Vec<Trouble>,
    /// So many more were not written.
    pub more_not_written: usize,
}

/// So many changes that were not written are told one by one.
const NOT_WRITTEN_MAX: usize = 20;

/// What is to be done about a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Due {
    /// What was decided is written.
    Forward,
    /// It was taken back: what stood there before is written.
    Back,
    /// It was taken back, and nothing was written.
    Nothing,
}

/// What is to be done about a change, if anything is. What the server refused is tried again once it was
/// connected once more.
pub(super) fn due(kept: &KeptCardChange, told: &Decided, connected_at: Moment) -> Option<Due> {
    use CardChangeState::{Begun, Refused, TakenBack, There, Waiting, Written};
    let is_connected_anew = || kept.settled_at.is_none_or(|at| at < connected_at);
    match (kept.counts, kept.state) {
        (true, Waiting | Begun | TakenBack) => Some(Due::Forward),
        (true, Refused) => is_connected_anew().then_some(Due::Forward),
        (false, Begun | Written) => Some(Due::Back),
        (false, Refused) if told.was_written => is_connected_anew().then_some(Due::Back),
        (false, Waiting | Refused) => Some(Due::Nothing),
        (true, Written | There) | (false, TakenBack | There) => None,
    }
}

/// What is written where a change was taken back: what stood there before. Where that was itself a change that
/// was taken back since, and that found this one in its place, it is what stood there before that one.
pub(super) fn before(
    kept: &KeptCardChange,
    told: &Decided,
    all: &[(KeptCardChange, Decided)],
) -> RecordChange {
    let mut back = told.change.reversed();
    let field = back.field;
    let is_same = |a: &Remark, b: &Remark| field.is_same(a.as_str(), b.as_str());
    let mut told_at = kept.told_at;
    let former = all.iter().rev().filter(|(one, other)| {
        one.id < kept.id
            && (&one.book, &one.card, other.change.field) == (&kept.book, &kept.card, field)
    });
    for (one, other) in former {
        let (Some(was), Some(is)) = (&back.is, &other.change.is) else { break };
        if !is_same(was, is) {
            continue;
        }
        // What was taken back before this was decided on has nothing to do with it.
        let was_found = match one.state {
            CardChangeState::Begun | CardChangeState::Written => true,
            CardChangeState::TakenBack => one.settled_at.is_some_and(|at| at > told_at),
            CardChangeState::Refused => other.was_written,
            CardChangeState::Waiting | CardChangeState::There => false,
        };
        if one.counts || !was_found {
            break;
        }
        back.is.clone_from(&other.change.was);
        told_at = one.told_at;
    }
    back
}

impl Inroad {
    /// The cards with leave that say what is wrong, and what their connections are called.
    pub(crate) async fn cards_to_write(
        &self,
        right: &PutRight,
        addresses: &BTreeSet<EmailAddress>,
        change: &RecordChange,
    ) -> Result<(Vec<NewCardChange>, Vec<String>)> {
        let (mut cards, mut books) = (Vec::new(), BTreeSet::new());
        let mut concerned: Option<BTreeMap<String, Contact>> = None;
        for kept in self.store.connections().await? {
            if !kept.connection.reads.writes_back() {
                continue;
            }
            if concerned.is_none() {
                concerned = Some(self.concerned(right, addresses, change).await?);
            }
            let concerned = concerned.iter().flatten().collect::<BTreeMap<_, _>>();
            for folder in self.store.sync_folders(kept.id).await? {
                for (hash, card) in cards_by_content(&folder.position) {
                    let Some(contact) = concerned.get(&hash) else { continue };
                    let Some(email) = contact.emails.iter().find(|one| addresses.contains(*one))
                    else {
                        continue;
                    };
                    let name = contact.name.clone().unwrap_or_else(|| email.to_string());
                    let content = Decided::new(name, change.clone());
                    cards.push(NewCardChange {
                        connection: kept.id,
                        email: email.clone(),
                        book: folder.path.clone(),
                        card,
                        content: content.to_json()?,
                    });
                    books.insert(kept.connection.name.as_str().to_owned());
                }
            }
        }
        Ok((cards, books.into_iter().collect()))
    }

    /// The cards of a person that say what is wrong, by the hash of what was kept of them.
    async fn concerned(
        &self,
        right: &PutRight,
        addresses: &BTreeSet<EmailAddress>,
        change: &RecordChange,
    ) -> Result<BTreeMap<String, Contact>> {
        let mut found = BTreeMap::new();
        for contact in self.store.contacts().await? {
            if contact.emails.iter().any(|email| addresses.contains(email))
                && change.concerns(&right.card(contact.clone()))
            {
                found.insert(contact_hash(&contact)?.to_hex(), contact);
            }
        }
        Ok(found)
    }

    /// Has the address books of a decision looked at soon, if this program reads them.
    pub(crate) async fn write_cards_soon(&self, entry: EntryNumber) -> Result<()> {
        let connections = self.store.connections_of_entry(entry).await?;
        if !connections.is_empty() {
            let kept = self.store.connections().await?;
            let meant = kept.iter().filter(|kept| connections.contains(&kept.id));
            meant.for_each(|kept| self.wake.wish(&kept.connection.name));
        }
        Ok(())
    }

    /// Gives or takes back the leave to write to an address book what a person decides on. Without it nothing
    /// waits any more, and what is decided meanwhile is not written later.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Invalid`] for what is no address book.
    pub async fn set_write_back(
        &self,
        name: &ConnectionName,
        leave: bool,
        at: Moment,
    ) -> Result<()> {
        let all = self.store.connections().await?;
        let Some(kept) = all.into_iter().find(|kept| kept.connection.name == *name) else {
            return Err(Error::NotFound { what: format!("'{name}' is not connected") });
        };
        let mut connection = kept.connection;
        let Reads::Contacts(books) = &mut connection.reads else {
            return Err(Error::Invalid { what: format!("'{name}' is no address book") });
        };
        books.write_back = leave;
        let keep_password = async |_id| Ok::<_, Error>(());
        self.store.put_connection(&connection, false, at, keep_password).await?;
        Ok(())
    }

    /// How far what is written over a connection is; `None` where there is no leave.
    pub(super) async fn write_back_of(
        &self,
        connection: i64,
        reads: &Reads,
    ) -> Result<Option<WriteBack>> {
        if !reads.writes_back() {
            return Ok(None);
        }
        let mut found = WriteBack::default();
        let mut told: BTreeMap<(String, String, ContactField), Option<Trouble>> = BTreeMap::new();
        for kept in self.store.card_changes(connection).await? {
            let Decided { change, trouble, was_written, .. } = Decided::of(&kept)?;
            // Taken back, it is told as long as the card may say what was written.
            let is_refused = kept.state == CardChangeState::Refused && (kept.counts || was_written);
            // Where something was decided anew, that counts.
            let place = (kept.book, kept.card, change.field);
            told.insert(place, trouble.filter(|_| is_refused));
            match (kept.counts, kept.state) {
                (
                    true,
                    CardChangeState::Waiting | CardChangeState::Begun | CardChangeState::TakenBack,
                )
                | (false, CardChangeState::Begun | CardChangeState::Written) => found.waiting += 1,
                _ => {}
            }
        }
        found.not_written = told.into_values().flatten().collect();
        found.more_not_written = found.not_written.len().saturating_sub(NOT_WRITTEN_MAX);
        found.not_written.truncate(NOT_WRITTEN_MAX);
        Ok(Some(found))
    }
}
