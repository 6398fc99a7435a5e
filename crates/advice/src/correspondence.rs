//! All touches up to a moment, in order, and by whom they concern.
//!
//! A review of many deals over much mail must not look at every message for every deal.

use std::collections::{BTreeMap, BTreeSet};

use inroad_model::{EmailAddress, Moment, Nature, Touch};

/// The messages known at a moment, oldest first, with an index of the people in them.
#[derive(Debug)]
pub struct Correspondence<'a> {
    /// Dated messages, oldest first; equal moments by Message-ID.
    touches: Vec<(Moment, &'a Touch)>,
    /// Which messages name an address, by position; the domains of RFC 5321 sort together.
    by_domain: BTreeMap<&'a str, BTreeMap<&'a EmailAddress, Vec<usize>>>,
}

impl<'a> Correspondence<'a> {
    /// Takes in what was written up to `as_of`. Undated messages have no place in time and are
    /// left out.
    pub fn until(touches: &'a [Touch], as_of: Moment) -> Self {
        let mut known: Vec<(Moment, &Touch)> = touches
            .iter()
            .filter_map(|touch| touch.date().map(|at| (at, touch)))
            .filter(|(at, touch)| at.timestamp() <= as_of.timestamp() && tells(touch))
            .collect();
        known.sort_by(|(at, a), (bt, b)| (at, &a.message.id).cmp(&(bt, &b.message.id)));
        let mut by_domain: BTreeMap<&str, BTreeMap<&EmailAddress, Vec<usize>>> = BTreeMap::new();
        for (position, (_, touch)) in known.iter().enumerate() {
            for address in addresses(touch) {
                let positions =
                    by_domain.entry(address.domain()).or_default().entry(address).or_default();
                if positions.last() != Some(&position) {
                    positions.push(position);
                }
            }
        }
        Self { touches: known, by_domain }
    }

    /// Everybody seen at a domain or below it.
    pub fn people_at(&self, domain: &str) -> BTreeSet<EmailAddress> {
        let domain = domain.trim().trim_start_matches('@').to_lowercase();
        self.by_domain
            .iter()
            .filter(|(host, _)| is_within(host, &domain))
            .flat_map(|(_, people)| people.keys().map(|address| (*address).clone()))
            .collect()
    }

    /// The messages from, to or about some people, oldest first.
    pub fn concerning(&self, people: &BTreeSet<EmailAddress>) -> Vec<(Moment, &'a Touch)> {
        let positions: BTreeSet<usize> = people
            .iter()
            .filter_map(|address| self.by_domain.get(address.domain())?.get(address))
            .flatten()
            .copied()
            .collect();
        positions.into_iter().filter_map(|position| self.touches.get(position).copied()).collect()
    }

    /// All of them, oldest first.
    pub fn all(&self) -> impl Iterator<Item = (Moment, &'a Touch)> + '_ {
        self.touches.iter().copied()
    }
}

/// Whether a message can tell anything about a deal. Mail to a list and newsletters do only by
/// what they state.
fn tells(touch: &Touch) -> bool {
    let to_many =
        matches!(touch.message.nature, Nature::MailingList { .. } | Nature::Newsletter { .. });
    !to_many || !touch.facts.is_empty()
}

/// Everybody whom a message names: writer, recipients, those whom its facts are about, and those
/// to whom it points.
fn addresses(touch: &Touch) -> impl Iterator<Item = &EmailAddress> {
    let mailboxes = touch.message.from.iter().chain(touch.recipients());
    mailboxes.map(|m| &m.address).chain(
        touch.facts.iter().flat_map(|fact| fact.email.as_ref().into_iter().chain(fact.to.as_ref())),
    )
}

/// Whether a host is the domain itself or below it.
fn is_within(host: &str, domain: &str) -> bool {
    !domain.is_empty()
        && host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_below_the_domain_belongs_to_it() {
        for (host, domain, expected) in [
            ("lindner.example", "lindner.example", true),
            ("mail.lindner.example", "lindner.example", true),
            ("notlindner.example", "lindner.example", false),
            ("example", "lindner.example", false),
            ("lindner.example", "", false),
        ] {
            assert_eq!(is_within(host, domain), expected, "{host} {domain}");
        }
    }
}
