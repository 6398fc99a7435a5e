//! Lists of whom not to write to, as mailing programs export them and as people type them: addresses, mail
//! domains, or hashes of addresses, one a row.
//!
//! Must not: decide whether a domain may be forbidden as a whole; that depends on who asks.

use std::collections::BTreeMap;

use inroad_model::{AccountKey, EmailAddress, Issue};
use jiff::civil::Date;

use super::head;
use super::plain::told;
use super::table::{Damage, Row, Table};
use crate::Limits;
use crate::encoding::{Decoded, decode};
use crate::issues::IssueList;

/// Whom a row means.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Suppressed {
    /// One address.
    Address(EmailAddress),
    /// Everybody at a mail domain.
    Domain(String),
    /// A firm of which only the name is told.
    Firm(String),
    /// The address with that SHA-256, of its text in small letters without blanks around it.
    Sha256([u8; 32]),
    /// The address with that hash under a secret, which only the data file knows that wrote it.
    Keyed([u8; 32]),
}

/// A row of such a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuppressedRow {
    /// Where it stands, from 1.
    pub line: u64,
    /// Whom it means.
    pub whom: Suppressed,
    /// Why, if the list tells.
    pub reason: Option<String>,
    /// Since when, if the list tells.
    pub since: Option<Date>,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Column {
    Email,
    Domain,
    Hash,
    Firm,
    Reason,
    Since,
}

/// How columns are called, in small letters without anything between them.
const NAMES: [(Column, &[&str]); 6] = [
    (
        Column::Email,
        &[
            "email",
            "emailaddress",
            "emailaddresses",
            "mail",
            "mailaddress",
            "address",
            "recipient",
            "subscriber",
            "contactemail",
            "emailadresse",
            "correo",
            "courriel",
            "adressemail",
        ],
    ),
    (Column::Domain, &["domain", "domains", "maildomain", "emaildomain", "domainname", "domaene"]),
    (
        Column::Hash,
        &[
            "hash",
            "sha256",
            "sha256hash",
            "sha256email",
            "emailsha256",
            "hashedemail",
            "emailhash",
            "sha256ofemail",
            "md5",
            "md5hash",
            "md5email",
            "emailmd5",
        ],
    ),
    (Column::Firm, &["firm", "company", "companyname", "organization", "organisation", "account"]),
    (Column::Reason, &["reason", "why", "because", "note", "comment", "grund", "status"]),
    (
        Column::Since,
        &[
            "since",
            "date",
            "added",
            "addedat",
            "created",
            "createdat",
            "timestamp",
            "optoutdate",
            "optedoutat",
            "unsubscribed",
            "unsubscribedat",
            "unsubscribetime",
            "suppressedat",
        ],
    ),
];

/// What stands before a hash under a secret.
pub const KEYED_PREFIX: &str = "inroad:";
/// Letters that are kept of a reason.
const REASON_CHARS_MAX: usize = 400;

/// Reads a list in any of the usual encodings, with any of the usual delimiters, with or without a row
/// that names its columns. Empty lines and lines that begin with `#` are passed over; what is no address,
/// domain or hash is told by line.
///
/// ```
/// use inroad_ingest::{Limits, export::{Suppressed, parse_suppression}};
/// let (rows, issues) = parse_suppression(b"jana@lindner.example\n@zenit.example\n", &Limits::default());
/// assert_eq!(rows[1].whom, Suppressed::Domain("zenit.example".to_owned()));
/// assert_eq!((rows.len(), issues.len()), (2, 0));
/// ```
pub fn parse_suppression(bytes: &[u8], limits: &Limits) -> (Vec<SuppressedRow>, Vec<Issue>) {
    let Decoded { text, issues, .. } = decode(bytes);
    let mut issues = IssueList::new(issues, limits);
    let mut table = Table::new(&text, head::find(&text, limits).delimiter, limits);
    let (mut columns, mut rows) = (None, Vec::new());
    while let Some((line, damage)) = table.advance() {
        let row = table.row();
        if let Some(damage) = damage {
            issues.add(told(damage).at_line(line));
        }
        if damage == Some(Damage::TooLong) || row.is_blank() || row.cell(0).starts_with('#') {
            continue;
        }
        let Some(columns) = &columns else {
            let named = columns_of(row);
            let is_head = !named.is_empty();
            columns = Some(named);
            if !is_head {
                take(row, line, &BTreeMap::new(), &mut rows, &mut issues);
            }
            continue;
        };
        if rows.len() >= limits.items {
            let what = format!("There are more than {} rows", limits.items);
            issues.add(Issue::new(what, "The rest was not read; split the file").at_line(line));
            break;
        }
        take(row, line, columns, &mut rows, &mut issues);
    }
    (rows, issues.finish("rows"))
}

/// The columns that a row names; none if it is no head.
fn columns_of(row: Row<'_>) -> BTreeMap<Column, Vec<usize>> {
    let mut found: BTreeMap<Column, Vec<usize>> = BTreeMap::new();
    if row.cells().any(|cell| cell.contains('@')) {
        return found;
    }
    for (at, cell) in row.cells().enumerate() {
        let name: String = cell.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
        let column = NAMES.iter().find(|(_, names)| names.contains(&name.as_str()));
        if let Some((column, _)) = column {
            found.entry(*column).or_default().push(at);
        }
    }
    let tells_whom = |column: &Column| !matches!(column, Column::Reason | Column::Since);
    if found.keys().any(tells_whom) { found } else { BTreeMap::new() }
}

fn take(
    row: Row<'_>,
    line: u64,
    columns: &BTreeMap<Column, Vec<usize>>,
    rows: &mut Vec<SuppressedRow>,
    issues: &mut IssueList,
) {
    let cell = |column| {
        let places = columns.get(&column).map_or(&[][..], Vec::as_slice);
        places.iter().map(|at| row.cell(*at)).find(|cell| !cell.is_empty())
    };
    let whom = if columns.is_empty() {
        whom(row.cell(0))
    } else if let Some(text) = cell(Column::Email).or(cell(Column::Hash)).or(cell(Column::Domain)) {
        whom(text)
    } else if let Some(name) = cell(Column::Firm) {
        match AccountKey::of_name(name) {
            Ok(_) => Ok(Suppressed::Firm(name.chars().take(REASON_CHARS_MAX).collect())),
            Err(_nameless) => Err(Box::new(no_one(name))),
        }
    } else {
        let way_out = "Give an address, a mail domain or a hash; the row was left out";
        Err(Box::new(Issue::new("The row names nobody", way_out)))
    };
    match whom {
        Ok(whom) => rows.push(SuppressedRow {
            line,
            whom,
            reason: cell(Column::Reason).map(|text| text.chars().take(REASON_CHARS_MAX).collect()),
            since: cell(Column::Since).and_then(day),
        }),
        Err(issue) => issues.add(issue.at_line(line)),
    }
}

/// The day that a cell begins with.
fn day(cell: &str) -> Option<Date> {
    cell.get(..10)?.parse().ok()
}

/// Whom a cell means, by its shape.
fn whom(cell: &str) -> Result<Suppressed, Box<Issue>> {
    let text = cell.trim().trim_matches(['"', '\'']).trim();
    if let Some(hash) = text.strip_prefix(KEYED_PREFIX) {
        return hash_of(hash).map(Suppressed::Keyed).ok_or_else(|| Box::new(no_one(text)));
    }
    if text.len() >= 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return hash_of(text).map(Suppressed::Sha256).ok_or_else(|| {
            Box::new(Issue::new(
                format!("A hash of {} digits is none that is compared", text.len()),
                "Have SHA-256 of the addresses exported, which has 64 digits; the row was left out",
            ))
        });
    }
    let inner = text.rsplit_once('<').map_or(text, |(_, inner)| inner);
    match inner.strip_prefix('@') {
        None if inner.contains('@') => {
            inner.parse().map(Suppressed::Address).map_err(|_cause| Box::new(no_one(text)))
        }
        bare => {
            let domain = AccountKey::domain(bare.unwrap_or(inner));
            let domain = domain.map_err(|_cause| Box::new(no_one(text)))?;
            Ok(Suppressed::Domain(domain.as_str().to_owned()))
        }
    }
}

fn no_one(text: &str) -> Issue {
    let shown: String = text.chars().filter(|c| !c.is_control()).take(80).collect();
    Issue::new(
        format!("'{shown}' is no address, mail domain or hash"),
        "Mend the row and import the list again; the rest was taken",
    )
}

/// The 32 bytes of 64 hexadecimal digits.
fn hash_of(digits: &str) -> Option<[u8; 32]> {
    let (pairs, rest) = digits.as_bytes().as_chunks::<2>();
    if pairs.len() != 32 || !rest.is_empty() {
        return None;
    }
    let mut hash = [0; 32];
    for (byte, pair) in hash.iter_mut().zip(pairs) {
        let digit = |at: u8| char::from(at).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        let [high, low] = *pair;
        *byte = digit(high)? << 4 | digit(low)?;
    }
    Some(hash)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Each row as its line and whom it means; each issue as its line.
    fn check(text: &str, expected: &[(u64, &str)], faults: &[u64]) {
        let (rows, issues) = parse_suppression(text.as_bytes(), &Limits::default());
        let told: Vec<(u64, String)> = rows.iter().map(|row| (row.line, says(&row.whom))).collect();
        let expected: Vec<(u64, String)> =
            expected.iter().map(|(line, whom)| (*line, (*whom).to_owned())).collect();
        assert_eq!(told, expected, "{text}");
        let lines: Vec<u64> = issues.iter().filter_map(|issue| issue.place.line).collect();
        assert_eq!(lines, faults, "{text} {issues:?}");
    }

    fn says(whom: &Suppressed) -> String {
        let hex = |hash: &[u8; 32]| blake3::Hash::from_bytes(*hash).to_hex().to_string();
        match whom {
            Suppressed::Address(email) => email.to_string(),
            Suppressed::Domain(domain) => format!("@{domain}"),
            Suppressed::Firm(name) => format!("firm {name}"),
            Suppressed::Sha256(hash) => hex(hash),
            Suppressed::Keyed(hash) => format!("inroad:{}", hex(hash)),
        }
    }

    const HASH: &str = "5d2a5f1e8f4b0c8b5e3f1f0a3b2c1d0e9f8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c";

    #[test]
    fn one_a_line() {
        check(
            "# of the newsletter\nJana@Lindner.example\n\n@zenit.example\nzenit.example\nnobody\n\
             Omar Haddad <omar@lindner.example>\n",
            &[
                (2, "jana@lindner.example"),
                (4, "@zenit.example"),
                (5, "@zenit.example"),
                (7, "omar@lindner.example"),
            ],
            &[6],
        );
        check(&format!("{}\n", HASH.to_uppercase()), &[(1, HASH)], &[]);
        check(&format!("inroad:{HASH}\n"), &[(1, &format!("inroad:{HASH}"))], &[]);
        check("d41d8cd98f00b204e9800998ecf8427e\n", &[], &[1]);
        check("", &[], &[]);
    }

    #[test]
    fn columns_by_their_names() {
        check(
            "Email Address,Domain,SHA256,Reason\njana@lindner.example,lindner.example,,gone\n\
             ,zenit.example,,\n,,,why\n",
            &[(2, "jana@lindner.example"), (3, "@zenit.example")],
            &[4],
        );
        check("e-mail;Firma\na@b.example;x\n", &[(2, "a@b.example")], &[]);
        check("MD5\nd41d8cd98f00b204e9800998ecf8427e\n", &[], &[2]);
        check("Company,Email\nLindner Bau,\n", &[(2, "firm Lindner Bau")], &[]);
        let (rows, _) = parse_suppression(
            b"email,reason,since\nA@b.example,\"asked, twice\",2026-03-02T10:00:00Z\n",
            &Limits::default(),
        );
        assert_eq!(rows[0].reason.as_deref(), Some("asked, twice"));
        assert_eq!(rows[0].since, Some(jiff::civil::date(2026, 3, 2)));
    }

    proptest! {
        #[test]
        fn whatever_comes_is_read_or_told(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let limits = Limits::default();
            let (rows, issues) = parse_suppression(&bytes, &limits);
            prop_assert!(rows.is_sorted_by_key(|row| row.line));
            prop_assert_eq!((rows, issues), parse_suppression(&bytes, &limits));
        }

        #[test]
        fn no_row_is_lost(rows in proptest::collection::vec("[a-z]{1,8}@[a-z]{2,8}\\.example", 1..40)) {
            let (read, issues) = parse_suppression(rows.join("\n").as_bytes(), &Limits::default());
            prop_assert!(issues.is_empty());
            let read: Vec<String> = read.iter().map(|row| says(&row.whom)).collect();
            prop_assert_eq!(read, rows);
        }
    }
}
