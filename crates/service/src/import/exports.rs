//! What other programs exported: tables that belong together by names and identifiers.

use std::collections::BTreeMap;
use std::sync::Arc;

use inroad_ingest::export::{Export, ExportRow, ExportSystem, ExportedActivity, ExportedDeal};
use inroad_model::{Contact, Issue, Moment, Note, Seat};
use inroad_store::{DealStatus, DealUpdate, StoredDeal};
use jiff::civil::Date;

use super::companies::ToldCompanies;
use super::{ImportOptions, ImportReport};
use crate::deal_match::{Incoming, folded};
use crate::inroad::Inroad;
use crate::{Result, deals};

/// A table with the name of its file.
#[derive(Debug)]
pub(super) struct Table {
    pub label: String,
    /// What it holds, without its contacts and companies.
    pub export: Export,
    /// Its contacts, as far as deals may name them.
    pub people: Vec<Contact>,
}

/// People and companies by what deals call them.
#[derive(Debug, Default)]
struct Directory {
    by_name: BTreeMap<String, Vec<Contact>>,
    by_id: BTreeMap<(ExportSystem, String), Contact>,
    companies: ToldCompanies,
}

impl Directory {
    fn of(kept: Vec<Contact>, companies: ToldCompanies, tables: &[Table]) -> Self {
        let mut directory = Self { companies, ..Self::default() };
        let exported = tables.iter().flat_map(|table| &table.people);
        for contact in kept.into_iter().chain(exported.cloned()) {
            let Some(name) = &contact.name else { continue };
            let namesakes = directory.by_name.entry(folded(name)).or_default();
            if !namesakes.iter().any(|known| known.emails == contact.emails) {
                namesakes.push(contact);
            }
        }
        for Table { export, people, .. } in tables {
            for contact in people {
                if let Some(id) = contact.external_id.clone() {
                    directory.by_id.insert((export.system, id), contact.clone());
                }
            }
        }
        directory
    }

    /// The one person of that name who has an address; of several the one at the organisation.
    fn named(&self, name: &str, organization: Option<&str>) -> Option<Seat> {
        let namesakes = self.by_name.get(&folded(name))?;
        let works_there = |contact: &&Contact| {
            let theirs = contact.organization.as_deref().map(folded);
            theirs.is_some() && theirs == organization.map(folded)
        };
        match namesakes.as_slice() {
            [one] => seat_of(one),
            several => {
                let mut there = several.iter().filter(works_there);
                there.next().filter(|_| there.next().is_none()).and_then(seat_of)
            }
        }
    }

    /// The people of a deal beside those whose address stands there, and how many are unknown.
    fn people(&self, system: ExportSystem, deal: &ExportedDeal) -> (Vec<Seat>, usize) {
        let by_id = deal.people_ids.iter().map(|id| self.by_id.get(&(system, id.clone())));
        let by_id: Vec<Option<Seat>> = by_id.map(|found| found.and_then(seat_of)).collect();
        let organization = deal.organization.as_deref();
        let names = deal.people_names.iter();
        let by_name: Vec<Option<Seat>> = names.map(|name| self.named(name, organization)).collect();
        // Names, identifiers and addresses often tell of the same people.
        let told = by_id.len().max(by_name.len());
        let mut seats: Vec<Seat> = Vec::new();
        for seat in by_id.into_iter().chain(by_name).flatten() {
            if !seats.iter().any(|known| known.email == seat.email) {
                seats.push(seat);
            }
        }
        let unknown = told.saturating_sub(seats.len().max(deal.people.len()));
        (seats, unknown)
    }
}

fn seat_of(contact: &Contact) -> Option<Seat> {
    Some(Seat {
        email: contact.emails.first()?.clone(),
        name: contact.name.clone(),
        title: contact.title.clone(),
        roles: Vec::new(),
    })
}

/// Things that were not kept, told once for each file.
#[derive(Debug, Default)]
struct Unkept {
    counts: BTreeMap<(&'static str, &'static str), usize>,
}

impl Unkept {
    fn add(&mut self, what: &'static str, way_out: &'static str, count: usize) {
        if count > 0 {
            *self.counts.entry((what, way_out)).or_default() += count;
        }
    }

    fn issues(self, label: &str) -> Vec<Issue> {
        self.counts
            .into_iter()
            .map(|((what, way_out), count)| {
                Issue::new(format!("{what}: {count}"), way_out).in_file(label)
            })
            .collect()
    }
}

impl Inroad {
    /// Takes the deals of all tables, then what was noted about them.
    pub(super) async fn take_tables(
        &self,
        tables: Vec<Table>,
        options: &ImportOptions,
        report: &mut ImportReport,
    ) -> Result<()> {
        if tables.is_empty() {
            return Ok(());
        }
        // Only deals ask who is who.
        let directory = if tables.iter().any(|table| !table.export.deals.is_empty()) {
            let companies = self.told_companies().await?;
            Directory::of(self.store.contacts().await?, companies, &tables)
        } else {
            Directory::default()
        };
        for table in &tables {
            let mut unkept = Unkept::default();
            let rows = table.export.deals.iter();
            let deals = rows
                .filter_map(|row| incoming(table.export.system, row, &directory, &mut unkept))
                .collect();
            self.take_deals(deals, report).await?;
            self.note_issues(unkept.issues(&table.label), options, report).await?;
        }
        for Table { label, export, .. } in &tables {
            let unkept = self.take_activities(&export.activities, report).await?;
            self.note_issues(unkept.issues(label), options, report).await?;
        }
        Ok(())
    }

    /// Keeps activities as notes of the deals that they are about.
    async fn take_activities(
        &self,
        activities: &[ExportRow<ExportedActivity>],
        report: &mut ImportReport,
    ) -> Result<Unkept> {
        let mut unkept = Unkept::default();
        let mut kept = Arc::unwrap_or_clone(self.store.deals().await?);
        let mut changed: BTreeMap<usize, usize> = BTreeMap::new();
        for row in activities {
            let Some(note) = note_of(&row.value) else {
                unkept.add("Activities without a day or without words", "They were left out", 1);
                continue;
            };
            let Some(position) = deal_of(&row.value, &kept) else {
                let way_out = "Import the deals too, then this file again";
                unkept.add("Activities of no known deal", way_out, 1);
                continue;
            };
            let Some(stored) = kept.get_mut(position) else { continue };
            if !stored.deal.notes.contains(&note) {
                stored.deal.notes.push(note);
                stored.deal.notes.sort_by_key(|note| note.date);
                *changed.entry(position).or_default() += 1;
            }
        }
        report.notes += changed.values().sum::<usize>();
        let at = crate::now();
        let updates: Vec<DealUpdate> = changed
            .keys()
            .filter_map(|position| kept.get(*position).cloned())
            .map(|stored| DealUpdate { stored, at, was_other: false })
            .collect();
        self.store.put_deals(&updates).await?;
        Ok(unkept)
    }
}

/// The deal of a row, with the people whom other tables know.
fn incoming(
    system: ExportSystem,
    row: &ExportRow<ExportedDeal>,
    directory: &Directory,
    unkept: &mut Unkept,
) -> Option<Incoming> {
    let exported = &row.value;
    let Some(mut deal) = deals::of_export(system, exported) else {
        unkept.add("Deals without a usable name", "They were left out", 1);
        return None;
    };
    if let Some(organization) = exported.organization.as_deref() {
        let companies = &directory.companies;
        if deal.domain.is_none() && companies.is_ambiguous(organization) {
            let way_out = "Write the right one into a deals file";
            unkept.add("Deals of companies of whose name several domains are known", way_out, 1);
        }
        deal.domain = deal.domain.or_else(|| companies.domain(organization).cloned());
        deal.industry = deal.industry.or_else(|| companies.industry(organization).cloned());
    }
    let (people, unknown) = directory.people(system, exported);
    for seat in people {
        match deal.people.iter_mut().find(|known| known.email == seat.email) {
            Some(known) => crate::deal_match::fill_in_seat(known, seat),
            None => deal.people.push(seat),
        }
    }
    unkept.add(
        "People of deals whose address is not known",
        "Import the contacts too, then this file again",
        unknown,
    );
    if let Some(text) = &exported.note {
        if let Some(date) = exported.opened.or(exported.close_date) {
            deal.notes.push(Note { date, text: text.clone() });
        } else {
            let way_out = "A note needs a day; write it into a deals file";
            unkept.add("Notes of deals without any day", way_out, 1);
        }
    }
    if exported.closed && deal.stage.is_none() {
        let way_out = "Say it in a deals file: \"stage\": \"won\" or \"lost\"";
        unkept.add("Deals that are over, but not how they ended", way_out, 1);
    }
    let closed_at = exported.close_date.filter(|_| exported.closed).and_then(moment_of);
    Some(Incoming { deal, typed: false, closed_at })
}

fn moment_of(day: Date) -> Option<Moment> {
    let zoned = day.to_zoned_datetime(jiff::tz::TimeZone::UTC).ok()?;
    Some(Moment::utc(zoned.timestamp()))
}

fn note_of(activity: &ExportedActivity) -> Option<Note> {
    let words: Vec<&str> =
        [&activity.subject, &activity.body].into_iter().filter_map(Option::as_deref).collect();
    let kind = activity.kind.as_deref().map(|kind| format!("{kind}: ")).unwrap_or_default();
    let text = words.join("\n");
    (!text.trim().is_empty())
        .then_some(Note { date: activity.date?, text: format!("{kind}{text}") })
}

/// The one deal that an activity is about: by its name, else by its people, else by the
/// organisation.
fn deal_of(activity: &ExportedActivity, kept: &[StoredDeal]) -> Option<usize> {
    let same = |a: Option<&String>, b: Option<&String>| {
        a.is_some() && a.map(|a| folded(a)) == b.map(|b| folded(b))
    };
    let organization = activity.organization.as_ref();
    let by_name = |s: &StoredDeal| same(activity.deal.as_ref(), Some(&s.deal.name));
    let by_place = |s: &StoredDeal| same(organization, s.deal.organization.as_ref());
    let by_people =
        |s: &StoredDeal| s.deal.people.iter().any(|seat| activity.people.contains(&seat.email));
    let only = |wanted: &dyn Fn(&StoredDeal) -> bool| {
        let mut found = kept
            .iter()
            .enumerate()
            .filter(|(_, stored)| stored.status != DealStatus::Dismissed && wanted(stored));
        let (position, _) = found.next()?;
        found.next().is_none().then_some(position)
    };
    if activity.deal.is_some() {
        // Another deal of the same people is not meant.
        return only(&by_name).or_else(|| only(&|s| by_name(s) && by_place(s)));
    }
    only(&by_people).or_else(|| only(&by_place))
}
