//! All touches up to a moment, in order, and by whom they concern.
//!
//! A review of many deals over much mail must not look at every message for every deal.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use inroad_language::facts::read_message_among;
use inroad_language::{private, voice};
use inroad_model::{EmailAddress, Fact, Mailbox, MessageId, Moment, Nature, Seller, Touch, Voice};

use crate::read_again::ReadAgain;

/// An address by number: comparing texts is what a review of many deals spends its time on.
pub type Number = u32;

/// The messages known at a moment, oldest first, with an index of the people in them.
#[derive(Debug)]
pub struct Correspondence<'a> {
    /// Dated messages, oldest first; equal moments by Message-ID.
    letters: Vec<Letter<'a>>,
    /// What is seen of each address; the domains of RFC 5321 sort together.
    by_domain: BTreeMap<&'a str, BTreeMap<&'a EmailAddress, Seen<'a>>>,
    /// The addresses by number, and whether each is the seller's or a colleague's.
    addresses: Vec<(&'a EmailAddress, bool)>,
    /// What earlier reviews read again, where that is kept.
    read_again: Option<Arc<ReadAgain>>,
}

/// A message among those that are known.
#[derive(Debug)]
pub struct Letter<'a> {
    /// When it was written.
    pub at: Moment,
    /// What was read of it.
    pub touch: &'a Touch,
    /// Who wrote it.
    pub from: Option<Number>,
    /// To whom: the headers one after the other, as in [`Touch::recipients`].
    recipients: Box<[Number]>,
    /// The message that it answers, by its place.
    pub answers: Option<usize>,
    /// What was written, if the message came without it.
    text: Option<String>,
}

impl Letter<'_> {
    /// What was written, if it is there.
    pub fn text(&self) -> Option<&str> {
        self.touch.new_text.as_deref().or(self.text.as_deref())
    }

    /// Of whom it speaks, if that was counted or its words are there.
    pub fn voice(&self) -> Option<Voice> {
        let counted = self.touch.gist.as_ref().and_then(|gist| gist.voice);
        counted.or_else(|| self.text().map(voice::of_text))
    }

    /// Everybody it was addressed to.
    pub fn recipients(&self) -> &[Number] {
        &self.recipients
    }

    /// Those in the header To.
    pub fn to(&self) -> &[Number] {
        self.recipients.get(..self.touch.message.to.len()).unwrap_or_default()
    }

    /// Those in the header Cc.
    pub fn cc(&self) -> &[Number] {
        let to = self.touch.message.to.len();
        self.recipients.get(to..to + self.touch.message.cc.len()).unwrap_or_default()
    }

    /// Those in the header Bcc.
    pub fn bcc(&self) -> &[Number] {
        let seen = self.touch.message.to.len() + self.touch.message.cc.len();
        self.recipients.get(seen..).unwrap_or_default()
    }
}

/// Where an address is named.
#[derive(Debug)]
struct Seen<'a> {
    number: Number,
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
    pub fn until(touches: &'a [Touch], seller: &Seller, as_of: Moment) -> Self {
        let mut known: Vec<(Moment, &Touch)> = touches
            .iter()
            .filter_map(|touch| touch.date().map(|at| (at, touch)))
            .filter(|(at, touch)| at.timestamp() <= as_of.timestamp() && tells(touch))
            .collect();
        known.sort_by(|(at, a), (bt, b)| (at, &a.message.id).cmp(&(bt, &b.message.id)));
        let mut all = Self {
            letters: Vec::new(),
            by_domain: BTreeMap::new(),
            addresses: Vec::new(),
            read_again: None,
        };
        let mut places: BTreeMap<&MessageId, usize> = BTreeMap::new();
        for (place, (at, touch)) in known.into_iter().enumerate() {
            let letter = all.letter(place, at, touch, seller, &places);
            all.letters.push(letter);
            places.insert(&touch.message.id, place);
        }
        all
    }

    fn letter(
        &mut self,
        place: usize,
        at: Moment,
        touch: &'a Touch,
        seller: &Seller,
        places: &BTreeMap<&MessageId, usize>,
    ) -> Letter<'a> {
        let from = touch.message.from.as_ref().map(|from| {
            let name = from.name.as_deref();
            let seen = self.see(place, &from.address, name, seller);
            seen.own_name = seen.own_name.or(name);
            seen.number
        });
        let mut see = |address, name| self.see(place, address, name, seller).number;
        let recipients = touch.recipients().map(|m| see(&m.address, m.name.as_deref())).collect();
        for told in touch.facts.iter().flat_map(|fact| fact.email.iter().chain(&fact.to)) {
            see(told, None);
        }
        let answers = touch.message.in_reply_to.last().and_then(|id| places.get(id)).copied();
        Letter { at, touch, from, recipients, answers, text: None }
    }

    /// Takes down that a message names an address.
    fn see(
        &mut self,
        place: usize,
        address: &'a EmailAddress,
        name: Option<&'a str>,
        seller: &Seller,
    ) -> &mut Seen<'a> {
        let addresses = &mut self.addresses;
        let at_domain = self.by_domain.entry(address.domain()).or_default();
        let seen = at_domain.entry(address).or_insert_with(|| {
            let number = Number::try_from(addresses.len()).unwrap_or(Number::MAX);
            addresses.push((address, seller.is_ours(address)));
            Seen { number, positions: Vec::new(), names: Vec::new(), own_name: None }
        });
        if seen.positions.last() != Some(&place) {
            seen.positions.push(place);
        }
        if let Some(name) = name.filter(|name| !seen.names.contains(name)) {
            seen.names.push(name);
        }
        seen
    }

    /// With what was written in some messages that came without it.
    #[must_use]
    pub fn with_texts(mut self, mut texts: BTreeMap<MessageId, String>) -> Self {
        for letter in &mut self.letters {
            if !texts.is_empty() && letter.touch.new_text.is_none() {
                letter.text = texts.remove(&letter.touch.message.id);
            }
        }
        self
    }

    /// With what earlier reviews read again, to be added to.
    #[must_use]
    pub fn with_read_again(mut self, read_again: Arc<ReadAgain>) -> Self {
        self.read_again = Some(read_again);
        self
    }

    /// What a letter with that new text states, where it may also name people to whom it was not addressed.
    pub(crate) fn read_again(
        &self,
        touch: &Touch,
        new_text: &str,
        others: &[Mailbox],
    ) -> Vec<Fact> {
        match &self.read_again {
            Some(kept) => kept.facts(touch, new_text, others).to_vec(),
            None => read_message_among(&touch.message, new_text, &touch.signature, others),
        }
    }

    /// Whether a text tells something private.
    pub(crate) fn is_private(&self, text: &str) -> bool {
        match &self.read_again {
            Some(kept) => kept.is_private(text),
            None => private::is_private(text),
        }
    }

    /// The address of a number.
    pub fn address(&self, number: Number) -> Option<&'a EmailAddress> {
        self.addresses.get(number as usize).map(|(address, _)| *address)
    }

    /// Whether a number is the seller's or a colleague's.
    pub fn is_ours(&self, number: Number) -> bool {
        self.addresses.get(number as usize).is_some_and(|(_, ours)| *ours)
    }

    /// The numbers of some people; who was never seen has none.
    pub fn numbers(&self, people: &BTreeSet<EmailAddress>) -> BTreeSet<Number> {
        people.iter().filter_map(|address| Some(self.seen(address)?.number)).collect()
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

    /// The messages from, to or about some people, oldest first, with their places.
    pub fn concerning(
        &self,
        people: &BTreeSet<EmailAddress>,
    ) -> impl Iterator<Item = (usize, &Letter<'a>)> {
        let seen = people.iter().filter_map(|address| self.seen(address));
        let mut positions: Vec<usize> = seen.flat_map(|s| &s.positions).copied().collect();
        positions.sort_unstable();
        positions.dedup();
        positions.into_iter().filter_map(|place| Some((place, self.letters.get(place)?)))
    }

    /// All of them, oldest first, with their places.
    pub fn all(&self) -> impl Iterator<Item = (usize, &Letter<'a>)> {
        self.letters.iter().enumerate()
    }
}

/// Whether a message can tell anything about a deal. Mail to a list and newsletters do only by
/// what they state.
fn tells(touch: &Touch) -> bool {
    let to_many =
        matches!(touch.message.nature, Nature::MailingList { .. } | Nature::Newsletter { .. });
    !to_many || !touch.facts.is_empty()
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
