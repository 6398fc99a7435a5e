//! What a search asks of everything at once, held in memory for as long as nothing is written: when
//! each message was written and by whom, everybody, and the deals.
//!
//! With 50,000 messages it takes a few megabytes, and a tenth of a second to make.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use inroad_model::{Contact, Deal, EmailAddress, Moment};
use inroad_store::{AddressRow, Bringing, DealStatus, FileState, Sent, StoredDeal};
use tokio::task::spawn_blocking;

use super::everybody::{self, Addresses, Person, domains_of};
use super::fold::fold;
use super::pattern::line_of;
use crate::inroad::Inroad;
use crate::people::Aliases;
use crate::{Error, Result};

/// What is held between two searches.
#[derive(Debug, Clone, Default)]
pub(crate) struct Kept {
    latest: Arc<Mutex<Option<Latest>>>,
}

/// What was made last, and of what.
type Latest = (Made, Arc<Index>);

/// A state of the file, and the moment that is looked at, if not all that is kept.
type Made = (FileState, Option<Moment>);

/// Everything of one state of the data file, up to a moment.
#[derive(Debug)]
pub(crate) struct Index {
    /// All messages, the newest first.
    pub sent: Vec<Sent>,
    /// Where each row stands in `sent`, by row.
    ranks: Vec<(i64, usize)>,
    /// Who got what: a place in `sent` with the row of an address.
    received: Vec<(usize, i64)>,
    /// Everybody, each once, whatever their addresses.
    pub people: Vec<Person>,
    /// All deals but dismissed ones.
    pub deals: Vec<IndexedDeal>,
    bringing: Mutex<BTreeMap<Bringing, Arc<Vec<i64>>>>,
}

#[derive(Debug)]
pub(crate) struct IndexedDeal {
    pub deal: Deal,
    /// The words of its names.
    pub names: String,
    /// The words of its names and people.
    pub line: String,
    /// The names under which a part of them means it, folded.
    pub text: String,
}

impl Index {
    /// Which of `sent` went to one of these addresses.
    pub(crate) fn sent_to(&self, addresses: &Addresses) -> Vec<bool> {
        let mut sent_to = vec![false; self.sent.len()];
        for (rank, _) in self.received.iter().filter(|(_, address)| addresses.holds(*address)) {
            sent_to.get_mut(*rank).into_iter().for_each(|sent_to| *sent_to = true);
        }
        sent_to
    }

    /// Marks in `keep`, which has a place for each of `sent`, nothing but these rows.
    pub(crate) fn keep_only(&self, keep: &mut [bool], mut rows: Vec<i64>, wanted: bool) {
        rows.sort_unstable();
        let mut rows = rows.into_iter().peekable();
        for (row, rank) in &self.ranks {
            while rows.next_if(|next| next < row).is_some() {}
            let is_listed = rows.peek() == Some(row);
            if let Some(kept) = keep.get_mut(*rank).filter(|_| is_listed != wanted) {
                *kept = false;
            }
        }
    }
}

impl Inroad {
    /// What is held in memory up to a moment, made anew if anything was written since.
    pub(crate) async fn search_index(&self, as_of: Option<Moment>) -> Result<Arc<Index>> {
        let made = self.store.file_state().await?.map(|state| (state, as_of));
        let lock = || self.kept.latest.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, index)) = lock().as_ref().filter(|(kept, _)| Some(*kept) == made) {
            return Ok(Arc::clone(index));
        }
        let index = Arc::new(self.make_index(as_of).await?);
        if let Some(made) = made {
            *lock() = Some((made, Arc::clone(&index)));
        }
        Ok(index)
    }

    /// The rows of the messages that bring something, which take longer to find than all else.
    pub(crate) async fn bringing(&self, index: &Index, what: Bringing) -> Result<Arc<Vec<i64>>> {
        let lock = || index.bringing.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(rows) = lock().get(&what) {
            return Ok(Arc::clone(rows));
        }
        let rows = Arc::new(self.store.rows_bringing(what).await?);
        lock().insert(what, Arc::clone(&rows));
        Ok(rows)
    }

    async fn make_index(&self, as_of: Option<Moment>) -> Result<Index> {
        let sent = self.store.all_sent().await?;
        let received = self.store.all_received().await?;
        let addresses = self.store.address_rows().await?;
        let deals = match as_of {
            Some(as_of) => self.store.deals_at(as_of).await?,
            None => Arc::unwrap_or_clone(self.store.deals().await?),
        };
        let aliases = self.aliases().await?;
        let contacts = self.cards(&aliases, as_of.unwrap_or_else(crate::now)).await?;
        let mut kept = All { sent, received, addresses, contacts, deals };
        let made = spawn_blocking(move || {
            if let Some(as_of) = as_of {
                kept.forget_after(as_of);
            }
            made_of(kept, &aliases)
        });
        made.await.map_err(|task| Error::stopped(&task))
    }
}

/// What an index is made of, as it is kept.
struct All {
    sent: Vec<Sent>,
    received: Vec<(i64, i64)>,
    addresses: Vec<(i64, AddressRow)>,
    contacts: Vec<Contact>,
    deals: Vec<StoredDeal>,
}

impl All {
    /// Takes out what is later, and who is known from nothing else.
    fn forget_after(&mut self, as_of: Moment) {
        let until = as_of.timestamp().as_microsecond();
        self.sent.retain(|sent| sent.at <= until);
        let rows: BTreeSet<i64> = self.sent.iter().map(|sent| sent.row).collect();
        self.received.retain(|(message, _)| rows.contains(message));
        let readers = self.received.iter().map(|(_, address)| *address);
        let seen: BTreeSet<i64> = self.sent.iter().map(|sent| sent.from).chain(readers).collect();
        self.addresses.retain(|(row, _)| seen.contains(row));
        for stored in &mut self.deals {
            stored.deal.notes.retain(|note| note.date <= as_of.date());
        }
    }
}

fn made_of(kept: All, aliases: &Aliases) -> Index {
    let All { mut sent, mut received, addresses, contacts, deals } = kept;
    sent.sort_unstable_by_key(|sent| std::cmp::Reverse((sent.at, sent.row)));
    let mut ranks: Vec<(i64, usize)> =
        sent.iter().enumerate().map(|(rank, sent)| (sent.row, rank)).collect();
    ranks.sort_unstable();
    let is_wanted = |stored: &StoredDeal| stored.status != DealStatus::Dismissed;
    let deals: Vec<IndexedDeal> =
        deals.into_iter().filter(is_wanted).map(IndexedDeal::new).collect();
    let counted = everybody::count(&sent, &received);
    let people = everybody::people(&counted, addresses, contacts, &deals, aliases);
    received.sort_unstable();
    let mut at = ranks.iter().peekable();
    let ranked = received.into_iter().filter_map(|(row, address)| {
        while at.next_if(|(next, _)| *next < row).is_some() {}
        at.peek().filter(|(next, _)| *next == row).map(|(_, rank)| (*rank, address))
    });
    let received = ranked.collect();
    Index { sent, ranks, received, people, deals, bringing: Mutex::default() }
}

impl IndexedDeal {
    fn new(stored: StoredDeal) -> Self {
        let StoredDeal { deal, known_as, .. } = stored;
        let ids = known_as.iter().map(String::as_str).chain([deal.id.as_str()]);
        let names = [deal.name.as_str(), deal.organization.as_deref().unwrap_or_default()];
        let text = fold(&names.into_iter().chain(ids).collect::<Vec<_>>().join("\n"));
        let names = [&names[..], &[deal.domain.as_deref().unwrap_or_default()]].concat().join(" ");
        let people = deal
            .people
            .iter()
            .map(|seat| format!("{} {}", seat.name.as_deref().unwrap_or_default(), seat.email));
        let line = line_of(&format!("{names} {}", people.collect::<Vec<_>>().join(" ")));
        Self { names: line_of(&names), line, text, deal }
    }
}

/// The people of some deals: who was named, and everybody at their domains.
#[derive(Debug)]
pub(crate) struct Circle<'d> {
    emails: BTreeSet<&'d EmailAddress>,
    domains: BTreeSet<String>,
}

impl<'d> Circle<'d> {
    pub(crate) fn new(deals: &[&'d IndexedDeal]) -> Self {
        let domains = deals.iter().filter_map(|indexed| indexed.deal.domain.as_deref());
        let domains = domains.map(|domain| domain.trim().trim_start_matches('@').to_lowercase());
        let seats = deals.iter().flat_map(|indexed| &indexed.deal.people);
        Self { emails: seats.map(|seat| &seat.email).collect(), domains: domains.collect() }
    }

    /// All their addresses.
    pub(crate) fn addresses(&self, index: &Index) -> Addresses {
        Addresses::of(index.people.iter().filter(|person| self.holds(person)))
    }

    pub(crate) fn holds(&self, person: &Person) -> bool {
        let holds = |email: &EmailAddress| {
            self.emails.contains(email)
                || domains_of(email).any(|domain| self.domains.contains(domain))
        };
        holds(&person.email) || person.same_as.iter().any(holds)
    }
}
