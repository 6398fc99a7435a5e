//! All letters in brief, with the people by number: from one look at the data file, for everybody who
//! sells here.

use std::collections::{BTreeMap, BTreeSet};

use inroad_advice::seller_habits::letters::Letter;
use inroad_model::{EmailAddress, Moment, typed_domain};
use inroad_store::{AddressRow, BriefLetter};
use jiff::Timestamp;
use tokio::task::spawn_blocking;

use crate::inroad::Inroad;
use crate::people::Aliases;
use crate::{Error, Result};

/// All letters, oldest first.
#[derive(Debug, Default)]
pub(super) struct AllLetters {
    pub(super) letters: Vec<Letter>,
    /// The people by number; the addresses of one person have one.
    by_address: BTreeMap<EmailAddress, u32>,
    /// The people by the domains of their addresses, as [`from_the_end`] writes them.
    by_domain: BTreeMap<String, BTreeSet<u32>>,
}

/// A domain with its labels from the last to the first, so that what lies below it follows it in order:
/// `lindner.example` is `example.lindner`.
fn from_the_end(domain: &str) -> String {
    domain.rsplit('.').collect::<Vec<_>>().join(".")
}

impl AllLetters {
    fn new(letters: Vec<Letter>, by_address: BTreeMap<EmailAddress, u32>) -> Self {
        let mut by_domain: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
        for (email, number) in &by_address {
            by_domain.entry(from_the_end(email.domain())).or_default().insert(*number);
        }
        Self { letters, by_address, by_domain }
    }

    /// The numbers of some addresses.
    pub(super) fn of<'e>(
        &self,
        emails: impl IntoIterator<Item = &'e EmailAddress>,
    ) -> BTreeSet<u32> {
        emails.into_iter().filter_map(|email| self.by_address.get(email)).copied().collect()
    }

    /// Those who have an address at a domain as a person types one, or below it, by number.
    pub(super) fn at(&self, domain: &str) -> BTreeSet<u32> {
        let domain = typed_domain(domain);
        if domain.is_empty() {
            return BTreeSet::new();
        }
        let at = from_the_end(&domain);
        let below = format!("{at}.");
        let known =
            self.by_domain.range(below.clone()..).take_while(|(key, _)| key.starts_with(&below));
        known.map(|(_, people)| people).chain(self.by_domain.get(&at)).flatten().copied().collect()
    }
}

impl Inroad {
    pub(super) async fn all_letters(&self) -> Result<AllLetters> {
        let brief = self.store.brief_letters().await?;
        let received = self.store.all_received().await?;
        let addresses = self.store.address_rows().await?;
        let aliases = self.aliases().await?;
        let made = spawn_blocking(move || made_of(brief, received, addresses, &aliases));
        made.await.map_err(|task| Error::stopped(&task))
    }
}

fn made_of(
    mut brief: Vec<BriefLetter>,
    mut received: Vec<(i64, i64)>,
    addresses: Vec<(i64, AddressRow)>,
    aliases: &Aliases,
) -> AllLetters {
    let mut by_address: BTreeMap<EmailAddress, u32> = BTreeMap::new();
    let mut by_row: BTreeMap<i64, u32> = BTreeMap::new();
    for (row, AddressRow { email, .. }) in addresses {
        let known = by_address.get(&email).copied();
        let next = u32::try_from(by_row.len()).unwrap_or(u32::MAX);
        let number = known.unwrap_or(next);
        by_row.insert(row, number);
        for alias in aliases.all_of(&email) {
            by_address.entry(alias).or_insert(number);
        }
        by_address.insert(email, number);
    }
    brief.sort_unstable_by_key(|letter| letter.row);
    received.sort_unstable();
    let mut readers = received.into_iter().peekable();
    let mut letters: Vec<(i64, Letter)> = Vec::with_capacity(brief.len());
    for BriefLetter { row, at, from, answers } in brief {
        while readers.next_if(|(message, _)| *message < row).is_some() {}
        let mut to = Vec::new();
        while let Some((_, reader)) = readers.next_if(|(message, _)| *message == row) {
            to.extend(by_row.get(&reader));
        }
        let (Some(from), Ok(at)) = (by_row.get(&from), Timestamp::from_microsecond(at)) else {
            continue;
        };
        to.sort_unstable();
        to.dedup();
        letters.push((row, Letter { at: Moment::utc(at), from: *from, to: to.into(), answers }));
    }
    letters.sort_unstable_by_key(|(row, letter)| (letter.at, *row));
    AllLetters::new(letters.into_iter().map(|(_, letter)| letter).collect(), by_address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_at_a_domain_and_below_it() {
        let emails =
            ["a@l.example", "b@mail.L.example", "c@ll.example", "d@l.example.org", "e@x.test"];
        let by_address: BTreeMap<EmailAddress, u32> = emails
            .iter()
            .zip(0..)
            .map(|(email, number)| (email.parse().unwrap(), number))
            .collect();
        let all = AllLetters::new(Vec::new(), by_address.clone());
        for domain in [
            "l.example",
            "@L.Example",
            " example",
            "mail.l.example",
            "ll.example",
            "x",
            "",
            "@",
            ".",
        ] {
            let told = by_address.iter().filter(|(email, _)| email.is_at(domain));
            assert_eq!(all.at(domain), told.map(|(_, number)| *number).collect(), "{domain}");
        }
        assert_eq!(all.at("l.example"), [0, 1].into());
    }
}
