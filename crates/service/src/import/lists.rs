//! Calendars, contacts, exports and deals files into the data file.

use inroad_ingest::source::SourceKind;
use inroad_ingest::{calendar, export, vcard};
use inroad_model::{Contact, Issue};
use inroad_store::{DealStatus, StoredDeal};

use super::{ImportOptions, ImportReport};
use crate::inroad::Inroad;
use crate::sources::SourceFile;
use crate::{Result, deals};

/// How much of a file is read; more of its kind is no list that a person keeps. Its bytes, its text
/// and what was read are in memory at once, and rows of a table are denser than cards and entries.
fn bytes_max(kind: SourceKind) -> u64 {
    match kind {
        SourceKind::Calendar | SourceKind::Contacts => 64 << 20,
        _ => 40 << 20,
    }
}

impl Inroad {
    pub(super) async fn import_lists(
        &self,
        files: &[SourceFile],
        options: &ImportOptions,
        report: &mut ImportReport,
    ) -> Result<()> {
        for file in files {
            let bytes_max = bytes_max(file.kind);
            let (bytes, cut) = match file.read(bytes_max) {
                Ok(read) => read,
                Err(error) => {
                    let way_out = "The rest was read; import this file again when it can be read";
                    report.add_issues(vec![Issue::new(error.to_string(), way_out)]);
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
                    self.take_events(&events, options, report).await?;
                    found
                }
                SourceKind::Contacts => {
                    let (contacts, found) = vcard::parse_contacts(&bytes, &options.limits);
                    drop(bytes);
                    self.take_contacts(&contacts, options, report).await?;
                    found
                }
                SourceKind::Deals => self.take_deal_file(&bytes, options, report).await?,
                _ => self.take_export(bytes, options, report).await?,
            };
            issues.extend(found);
            let label = file.label();
            report.add_issues(issues.into_iter().map(|i| i.in_file(label.as_str())).collect());
        }
        Ok(())
    }

    async fn take_events(
        &self,
        events: &[inroad_model::CalendarEvent],
        options: &ImportOptions,
        report: &mut ImportReport,
    ) -> Result<()> {
        if options.dry_run {
            report.events += events.len();
            return Ok(());
        }
        let counted = self.store.put_events(events).await?;
        report.events += counted.added;
        report.event_doubles += counted.doubles;
        Ok(())
    }

    async fn take_contacts(
        &self,
        contacts: &[Contact],
        options: &ImportOptions,
        report: &mut ImportReport,
    ) -> Result<()> {
        if options.dry_run {
            report.contacts += contacts.len();
            return Ok(());
        }
        let counted = self.store.put_contacts(contacts).await?;
        report.contacts += counted.added;
        report.contact_doubles += counted.doubles;
        Ok(())
    }

    async fn take_export(
        &self,
        bytes: Vec<u8>,
        options: &ImportOptions,
        report: &mut ImportReport,
    ) -> Result<Vec<Issue>> {
        let (export, issues) = export::parse_export(&bytes, &options.limits);
        drop(bytes);
        let contacts: Vec<Contact> = export.contacts.into_iter().map(|row| row.value).collect();
        self.take_contacts(&contacts, options, report).await?;
        let deals: Vec<_> =
            export.deals.iter().filter_map(|row| deals::of_export(&row.value)).collect();
        self.take_deals(deals, options, report).await?;
        Ok(issues)
    }

    async fn take_deal_file(
        &self,
        bytes: &[u8],
        options: &ImportOptions,
        report: &mut ImportReport,
    ) -> Result<Vec<Issue>> {
        match deals::parse_deal_file(bytes) {
            Ok(file) => {
                if !options.dry_run && self.seller().await?.is_none() && !file.me.emails.is_empty()
                {
                    self.set_seller(file.me.name.clone(), file.me.emails.clone()).await?;
                }
                self.take_deals(file.deals, options, report).await?;
                Ok(Vec::new())
            }
            Err(issue) => Ok(vec![*issue]),
        }
    }

    /// Keeps deals as open ones. A deal that is there already keeps what was typed and gains
    /// what was unknown.
    async fn take_deals(
        &self,
        incoming: Vec<inroad_model::Deal>,
        options: &ImportOptions,
        report: &mut ImportReport,
    ) -> Result<()> {
        let kept = self.store.deals().await?;
        let mut changed: Vec<StoredDeal> = Vec::new();
        for deal in incoming {
            let before = changed
                .iter()
                .chain(&kept)
                .find(|stored| deals::is_same(&stored.deal, &deal))
                .cloned();
            let Some(StoredDeal { deal: known, status }) = before else {
                report.deals += 1;
                changed.push(StoredDeal { deal, status: DealStatus::Open });
                continue;
            };
            report.deal_doubles += 1;
            // What the user dismissed stays dismissed; an import accepts what was only proposed.
            let status = match status {
                DealStatus::Dismissed => DealStatus::Dismissed,
                DealStatus::Proposed | DealStatus::Open => DealStatus::Open,
            };
            let merged = deals::fill_in(known, deal);
            changed.retain(|stored| stored.deal.id != merged.id);
            changed.push(StoredDeal { deal: merged, status });
        }
        if !options.dry_run {
            self.store.put_deals(&changed).await?;
        }
        Ok(())
    }
}
