//! Who is meant by an address or a name, and whether anything was ever seen of them.

use std::collections::BTreeMap;

use inroad_model::{EmailAddress, Seller};

use super::near_spelling::slips;
use crate::{Error, Inroad, Result};

/// More addresses than these are not looked through for a name.
const ADDRESSES_MAX: u32 = 200_000;
/// So many near spellings are told.
const NEAR_MAX: usize = 3;
/// So many letters may be wrong in a near spelling.
const SLIPS_MAX: usize = 2;

/// Everybody of whom something was seen, with the names that they go by.
type Everybody = BTreeMap<EmailAddress, Vec<String>>;

impl Inroad {
    /// The address of whom a user means by an address or a name.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a broken address, [`Error::NotFound`] for a name that nobody goes by,
    /// [`Error::Conflict`] if several people do.
    pub async fn person_called(&self, text: &str) -> Result<EmailAddress> {
        if text.contains('@') {
            let typed = text.parse::<EmailAddress>();
            return typed.map_err(|cause| Error::Invalid { what: cause.to_string() });
        }
        let seller = self.seller().await?.unwrap_or_default();
        let everybody = self.everybody(&seller).await?;
        let wanted = words(text);
        let is_whole = |name: &String| words(name) == wanted;
        let is_part = |name: &String| {
            let words = words(name);
            !wanted.is_empty() && wanted.iter().all(|word| words.contains(word))
        };
        let going_by = |is_meant: &dyn Fn(&String) -> bool| {
            let found = everybody.iter().filter(|(_, names)| names.iter().any(is_meant));
            found.map(|(email, _)| email.clone()).collect::<Vec<_>>()
        };
        let mut found = going_by(&is_whole);
        if found.is_empty() {
            found = going_by(&is_part);
        }
        let Some(first) = found.first() else {
            let near = near(&everybody, |_, names| {
                names
                    .iter()
                    .filter_map(|name| slips(&wanted.join(" "), &words(name).join(" "), SLIPS_MAX))
                    .min()
            });
            return Err(Error::NotFound {
                what: format!(
                    "Nobody was seen who is called '{text}'{}",
                    did_you_mean(&near, "write the address")
                ),
            });
        };
        let same = self.aliases().await?.all_of(first);
        if found.iter().any(|email| !same.contains(email)) {
            let shown: Vec<&str> = found.iter().take(NEAR_MAX).map(EmailAddress::as_str).collect();
            let more = if found.len() > NEAR_MAX { " or others" } else { "" };
            return Err(Error::Conflict {
                what: format!("'{text}' could be {}{more}; write the address", shown.join(" or ")),
            });
        }
        Ok(first.clone())
    }

    /// Refuses an address of which nothing was ever seen: it would bear on nothing, and is most
    /// likely misspelt.
    pub(super) async fn must_be_known(&self, email: &EmailAddress, seller: &Seller) -> Result<()> {
        if seller.is_ours(email) || self.store.addresses_at(email.domain()).await?.contains(email) {
            return Ok(());
        }
        let everybody = self.everybody(seller).await?;
        if everybody.contains_key(email) {
            return Ok(());
        }
        let near = near(&everybody, |other, _| slips(email.as_str(), other.as_str(), SLIPS_MAX));
        let way_out = "name whoever never wrote among the people of the deal in a deals file, or \
                       import their card";
        Err(Error::NotFound {
            what: format!("Nothing was ever seen of {email}{}", did_you_mean(&near, way_out)),
        })
    }

    /// From mail, address books, calendars and deals.
    async fn everybody(&self, seller: &Seller) -> Result<Everybody> {
        let mut everybody = Everybody::new();
        let mut add = |email: EmailAddress, name: Option<String>| {
            everybody.entry(email).or_default().extend(name);
        };
        for row in self.store.addresses(ADDRESSES_MAX).await? {
            add(row.email, row.name);
        }
        let right = self.put_right_by(&self.aliases().await?, crate::now()).await?;
        for contact in self.store.contacts().await? {
            let former = contact.name.clone();
            let contact = right.card(contact);
            for email in contact.emails {
                add(email.clone(), former.clone());
                add(email, contact.name.clone());
            }
        }
        for event in self.store.events(None).await? {
            let attendees = event.attendees.into_iter().map(|attendee| attendee.mailbox);
            for mailbox in event.organizer.into_iter().chain(attendees) {
                add(mailbox.address, mailbox.name);
            }
        }
        for seat in self.store.deals().await?.iter().flat_map(|stored| &stored.deal.people) {
            add(seat.email.clone(), seat.name.clone());
        }
        for email in seller.emails.iter().chain(&seller.colleagues) {
            let name = seller.emails.contains(email).then(|| seller.name.clone()).flatten();
            add(email.clone(), name);
        }
        Ok(everybody)
    }
}

/// The words of a name; order, case and punctuation make no difference.
fn words(name: &str) -> Vec<String> {
    let letters = |word: &&str| !word.is_empty();
    let mut words: Vec<String> =
        name.split(|c: char| !c.is_alphanumeric()).filter(letters).map(str::to_lowercase).collect();
    words.sort();
    words
}

/// Those who are fewest slips away.
fn near(
    everybody: &Everybody,
    slips: impl Fn(&EmailAddress, &[String]) -> Option<usize>,
) -> Vec<&EmailAddress> {
    let mut near: Vec<(usize, &EmailAddress)> =
        everybody.iter().filter_map(|(email, names)| Some((slips(email, names)?, email))).collect();
    near.sort();
    let fewest = near.first().map(|(slips, _)| *slips);
    near.retain(|(slips, _)| Some(*slips) == fewest);
    near.into_iter().take(NEAR_MAX).map(|(_, email)| email).collect()
}

fn did_you_mean(near: &[&EmailAddress], otherwise: &str) -> String {
    if near.is_empty() {
        return format!("; {otherwise}");
    }
    let near: Vec<&str> = near.iter().map(|email| email.as_str()).collect();
    format!(". Did you mean {}? If not, {otherwise}", near.join(" or "))
}
