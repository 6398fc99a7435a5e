//! What was asked elsewhere, by whom it is about: a review of many deals must not go through all
//! of it for each of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use inroad_model::EmailAddress;

use crate::dealings::Stated;
use crate::do_not_contact::{DoNotContact, itself_and_above};

/// Every opt-out that is known, in the order in which it was given.
#[derive(Debug)]
pub(crate) struct OptOuts<'a> {
    stated: &'a [Stated],
    /// By the person.
    by_person: BTreeMap<&'a EmailAddress, Vec<usize>>,
    /// By the domain, where one spoke for the whole firm.
    by_firm: BTreeMap<&'a str, Vec<usize>>,
    /// By the domain of which the seller said it.
    by_domain: BTreeMap<&'a str, Vec<usize>>,
    list: Arc<DoNotContact>,
}

impl<'a> OptOuts<'a> {
    pub(crate) fn new(stated: &'a [Stated]) -> Self {
        let mut list = DoNotContact::default();
        let mut by_person: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        let mut by_firm: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        let mut by_domain: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (position, Stated { fact, .. }) in stated.iter().enumerate() {
            list.add(fact);
            if let Some(domain) = &fact.domain {
                by_domain.entry(domain.as_str()).or_default().push(position);
            }
            let Some(email) = &fact.email else { continue };
            by_person.entry(email).or_default().push(position);
            if fact.whole_firm {
                by_firm.entry(email.domain()).or_default().push(position);
            }
        }
        Self { stated, by_person, by_firm, by_domain, list: Arc::new(list) }
    }

    /// Whom all of it forbids to write to.
    pub(crate) fn list(&self) -> Arc<DoNotContact> {
        Arc::clone(&self.list)
    }

    /// What is about some people or their firms.
    pub(crate) fn about(&self, people: &BTreeSet<EmailAddress>) -> Vec<&'a Stated> {
        let of_person = people.iter().filter_map(|email| self.by_person.get(email));
        let of_firm = people.iter().filter_map(|email| self.by_firm.get(email.domain()));
        let of_domain = people.iter().flat_map(|email| {
            itself_and_above(email.domain()).filter_map(|domain| self.by_domain.get(domain))
        });
        let found = of_person.chain(of_firm).chain(of_domain);
        let mut positions: Vec<usize> = found.flatten().copied().collect();
        positions.sort_unstable();
        positions.dedup();
        positions.into_iter().filter_map(|position| self.stated.get(position)).collect()
    }
}

#[cfg(test)]
mod tests {
    use inroad_model::{Fact, FactKind, Source};

    use super::*;

    fn check(people: &[&str], expected: &[&str]) {
        let stated: Vec<Stated> = [("zoe@a.example", false), ("ann@b.example", true)]
            .into_iter()
            .map(|(who, whole_firm)| {
                let email: EmailAddress = who.parse().unwrap();
                let source = Source::Contact(email.clone());
                let mut fact = Fact::new(FactKind::OptedOut, Some(email), source, who);
                fact.whole_firm = whole_firm;
                Stated { fact, at: "2026-03-02T09:00:00Z".parse().unwrap() }
            })
            .collect();
        let people = people.iter().map(|email| email.parse().unwrap()).collect();
        let found: Vec<String> = OptOuts::new(&stated)
            .about(&people)
            .into_iter()
            .map(|stated| stated.fact.quote.clone())
            .collect();
        assert_eq!(found, expected, "{people:?}");
    }

    #[test]
    fn in_the_order_given_and_each_once() {
        check(&["ann@b.example", "zoe@a.example"], &["zoe@a.example", "ann@b.example"]);
        check(&["ben@b.example", "ann@b.example"], &["ann@b.example"]);
        check(&["ben@a.example", "ann@mail.b.example"], &[]);
    }
}
