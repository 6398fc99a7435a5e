//! Which addresses are one person's, as the user said.

use std::collections::BTreeSet;

use inroad_model::{Deal, EmailAddress, Seller};

use crate::Result;
use crate::inroad::Inroad;
use crate::uniting::Canonical;

impl Inroad {
    /// Which addresses the user said are one person's.
    pub(crate) async fn aliases(&self) -> Result<Aliases> {
        let mut aliases = Aliases::default();
        for decision in self.store.same_person_decisions().await? {
            if decision.same {
                aliases.join(&decision.a, &decision.b);
            }
        }
        Ok(aliases)
    }
}

/// Groups of addresses that are one person's.
#[derive(Debug, Clone, Default)]
pub(crate) struct Aliases {
    groups: Vec<BTreeSet<EmailAddress>>,
}

impl Aliases {
    pub(super) fn join(&mut self, a: &EmailAddress, b: &EmailAddress) {
        let mut joined = BTreeSet::from([a.clone(), b.clone()]);
        self.groups.retain(|group| {
            let touches = group.contains(a) || group.contains(b);
            if touches {
                joined.extend(group.iter().cloned());
            }
            !touches
        });
        self.groups.push(joined);
    }

    /// The address with all others of the same person.
    pub(crate) fn all_of(&self, email: &EmailAddress) -> BTreeSet<EmailAddress> {
        let group = self.groups.iter().find(|group| group.contains(email));
        group.cloned().unwrap_or_else(|| BTreeSet::from([email.clone()]))
    }

    /// The addresses of each person who has several.
    pub(crate) fn groups(&self) -> impl Iterator<Item = &BTreeSet<EmailAddress>> {
        self.groups.iter()
    }

    /// The addresses, and all others of whoever has one at the domains.
    pub(crate) fn widen(
        &self,
        emails: impl Iterator<Item = EmailAddress>,
        domains: &BTreeSet<String>,
    ) -> BTreeSet<EmailAddress> {
        let is_at = |email: &EmailAddress| domains.iter().any(|domain| email.is_at(domain));
        let known = self.groups.iter().filter(|group| group.iter().any(is_at)).flatten().cloned();
        emails.flat_map(|email| self.all_of(&email)).chain(known).collect()
    }

    /// Every other address by the one that stands for its person: the user's own, else the one
    /// that a deal names, else one at the domain of a deal, else the first.
    pub(crate) fn canonical(&self, seller: &Seller, deals: &[Deal]) -> Canonical {
        let is_named = |email: &EmailAddress| {
            deals.iter().flat_map(|deal| &deal.people).any(|seat| seat.email == *email)
        };
        let is_at = |email: &EmailAddress| {
            deals.iter().filter_map(|deal| deal.domain.as_deref()).any(|d| email.is_at(d))
        };
        let mut canonical = Canonical::new();
        for group in &self.groups {
            let chosen = group
                .iter()
                .find(|email| seller.is_ours(email))
                .or_else(|| group.iter().find(|email| is_named(email)))
                .or_else(|| group.iter().find(|email| is_at(email)))
                .or_else(|| group.first());
            let Some(chosen) = chosen else { continue };
            for email in group.iter().filter(|email| *email != chosen) {
                canonical.insert(email.clone(), chosen.clone());
            }
        }
        canonical
    }
}
