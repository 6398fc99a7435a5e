//! All touches up to a moment, in order, and by whom they concern.
//!
//! A review of many deals over much mail must not look at every message for every deal.

use std::collections::{BTreeMap, BTreeSet};

use inroad_model::{EmailAddress, MessageId, Moment, Nature, Touch};

/// The messages known at a moment, oldest first, with an index of the people in them.
#[derive(Debug)]
pub struct Correspondence<'a> {
    /// Dated messages, oldest first; equal moments by Message-ID.
    touches: Vec<(Moment, &'a Touch)>,
    /// What is seen of each address; the domains of RFC 5321 sort together.
    by_domain: BTreeMap<&'a str, BTreeMap<&'a EmailAddress, Seen<'a>>>,
    /// What was written, of messages that came without it.
    texts: BTreeMap<MessageId, String>,
}

/// Where an address is named.
#[derive(Debug, Default)]
struct Seen<'a> {
    /// The messages that name it, by position.
    positions: Vec<usize>,
    /// The names beside it, each once.
    names: Vec<&'a str>,
    /// The first name under which its owner wrote.
    own_name: Option<&'a str>,
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
        let mut by_domain: BTreeMap<&str, BTreeMap<&EmailAddress, Seen<'_>>> = BTreeMap::new();
        for (position, (_, touch)) in known.iter().enumerate() {
            for (address, name) in addresses(touch) {
                let seen =
                    by_domain.entry(address.domain()).or_default().entry(address).or_default();
                if seen.positions.last() != Some(&position) {
                    seen.positions.push(position);
                }
                if let Some(name) = name.filter(|name| !seen.names.contains(name)) {
                    seen.names.push(name);
                }
                let wrote =
                    touch.message.from.as_ref().is_some_and(|from| from.address == *address);
                if wrote && seen.own_name.is_none() {
                    seen.own_name =
                        touch.message.from.as_ref().and_then(|from| from.name.as_deref());
                }
            }
        }
        Self { touches: known, by_domain, texts: BTreeMap::new() }
    }

    /// With what was written in some messages that came without it.
    #[must_use]
    pub fn with_texts(self, texts: BTreeMap<MessageId, String>) -> Self {
        Self { texts, ..self }
    }

    /// What was written in a message, if it is there.
    pub fn text_of<'s>(&'s self, touch: &'s Touch) -> Option<&'s str> {
        let apart = || self.texts.get(&touch.message.id).map(String::as_str);
        touch.new_text.as_deref().or_else(apart)
    }

    /// By which names an address is seen, in the order in which they were written.
    pub fn names_of(&self, address: &EmailAddress) -> impl Iterator<Item = &'a str> {
        self.seen(address).into_iter().flat_map(|seen| seen.names.iter().copied())
    }

    /// How somebody is called: first by themselves, then by others.
    pub fn name_of(&self, address: &EmailAddress) -> Option<&'a str> {
        let seen = self.seen(address)?;
        seen.own_name.or_else(|| seen.names.first().copied())
    }

    fn seen(&self, address: &EmailAddress) -> Option<&Seen<'a>> {
        self.by_domain.get(address.domain())?.get(address)
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
        let seen = people.iter().filter_map(|address| self.seen(address));
        let mut positions: Vec<usize> = seen.flat_map(|s| &s.positions).copied().collect();
        positions.sort_unstable();
        positions.dedup();
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
fn addresses(touch: &Touch) -> impl Iterator<Item = (&EmailAddress, Option<&str>)> {
    let mailboxes = touch.message.from.iter().chain(touch.recipients());
    let told = touch.facts.iter().flat_map(|fact| fact.email.iter().chain(&fact.to));
    mailboxes.map(|m| (&m.address, m.name.as_deref())).chain(told.map(|email| (email, None)))
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
