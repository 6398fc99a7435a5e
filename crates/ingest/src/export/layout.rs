//! Which column carries what: the header row found, its kind decided, its columns assigned.
//!
//! It stands between syntax and meaning, so that the readers of people and deals only ask for
//! "the e-mail cells of this row".
//! Must not: read the cells of rows, except to find a column of addresses that has no name.

use std::collections::BTreeMap;

use super::ExportKind;
use super::amount::read_currency;
use super::columns::Role;
use super::names::{is_order, lookup, prefixed};
use super::place::{Places, Postal};
use super::table::Row;

/// The columns of one table by meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) kind: ExportKind,
    /// The columns of each meaning, the best first.
    columns: BTreeMap<Role, Vec<usize>>,
    places: Places,
    /// The currency that the name of the column of amounts states.
    pub(super) currency: Option<String>,
}

impl Layout {
    /// The filled cells of a meaning in a row, the best column first.
    pub(super) fn cells<'t>(&self, row: Row<'t>, role: Role) -> impl Iterator<Item = &'t str> {
        let columns = self.columns.get(&role).map_or(&[][..], Vec::as_slice);
        columns.iter().map(move |column| row.cell(*column)).filter(|cell| !cell.is_empty())
    }

    /// The first filled cell of a meaning.
    pub(super) fn cell<'t>(&self, row: Row<'t>, role: Role) -> Option<&'t str> {
        self.cells(row, role).next()
    }

    /// The first filled cell of a meaning as an owned text.
    pub(super) fn text(&self, row: Row<'_>, role: Role) -> Option<String> {
        self.cell(row, role).map(str::to_owned)
    }

    /// Where the postal columns of a row say that somebody is.
    pub(super) fn place(&self, row: Row<'_>) -> Postal {
        self.places.read(row)
    }

    /// Whether any column carries this.
    pub(super) fn has(&self, role: Role) -> bool {
        self.columns.contains_key(&role)
    }

    /// Adds columns found by their content.
    pub(super) fn add(&mut self, role: Role, columns: Vec<usize>) {
        self.columns.entry(role).or_default().extend(columns);
    }
}

/// Kinds in the order in which a table is tried for them.
pub(super) const KINDS: [ExportKind; 4] =
    [ExportKind::Deals, ExportKind::Activities, ExportKind::Contacts, ExportKind::Companies];

/// Decides the kind of a table by its header and assigns the columns. `None` if no kind fits.
pub(super) fn lay_out(headers: &[String]) -> Option<Layout> {
    let n_prefixed = headers.iter().filter(|header| prefixed(header).is_some()).count();
    let is_mostly_prefixed = n_prefixed * 2 >= headers.len();
    let own = own_kind(headers);
    let is_sure = own.is_some() && is_mostly_prefixed;
    let likely = own.or_else(|| majority(headers)).map(|kind| assign(headers, kind));
    likely
        .clone()
        .filter(|layout| is_sure || fits(layout))
        .or_else(|| KINDS.into_iter().map(|kind| assign(headers, kind)).find(fits))
        .or(likely.filter(|_| is_mostly_prefixed))
}

/// The kind whose own title is there under its prefix. A list of deals shows their people and
/// organisations, a list of activities their deals as well, but never the other way round.
fn own_kind(headers: &[String]) -> Option<ExportKind> {
    let titles = [
        (ExportKind::Activities, &[Role::Subject][..]),
        (ExportKind::Deals, &[Role::DealName]),
        (ExportKind::Contacts, &[Role::SomeName, Role::FullName, Role::FirstName]),
    ];
    let is_title = |header: &str, kind, roles: &[Role]| {
        prefixed(header).is_some_and(|(own, rest)| {
            own == kind && lookup(kind, rest).is_some_and(|(role, _)| roles.contains(&role))
        })
    };
    titles
        .into_iter()
        .find(|(kind, roles)| headers.iter().any(|header| is_title(header, *kind, roles)))
        .map(|(kind, _)| kind)
}

/// The kind that most prefixes name; of several the one that is tried first.
fn majority(headers: &[String]) -> Option<ExportKind> {
    let mut counts: BTreeMap<ExportKind, usize> = BTreeMap::new();
    for (kind, _) in headers.iter().filter_map(|header| prefixed(header)) {
        *counts.entry(kind).or_default() += 1;
    }
    KINDS
        .into_iter()
        .rev()
        .filter(|kind| counts.contains_key(kind))
        .max_by_key(|kind| counts.get(kind))
}

/// Whether the columns that make a table one of this kind are there.
fn fits(layout: &Layout) -> bool {
    let has = |role| layout.has(role);
    match layout.kind {
        ExportKind::Deals => {
            let named = has(Role::DealName) || has(Role::Company) || has(Role::Id);
            let dated = has(Role::CloseDate) || has(Role::Value);
            // `Stage`, `Status` and `Name` occur in lists of people as well.
            let bare = has(Role::DealName) && !has(Role::PersonEmail) && !has(Role::FirstName);
            let staged = has(Role::Stage) && (dated || bare);
            let closing = has(Role::CloseDate) && has(Role::Value);
            let priced = has(Role::Value) && has(Role::Currency) && has(Role::Status);
            named && (staged || closing || priced)
        }
        ExportKind::Activities => {
            let timed = has(Role::Day);
            // A list of people has notes, titles and dates too, but names in parts or addresses.
            let sure = has(Role::Body) || has(Role::Subject) && has(Role::ActivityType);
            let likely = has(Role::Subject) && has(Role::Note) && !has(Role::PersonEmail);
            timed && (sure || likely) && !has(Role::FirstName)
        }
        ExportKind::Contacts => {
            has(Role::Email)
                || has(Role::FirstName) && (has(Role::LastName) || has(Role::SomeName))
                || has(Role::LastName) && has(Role::SomeName)
                || has(Role::FullName) && (has(Role::Company) || has(Role::JobTitle))
        }
        ExportKind::Companies => has(Role::Company),
    }
}

pub(super) fn assign(headers: &[String], kind: ExportKind) -> Layout {
    let mut found: BTreeMap<Role, Vec<(usize, usize)>> = BTreeMap::new();
    for (column, header) in headers.iter().enumerate() {
        if let Some((role, rank)) = role_of(header, kind) {
            found.entry(role).or_default().push((rank, column));
        }
    }
    let columns = found
        .into_iter()
        .map(|(role, mut ranked)| {
            ranked.sort_unstable();
            (role, ranked.into_iter().map(|(_, column)| column).collect())
        })
        .collect();
    let places = places_of(headers, kind);
    let mut layout = Layout { kind, columns, places, currency: None };
    let amounts = layout.columns.get(&Role::Value).and_then(|columns| columns.first());
    layout.currency = amounts.and_then(|column| headers.get(*column)).and_then(|header| {
        let (_, unit) = header.split_once(['(', '['])?;
        read_currency(unit)
    });
    if kind == ExportKind::Contacts {
        settle_names(&mut layout);
    }
    // A bare `Name` makes a table one of companies only beside what companies have.
    if kind == ExportKind::Companies
        && !layout.has(Role::Company)
        && BESIDE_NAMES_OF_COMPANIES.into_iter().any(|role| layout.has(role))
        && let Some(columns) = layout.columns.get(&Role::SomeName).cloned()
    {
        layout.add(Role::Company, columns);
    }
    layout
}

/// Columns beside which a `Name` is that of a company.
const BESIDE_NAMES_OF_COMPANIES: [Role; 6] =
    [Role::Domain, Role::Phone, Role::Industry, Role::Employees, Role::Revenue, Role::Label];

/// The postal columns of people and companies that nothing else claims.
fn places_of(headers: &[String], kind: ExportKind) -> Places {
    if !matches!(kind, ExportKind::Contacts | ExportKind::Companies) {
        return Places::default();
    }
    let free = headers.iter().enumerate().filter(|(_, header)| role_of(header, kind).is_none());
    Places::among(free.filter_map(|(column, header)| match prefixed(header) {
        Some((own, rest)) => (own == kind).then_some((column, rest)),
        None => Some((column, header.as_str())),
    }))
}

/// What a column means in a table of this kind, under the prefix of its own kind or of another.
fn role_of(header: &str, kind: ExportKind) -> Option<(Role, usize)> {
    let (role, rank) = match prefixed(header) {
        Some((own, rest)) if own == kind => lookup(kind, rest)?,
        // `Person - Email (Work)` in a table of deals or activities.
        Some((ExportKind::Contacts, rest)) => lookup(kind, header).or_else(|| {
            let (role, rank) = lookup(ExportKind::Contacts, rest)?;
            (role == Role::Email).then_some((Role::PersonEmail, rank))
        })?,
        _ => lookup(kind, header)?,
    };
    let role = match role {
        Role::OptOut if is_order(header) => Role::DoNot,
        // `Organization - Name` says itself whose name it is.
        Role::SomeName if kind == ExportKind::Companies && prefixed(header).is_some() => {
            Role::Company
        }
        role => role,
    };
    Some((role, rank))
}

/// `Name` beside `Vorname` is a last name, `Nombre` beside `Apellidos` a first one; `Title` beside
/// a job title is `Dr.` and not wanted.
fn settle_names(layout: &mut Layout) {
    if let Some(columns) = layout.columns.remove(&Role::SomeName) {
        let first = layout.has(Role::FirstName);
        let last = layout.has(Role::LastName);
        let role = match (first, last) {
            (true, false) => Role::LastName,
            (false, true) => Role::FirstName,
            _ => Role::FullName,
        };
        layout.add(role, columns);
    }
    if let Some(columns) = layout.columns.remove(&Role::SomeTitle)
        && !layout.has(Role::JobTitle)
    {
        layout.add(Role::JobTitle, columns);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(headers: &str, kind: ExportKind, expected: &[(Role, &[usize])]) {
        let headers: Vec<String> = headers.split('|').map(str::to_owned).collect();
        let layout = lay_out(&headers).unwrap();
        assert_eq!(layout.kind, kind, "{headers:?}");
        for (role, columns) in expected {
            assert_eq!(
                layout.columns.get(role).map_or(&[][..], Vec::as_slice),
                *columns,
                "{role:?} of {headers:?}"
            );
        }
    }

    #[test]
    fn columns_of_people() {
        check(
            "Name|Vorname|E-Mail",
            ExportKind::Contacts,
            &[(Role::LastName, &[0]), (Role::FirstName, &[1])],
        );
        check("Nombre|Apellidos|Correo", ExportKind::Contacts, &[(Role::FirstName, &[0])]);
        check(
            "Name|Email|Title",
            ExportKind::Contacts,
            &[(Role::FullName, &[0]), (Role::JobTitle, &[2])],
        );
        check(
            "Title|First Name|Last Name|Job Title",
            ExportKind::Contacts,
            &[(Role::JobTitle, &[3])],
        );
        check(
            "Person - Name|Person - Email (Home)|Person - Email (Work)|Person - Organization",
            ExportKind::Contacts,
            &[(Role::Email, &[2, 1]), (Role::Company, &[3])],
        );
    }

    #[test]
    fn columns_of_deals() {
        check(
            "Deal - Title|Deal - Value|Deal - Status|Organization|Contact person",
            ExportKind::Deals,
            &[(Role::DealName, &[0]), (Role::Status, &[2]), (Role::Company, &[3])],
        );
        check(
            "Record Id|Account Name.id|Account Name|Deal Name|Stage|Amount",
            ExportKind::Deals,
            &[(Role::Company, &[2])],
        );
        check(
            "id|name|stage_name|amount|close_date|is_won",
            ExportKind::Deals,
            &[(Role::Stage, &[2]), (Role::IsWon, &[5])],
        );
        check(
            "Deal - Title|Person - Name|Person - Email (Work)|Person - Phone",
            ExportKind::Deals,
            &[(Role::DealName, &[0]), (Role::PersonEmail, &[2])],
        );
    }

    #[test]
    fn prefixes_of_other_kinds() {
        check(
            "First Name|Last Name|Email|Lead - Source",
            ExportKind::Contacts,
            &[(Role::Email, &[2])],
        );
        check(
            "Person - Name|Organization - Name|Organization - Address|Person - Email",
            ExportKind::Contacts,
            &[(Role::FullName, &[0]), (Role::Email, &[3])],
        );
        check(
            "Activity - Subject|Activity - Due date|Deal - Title|Person - Name|Person - Phone",
            ExportKind::Activities,
            &[(Role::Subject, &[0]), (Role::Day, &[1])],
        );
        check(
            "Organization - Name|Organization - Owner",
            ExportKind::Companies,
            &[(Role::Company, &[0])],
        );
    }

    #[test]
    fn other_kinds() {
        check(
            "Record ID|Company name|Company Domain Name|Industry",
            ExportKind::Companies,
            &[(Role::Company, &[1])],
        );
        check(
            "Record ID|Activity type|Body|Activity date",
            ExportKind::Activities,
            &[(Role::Body, &[2])],
        );
        assert_eq!(lay_out(&["x".to_owned(), "y".to_owned()]), None);
    }
}
