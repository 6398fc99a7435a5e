//! A row of a table of deals becomes a deal.
//!
//! Rows are collected first and their amounts and days read at the end, because a column has to
//! be seen as a whole before its doubtful cells can be read.
//! Must not: match deals with contacts or accounts.

use inroad_model::{EmailAddress, Issue, Stage};
use jiff::civil::Date;

use super::amount::{Amount, DecimalEvidence, DecimalSign, read_amount, read_currency};
use super::columns::Role;
use super::date::{Day, DayOrder, OrderEvidence, read_day};
use super::layout::Layout;
use super::people::{add_addresses, is_said_empty, says_no, says_yes};
use super::stage::read_stage;
use super::table::Row;
use super::{ExportRow, ExportedDeal};
use crate::issues::IssueList;

/// Deals whose amounts and days are still text.
#[derive(Debug, Default)]
pub(super) struct DealRows {
    deals: Vec<ExportRow<ExportedDeal>>,
    /// What is still text, for each deal.
    pending: Vec<Pending>,
    values: DecimalEvidence,
    opened: OrderEvidence,
    closing: OrderEvidence,
}

#[derive(Debug)]
struct Pending {
    value: Option<Box<str>>,
    opened: Option<Box<str>>,
    closing: Option<Box<str>>,
}

impl DealRows {
    /// Reads one row; `false` if it names no deal.
    pub(super) fn add(&mut self, layout: &Layout, line: u64, row: Row<'_>) -> bool {
        let organization = layout.text(row, Role::Company);
        let Some(name) = layout.text(row, Role::DealName).or_else(|| organization.clone()) else {
            return false;
        };
        let value = layout.cell(row, Role::Value);
        let opened = layout.cell(row, Role::Opened);
        let closing = layout.cell(row, Role::CloseDate).or_else(|| layout.cell(row, Role::Day));
        self.values.see(value.unwrap_or_default());
        self.opened.see(opened.unwrap_or_default());
        self.closing.see(closing.unwrap_or_default());
        let (stage, closed, stage_text) = stage(layout, row);
        let (people, names) = people(layout, row);
        let currency = layout
            .cell(row, Role::Currency)
            .and_then(read_currency)
            .or_else(|| value.and_then(read_currency))
            .or_else(|| layout.currency.clone());
        let deal = ExportedDeal {
            name,
            organization,
            domain: layout.cell(row, Role::Domain).and_then(domain_of),
            stage,
            stage_text,
            closed,
            value: None,
            currency,
            source: choice(layout, row, Role::Source),
            industry: choice(layout, row, Role::Industry),
            opened: None,
            close_date: None,
            owner: layout.text(row, Role::Owner),
            people,
            people_names: names,
            people_ids: ids(layout, row),
            note: layout.text(row, Role::Note),
            external_id: layout.text(row, Role::Id),
        };
        self.deals.push(ExportRow { line, value: deal });
        self.pending.push(Pending {
            value: value.map(Into::into),
            opened: opened.map(Into::into),
            closing: closing.map(Into::into),
        });
        true
    }

    /// Reads amounts and days. Cells between semicolons tell of a spreadsheet in whose country the
    /// comma stands before the cents and the day before the month.
    pub(super) fn finish(
        mut self,
        delimiter: char,
        issues: &mut IssueList,
    ) -> Vec<ExportRow<ExportedDeal>> {
        let sign = self.values.sign().or((delimiter == ';').then_some(DecimalSign::Comma));
        let local = (delimiter == ';').then_some(DayOrder::DayFirst);
        let both = self.opened.with(self.closing).order();
        let opened_order = self.opened.order().or(both).or(local);
        let closing_order = self.closing.order().or(both).or(local);
        let mut lost = Lost::default();
        for (ExportRow { line, value: deal }, pending) in self.deals.iter_mut().zip(self.pending) {
            deal.value = pending.value.and_then(|text| lost.amount(*line, &text, sign));
            deal.opened = pending.opened.and_then(|text| lost.day(*line, &text, opened_order));
            deal.close_date =
                pending.closing.and_then(|text| lost.day(*line, &text, closing_order));
        }
        lost.report(issues);
        self.deals
    }
}

/// Cells of which nothing came: the first line and how many of each sort.
#[derive(Default)]
pub(super) struct Lost {
    doubtful_amounts: Cells,
    amounts: Cells,
    doubtful_days: Cells,
    days: Cells,
}

#[derive(Default)]
struct Cells {
    line: u64,
    count: u64,
}

impl Cells {
    fn add(&mut self, line: u64) {
        if self.count == 0 {
            self.line = line;
        }
        self.count += 1;
    }
}

impl Lost {
    /// Reads an amount, and notes where that fails.
    fn amount(&mut self, line: u64, text: &str, sign: Option<DecimalSign>) -> Option<f64> {
        match read_amount(text, sign) {
            Amount::Value(value) => return Some(value),
            Amount::Doubtful => self.doubtful_amounts.add(line),
            Amount::None if is_nothing(text) => {}
            Amount::None => self.amounts.add(line),
        }
        None
    }

    /// Reads a day, and notes where that fails.
    pub(super) fn day(&mut self, line: u64, text: &str, order: Option<DayOrder>) -> Option<Date> {
        match read_day(text, order) {
            Day::Known(date) => return Some(date),
            Day::Doubtful => self.doubtful_days.add(line),
            Day::None if is_nothing(text) => {}
            Day::None => self.days.add(line),
        }
        None
    }

    pub(super) fn report(&self, issues: &mut IssueList) {
        let told = [
            (
                &self.doubtful_amounts,
                "amounts can be read in two ways, such as 1.234",
                "They were left empty; export with two decimals to make them certain",
            ),
            (
                &self.amounts,
                "amounts are no single number",
                "They were left empty; write them as 1200.00",
            ),
            (
                &self.doubtful_days,
                "dates can be read in two ways, such as 03/04/2026",
                "They were left empty; export dates as 2026-04-03 to make them certain",
            ),
            (
                &self.days,
                "dates cannot be read",
                "They were left empty; export dates as 2026-04-03",
            ),
        ];
        for (cells, what, way_out) in told {
            if cells.count > 0 {
                let issue = Issue::new(format!("{} {what}", cells.count), way_out);
                issues.add_to_all(issue.at_line(cells.line));
            }
        }
    }
}

/// What was chosen from a list; nothing where the cell says so.
pub(super) fn choice(layout: &Layout, row: Row<'_>, role: Role) -> Option<String> {
    let said = |cell: &&str| {
        // "--None--": the list as it stood before anybody chose.
        let bare = cell.trim_matches(['-', ' ']);
        let none = is_nothing(bare) || bare.eq_ignore_ascii_case("none");
        cell.chars().count() <= CHOICE_CHARS_MAX && !none
    };
    layout.cells(row, role).find(said).map(str::to_owned)
}

/// A longer text was not chosen from a list.
const CHOICE_CHARS_MAX: usize = 80;

/// Whether a cell says that there is no value: blank, `n/a`, `0000-00-00`.
fn is_nothing(text: &str) -> bool {
    is_said_empty(text) || text.chars().all(|c| c == '0' || !c.is_alphanumeric())
}

/// The stage by its words, corrected by the columns that say open, won or lost.
fn stage(layout: &Layout, row: Row<'_>) -> (Option<Stage>, bool, Option<String>) {
    let text = layout.text(row, Role::Stage);
    let status = layout.text(row, Role::Status);
    let by_text = read_stage(text.as_deref().unwrap_or_default());
    let by_status = read_stage(status.as_deref().unwrap_or_default());
    let is = |role| layout.cell(row, role).is_some_and(says_yes);
    let filled = |role| layout.cell(row, role).is_some_and(|cell| !says_no(cell));
    let over = |stage| matches!(stage, Some(Stage::Won | Stage::Lost));
    let closed = is(Role::IsClosed) || by_status.closed || by_text.closed;
    let stage = if is(Role::IsWon) {
        Some(Stage::Won)
    } else if over(by_status.stage) {
        by_status.stage
    } else if over(by_text.stage) {
        by_text.stage
    } else if is(Role::IsClosed) && layout.has(Role::IsWon) {
        Some(Stage::Lost)
    } else if !layout.has(Role::Status) && filled(Role::WonTime) {
        Some(Stage::Won)
    } else if !layout.has(Role::Status) && filled(Role::LostTime) {
        Some(Stage::Lost)
    } else if closed {
        by_probability(layout.cell(row, Role::Probability))
    } else {
        by_text.stage.or(by_status.stage.filter(|_| text.is_none()))
    };
    (stage, closed || over(stage), text.or(status))
}

/// A closed deal with a probability of nothing or everything was lost or won.
fn by_probability(cell: Option<&str>) -> Option<Stage> {
    match read_amount(cell?, None) {
        Amount::Value(0.0) => Some(Stage::Lost),
        Amount::Value(share) if share >= 100.0 => Some(Stage::Won),
        _ => None,
    }
}

fn people(layout: &Layout, row: Row<'_>) -> (Vec<EmailAddress>, Vec<String>) {
    let mut addresses = Vec::new();
    let mut names = Vec::new();
    for cell in layout.cells(row, Role::PersonEmail) {
        add_addresses(cell, &mut addresses);
    }
    for cell in layout.cells(row, Role::Person) {
        add_addresses(cell, &mut addresses);
        for part in cell.split(';') {
            let name = part.split(['(', '<']).next().unwrap_or(part).trim();
            if !name.is_empty() && !name.contains('@') && !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
    }
    (addresses, names)
}

fn ids(layout: &Layout, row: Row<'_>) -> Vec<String> {
    layout
        .cells(row, Role::PersonIds)
        .flat_map(|cell| cell.split([';', ',']))
        .map(str::trim)
        .filter(|id| !id.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The bare domain of a web address: `https://www.kestrel.example/about` is `kestrel.example`.
pub(super) fn domain_of(cell: &str) -> Option<String> {
    let lower = cell.trim().to_lowercase();
    let rest = lower.split_once("://").map_or(lower.as_str(), |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':', ' ', ',', ';']).next().unwrap_or_default();
    // Without it a domain of two names would be none.
    let host = host.strip_prefix("www.").filter(|bare| bare.contains('.')).unwrap_or(host);
    let host = host.rsplit('@').next().unwrap_or(host).trim_end_matches('.');
    let shaped = host.contains('.')
        && host.len() <= 253
        && !host.starts_with('.')
        && host.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '_'));
    shaped.then(|| host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_of_web_addresses() {
        for (cell, expected) in [
            ("https://www.kestrel.example/about", Some("kestrel.example")),
            ("Kestrel.example", Some("kestrel.example")),
            ("www.example", Some("www.example")),
            ("kestrel", None),
            ("", None),
        ] {
            assert_eq!(domain_of(cell).as_deref(), expected, "{cell:?}");
        }
    }
}
