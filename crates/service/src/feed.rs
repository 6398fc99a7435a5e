//! What is planned, as a calendar that other programs may read: at an address that nobody can guess.
//!
//! The address is made once, by the user, and stays until they want another one.

use std::collections::{BTreeMap, BTreeSet};

use inroad_advice::do_not_contact::DoNotContact;
use inroad_advice::touch_plan::TouchPlan;
use inroad_ingest::calendar::write::{WholeDay, write_calendar};
use inroad_language::private;
use inroad_model::{Channel, Deal, EmailAddress, Entry, EntryNumber, KeptEntry, Moment, Subject};
use serde::{Deserialize, Serialize};

use crate::deeds::{Done, Inverse};
use crate::desk::Desk;
use crate::inroad::Inroad;
use crate::touches::Touches;
use crate::{Error, Result};

/// What is kept of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    /// The part of the address that nobody can guess.
    secret: String,
    /// By which its entries are known, whatever the address is.
    id: String,
}

const FEED: &str = "calendar_feed";
const NAME: &str = "inroad: planned";

impl Inroad {
    /// The part of the address that nobody can guess, if an address was made.
    pub async fn calendar_secret(&self) -> Result<Option<String>> {
        Ok(self.store.setting::<Kept>(FEED).await?.map(|kept| kept.secret))
    }

    /// Makes an address, or another one; the old one leads nowhere from then on, and cannot come back.
    pub async fn renew_calendar(&self, at: Moment) -> Result<Done<String>> {
        let before = self.store.setting::<Kept>(FEED).await?;
        let says = match before {
            Some(_) => "Another calendar address; the old one leads nowhere",
            None => "A calendar address",
        };
        let id = before.map_or_else(random, |before| Ok(before.id))?;
        let kept = Kept { secret: random()?, id };
        self.store.set_setting(FEED, &kept).await?;
        let deed = self.keep_deed(None, says, &Inverse::Nothing, at).await?;
        Ok(Done { what: kept.secret, deed })
    }

    /// Closes the address.
    ///
    /// # Errors
    /// [`Error::Conflict`] if there is none.
    pub async fn close_calendar(&self, at: Moment) -> Result<Done<()>> {
        if self.calendar_secret().await?.is_none() {
            return Err(Error::Conflict { what: "There is no calendar address".to_owned() });
        }
        self.store.forget_setting(FEED).await?;
        let deed =
            self.keep_deed(None, "No calendar address any more", &Inverse::Nothing, at).await?;
        Ok(Done { what: (), deed })
    }

    /// The calendar at an address: what is planned and not done, and the next touch of each touch plan.
    /// `None` if nothing is there.
    pub async fn calendar(&self, secret: &str, at: Moment) -> Result<Option<String>> {
        let Some(kept) = self.feed_at(secret).await? else { return Ok(None) };
        self.calendar_with(&kept, &self.touches(at).await?, at).await
    }

    async fn feed_at(&self, secret: &str) -> Result<Option<Kept>> {
        let kept = self.store.setting::<Kept>(FEED).await?;
        Ok(kept.filter(|kept| is_same(&kept.secret, secret)))
    }

    async fn calendar_with(
        &self,
        kept: &Kept,
        touches: &Touches,
        at: Moment,
    ) -> Result<Option<String>> {
        let stored = self.store.deals().await?;
        let deals: BTreeMap<_, _> = stored.iter().map(|s| (&s.deal.id, &s.deal)).collect();
        let entries = self.entries(at).await?;
        let done: BTreeSet<EntryNumber> = entries.iter().filter_map(carried_out).collect();
        // Whoever asked for no more mail is proposed to nobody, in no calendar either.
        let asked = self.do_not_contact(&self.aliases().await?, at).await?;
        let deal_of = |entry: &KeptEntry| entry.deal().and_then(|id| deals.get(id).copied());
        let is_open = |entry: &&KeptEntry| {
            !done.contains(&entry.number) && !is_for_nobody(entry, deal_of(entry), &asked)
        };
        let planned = entries.iter().filter(is_open);
        let mut days: Vec<WholeDay> = planned
            .filter_map(|entry| {
                let about = match &entry.about {
                    Subject::Deal(id) => {
                        deals.get(id).map_or(id.as_str(), |deal| deal.name.as_str())
                    }
                    Subject::Person(email) => email.as_str(),
                    Subject::Account(key) => key.as_str(),
                };
                whole_day(entry, about, &kept.id)
            })
            .collect();
        let settled = touches.settled();
        let is_settled =
            |day: &WholeDay| settled.iter().any(|number| day.uid == uid("plan", *number, &kept.id));
        days.retain(|day| !is_settled(day));
        let coming = touches.of_state("due").into_iter().chain(touches.of_state("planned"));
        let coming = coming.chain(touches.of_state("paused")).take(TOUCHES_MAX);
        days.extend(coming.filter_map(|plan| touch(plan, at, &kept.id)));
        let failed = |cause: std::fmt::Error| Error::Internal { what: cause.to_string() };
        write_calendar(NAME, &days).map(Some).map_err(failed)
    }
}

impl Desk {
    /// The calendar at an address, from what the desk keeps at hand.
    ///
    /// # Errors
    /// If the data file refuses.
    pub async fn calendar(&self, secret: &str) -> Result<Option<String>> {
        let Some(kept) = self.inroad().feed_at(secret).await? else { return Ok(None) };
        let touches = self.touches().await?;
        self.inroad().calendar_with(&kept, &touches, self.now()).await
    }
}

/// More coming touches than these are not told: a calendar is read by the day.
const TOUCHES_MAX: usize = 500;

/// By which name a calendar knows something planned.
fn uid(kind: &str, number: EntryNumber, id: &str) -> String {
    format!("{kind}-{number}-{id}@inroad")
}

/// The next touch of a plan as a day; `None` where a plan of the user stands for it already.
fn touch(plan: &TouchPlan, at: Moment, id: &str) -> Option<WholeDay> {
    let next = plan.to_approve()?;
    // Worked out anew each day, and the same all day.
    let midnight = at.date().at(0, 0, 0, 0);
    let by = match next.by {
        Channel::Mail => "write to",
        Channel::Call => "call",
        Channel::Meeting => "meet",
    };
    Some(WholeDay {
        uid: uid("touch", plan.number, id),
        changed_at: at.offset().to_timestamp(midnight).unwrap_or(at.timestamp()),
        day: next.day,
        summary: format!("In touch: {by} {}", plan.label),
        description: format!("{}. Proposed; you approve it first.", next.useful.in_words()),
    })
}

/// Whether everybody whom a plan may be meant for asked for no more mail.
fn is_for_nobody(entry: &KeptEntry, deal: Option<&Deal>, asked: &DoNotContact) -> bool {
    if let Some(email) = whom(entry) {
        return asked.forbids(email);
    }
    let people = deal.map_or(&[][..], |deal| &deal.people);
    !people.is_empty() && people.iter().all(|seat| asked.forbids(&seat.email))
}

/// Whom an entry wants to be met.
fn whom(entry: &KeptEntry) -> Option<&EmailAddress> {
    match (&entry.entry, &entry.about) {
        (Entry::Plan { with: Some(email), .. }, _)
        | (Entry::Plan { .. }, Subject::Person(email)) => Some(email),
        _ => None,
    }
}

fn carried_out(entry: &KeptEntry) -> Option<EntryNumber> {
    match entry.entry {
        Entry::Done { plan } => Some(plan),
        _ => None,
    }
}

/// A plan as a day of a calendar. What is private is not told: calendars travel.
fn whole_day(kept: &KeptEntry, about: &str, id: &str) -> Option<WholeDay> {
    let Entry::Plan { day, by, with, what } = &kept.entry else { return None };
    let by = match by {
        Channel::Mail => "Write",
        Channel::Call => "Call",
        Channel::Meeting => "Meet",
    };
    let summary = if private::is_private(what.as_str()) {
        format!("{by} ({about})")
    } else {
        format!("{by}: {} ({about})", what.as_str().lines().next().unwrap_or_default())
    };
    Some(WholeDay {
        uid: uid("plan", kept.number, id),
        changed_at: kept.told_at.timestamp(),
        day: *day,
        summary,
        description: with.as_ref().map_or_else(String::new, |email| format!("With {email}")),
    })
}

/// 128 random bits, as 32 hexadecimal digits.
pub(crate) fn random() -> Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)
        .map_err(|cause| Error::Internal { what: format!("no random numbers: {cause}") })?;
    Ok(format!("{:032x}", u128::from_be_bytes(bytes)))
}

/// Compares without telling by its time how much was right.
fn is_same(kept: &str, given: &str) -> bool {
    let differing = kept.bytes().zip(given.bytes()).fold(0, |acc, (a, b)| acc | (a ^ b));
    kept.len() == given.len() && differing == 0
}
