//! Mail domains, asked at once whether an address lies at one of them.

use std::collections::BTreeSet;

use crate::address::{EmailAddress, typed_domain};

/// Domains as people type them; an address lies at one of them as [`EmailAddress::is_at`] tells, in as many
/// steps as its own domain has parts, however many there are.
///
/// ```
/// use inroad_model::{DomainSet, EmailAddress};
/// let domains: DomainSet = ["@Lindner.example", "kessler.test"].into_iter().collect();
/// let is_there = |address: &str| domains.holds(&address.parse::<EmailAddress>().unwrap());
/// assert!(is_there("jana@mail.lindner.example"));
/// assert!(!is_there("jana@notlindner.example"));
/// ```
#[derive(Debug, Clone, Default)]
pub struct DomainSet(BTreeSet<String>);

impl DomainSet {
    /// Whether an address lies at one of the domains or below it.
    pub fn holds(&self, address: &EmailAddress) -> bool {
        !self.0.is_empty() && address.domains().any(|domain| self.0.contains(domain))
    }
}

impl<D: AsRef<str>> Extend<D> for DomainSet {
    fn extend<I: IntoIterator<Item = D>>(&mut self, domains: I) {
        let typed = domains.into_iter().map(|domain| typed_domain(domain.as_ref()).into_owned());
        self.0.extend(typed.filter(|domain| !domain.is_empty()));
    }
}

impl<D: AsRef<str>> FromIterator<D> for DomainSet {
    fn from_iter<I: IntoIterator<Item = D>>(domains: I) -> Self {
        let mut set = Self::default();
        set.extend(domains);
        set
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_same_as_asking_one_by_one(
            domains in prop::collection::vec("@?[ab]{0,2}(\\.[abB]{1,2}){0,2}", 0..4),
            domain in "[ab]{1,2}(\\.[ab]{1,2}){0,3}",
        ) {
            let address: EmailAddress = format!("x@{domain}").parse().unwrap();
            let set: DomainSet = domains.iter().collect();
            // What begins with a dot is no domain.
            let one_by_one =
                domains.iter().any(|one| !one.trim_start_matches('@').starts_with('.') && address.is_at(one));
            prop_assert_eq!(set.holds(&address), one_by_one);
        }
    }
}
