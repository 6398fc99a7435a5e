//! Deals that were proposed: what speaks for each, and the user's word on many at once.

use std::collections::BTreeMap;
use std::sync::Arc;

use inroad_model::{DealId, EmailAddress, Moment};
use inroad_store::{DealStatus, DealUpdate, StoredDeal};

use crate::deeds::{Done, Inverse};
use crate::inroad::Inroad;
use crate::{Error, Result};

/// A deal that is proposed, with what passed between its people and the user.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// The deal.
    pub stored: StoredDeal,
    /// Its people, as the deal names them, with the letters from them and to them.
    pub people: Vec<ProposedPerson>,
    /// Letters both ways.
    pub letters: u64,
    /// When the last of them was written.
    pub last: Option<Moment>,
}

/// Somebody of a proposed deal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposedPerson {
    /// The address.
    pub email: EmailAddress,
    /// The name, if one was seen.
    pub name: Option<String>,
    /// Letters from them.
    pub received: u64,
    /// Letters to them.
    pub sent: u64,
}

/// The user's word on one proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The deal.
    pub deal: DealId,
    /// Whether it is a deal.
    pub accept: bool,
    /// The name that it is to have; `None` leaves it as it is.
    pub name: Option<String>,
}

/// What came of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Decided {
    /// Deals from now on.
    pub accepted: usize,
    /// Told to be none.
    pub dismissed: usize,
}

/// Names are longer only by mistake.
const NAME_CHARS_MAX: usize = 200;

impl Inroad {
    /// How many deals are proposed.
    pub async fn proposal_count(&self) -> Result<usize> {
        let is_proposed = |stored: &&StoredDeal| stored.status == DealStatus::Proposed;
        Ok(self.store.deals().await?.iter().filter(is_proposed).count())
    }

    /// Some of the deals that are proposed: of all, in the order of their names, `limit` from
    /// the place `from` on, which counts from 0. Also tells how many there are.
    pub async fn proposals(&self, from: usize, limit: usize) -> Result<(Vec<Proposal>, usize)> {
        let deals = self.store.deals().await?;
        let is_proposed = |stored: &&StoredDeal| stored.status == DealStatus::Proposed;
        let mut proposed: Vec<&StoredDeal> = deals.iter().filter(is_proposed).collect();
        proposed.sort_by_cached_key(|stored| stored.deal.name.to_lowercase());
        let count = proposed.len();
        let shown: Vec<StoredDeal> = proposed.into_iter().skip(from).take(limit).cloned().collect();
        let own = self.myself().await?.unwrap_or_default().seller.emails;
        let seats = shown.iter().flat_map(|stored| &stored.deal.people);
        let people: Vec<EmailAddress> = seats.map(|seat| seat.email.clone()).collect();
        let exchanged = self.store.exchanged(&own, &people).await?;
        let by_email: BTreeMap<_, _> =
            exchanged.into_iter().map(|with| (with.email.clone(), with)).collect();
        let proposals = shown.into_iter().map(|stored| {
            let seats = stored.deal.people.iter();
            let with = |email| by_email.get(email);
            let people: Vec<ProposedPerson> = seats
                .map(|seat| ProposedPerson {
                    email: seat.email.clone(),
                    name: seat.name.clone(),
                    received: with(&seat.email).map_or(0, |with| with.received),
                    sent: with(&seat.email).map_or(0, |with| with.sent),
                })
                .collect();
            let last = people.iter().filter_map(|p| with(&p.email)).map(|with| with.last_at).max();
            let last = last.and_then(|at| jiff::Timestamp::from_microsecond(at).ok());
            Proposal {
                letters: people.iter().map(|person| person.received + person.sent).sum(),
                last: last.map(Moment::utc),
                people,
                stored,
            }
        });
        Ok((proposals.collect(), count))
    }

    /// Accepts and dismisses proposals, all in one deed.
    ///
    /// # Errors
    /// [`Error::NotFound`] if one is not there; [`Error::Conflict`] if one is not proposed any more, or
    /// nothing was chosen. Nothing is changed then.
    pub async fn decide_proposals(&self, choices: &[Choice], at: Moment) -> Result<Done<Decided>> {
        let mut by_id: BTreeMap<DealId, StoredDeal> = BTreeMap::new();
        for stored in self.store.deals().await?.iter() {
            by_id.insert(stored.deal.id.clone(), stored.clone());
        }
        let (mut updates, mut before) = (Vec::new(), Vec::new());
        let mut decided = Decided::default();
        for choice in choices {
            let Some(mut stored) = by_id.remove(&choice.deal) else {
                let what = format!("There is no proposal '{}'", choice.deal);
                return Err(Error::NotFound { what });
            };
            if stored.status != DealStatus::Proposed {
                let what = format!("'{}' was decided already", stored.deal.name);
                return Err(Error::Conflict { what });
            }
            let was = stored.status.as_str().to_owned();
            before.push((choice.deal.clone(), was, stored.deal.name.clone()));
            if let Some(name) = choice.name.as_deref().and_then(tidy_name) {
                stored.deal.name = name;
            }
            stored.status = if choice.accept { DealStatus::Open } else { DealStatus::Dismissed };
            let counted =
                if choice.accept { &mut decided.accepted } else { &mut decided.dismissed };
            *counted += 1;
            updates.push(DealUpdate { stored, at, was_other: false });
        }
        if updates.is_empty() {
            return Err(Error::Conflict { what: "Nothing was chosen".to_owned() });
        }
        self.store.put_deals(&updates).await?;
        let (deal, says) = says(&updates, decided);
        let renamed =
            before.iter().zip(&updates).any(|((_, _, was), now)| *was != now.stored.deal.name);
        let inverse = if renamed {
            Inverse::Proposals { deals: before }
        } else {
            let deals = before.into_iter().map(|(id, status, _)| (id, status)).collect();
            Inverse::Statuses { deals }
        };
        let deed = self.keep_deed(deal.as_ref(), &says, &inverse, at).await?;
        Ok(Done { what: decided, deed })
    }

    /// Puts back how deals were proposed, where they are still there.
    pub(crate) async fn put_proposals_back(
        &self,
        deals: Vec<(DealId, String, String)>,
        at: Moment,
    ) -> Result<()> {
        let mut kept = Arc::unwrap_or_clone(self.store.deals().await?);
        let mut updates = Vec::new();
        for (id, status, name) in deals {
            if let Some(place) = kept.iter().position(|stored| stored.deal.id == id) {
                let mut stored = kept.swap_remove(place);
                stored.status = status.parse()?;
                stored.deal.name = name;
                updates.push(DealUpdate { stored, at, was_other: false });
            }
        }
        self.store.put_deals(&updates).await?;
        Ok(())
    }
}

/// A name as it is kept: without needless blanks; `None` if nothing is left.
fn tidy_name(name: &str) -> Option<String> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let name: String = name.chars().take(NAME_CHARS_MAX).collect();
    Some(name).filter(|name| !name.is_empty())
}

/// What was done, in words, and about which deal, if it was one.
fn says(updates: &[DealUpdate], decided: Decided) -> (Option<DealId>, String) {
    if let [DealUpdate { stored, .. }] = updates {
        let word = if decided.accepted > 0 { "accepted as a deal" } else { "is no deal" };
        return (Some(stored.deal.id.clone()), format!("{}: {word}", stored.deal.name));
    }
    let words = [(decided.accepted, "accepted"), (decided.dismissed, "dismissed")];
    let words = words.into_iter().filter(|(count, _)| *count > 0);
    let words: Vec<String> = words.map(|(count, word)| format!("{count} {word}")).collect();
    (None, format!("Proposed deals: {}", words.join(", ")))
}
