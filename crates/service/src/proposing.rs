//! Deals that the mail suggests: one for each outside organisation with letters both ways that no deal names yet.
//!
//! Only of an organisation with which letters passed since it was looked last can there be a new one, so that a
//! letter more costs what the letters of its organisation cost, however many others there are.

use std::collections::BTreeSet;

use inroad_advice::propose;
use inroad_model::{Deal, DealId, DomainSet, EmailAddress, Moment, Seller};
use inroad_store::{Correspondent, DealStatus, DealUpdate, StoredDeal};

use crate::Result;
use crate::inroad::Inroad;
use crate::looked::UpTo;

/// The setting under which it stands up to where it was looked, for this seller.
const SETTING: &str = "deals_proposed_up_to";
/// From so many people on it is cheaper to look at everybody.
const PEOPLE_MAX: usize = 500;

impl Inroad {
    /// Proposes a deal for each outside organisation with two-way correspondence that no deal
    /// names yet. Returns how many are new.
    ///
    /// # Errors
    /// Of the data file.
    pub async fn propose_deals(&self) -> Result<usize> {
        let Some(seller) = self.seller().await? else { return Ok(0) };
        let end = self.end_of_mail(&seller).await?;
        let all = self.store.correspondents(&seller.emails).await?;
        self.propose_from(&seller, all, &end).await
    }

    /// The same where nothing happened but that letters came in since it was looked last.
    pub(crate) async fn propose_deals_of_new_mail(&self) -> Result<usize> {
        let Some(seller) = self.seller().await? else { return Ok(0) };
        let end = self.end_of_mail(&seller).await?;
        let looked: Option<UpTo> = self.store.setting(SETTING).await?;
        let Some(looked) = looked.filter(|looked| looked.leads_to(&end)) else {
            return self.propose_deals().await;
        };
        if looked == end {
            return Ok(0);
        }
        let mut people = self.store.addresses_behind(looked.row).await?;
        // Whose mailbox it is stands in every letter.
        let own = propose::own_domains(&seller);
        people.retain(|email| !seller.is_ours(email) && !own.contains(email.domain()));
        if people.len() > PEOPLE_MAX {
            return self.propose_deals().await;
        }
        let (by_themselves, of_a_firm): (BTreeSet<_>, BTreeSet<_>) =
            people.into_iter().partition(|email| propose::is_free_mail(email.domain()));
        let domains = of_a_firm.iter().map(|email| email.domain().to_owned()).collect();
        let some =
            self.store.correspondents_among(&seller.emails, &by_themselves, &domains).await?;
        self.propose_from(&seller, some, &end).await
    }

    async fn propose_from(
        &self,
        seller: &Seller,
        found: Vec<Correspondent>,
        end: &UpTo,
    ) -> Result<usize> {
        let kept = self.store.deals().await?;
        let counted: Vec<propose::Counted> = found
            .into_iter()
            .map(|person| propose::Counted {
                email: person.email,
                name: person.name,
                received: person.received,
                sent: person.sent,
                first: jiff::Timestamp::from_microsecond(person.first_at)
                    .ok()
                    .map(|at| Moment::utc(at).date()),
            })
            .collect();
        let at = crate::now();
        let covered = Covered::by(&kept);
        let fresh: Vec<DealUpdate> = propose::propose(seller, &counted)
            .into_iter()
            .filter(|proposal| !covered.holds(proposal))
            .map(|deal| {
                let status = DealStatus::Proposed;
                StoredDeal { deal, status, known_as: BTreeSet::new() }
            })
            .map(|stored| DealUpdate { stored, at, was_other: false })
            .collect();
        let new = self.store.put_deals(&fresh).await?;
        // A program that ends before it is noted looks once more.
        if self.store.setting(SETTING).await?.as_ref() != Some(end) {
            self.store.set_setting(SETTING, end).await?;
        }
        Ok(new)
    }
}

/// Whom deals speak of already.
struct Covered<'d> {
    ids: BTreeSet<&'d DealId>,
    people: BTreeSet<&'d EmailAddress>,
    domains: DomainSet,
}

impl<'d> Covered<'d> {
    fn by(deals: &'d [StoredDeal]) -> Self {
        let deals = deals.iter().map(|stored| &stored.deal);
        Self {
            ids: deals.clone().map(|deal| &deal.id).collect(),
            people: deals.clone().flat_map(|deal| &deal.people).map(|seat| &seat.email).collect(),
            domains: deals.filter_map(|deal| deal.domain.as_deref()).collect(),
        }
    }

    /// Whether one of them speaks of the organisation or of a person of a proposal.
    fn holds(&self, proposal: &Deal) -> bool {
        let is_known =
            |email: &EmailAddress| self.people.contains(email) || self.domains.holds(email);
        self.ids.contains(&proposal.id) || proposal.people.iter().any(|seat| is_known(&seat.email))
    }
}
