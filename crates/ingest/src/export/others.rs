//! Rows of tables of companies and of activities.
//!
//! They stand together because both are short: a company gives what its cells say, an activity its
//! words and its day.
//! Must not: match them with deals or people.

use inroad_model::Account;

use super::columns::Role;
use super::date::{DayOrder, OrderEvidence};
use super::deals::{Lost, choice, domain_of};
use super::layout::Layout;
use super::people::{add_addresses, is_said_empty};
use super::place::Postal;
use super::table::Row;
use super::{ExportRow, ExportedActivity};
use crate::issues::IssueList;

/// Reads one row of a table of companies; `None` if it names none.
pub(super) fn read_company(layout: &Layout, row: Row<'_>) -> Option<Account> {
    let domain = layout.cells(row, Role::Domain).find_map(site_of);
    let said = |role| layout.cells(row, role).find(|cell| !is_said_empty(cell)).map(str::to_owned);
    let name = said(Role::Company).or_else(|| domain.clone())?;
    let Postal { street, postcode, city, region, country } = layout.place(row);
    Some(Account {
        name,
        domain,
        industry: choice(layout, row, Role::Industry),
        employees: choice(layout, row, Role::Employees),
        revenue: choice(layout, row, Role::Revenue),
        street,
        postcode,
        city,
        region,
        country,
        phone: said(Role::Phone),
        note: said(Role::Note),
        owner: said(Role::Owner),
        external_id: said(Role::Id),
    })
}

/// The domain of a company's own site; a page at somebody else's is none.
fn site_of(cell: &str) -> Option<String> {
    let domain = domain_of(cell)?;
    let is_at = |host: &&str| {
        domain.strip_suffix(*host).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    (!HOSTS_OF_PAGES.iter().any(is_at)).then_some(domain)
}

/// Sites where firms have a page among others; no firm's own domain.
const HOSTS_OF_PAGES: &[&str] = &[
    "facebook.com",
    "fb.com",
    "instagram.com",
    "linkedin.com",
    "xing.com",
    "twitter.com",
    "x.com",
    "youtube.com",
    "tiktok.com",
    "google.com",
    "goo.gl",
    "bit.ly",
    "linktr.ee",
    "crunchbase.com",
    "wikipedia.org",
    "yelp.com",
];

/// Activities whose days are still text.
#[derive(Debug, Default)]
pub(super) struct ActivityRows {
    rows: Vec<(u64, ExportedActivity, Option<String>)>,
    days: OrderEvidence,
}

impl ActivityRows {
    /// Reads one row; `false` if it says nothing.
    pub(super) fn add(&mut self, layout: &Layout, line: u64, row: Row<'_>) -> bool {
        let subject = layout.text(row, Role::Subject);
        let body = layout.text(row, Role::Body).or_else(|| layout.text(row, Role::Note));
        if subject.is_none() && body.is_none() {
            return false;
        }
        let day = layout.text(row, Role::Day);
        self.days.see(day.as_deref().unwrap_or_default());
        let mut people = Vec::new();
        for cell in layout.cells(row, Role::PersonEmail).chain(layout.cells(row, Role::Person)) {
            add_addresses(cell, &mut people);
        }
        let activity = ExportedActivity {
            kind: layout.text(row, Role::ActivityType),
            subject,
            body,
            date: None,
            people,
            people_names: layout
                .cells(row, Role::Person)
                .filter(|cell| !cell.contains('@'))
                .map(str::to_owned)
                .collect(),
            organization: layout.text(row, Role::Company),
            deal: layout.text(row, Role::DealName),
            owner: layout.text(row, Role::Owner),
            external_id: layout.text(row, Role::Id),
        };
        self.rows.push((line, activity, day));
        true
    }

    /// Reads the days; doubtful ones stay empty.
    pub(super) fn finish(
        self,
        delimiter: char,
        issues: &mut IssueList,
    ) -> Vec<ExportRow<ExportedActivity>> {
        let order = self.days.order().or((delimiter == ';').then_some(DayOrder::DayFirst));
        let mut lost = Lost::default();
        let rows = self
            .rows
            .into_iter()
            .map(|(line, activity, day)| {
                let date = day.and_then(|text| lost.day(line, &text, order));
                ExportRow { line, value: ExportedActivity { date, ..activity } }
            })
            .collect();
        lost.report(issues);
        rows
    }
}
