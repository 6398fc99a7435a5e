//! All leads as they stand, held in memory for as long as nothing is written: a list of ten thousand is
//! shown without reading one of them again. After a write only those are told anew to which something
//! happened.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use inroad_advice::rhythm::calendar::Calendar;
use inroad_leads::{
    Clock, Definition, Due, Hours, KeptLeadEvent, Lead, LeadState, To, Version, Waits, Who,
};
use inroad_model::{EmailAddress, MemberRole, Moment, TeamName};
use inroad_store::{FileState, LeadEventRow, LeadsAsked, LeadsState};
use jiff::civil::date;
use jiff::tz::TimeZone;
use tokio::sync::Mutex;

use super::damaged;
use crate::inroad::Inroad;
use crate::rights::LeadSides;
use crate::search::fold;
use crate::{Error, Result};

/// A holiday on which fewer than these work is a day off.
const OFF_FROM: f64 = 0.75;

/// What is held between two looks.
#[derive(Debug, Clone, Default)]
pub(crate) struct KeptLeads {
    latest: Arc<Mutex<Option<Latest>>>,
}

/// What was told last, and of which state of the file.
type Latest = (FileState, Arc<LeadRegister>);

/// All leads of one state of the data file.
#[derive(Debug)]
pub(crate) struct LeadRegister {
    pub leads: BTreeMap<i64, Arc<Registered>>,
    pub versions: Vec<Version>,
    clocks: BTreeMap<Option<i64>, Arc<(Definition, Clock)>>,
    people: BTreeMap<Who, Person>,
    pub owner_name: String,
    state: LeadsState,
    /// The latest moment of which anything is told.
    last_told: Option<Moment>,
    /// Whether letters are kept that were written later than the moment that was asked for.
    has_later: bool,
}

/// Somebody who works here, or did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Person {
    pub name: String,
    pub team: Option<TeamName>,
    pub roles: BTreeSet<MemberRole>,
    pub is_here: bool,
}

/// A lead with all that does not depend on the moment.
#[derive(Debug, Clone)]
pub(crate) struct Registered {
    pub lead: Lead,
    pub due: Option<Due>,
    pub sides: LeadSides,
    /// Whether the person asked to be left alone.
    pub is_stopped: bool,
    /// When a letter first went to the person after the acceptance, where the mailbox is its owner's.
    pub touched: Option<Moment>,
    /// Name, address, account, source and campaign, folded.
    pub searched: String,
}

impl LeadRegister {
    /// What counted when a lead was handed over, and its clock.
    pub(crate) fn measure(&self, definition: Option<i64>) -> Arc<(Definition, Clock)> {
        let found = self.clocks.get(&definition).or_else(|| self.clocks.get(&None));
        found.cloned().unwrap_or_else(|| Arc::new(measured(Definition::unsigned())))
    }

    /// What somebody is called.
    pub(crate) fn called(&self, who: &Who) -> String {
        match who {
            Who::Own => self.owner_name.clone(),
            Who::Member(email) => {
                self.people.get(who).map_or(email.as_str(), |person| &person.name).to_owned()
            }
        }
    }

    pub(crate) fn person(&self, who: &Who) -> Option<&Person> {
        self.people.get(who)
    }

    pub(crate) fn team_of(&self, who: &Who) -> Option<TeamName> {
        self.people.get(who)?.team.clone()
    }

    /// Everybody who works here or did.
    pub(crate) fn everybody(&self) -> impl Iterator<Item = &Person> {
        self.people.values()
    }

    /// Everybody who works here.
    pub(crate) fn here(&self) -> impl Iterator<Item = (&Who, &Person)> {
        self.people.iter().filter(|(_, person)| person.is_here)
    }

    fn sides(&self, lead: &Lead) -> LeadSides {
        let seller = match (&lead.owner, &lead.to) {
            (Some(owner), _) => Some(owner.clone()),
            (None, To::Person(who)) => Some(who.clone()),
            (None, To::Team(_)) => None,
        };
        let sales_team = match (&seller, &lead.to) {
            (Some(seller), _) => self.team_of(seller),
            (None, To::Team(team)) => Some(team.clone()),
            (None, To::Person(_)) => None,
        };
        let from = self.people.get(&lead.by);
        LeadSides {
            seller,
            sales_team,
            by: lead.by.clone(),
            marketing_team: from.and_then(|person| person.team.clone()),
            is_from_outside: from.is_some_and(|it| it.roles.contains(&MemberRole::Provider)),
        }
    }
}

impl Inroad {
    /// All leads as they stand at a moment.
    pub(crate) async fn lead_register(&self, as_of: Moment) -> Result<Arc<LeadRegister>> {
        let state = self.store.file_state().await?;
        let mut latest = self.leads.latest.lock().await;
        let told_by_then = |register: &LeadRegister| {
            register.last_told.is_none_or(|last| last.timestamp() <= as_of.timestamp())
        };
        if let (Some(state), Some((kept, register))) = (state, latest.as_ref())
            && state == *kept
            && told_by_then(register)
        {
            return Ok(Arc::clone(register));
        }
        let before = latest.as_ref().map(|(_, register)| Arc::clone(register));
        let register = Arc::new(self.make_lead_register(before.as_deref(), as_of).await?);
        if let Some(state) = state.filter(|_| told_by_then(&register) && !register.has_later) {
            *latest = Some((state, Arc::clone(&register)));
        }
        Ok(register)
    }

    async fn make_lead_register(
        &self,
        before: Option<&LeadRegister>,
        as_of: Moment,
    ) -> Result<LeadRegister> {
        let (versions, withdrawn) = self.told_versions(as_of).await?;
        let mut register = LeadRegister {
            leads: BTreeMap::new(),
            // A lead that was measured by a version stays measured by it.
            clocks: clocks(versions.iter().chain(&withdrawn)),
            people: self.people_here().await?,
            owner_name: self.owner().await?.name().to_owned(),
            state: self.store.leads_state(None).await?,
            last_told: None,
            has_later: false,
            versions,
        };
        let rows = match before {
            Some(before)
                if self.store.leads_state(Some(before.state.last)).await? == before.state =>
            {
                register.last_told = before.last_told;
                let changed = self.store.lead_events(LeadsAsked::ChangedAfter(before.state.last));
                let changed = changed.await?;
                let touched: BTreeSet<i64> = changed.iter().map(|row| row.lead).collect();
                let same = before.leads.iter().filter(|(number, _)| !touched.contains(number));
                register.leads = same.map(|(number, it)| (*number, Arc::clone(it))).collect();
                changed
            }
            _ => self.store.lead_events(LeadsAsked::All).await?,
        };
        register.take(rows, as_of)?;
        // An earlier day is told from what was said by then.
        if register.last_told.is_some_and(|last| last.timestamp() > as_of.timestamp()) {
            let rows = self.store.lead_events(LeadsAsked::All).await?;
            let last_told = register.last_told;
            register.leads.clear();
            register.take(rows, as_of)?;
            register.last_told = last_told;
        }
        self.complete(&mut register, before, as_of).await?;
        Ok(register)
    }

    /// Lays over each lead what others know: whose it is, whether they may be written to, what is due.
    async fn complete(
        &self,
        register: &mut LeadRegister,
        before: Option<&LeadRegister>,
        as_of: Moment,
    ) -> Result<()> {
        let left_alone = self.do_not_contact(&self.aliases().await?, as_of).await?;
        let touches = self.own_touches(register, as_of).await?;
        let agreed_as_before = before.is_some_and(|before| before.versions == register.versions);
        let completed: BTreeMap<i64, Arc<Registered>> = register
            .leads
            .iter()
            .map(|(number, kept)| {
                let lead = &kept.lead;
                let email = lead.hand_over.person.email.as_ref();
                let is_stopped = email.is_some_and(|email| left_alone.forbids(email));
                let touched = touches.get(number).copied();
                let sides = register.sides(lead);
                let is_same = agreed_as_before
                    && before.is_some_and(|before| before.leads.contains_key(number))
                    && kept.sides == sides
                    && (kept.is_stopped, kept.touched) == (is_stopped, touched)
                    && before
                        .and_then(|it| it.leads.get(number))
                        .is_some_and(|it| Arc::ptr_eq(it, kept));
                if is_same {
                    return (*number, Arc::clone(kept));
                }
                let measure = register.measure(lead.hand_over.definition);
                // Nobody works on whoever is left alone.
                let waits = lead.due(&measure.0, &measure.1, touched);
                let due = waits.filter(|due| !is_stopped || due.waits != Waits::ForFirstTouch);
                let mut found = (**kept).clone();
                (found.due, found.sides, found.is_stopped, found.touched) =
                    (due, sides, is_stopped, touched);
                (*number, Arc::new(found))
            })
            .collect();
        register.leads = completed;
        Ok(())
    }

    /// When a letter first went to the person of each lead that whose mailbox it is works on.
    async fn own_touches(
        &self,
        register: &mut LeadRegister,
        as_of: Moment,
    ) -> Result<BTreeMap<i64, Moment>> {
        let is_own = |lead: &Lead| {
            lead.owner == Some(Who::Own)
                && matches!(lead.state, LeadState::Accepted | LeadState::Won | LeadState::Lost)
        };
        let wanted: Vec<(i64, &EmailAddress, Moment)> = register
            .leads
            .values()
            .filter(|kept| is_own(&kept.lead))
            .filter_map(|kept| {
                let email = kept.lead.hand_over.person.email.as_ref()?;
                Some((kept.lead.number, email, kept.lead.accepted_at?))
            })
            .collect();
        if wanted.is_empty() {
            return Ok(BTreeMap::new());
        }
        let mine = self.myself().await?.map(|myself| myself.seller.emails).unwrap_or_default();
        let to: BTreeSet<EmailAddress> =
            wanted.iter().map(|(_, email, _)| (*email).clone()).collect();
        let mut sent: BTreeMap<EmailAddress, Vec<Moment>> = BTreeMap::new();
        let mut later = false;
        for (email, at) in self.store.sent_to(&mine.into_iter().collect(), &to).await? {
            if at.timestamp() <= as_of.timestamp() {
                sent.entry(email).or_default().push(at);
            } else {
                later = true;
            }
        }
        let first = |(number, email, accepted): (i64, &EmailAddress, Moment)| {
            let sent = sent.get(email)?;
            let after = sent.iter().find(|at| at.timestamp() >= accepted.timestamp())?;
            Some((number, *after))
        };
        let found: BTreeMap<i64, Moment> = wanted.into_iter().filter_map(first).collect();
        let last = found.values().copied().max_by_key(|at| at.timestamp());
        register.has_later = later;
        register.last_told = register.last_told.max(last);
        Ok(found)
    }

    async fn people_here(&self) -> Result<BTreeMap<Who, Person>> {
        let owner = self.owner().await?;
        let mine = self.myself().await?.map(|myself| myself.seller.emails).unwrap_or_default();
        let own = Person {
            name: owner.name().to_owned(),
            team: owner.team().cloned(),
            roles: owner.roles(),
            is_here: true,
        };
        let mut people = BTreeMap::from([(Who::Own, own)]);
        for kept in self.members().await? {
            let member = kept.member;
            if mine.contains(member.email()) {
                continue;
            }
            people.insert(
                Who::Member(member.email().clone()),
                Person {
                    name: member.name().to_owned(),
                    team: member.team().cloned(),
                    roles: member.roles().clone(),
                    is_here: kept.left_at.is_none(),
                },
            );
        }
        Ok(people)
    }
}

impl LeadRegister {
    /// Takes what happened to some leads, each as a whole.
    fn take(&mut self, rows: Vec<LeadEventRow>, as_of: Moment) -> Result<()> {
        let mut of: Option<i64> = None;
        let mut events: Vec<KeptLeadEvent> = Vec::new();
        for row in rows {
            if of != Some(row.lead) {
                self.end(of, &events);
                events.clear();
                of = Some(row.lead);
            }
            for told in std::iter::once(row.told_at).chain(row.withdrawn_at) {
                let is_later = |last: Moment| last.timestamp() < told.timestamp();
                if self.last_told.is_none_or(is_later) {
                    self.last_told = Some(told);
                }
            }
            if counts(&row, as_of) {
                events.push(kept_event(row)?);
            }
        }
        self.end(of, &events);
        Ok(())
    }

    fn end(&mut self, number: Option<i64>, events: &[KeptLeadEvent]) {
        let Some(number) = number else { return };
        let Some(lead) = Lead::after(number, events) else {
            self.leads.remove(&number);
            return;
        };
        let known = &lead.hand_over;
        let email = known.person.email.as_ref().map_or("", EmailAddress::as_str);
        let searched = [
            &known.person.name,
            email,
            &known.account,
            &known.source,
            &known.campaign,
            &known.place,
        ];
        let searched = fold(&searched.join("\n"));
        let sides = self.sides(&lead);
        let kept =
            Registered { lead, due: None, sides, is_stopped: false, touched: None, searched };
        self.leads.insert(number, Arc::new(kept));
    }
}

/// Whether an event stood at a moment.
pub(super) fn counts(row: &LeadEventRow, as_of: Moment) -> bool {
    row.told_at.timestamp() <= as_of.timestamp()
        && row.withdrawn_at.is_none_or(|until| until.timestamp() > as_of.timestamp())
}

/// An event out of its row.
pub(super) fn kept_event(row: LeadEventRow) -> Result<KeptLeadEvent> {
    let event = serde_json::from_str(&row.content);
    Ok(KeptLeadEvent {
        number: row.number,
        at: row.told_at,
        by: Who::from(row.told_by),
        event: event.map_err(|cause| damaged(&format!("step {} of a lead", row.number), &cause))?,
    })
}

fn clocks<'v>(
    versions: impl Iterator<Item = &'v Version>,
) -> BTreeMap<Option<i64>, Arc<(Definition, Clock)>> {
    let agreed = versions.map(|version| (Some(version.number), version.definition.clone()));
    let all = std::iter::once((None, Definition::unsigned())).chain(agreed);
    all.map(|(number, definition)| (number, Arc::new(measured(definition)))).collect()
}

fn measured(definition: Definition) -> (Definition, Clock) {
    // A zone that this machine does not know was checked on another one; UTC is near enough to go on.
    let zone = zone(&definition.hours).unwrap_or(TimeZone::UTC);
    let clock = Clock::new(&definition.hours, zone, holidays(&definition.hours));
    (definition, clock)
}

/// The time zone of some hours.
pub(super) fn zone(hours: &Hours) -> Result<TimeZone> {
    if hours.zone == "UTC" {
        return Ok(TimeZone::UTC);
    }
    TimeZone::get(&hours.zone).map_err(|_unknown| Error::Invalid {
        what: format!(
            "'{}' is no time zone that is known here; write it like Europe/Berlin",
            hours.zone
        ),
    })
}

/// The days off of the country whose holidays are kept.
fn holidays(hours: &Hours) -> BTreeSet<jiff::civil::Date> {
    let calendar = hours.country.as_deref().and_then(Calendar::of);
    let days = calendar.map(|calendar| calendar.between(date(2000, 1, 1), date(2045, 12, 31)));
    let off = days.into_iter().flatten().filter(|(_, off)| off.share >= OFF_FROM);
    off.map(|(day, _)| day).collect()
}
