//! What is on record of a person, put right by whose data file it is.
//!
//! Records are cards of address books and seats of deals. A decision says of one value what is so instead, and
//! lies over every record of that person that says what was wrong; a record that says something else by itself
//! later is believed again. The card on a server follows only with leave ([`crate::live`] writes it).
//!
//! Must not: take for decided what was only read.

use std::collections::{BTreeMap, BTreeSet};

use inroad_model::{
    Contact, ContactField, Deal, EmailAddress, Entry, EntryNumber, KeptEntry, Moment, RecordChange,
    Remark, Seat, Subject,
};

use crate::deeds::{Done, Inverse};
use crate::inroad::Inroad;
use crate::people::Aliases;
use crate::{Error, Result};

/// What was put right, by whom it is about; in the order in which it was decided on.
#[derive(Debug, Default)]
pub(crate) struct PutRight(BTreeMap<EmailAddress, Vec<(EntryNumber, RecordChange)>>);

impl PutRight {
    /// Out of what counts.
    pub(crate) fn of(entries: &[KeptEntry], aliases: &Aliases) -> Self {
        let mut all: BTreeMap<EmailAddress, Vec<(EntryNumber, RecordChange)>> = BTreeMap::new();
        for kept in entries {
            let (Subject::Person(email), Entry::Record(change)) = (&kept.about, &kept.entry) else {
                continue;
            };
            for address in aliases.all_of(email) {
                all.entry(address).or_default().push((kept.number, change.clone()));
            }
        }
        Self(all)
    }

    /// A card with what was decided laid over it.
    pub(crate) fn card(&self, mut contact: Contact) -> Contact {
        if !self.0.is_empty() {
            let about: BTreeMap<EntryNumber, &RecordChange> = contact
                .emails
                .iter()
                .filter_map(|email| self.0.get(email))
                .flatten()
                .map(|(number, change)| (*number, change))
                .collect();
            for change in about.into_values() {
                change.apply(&mut contact);
            }
        }
        contact
    }

    /// The same of a seat of a deal, of which name and title are known.
    pub(crate) fn seat(&self, seat: &mut Seat) {
        for (_, change) in self.0.get(&seat.email).into_iter().flatten() {
            let mut card = of_seat(seat);
            change.apply(&mut card);
            (seat.name, seat.title) = (card.name, card.title);
        }
    }

    /// The same of all seats of some deals.
    pub(crate) fn seats(&self, deals: &mut [Deal]) {
        if !self.0.is_empty() {
            deals.iter_mut().flat_map(|deal| &mut deal.people).for_each(|seat| self.seat(seat));
        }
    }
}

fn of_seat(seat: &Seat) -> Contact {
    Contact { name: seat.name.clone(), title: seat.title.clone(), ..Contact::default() }
}

impl Inroad {
    /// What was put right by a moment.
    pub(crate) async fn put_right_by(&self, aliases: &Aliases, as_of: Moment) -> Result<PutRight> {
        let is_meant =
            |kept: &&KeptEntry| matches!(kept.entry, Entry::Record(_)) && kept.counts_at(as_of);
        let entries = self.store.entries().await?;
        let counting: Vec<KeptEntry> = entries.iter().filter(is_meant).cloned().collect();
        Ok(PutRight::of(&counting, aliases))
    }

    /// All cards, with what was decided by a moment laid over them.
    pub(crate) async fn cards(&self, aliases: &Aliases, as_of: Moment) -> Result<Vec<Contact>> {
        let right = self.put_right_by(aliases, as_of).await?;
        let cards = self.store.contacts().await?.into_iter();
        Ok(cards.map(|contact| right.card(contact)).collect())
    }

    /// Puts right what is on record of a person; it can be undone. It is written to the address books that
    /// have leave for it and a card that says what is wrong.
    ///
    /// # Errors
    /// [`Error::Invalid`] for what is no value of such a property; [`Error::Conflict`] if no record says what
    /// is called wrong.
    pub async fn put_right(
        &self,
        whom: &EmailAddress,
        change: RecordChange,
        at: Moment,
    ) -> Result<Done<EntryNumber>> {
        check(&change)?;
        if self.seller().await?.unwrap_or_default().is_ours(whom) {
            return Err(Error::Invalid { what: format!("{whom} is of your own house") });
        }
        let aliases = self.aliases().await?;
        let addresses = aliases.all_of(whom);
        let right = self.put_right_by(&aliases, at).await?;
        self.must_be_on_record(&right, &addresses, &change, at).await?;
        let (cards, books) = self.cards_to_write(&right, &addresses, &change).await?;
        let mut says = format!("{whom}: {}", says(&change));
        if !books.is_empty() {
            says = format!("{says}; to be written to {}", books.join(", "));
        }
        let about = Subject::Person(whom.clone());
        let entry = Entry::Record(change);
        let number = self.store.add_entry_with_cards(&about, &entry, &cards, at).await?;
        let deed = self.keep_deed(None, &says, &Inverse::Entry { number }, at).await?;
        self.write_cards_soon(number).await?;
        Ok(Done { what: number, deed })
    }

    /// What the records say of a person, each value once.
    ///
    /// # Errors
    /// If the data file refuses.
    pub async fn on_record(
        &self,
        whom: &EmailAddress,
        at: Moment,
    ) -> Result<Vec<(ContactField, String)>> {
        let aliases = self.aliases().await?;
        let right = self.put_right_by(&aliases, at).await?;
        let addresses = aliases.all_of(whom);
        let mut records = self.cards_of(&right, &addresses).await?;
        records.extend(self.seats_of(&right, &addresses, at).await?);
        let said = ContactField::ALL.into_iter().flat_map(|field| {
            let values = records.iter().flat_map(move |record| field.said_by(record));
            let each: BTreeSet<&str> = values.collect();
            each.into_iter().map(move |value| (field, value.to_owned())).collect::<Vec<_>>()
        });
        Ok(said.collect())
    }

    /// The cards of a person.
    async fn cards_of(
        &self,
        right: &PutRight,
        addresses: &BTreeSet<EmailAddress>,
    ) -> Result<Vec<Contact>> {
        let mut cards: Vec<Contact> = self.store.contacts().await?;
        cards.retain(|contact| contact.emails.iter().any(|email| addresses.contains(email)));
        Ok(cards.into_iter().map(|contact| right.card(contact)).collect())
    }

    /// The seats of a person in deals, which know a name and a title alone.
    async fn seats_of(
        &self,
        right: &PutRight,
        addresses: &BTreeSet<EmailAddress>,
        at: Moment,
    ) -> Result<Vec<Contact>> {
        let mut deals: Vec<Deal> =
            self.store.deals_at(at).await?.into_iter().map(|stored| stored.deal).collect();
        right.seats(&mut deals);
        let seats = deals.iter().flat_map(|deal| &deal.people);
        Ok(seats.filter(|seat| addresses.contains(&seat.email)).map(of_seat).collect())
    }

    /// Refuses to put right what no record of the person says, and what none has a place for: it would change
    /// nothing.
    async fn must_be_on_record(
        &self,
        right: &PutRight,
        addresses: &BTreeSet<EmailAddress>,
        change: &RecordChange,
        at: Moment,
    ) -> Result<()> {
        let mut records = self.cards_of(right, addresses).await?;
        if matches!(change.field, ContactField::Name | ContactField::Title) {
            records.extend(self.seats_of(right, addresses, at).await?);
        }
        if records.iter().any(|record| change.concerns(record)) {
            return Ok(());
        }
        if records.is_empty() {
            let field = change.field.in_words();
            let what = format!(
                "None of your records has a {field} of theirs to put right; bring a card of theirs into your \
                 contacts first ('inroad import')"
            );
            return Err(Error::Conflict { what });
        }
        let what = match &change.was {
            Some(was) => format!("Your records do not say “{was}” of them; look what they say now"),
            None => {
                format!("Your records say another {} of them; name it", change.field.in_words())
            }
        };
        Err(Error::Conflict { what })
    }
}

fn check(change: &RecordChange) -> Result<()> {
    let invalid = |what: &str| Err(Error::Invalid { what: what.to_owned() });
    let Some(is) = change.is.as_ref().map(Remark::as_str) else {
        return invalid("Say what is so");
    };
    let is_long = |text: &str| text.chars().count() > RecordChange::CHARS_MAX;
    if is.contains('\n') || is_long(is) {
        return invalid("That is one line of up to 200 characters");
    }
    if change.was.as_ref().is_some_and(|was| change.field.is_same(was.as_str(), is)) {
        return invalid("Your records say so already");
    }
    match change.field {
        ContactField::Name if is.contains('@') => invalid("A name holds no address"),
        ContactField::Phone if !is.contains(|c: char| c.is_ascii_digit()) => {
            invalid("A telephone number has digits")
        }
        _ => Ok(()),
    }
}

/// What was put right, in words.
pub(crate) fn says(change: &RecordChange) -> String {
    let field = change.field.in_words();
    match (&change.was, &change.is) {
        (Some(was), Some(is)) => format!("{field} “{is}” instead of “{was}”"),
        (None, Some(is)) => format!("{field} “{is}”"),
        (Some(was), None) => format!("no {field} “{was}” any more"),
        (None, None) => format!("no {field}"),
    }
}
