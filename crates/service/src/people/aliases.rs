//! Which addresses are one person's, as the user said.

use std::collections::BTreeSet;

use inroad_model::{Deal, DomainSet, EmailAddress, Seller};

use crate::Result;
use crate::inroad::Inroad;
use crate::uniting::Canonical;
use crate::who_is_who::Groups;

impl Inroad {
    /// Which addresses the user said are one person's.
    pub(crate) async fn aliases(&self) -> Result<Aliases> {
        self.groups().await
    }
}

/// Groups of addresses that are one person's.
pub(crate) type Aliases = Groups<EmailAddress>;

impl Aliases {
    /// The addresses, and all others of whoever has one at the domains.
    pub(crate) fn widen(
        &self,
        emails: impl Iterator<Item = EmailAddress>,
        domains: &BTreeSet<String>,
    ) -> BTreeSet<EmailAddress> {
        let domains: DomainSet = domains.iter().collect();
        let is_at =
            |group: &&BTreeSet<EmailAddress>| group.iter().any(|email| domains.holds(email));
        let known = self.groups().filter(is_at).flatten().cloned();
        emails.flat_map(|email| self.all_of(&email)).chain(known).collect()
    }

    /// Every other address by the one that stands for its person: the user's own, else the one
    /// that a deal names, else one at the domain of a deal, else the first.
    pub(crate) fn canonical(&self, seller: &Seller, deals: &[Deal]) -> Canonical {
        let named: BTreeSet<&EmailAddress> =
            deals.iter().flat_map(|deal| &deal.people).map(|seat| &seat.email).collect();
        let domains: DomainSet = deals.iter().filter_map(|deal| deal.domain.as_deref()).collect();
        let mut canonical = Canonical::new();
        for group in self.groups() {
            let chosen = group
                .iter()
                .find(|email| seller.is_ours(email))
                .or_else(|| group.iter().find(|email| named.contains(email)))
                .or_else(|| group.iter().find(|email| domains.holds(email)))
                .or_else(|| group.first());
            let Some(chosen) = chosen else { continue };
            for email in group.iter().filter(|email| *email != chosen) {
                canonical.insert(email.clone(), chosen.clone());
            }
        }
        canonical
    }
}
