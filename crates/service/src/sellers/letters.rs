//! All letters in brief, with the people by number: from one look at the data file, for everybody who
//! sells here.

use std::collections::{BTreeMap, BTreeSet};

use inroad_advice::seller_habits::letters::Letter;
use inroad_model::{EmailAddress, Moment};
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
}

impl AllLetters {
    /// The numbers of some addresses.
    pub(super) fn of<'e>(
        &self,
        emails: impl IntoIterator<Item = &'e EmailAddress>,
    ) -> BTreeSet<u32> {
        emails.into_iter().filter_map(|email| self.by_address.get(email)).copied().collect()
    }

    /// The addresses at a domain or below it, by number.
    pub(super) fn at(&self, domain: &str) -> BTreeSet<u32> {
        let at = |(email, number): (&EmailAddress, &u32)| email.is_at(domain).then_some(*number);
        self.by_address.iter().filter_map(at).collect()
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
    AllLetters { letters: letters.into_iter().map(|(_, letter)| letter).collect(), by_address }
}
