//! Tables that other programs export: people, deals, companies, activities.
//!
//! Programs, versions and languages name their columns in many ways, so nothing is read by
//! position: the header row is found, its kind decided and its columns assigned by tables of
//! names. A table of an unknown program with a column of addresses is still read.
//! Must not: merge rows, look anything up, or refuse a table because some rows are bad.

mod amount;
mod columns;
mod date;
mod deals;
mod fold;
mod head;
mod layout;
mod leads;
mod names;
mod others;
mod people;
pub(crate) mod place;
mod plain;
mod records;
mod stage;
mod suppression;
mod system;
pub(crate) mod table;

use inroad_model::{Account, Contact, Issue};

use crate::Limits;
use crate::encoding::{Decoded, decode};
use crate::issues::IssueList;
use columns::Role;
use deals::DealRows;
use layout::Layout;
use others::{ActivityRows, read_company};
use people::{read_person, says_yes};

pub(crate) use people::says_stop;
use table::{Damage, Row, Table};

pub use leads::{ExportedLead, parse_leads};
pub use plain::{PlainColumn, PlainKind, PlainTable, parse_plain, says_ending};
pub use records::{ExportRow, ExportedActivity, ExportedDeal};
pub use suppression::{KEYED_PREFIX, Suppressed, SuppressedRow, parse_suppression};
pub use system::ExportSystem;

/// What the rows of a table are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExportKind {
    /// People.
    Contacts,
    /// Deals, also called opportunities.
    Deals,
    /// Companies.
    Companies,
    /// Notes, calls, meetings and tasks.
    Activities,
}

/// A table that was read. Only the list of its kind is filled.
#[derive(Debug, Clone, PartialEq)]
pub struct Export {
    /// The program it comes from, as far as its columns tell.
    pub system: ExportSystem,
    /// What its rows are.
    pub kind: ExportKind,
    /// The encoding by its usual name, such as `UTF-8` or `windows-1252`.
    pub encoding: &'static str,
    /// What stands between two cells.
    pub delimiter: char,
    /// The line of the header row, from 1; 0 if there is none.
    pub header_line: u64,
    /// People.
    pub contacts: Vec<ExportRow<Contact>>,
    /// Deals.
    pub deals: Vec<ExportRow<ExportedDeal>>,
    /// Companies.
    pub companies: Vec<ExportRow<Account>>,
    /// Activities.
    pub activities: Vec<ExportRow<ExportedActivity>>,
}

/// Reads a table in any of the usual encodings, with any of the usual delimiters.
///
/// The issues name lines. Never fails: a table of which nothing is understood is an empty
/// [`Export`] of contacts with an issue that says what was missing.
///
/// ```
/// use inroad_ingest::{Limits, export::parse_export};
/// let (export, issues) =
///     parse_export(b"Vorname;Nachname;E-Mail\nJana;K;jana@lindner.example\n", &Limits::default());
/// assert_eq!(export.contacts[0].value.name.as_deref(), Some("Jana K"));
/// assert_eq!(export.contacts[0].line, 2);
/// assert!(issues.is_empty());
/// ```
pub fn parse_export(bytes: &[u8], limits: &Limits) -> (Export, Vec<Issue>) {
    let Decoded { text, encoding, issues } = decode(bytes);
    let head = head::find(&text, limits);
    let mut reading = TableReading {
        export: Export {
            system: head.system,
            kind: head.layout.as_ref().map_or(ExportKind::Contacts, |layout| layout.kind),
            encoding,
            delimiter: char::from(head.delimiter),
            header_line: head.line,
            contacts: Vec::new(),
            deals: Vec::new(),
            companies: Vec::new(),
            activities: Vec::new(),
        },
        deals: DealRows::default(),
        activities: ActivityRows::default(),
        issues: IssueList::new(issues, limits),
        deleted: 0,
    };
    let Some(layout) = head.layout else {
        reading.issues.add_to_all(Issue::new(
            "No column of this table is known, and none holds e-mail addresses",
            "Name the columns in the first row, such as First Name, Last Name, Email, Company",
        ));
        return reading.finish();
    };
    let mut table = Table::new(&text, head.delimiter, limits);
    table.expect_width(head.width);
    let mut count = 0;
    while let Some((line, damage)) = table.advance() {
        if line <= head.line {
            continue;
        }
        count += 1;
        if count > limits.items {
            reading.issue(
                line,
                format!("There are more than {} rows", limits.items),
                "The rest was not read; split the file",
            );
            break;
        }
        if reading.report(line, damage) && !table.row().is_blank() {
            reading.row(&layout, line, table.row());
        }
    }
    reading.finish()
}

/// Whether the head of a text is that of a table which [`parse_export`] understands.
pub(crate) fn looks_like_export(head: &str) -> bool {
    let head = head::find(head, &Limits::default());
    head.layout.is_some() && head.line > 0
}

/// What is being collected.
struct TableReading {
    export: Export,
    deals: DealRows,
    activities: ActivityRows,
    issues: IssueList,
    deleted: u64,
}

impl TableReading {
    fn row(&mut self, layout: &Layout, line: u64, row: Row<'_>) {
        if layout.cell(row, Role::Deleted).is_some_and(says_yes) {
            self.deleted += 1;
            return;
        }
        let understood = match layout.kind {
            ExportKind::Contacts => match read_person(layout, row) {
                Some((contact, unreadable)) => {
                    if let Some(cell) = unreadable {
                        self.issue(
                            line,
                            format!("'{cell}' is no e-mail address"),
                            "The row was read without it",
                        );
                    }
                    self.export.contacts.push(ExportRow { line, value: contact });
                    true
                }
                None => false,
            },
            ExportKind::Deals => self.deals.add(layout, line, row),
            ExportKind::Companies => read_company(layout, row)
                .map(|value| self.export.companies.push(ExportRow { line, value }))
                .is_some(),
            ExportKind::Activities => self.activities.add(layout, line, row),
        };
        if !understood {
            let missing = match layout.kind {
                ExportKind::Contacts => "The row has neither a name nor an e-mail address",
                ExportKind::Deals => "The row names no deal and no organisation",
                ExportKind::Companies => "The row names no company",
                ExportKind::Activities => "The row has neither a subject nor a text",
            };
            self.issue(line, missing.to_owned(), "It was left out");
        }
    }

    /// Reports damage; `false` if nothing of the row was kept.
    fn report(&mut self, line: u64, damage: Option<Damage>) -> bool {
        match damage {
            None => true,
            Some(Damage::OpenQuote) => {
                self.issue(
                    line,
                    "A quote is opened and never closed".to_owned(),
                    "The line was read with its quotes as letters",
                );
                true
            }
            Some(Damage::TooManyColumns) => {
                self.issue(
                    line,
                    "The row has more columns than are read".to_owned(),
                    "Those behind were left out",
                );
                true
            }
            Some(Damage::TooLong) => {
                self.issue(line, "The row is longer than is read".to_owned(), "It was left out");
                false
            }
        }
    }

    fn issue(&mut self, line: u64, what: String, way_out: &str) {
        self.issues.add(Issue::new(what, way_out).at_line(line));
    }

    fn finish(mut self) -> (Export, Vec<Issue>) {
        self.export.deals = self.deals.finish(self.export.delimiter, &mut self.issues);
        self.export.activities = self.activities.finish(self.export.delimiter, &mut self.issues);
        if self.deleted > 0 {
            self.issues.add_to_all(Issue::new(
                format!("{} rows are marked as deleted", self.deleted),
                "They were left out",
            ));
        }
        (self.export, self.issues.finish("rows"))
    }
}

#[cfg(test)]
mod tests {
    use inroad_model::EmailAddress;
    use proptest::prelude::*;

    use super::*;

    /// Checks the addresses that come out of a table, and the lines named by its issues.
    fn check(table: &str, emails: &[&str], lines: &[u64]) {
        let (export, issues) = parse_export(table.as_bytes(), &Limits::default());
        let found: Vec<&str> = export
            .contacts
            .iter()
            .flat_map(|row| row.value.emails.iter().map(EmailAddress::as_str))
            .collect();
        assert_eq!(found, emails, "{table:?}");
        let told: Vec<u64> = issues.iter().filter_map(|issue| issue.place.line).collect();
        assert_eq!(told, lines, "{table:?} {issues:?}");
    }

    #[test]
    fn unknown_tables_with_addresses_are_read() {
        check(
            "who;how to reach\nJana;a@b.example\nBo;c@d.example\n",
            &["a@b.example", "c@d.example"],
            &[],
        );
        check("a@b.example,Jana\nc@d.example,Bo\n", &["a@b.example", "c@d.example"], &[]);
        check("a@b.example\nc@d.example\n", &["a@b.example", "c@d.example"], &[]);
        check("Email|Name\na@b.example|Jana\n", &["a@b.example"], &[]);
        check("x,y\n1,2\n", &[], &[]);
        check("", &[], &[]);
    }

    #[test]
    fn bad_rows_are_told_and_the_rest_goes_on() {
        check(
            "Name,Email\nA,a@b.example\n,\nB,nonsense\n\"C,c@d.example\n,,x\nD,d@d.example\n",
            &["a@b.example", "c@d.example", "d@d.example"],
            &[4, 5, 6],
        );
    }

    /// Checks who must not be written to, under the header of one more column.
    #[track_caller]
    fn check_stop(header: &str, cell: &str, expected: bool) {
        let table = format!("Name;Email;{header}\nA;a@b.example;{cell}\n");
        let (export, _) = parse_export(table.as_bytes(), &Limits::default());
        let stopped: Vec<bool> = export.contacts.iter().map(|row| row.value.opted_out).collect();
        assert_eq!(stopped, [expected], "{header}: {cell}");
    }

    #[test]
    fn columns_that_say_stop() {
        check_stop("UNSUB_TIME", "2026-03-01 10:00:00", true);
        check_stop("UNSUB_REASON", "NORMAL", true);
        check_stop("UNSUB_TIME", "", false);
        check_stop("Unsubscribe link", "https://x.example/u/1", false);
        check_stop("Do not allow Emails", "Do Not Allow", true);
        check_stop("Do not allow Emails", "Allow", false);
        check_stop("Do not allow Bulk Emails", "Do Not Allow", true);
        check_stop("Do Not Contact", "Active", true);
        check_stop("Do Not Contact", "Never", true);
        check_stop("Do Not Contact", "No", false);
        check_stop("Unsubscribed from all email", "Never", false);
    }

    #[test]
    fn lines_that_end_in_cr_alone() {
        check("Name,Email\rA,a@b.example\rB,nonsense\r", &["a@b.example"], &[3]);
    }

    #[test]
    fn a_short_row_keeps_its_long_cell() {
        let table = "Name,Email,Notes,Phone\nA,a@b.example,\"one, or\ntwo\"\nB,c@d.example,x,1\n";
        check(table, &["a@b.example", "c@d.example"], &[]);
        let (export, _) = parse_export(table.as_bytes(), &Limits::default());
        assert_eq!(export.contacts[0].value.note.as_deref(), Some("one, or\ntwo"));
    }

    /// Checks amounts, close dates and the lines named, of deals with these amounts and days.
    #[test]
    fn lost_values_of_deals_are_told() {
        let table = "Deal Name,Stage,Amount,Close Date\nA,Won,TBD,2026-03-01\n\
            B,Won,\"10,000 - 20,000\",soon\nC,Won,50k,45000\n";
        let (export, issues) = parse_export(table.as_bytes(), &Limits::default());
        let values: Vec<Option<f64>> = export.deals.iter().map(|row| row.value.value).collect();
        assert_eq!(values, [None, None, Some(50_000.0)]);
        assert_eq!(export.deals[0].value.currency, None);
        let told: Vec<Option<u64>> = issues.iter().map(|issue| issue.place.line).collect();
        assert_eq!(told, [Some(2), Some(3)], "{issues:?}");
    }

    #[test]
    fn issues_and_rows_are_bounded() {
        let table = format!("Name,Email\n{}", "A,nonsense\n".repeat(50));
        let limits = Limits { issues: 10, items: 40, ..Limits::default() };
        let (export, issues) = parse_export(table.as_bytes(), &limits);
        assert_eq!((export.contacts.len(), issues.len()), (40, 11));
        assert!(issues[10].what.starts_with("31 more"), "{}", issues[10]);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let _read = parse_export(&bytes, &Limits::default());
        }

        #[test]
        fn any_table_is_read(
            header in prop_oneof![
                Just("Email,First Name,Last Name,Notes\n"), Just("Deal Name,Stage,Amount,Close Date\n"),
                Just("Subject;Body;Activity date;Owner\n"), Just("Company Name\tWebsite\tPhone\tRecord ID\n"),
            ],
            rows in prop::collection::vec("[\"a-z@.,;\t0-9/€\n -]{0,40}", 0..30),
        ) {
            let table = format!("{header}{}", rows.join("\n"));
            let (export, issues) = parse_export(table.as_bytes(), &Limits { items: 20, issues: 5, ..Limits::default() });
            prop_assert!(export.contacts.len() <= 20 && export.deals.len() <= 20);
            prop_assert!(issues.len() <= 5 + 4);
        }
    }
}
