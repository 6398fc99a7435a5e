//! The names of columns, folded, with the kind of table that a prefix names.
//!
//! It stands apart from `layout` because both the search for the header row and the assignment of
//! columns ask it.
//! Must not: weigh one column against another.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::ExportKind;
use super::columns::{Line, Role, activity, company, contact, deal, more_languages};
use super::fold::fold;
use super::table::Row;

/// How many cells of a row are names of columns in any table.
pub(super) fn header_score(row: Row<'_>) -> usize {
    row.cells().filter(|cell| !cell.is_empty() && cell.len() <= 80 && is_known(cell)).count()
}

fn is_known(cell: &str) -> bool {
    let folded = fold(cell);
    prefixed(cell).is_some()
        || super::layout::KINDS.iter().any(|kind| names_of(*kind).contains_key(&folded))
}

/// What a column of a table of this kind means, and how good its name is: 0 is best.
pub(super) fn lookup(kind: ExportKind, header: &str) -> Option<(Role, usize)> {
    let names = names_of(kind);
    let folded = fold(header);
    let known = names
        .get(&folded)
        // `property_` is how HubSpot's own tables mark what its forms show.
        .or_else(|| folded.strip_prefix("property").and_then(|rest| names.get(rest)))
        // `Opted out of email: Newsletter`: whatever it is that they stopped, they said stop.
        .or_else(|| {
            let stops = kind == ExportKind::Contacts
                && STOPS.iter().any(|stop| folded.starts_with(stop));
            stops.then_some(&(Role::OptOut, usize::MAX))
        })
        // `Amount (EUR)`: a unit behind a sum of money.
        .or_else(|| {
            let (bare, _) = header.split_once(['(', '['])?;
            names.get(&fold(bare)).filter(|(role, _)| *role == Role::Value)
        })?;
    // `Account Name.id` is an identifier, whatever `Account Name` is.
    let identifier =
        header.rsplit_once('.').is_some_and(|(_, last)| last == "id") && known.0 != Role::PersonIds;
    (!identifier).then_some(*known)
}

/// Starts of names of columns that say that somebody must not be written to.
const STOPS: [&str; 15] = [
    "optedout",
    "unsubscribed",
    "hasoptedout",
    "emailoptout",
    "emailoptedout",
    "donotcontact",
    "donotemail",
    "donotbulkemail",
    "donotallowemail",
    "donotallowbulkemail",
    // Not `unsub` alone: a column of links to unsubscribe is filled for everybody.
    "unsubtime",
    "unsubdate",
    "unsubreason",
    "unsubcampaign",
    "unsubscribereason",
];

/// Whether the name of an opt-out column is an order (`Do not contact`), so that `Active` or
/// `Never` below it does not mean that somebody may be written to.
pub(super) fn is_order(header: &str) -> bool {
    let folded = fold(header);
    ["donot", "dont", "nocontact", "noemail", "dnc"].iter().any(|start| folded.starts_with(start))
}

/// Names by their folded form, with the rank that the table gives them.
type Names = BTreeMap<String, (Role, usize)>;

fn names(table: &[Line], more: &[Line]) -> Names {
    let mut names = Names::new();
    for (role, spellings) in table.iter().chain(more) {
        for (rank, spelling) in spellings.iter().enumerate() {
            // The first line that claims a name keeps it.
            names.entry(fold(spelling)).or_insert((*role, rank));
        }
    }
    names
}

static CONTACT_NAMES: LazyLock<Names> =
    LazyLock::new(|| names(contact::TABLE, more_languages::CONTACT));
static DEAL_NAMES: LazyLock<Names> = LazyLock::new(|| names(deal::TABLE, more_languages::DEAL));
static COMPANY_NAMES: LazyLock<Names> =
    LazyLock::new(|| names(company::TABLE, more_languages::COMPANY));
static ACTIVITY_NAMES: LazyLock<Names> = LazyLock::new(|| names(activity::TABLE, &[]));

fn names_of(kind: ExportKind) -> &'static Names {
    match kind {
        ExportKind::Contacts => &CONTACT_NAMES,
        ExportKind::Deals => &DEAL_NAMES,
        ExportKind::Companies => &COMPANY_NAMES,
        ExportKind::Activities => &ACTIVITY_NAMES,
    }
}

/// Words that stand before ` - ` in the columns of one kind: `Person - Name`.
const PREFIXES: &[(&str, ExportKind)] = &[
    ("person", ExportKind::Contacts),
    ("persona", ExportKind::Contacts),
    ("personne", ExportKind::Contacts),
    ("persoon", ExportKind::Contacts),
    ("pessoa", ExportKind::Contacts),
    ("deal", ExportKind::Deals),
    ("lead", ExportKind::Deals),
    ("trato", ExportKind::Deals),
    ("negocio", ExportKind::Deals),
    ("affaire", ExportKind::Deals),
    ("affare", ExportKind::Deals),
    ("organization", ExportKind::Companies),
    ("organisation", ExportKind::Companies),
    ("organizacion", ExportKind::Companies),
    ("organizzazione", ExportKind::Companies),
    ("organisatie", ExportKind::Companies),
    ("organizacao", ExportKind::Companies),
    ("activity", ExportKind::Activities),
    ("aktivitat", ExportKind::Activities),
    ("actividad", ExportKind::Activities),
    ("activite", ExportKind::Activities),
    ("attivita", ExportKind::Activities),
    ("activiteit", ExportKind::Activities),
    ("atividade", ExportKind::Activities),
];

/// The kind that a prefix names, and the header without it.
pub(super) fn prefixed(header: &str) -> Option<(ExportKind, &str)> {
    let (prefix, rest) = header.split_once(" - ")?;
    // `Organization 1 - Name` numbers the organisations of a person.
    if prefix.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let prefix = fold(prefix);
    PREFIXES.iter().find(|(word, _)| *word == prefix).map(|(_, kind)| (*kind, rest))
}
