//! What the data file shows of somebody's selling: counted from letters once, and from what was written
//! down and from deals whenever it is asked.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use inroad_advice::rhythm::calendar::Calendar;
use inroad_advice::rhythm::country::country_of;
use inroad_advice::seller_habits::deals::{self, DealCourse};
use inroad_advice::seller_habits::letters::{self, FromLetters, Letters};
use inroad_advice::seller_habits::measure::Seen;
use inroad_advice::seller_habits::plans::{self, PlannedCall, planned_calls};
use inroad_advice::seller_habits::written::{self, LETTERS_DAYS, WrittenLetter};
use inroad_coach::reading::brief::brief;
use inroad_model::{CallTalk, DealId, EmailAddress, EntryNumber, KeptEntry, Moment, Stage};
use inroad_store::{DealStatus, OwnAbsence, StoredDeal};
use jiff::SignedDuration;
use jiff::civil::Date;
use tokio::task::spawn_blocking;

use super::letters::AllLetters;
use super::met::first_met;
use crate::inroad::Inroad;
use crate::{Error, Result};

/// Of so many own letters, the latest, the words are looked at.
const LETTERS_MAX: u32 = 1500;
/// And of each so many bytes: what is longer is no letter to one person.
const BYTES_MAX: usize = 8000;
/// A day is off if it is so for so large a part of a country.
const OFF_SHARE_MIN: f64 = 0.5;

/// What was counted of somebody's letters.
#[derive(Debug)]
pub(super) struct Counted {
    pub(super) all: Arc<AllLetters>,
    pub(super) of_letters: FromLetters,
    pub(super) written: Vec<WrittenLetter>,
    /// When own letters went to somebody, by number, oldest first.
    pub(super) wrote: BTreeMap<u32, Vec<Moment>>,
    /// When somebody wrote to the house.
    pub(super) heard: BTreeMap<u32, Vec<Moment>>,
    pub(super) absences: Vec<OwnAbsence>,
    pub(super) calendar: Option<&'static Calendar>,
}

/// What only whose data file it is has: plans, calls and deals.
#[derive(Debug, Default)]
pub(super) struct Desk {
    pub(super) entries: Vec<KeptEntry>,
    pub(super) calls: Vec<PlannedCall>,
    pub(super) talks: Vec<CallTalk>,
    courses: Vec<DealCourse>,
}

impl Counted {
    /// Whether somebody was away, or nobody worked.
    pub(super) fn is_off(&self, day: Date) -> bool {
        self.absences.iter().any(|away| (away.from..=away.until).contains(&day))
            || self
                .calendar
                .and_then(|calendar| calendar.day(day))
                .is_some_and(|off| off.share >= OFF_SHARE_MIN)
    }
}

impl Inroad {
    /// The addresses of somebody who sells here; `None` is whose data file it is.
    async fn addresses_of(&self, whose: Option<&EmailAddress>) -> Result<BTreeSet<EmailAddress>> {
        let own = match whose {
            Some(email) => vec![email.clone()],
            None => self.myself().await?.map(|me| me.seller.emails).unwrap_or_default(),
        };
        let aliases = self.aliases().await?;
        Ok(own.iter().flat_map(|email| aliases.all_of(email)).chain(own.iter().cloned()).collect())
    }

    pub(super) async fn count_letters(
        &self,
        whose: Option<&EmailAddress>,
        all: &Arc<AllLetters>,
        at: Moment,
    ) -> Result<Counted> {
        let emails = self.addresses_of(whose).await?;
        let deals = self.people_of_deals(all).await?;
        let ours = self.house(all, &emails).await?;
        let since = Moment::new(
            at.timestamp()
                .checked_sub(SignedDuration::from_hours(24 * i64::from(LETTERS_DAYS)))
                .unwrap_or(at.timestamp()),
            at.offset(),
        );
        let words = self.store.own_words(&emails, since, at, LETTERS_MAX).await?;
        let absences = self.store.own_absences(&emails).await?;
        let own = all.of(&emails);
        let all = Arc::clone(all);
        let counted = spawn_blocking(move || {
            let of = Letters { letters: &all.letters, own: &own, ours: &ours, deals: &deals };
            let of_letters = letters::read(of, at);
            let written = words.iter().map(|(at, text)| numbers_of(*at, text)).collect();
            let (wrote, heard) = by_person(&all, &own, &ours);
            let wrote_at = words.iter().map(|(at, _)| *at);
            let country = emails.first().and_then(|email| country_of(email, &[], wrote_at));
            let calendar = country.and_then(|country| Calendar::of(country.code));
            Counted { all, of_letters, written, wrote, heard, absences, calendar }
        });
        counted.await.map_err(|task| Error::stopped(&task))
    }

    /// Everybody of the house, by number.
    async fn house(
        &self,
        all: &AllLetters,
        emails: &BTreeSet<EmailAddress>,
    ) -> Result<BTreeSet<u32>> {
        let seller = self.seller().await?.unwrap_or_default();
        let members = self.members().await?;
        let members = members.iter().map(|kept| kept.member.email());
        let ours = seller.emails.iter().chain(&seller.colleagues).chain(members).chain(emails);
        Ok(all.of(ours))
    }

    async fn people_of_deals(&self, all: &AllLetters) -> Result<Vec<BTreeSet<u32>>> {
        let deals = self.store.deals().await?;
        let open = deals.iter().filter(|stored| stored.status == DealStatus::Open);
        Ok(open.map(|stored| people_of(stored, all)).collect())
    }

    /// What whose data file it is planned, called and dealt; nothing of anybody else.
    pub(super) async fn desk_of(
        &self,
        whose: Option<&EmailAddress>,
        counted: &Counted,
        at: Moment,
    ) -> Result<Desk> {
        if whose.is_some() {
            return Ok(Desk::default());
        }
        let entries = self.store.entries().await?;
        let calls = planned_calls(&entries, &|day| counted.is_off(day), at);
        let counting: BTreeSet<EntryNumber> =
            entries.iter().filter(|kept| kept.counts_at(at)).map(|kept| kept.number).collect();
        let talks = self.store.call_talks().await?;
        let talks = talks.into_iter().filter(|(number, _)| counting.contains(number));
        let talks = talks.map(|(_, talk)| talk).collect();
        let courses = self.courses(&entries, at).await?;
        Ok(Desk { entries, calls, talks, courses })
    }

    async fn courses(&self, entries: &[KeptEntry], at: Moment) -> Result<Vec<DealCourse>> {
        let stages = self.store.deal_stages().await?;
        let deals = self.store.deals().await?;
        let events = self.store.events(Some(at)).await?;
        let met = first_met(entries, &deals, &events, at);
        let open = deals.iter().filter(|stored| stored.status == DealStatus::Open);
        Ok(open.map(|stored| course(stored, &met, stages.get(&stored.deal.id))).collect())
    }

    /// What may be told of somebody's selling, in the order of the measures. Of others than whose data
    /// file it is, what their letters in it show.
    pub(super) fn seen_of(counted: &Counted, desk: &Desk, is_owner: bool, at: Moment) -> Vec<Seen> {
        let mut seen = counted.of_letters.seen.clone();
        seen.extend(written::seen(&counted.written, &desk.talks, at));
        if is_owner {
            seen.push(plans::seen(&desk.calls, at));
            seen.extend(deals::seen(&desk.courses, at));
        } else {
            use inroad_advice::seller_habits::measure::Measure::{OthersTalk, TalkShare};
            seen.retain(|one| !matches!(one.measure, OthersTalk | TalkShare));
        }
        seen.sort_by_key(|one| one.measure);
        seen
    }
}

/// The people of a deal, by number.
pub(super) fn people_of(stored: &StoredDeal, all: &AllLetters) -> BTreeSet<u32> {
    let deal = &stored.deal;
    let mut people = all.of(deal.people.iter().map(|seat| &seat.email));
    if let Some(domain) = deal.domain.as_deref() {
        people.extend(all.at(domain));
    }
    people
}

fn numbers_of(at: Moment, text: &str) -> WrittenLetter {
    let end = (0..=BYTES_MAX.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    let read = brief(text.get(..end.unwrap_or(0)).unwrap_or(""));
    WrittenLetter {
        at,
        words: text.split_whitespace().count(),
        open: read.map_or(0, |read| read.open),
        other: read.map_or(0, |read| read.other),
        next_step: read.map(|read| read.next_step),
    }
}

type ByPerson = BTreeMap<u32, Vec<Moment>>;

fn by_person(all: &AllLetters, own: &BTreeSet<u32>, ours: &BTreeSet<u32>) -> (ByPerson, ByPerson) {
    let (mut wrote, mut heard) = (ByPerson::new(), ByPerson::new());
    for letter in &all.letters {
        if own.contains(&letter.from) {
            for to in letter.to.iter().filter(|to| !ours.contains(to)) {
                wrote.entry(*to).or_default().push(letter.at);
            }
        } else if !ours.contains(&letter.from) && letter.to.iter().any(|to| ours.contains(to)) {
            heard.entry(letter.from).or_default().push(letter.at);
        }
    }
    (wrote, heard)
}

fn course(
    stored: &StoredDeal,
    met: &BTreeMap<DealId, Moment>,
    told: Option<&Vec<(jiff::Timestamp, Option<Stage>)>>,
) -> DealCourse {
    let told = told.into_iter().flatten();
    let stages = told.filter_map(|(at, stage)| Some((Moment::utc(*at), (*stage)?)));
    let mut stages: Vec<(Moment, Stage)> = stages.collect();
    // What ended long ago was told later, for the day of its end.
    stages.sort_by_key(|(at, _)| *at);
    DealCourse { met: met.get(&stored.deal.id).copied(), stages }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_of_a_letter_that_is_too_long() {
        let at = "2026-03-20T12:00:00Z".parse().unwrap();
        let text = "ä ".repeat(BYTES_MAX);
        assert_eq!(numbers_of(at, &text).words, BYTES_MAX);
    }
}
