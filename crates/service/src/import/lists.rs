//! Calendars, contacts, exports and deals files into the data file.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use inroad_ingest::source::SourceKind;
use inroad_ingest::{calendar, export, vcard};
use inroad_model::{CalendarEvent, Contact, DealId, Issue, Moment};
use inroad_store::{DealStatus, DealUpdate, StoredDeal};

use super::exports::Table;
use super::rows::RowCame;
use super::{ImportOptions, ImportReport, Told};
use crate::calls::file::{self, KeptFile};
use crate::deal_match::{self, Incoming};
use crate::erase::guard::OfErased;
use crate::inroad::Inroad;
use crate::sources::{Opener, SourceFile};
use crate::{Result, deals};

/// How much of a file is read; more of its kind is no list that a person keeps. Its bytes, its text
/// and what was read are in memory at once, and rows of a table are denser than cards and entries.
fn bytes_max(kind: SourceKind) -> u64 {
    match kind {
        SourceKind::Calendar | SourceKind::Contacts => 64 << 20,
        SourceKind::Transcript => 8 << 20,
        _ => 40 << 20,
    }
}

/// Of a contact that is kept already only that by which deals may name it stays in memory.
fn what_deals_name(contact: Contact) -> Contact {
    let Contact { name, emails, title, organization, external_id, .. } = contact;
    Contact { name, emails, title, organization, external_id, ..Contact::default() }
}

impl Inroad {
    pub(super) async fn import_lists(
        &self,
        files: &[SourceFile],
        options: &ImportOptions,
        report: &mut ImportReport,
        told: &mut Told<'_>,
    ) -> Result<()> {
        let (mut tables, mut transcripts) = (Vec::new(), Vec::new());
        let mut opener = Opener::default();
        let at = crate::now();
        for file in files {
            if options.stop.is_wished() {
                report.stopped = true;
                return Ok(());
            }
            told.tell(|progress| {
                progress.bytes_done += file.bytes;
                progress.file = Some(file.label().into());
            });
            let bytes_max = bytes_max(file.kind);
            let (bytes, cut) = match opener.read(file, bytes_max) {
                Ok(read) => read,
                Err(error) => {
                    let way_out = "The rest was read; import this file again when it can be read";
                    let issue = Issue::new(error.to_string(), way_out);
                    self.note_issues(vec![issue], options, report).await?;
                    continue;
                }
            };
            let mut issues = Vec::new();
            if cut {
                issues.push(Issue::new(
                    format!("The file is larger than {} MB", bytes_max >> 20),
                    "Only its beginning was read; split it",
                ));
            }
            let found = match file.kind {
                SourceKind::Calendar => {
                    let (events, found) = calendar::parse_calendar(&bytes, &options.limits);
                    drop(bytes);
                    self.take_events(&events, report).await?;
                    found
                }
                SourceKind::Contacts => {
                    let (contacts, found) = vcard::parse_contacts(&bytes, &options.limits);
                    drop(bytes);
                    self.take_contacts(&contacts, report).await?;
                    found
                }
                SourceKind::Deals => self.take_deal_file(&bytes, report).await?,
                SourceKind::Transcript => {
                    transcripts.push((file.label(), bytes));
                    Vec::new()
                }
                _ => {
                    let (mut export, found) = export::parse_export(&bytes, &options.limits);
                    drop(bytes);
                    let rows = std::mem::take(&mut export.contacts);
                    let people: Vec<Contact> = rows.into_iter().map(|row| row.value).collect();
                    self.take_contacts(&people, report).await?;
                    let people = people.into_iter().map(what_deals_name).collect();
                    let companies = std::mem::take(&mut export.companies);
                    issues.extend(self.take_companies(companies, at, report).await?);
                    tables.push(Table { label: file.label(), export, people });
                    found
                }
            };
            issues.extend(found);
            let label = file.label();
            let issues = issues.into_iter().map(|i| i.in_file(label.as_str())).collect();
            self.note_issues(issues, options, report).await?;
        }
        // Deals name people and companies of other tables, so they come last.
        self.take_tables(tables, options, report).await?;
        for (label, bytes) in transcripts {
            let issue = self.take_transcript(&label, &bytes, at, report).await?;
            self.note_issues(issue.into_iter().collect(), options, report).await?;
        }
        let erased = std::mem::take(&mut report.erased);
        self.note_issues(erased.issue().into_iter().collect(), options, report).await
    }

    async fn take_events(&self, events: &[CalendarEvent], report: &mut ImportReport) -> Result<()> {
        let mut kept = OfErased::default();
        let left: Vec<CalendarEvent>;
        let mut events = events;
        if let Some(guard) = self.guard(crate::now()).await? {
            left =
                events.iter().filter_map(|event| guard.left_of_event(event, &mut kept)).collect();
            events = &left;
        }
        report.erased.add(kept);
        let counted = self.store.put_events(events).await?;
        report.events += counted.added;
        report.event_doubles += counted.doubles;
        Ok(())
    }

    async fn take_contacts(&self, contacts: &[Contact], report: &mut ImportReport) -> Result<()> {
        let mut kept = OfErased::default();
        let left: Vec<Contact>;
        let mut contacts = contacts;
        if let Some(guard) = self.guard(crate::now()).await? {
            left = contacts.iter().filter_map(|one| guard.left_of(one, &mut kept)).collect();
            contacts = &left;
        }
        report.erased.add(kept);
        let counted = self.store.put_contacts(contacts).await?;
        report.contacts += counted.added;
        report.contact_doubles += counted.doubles;
        Ok(())
    }

    /// Keeps a transcript as a note of the deal that the name of its file names.
    async fn take_transcript(
        &self,
        label: &str,
        bytes: &[u8],
        at: Moment,
        report: &mut ImportReport,
    ) -> Result<Option<Issue>> {
        let name = label.rsplit(['/', '\\']).next().unwrap_or(label);
        let own_names = self.own_names().await?;
        let (why, way_out) = match file::read(name, bytes, own_names, at.date()) {
            Ok(note) => {
                let title = name.rsplit_once('.').map_or(name, |(title, _)| title);
                match self.keep_file(title, label, note, at).await? {
                    KeptFile::Now => {
                        report.notes += 1;
                        return Ok(None);
                    }
                    KeptFile::Before => return Ok(None),
                    KeptFile::Not { why, way_out } => (why, way_out),
                }
            }
            Err(why) => (why.to_owned(), "Look whether it opens elsewhere".to_owned()),
        };
        Ok(Some(Issue::new(format!("The transcript was not kept: {why}"), &way_out).in_file(label)))
    }

    async fn take_deal_file(&self, bytes: &[u8], report: &mut ImportReport) -> Result<Vec<Issue>> {
        match deals::parse_deal_file(bytes) {
            Ok(file) => {
                self.seller_of_file(&file).await?;
                let typed = |deal| Incoming { deal, typed: true, closed_at: None };
                let deals = file.deals.into_iter().map(typed).collect();
                self.take_deals(deals, report).await?;
                Ok(Vec::new())
            }
            Err(issue) => Ok(vec![*issue]),
        }
    }

    /// Keeps deals as open ones. Tells what became of each, in their order.
    pub(super) async fn take_deals(
        &self,
        incoming: Vec<Incoming>,
        report: &mut ImportReport,
    ) -> Result<Vec<RowCame<DealId>>> {
        let mut kept = OfErased::default();
        let guard = self.guard(crate::now()).await?;
        let incoming = incoming.into_iter().map(|one| match &guard {
            Some(guard) => {
                let deal = guard.left_of(&one.deal, &mut kept)?;
                Some(Incoming { deal, ..one })
            }
            None => Some(one),
        });
        let incoming: Vec<Option<Incoming>> = incoming.collect();
        report.erased.add(kept);
        let mut came = Vec::with_capacity(incoming.len());
        let mut known = Arc::unwrap_or_clone(self.store.deals().await?);
        let mut updates: BTreeMap<DealId, DealUpdate> = BTreeMap::new();
        let now = crate::now();
        for incoming in incoming {
            let Some(incoming) = incoming else {
                came.push(RowCame::LeftOut);
                continue;
            };
            let at = incoming.closed_at.filter(|at| at.timestamp() <= now.timestamp());
            let was_other = at.is_some();
            let same = known.iter_mut().find(|kept| deal_match::is_same(kept, &incoming.deal));
            let stored = if let Some(kept) = same {
                report.deal_doubles += 1;
                *kept = joined(kept.clone(), incoming);
                came.push(RowCame::There(kept.deal.id.clone()));
                kept.clone()
            } else {
                report.deals += 1;
                let known_as = BTreeSet::from([incoming.deal.id.to_string()]);
                let status = DealStatus::Open;
                let stored = StoredDeal { deal: incoming.deal, status, known_as };
                came.push(RowCame::New(stored.deal.id.clone()));
                known.push(stored.clone());
                stored
            };
            let at = at.unwrap_or(now);
            updates.insert(stored.deal.id.clone(), DealUpdate { stored, at, was_other });
        }
        self.store.put_deals(&updates.into_values().collect::<Vec<_>>()).await?;
        Ok(came)
    }
}

/// A deal that is there with what is told of it now.
fn joined(kept: StoredDeal, incoming: Incoming) -> StoredDeal {
    let StoredDeal { deal, status, mut known_as } = kept;
    // What the user dismissed stays dismissed; an import accepts what was only proposed.
    let status = match status {
        DealStatus::Dismissed => DealStatus::Dismissed,
        DealStatus::Proposed | DealStatus::Open => DealStatus::Open,
    };
    known_as.insert(incoming.deal.id.to_string());
    StoredDeal { deal: deal_match::merged(deal, incoming), status, known_as }
}
