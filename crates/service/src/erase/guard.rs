//! What comes in of people who were erased: their letters are left out, and letters, cards, calendars and
//! deals of others come in without them.

use std::collections::BTreeSet;
use std::sync::Arc;

use inroad_ingest::Limits;
use inroad_ingest::redacted::every_text;
use inroad_language::traces::{Traces, addresses_in};
use inroad_model::{CalendarEvent, EmailAddress, Issue, Message, Moment};
use inroad_store::{Cell, cell_of};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::letters::{Fate, fate};
use super::who::Traced;
use crate::Result;
use crate::do_not_contact::hashed::Hashed;
use crate::inroad::Inroad;

/// Who was erased, for those who take something in.
#[derive(Debug, Clone)]
pub(crate) struct Guard {
    hashed: Arc<Hashed>,
    ours: BTreeSet<EmailAddress>,
}

/// Who must not come in as of so many erasures; `None` where nobody was erased.
#[derive(Debug, Clone)]
pub(crate) struct GuardAt {
    pub(crate) guard: Option<Guard>,
    pub(crate) erasures: i64,
}

/// How much of what came in was theirs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OfErased {
    /// Letters that were left out.
    pub letters_out: usize,
    /// Letters that came in without them.
    pub letters_without: usize,
    /// Cards, calendar entries and seats in deals that were left out or came in without them.
    pub others: usize,
}

impl OfErased {
    pub(crate) fn add(&mut self, other: Self) {
        self.letters_out += other.letters_out;
        self.letters_without += other.letters_without;
        self.others += other.others;
    }

    /// The word on it; `None` if there was nothing.
    pub(crate) fn issue(self) -> Option<Issue> {
        if self == Self::default() {
            return None;
        }
        let what = format!(
            "People who were erased are in this: {} letters and {} other things of theirs",
            self.letters_out + self.letters_without,
            self.others
        );
        let way_out = format!(
            "{} letters were left out, and {} came in without them; nothing needs to be done",
            self.letters_out, self.letters_without
        );
        Some(Issue::new(what, way_out))
    }
}

impl Inroad {
    /// Who must not come in again, for something long: whoever keeps what was let in by it asks whether
    /// somebody was erased since.
    pub(crate) async fn guard_now(&self) -> Result<Arc<GuardAt>> {
        // Before it is made: whoever is erased meanwhile makes it old.
        let erasures = self.store.erasures().await?;
        Ok(Arc::new(GuardAt { guard: self.guard(crate::now()).await?, erasures }))
    }

    /// Who must not come in again; `None` where nobody was erased.
    pub(crate) async fn guard(&self, at: Moment) -> Result<Option<Guard>> {
        let hashed = self.hashed(at).await?;
        if !hashed.has_erased() {
            return Ok(None);
        }
        let seller = self.seller().await?.unwrap_or_default();
        let ours = seller.emails.into_iter().chain(seller.colleagues).collect();
        Ok(Some(Guard { hashed: Arc::new(hashed), ours }))
    }
}

impl Guard {
    /// What becomes of a letter that comes in.
    pub(crate) fn fate(&self, raw: &[u8], message: &Message) -> Fate {
        let texts = every_text(raw, &Limits::default());
        let everybody =
            || message.from.iter().chain(&message.to).chain(&message.cc).chain(&message.bcc);
        let spelled = texts.iter().flat_map(|text| addresses_in(text));
        let emails: BTreeSet<EmailAddress> = spelled
            .chain(everybody().map(|mailbox| mailbox.address.clone()))
            .filter(|email| self.hashed.is_erased(email))
            .collect();
        if emails.is_empty() {
            return Fate::Stays;
        }
        // What they are called stands beside their address, if anywhere.
        let named = everybody().filter(|mailbox| emails.contains(&mailbox.address));
        let names: Vec<&str> = named.filter_map(|mailbox| mailbox.name.as_deref()).collect();
        fate(raw, message, &self.traces(&emails, names), &|email| self.ours.contains(email))
    }

    /// The same of a calendar entry, which goes, too, if nobody but the user's house is left in it.
    pub(crate) fn left_of_event(
        &self,
        event: &CalendarEvent,
        kept: &mut OfErased,
    ) -> Option<CalendarEvent> {
        let others = |event: &CalendarEvent| {
            let all = event.attendees.iter().map(|attendee| &attendee.mailbox);
            let all = all.chain(event.organizer.as_ref());
            all.filter(|one| !self.ours.contains(&one.address)).count()
        };
        let left = self.left_of(event, kept)?;
        (others(&left) > 0 || others(event) == 0).then_some(left)
    }

    fn traces(&self, emails: &BTreeSet<EmailAddress>, names: Vec<&str>) -> Traces {
        let hashed = Arc::clone(&self.hashed);
        Traces::new(emails, names, [], Arc::new(move |email| hashed.is_erased(email)))
    }

    /// What is left of something that comes in; `None` if it was theirs.
    pub(crate) fn left_of<T: Serialize + DeserializeOwned + Clone>(
        &self,
        one: &T,
        kept: &mut OfErased,
    ) -> Option<T> {
        let value = serde_json::to_value(one).ok()?;
        let traces = Traced(self.traces(&BTreeSet::new(), Vec::new()));
        match cell_of(&value, &traces, &|_| false) {
            Cell::Same => Some(one.clone()),
            Cell::Changed(left) => {
                kept.others += 1;
                serde_json::from_value(left).ok()
            }
            Cell::Gone => {
                kept.others += 1;
                None
            }
        }
    }
}
