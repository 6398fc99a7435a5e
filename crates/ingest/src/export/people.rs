//! A row of a table of people becomes a contact.
//!
//! Must not: merge rows; two rows with one address stay two contacts.

use inroad_model::{Contact, EmailAddress};

use super::columns::Role;
use super::fold::fold;
use super::layout::Layout;
use super::place::Postal;
use super::table::Row;

/// Reads one row: a contact, and the first cell that should hold an address but does not. `None` if
/// neither a name nor an address stands there.
pub(super) fn read_person(layout: &Layout, row: Row<'_>) -> Option<(Contact, Option<String>)> {
    let mut emails = Vec::new();
    let mut unreadable = None;
    for cell in layout.cells(row, Role::Email) {
        let before = emails.len();
        add_addresses(cell, &mut emails);
        if emails.len() == before && !is_said_empty(cell) && !contains_address(cell, &emails) {
            unreadable.get_or_insert_with(|| shown(cell));
        }
    }
    let mut phones: Vec<String> = Vec::new();
    for phone in layout.cells(row, Role::Phone).flat_map(|cell| cell.split(" ::: ")) {
        let phone = phone.trim();
        if !phone.is_empty() && !phones.iter().any(|known| known == phone) {
            phones.push(phone.to_owned());
        }
    }
    let Postal { street, postcode, city, region, country } = layout.place(row);
    let contact = Contact {
        name: name(layout, row),
        emails,
        phones,
        title: layout.text(row, Role::JobTitle),
        organization: layout.text(row, Role::Company),
        note: layout.text(row, Role::Note),
        external_id: layout.text(row, Role::Id),
        opted_out: opted_out(layout, row),
        street,
        postcode,
        city,
        region,
        country,
        department: layout.text(row, Role::Department).filter(|cell| !is_said_empty(cell)),
    };
    if contact.name.is_none() && contact.emails.is_empty() && unreadable.is_none() {
        return None;
    }
    Some((contact, unreadable))
}

/// The name in parts where it stands in parts, else the whole name; never an address.
fn name(layout: &Layout, row: Row<'_>) -> Option<String> {
    let parts = [Role::FirstName, Role::MiddleName, Role::LastName];
    let joined = parts
        .into_iter()
        .filter_map(|role| layout.cell(row, role))
        .filter(|part| !is_said_empty(part))
        .collect::<Vec<_>>()
        .join(" ");
    if !joined.is_empty() {
        return Some(joined);
    }
    layout.cells(row, Role::FullName).find(|name| !name.contains('@')).map(given_name_first)
}

/// `Kühn, Jana` is written the other way round; `Acme, Inc.` and titles behind a comma are not.
fn given_name_first(name: &str) -> String {
    match name.split_once(", ") {
        Some((last, first))
            if !last.contains(' ')
                && !first.contains([',', '.'])
                && first.split(' ').count() <= 2 =>
        {
            format!("{first} {last}")
        }
        _ => name.to_owned(),
    }
}

/// Adds every address of a cell: `a@b`, `A <a@b>; c@d`, `a@b ::: c@d`.
pub(super) fn add_addresses(cell: &str, emails: &mut Vec<EmailAddress>) {
    for word in cell.split(|c: char| c.is_whitespace() || ";,<>()[]\"|".contains(c)) {
        if !word.contains('@') {
            continue;
        }
        if let Ok(address) = word.trim_matches(['\'', '.', ':']).parse::<EmailAddress>()
            && !emails.contains(&address)
        {
            emails.push(address);
        }
    }
}

/// Whether a cell repeats an address that is already there.
fn contains_address(cell: &str, emails: &[EmailAddress]) -> bool {
    let mut again = Vec::new();
    add_addresses(cell, &mut again);
    again.iter().any(|address| emails.contains(address))
}

/// A cell as an issue shows it: short and on one line.
fn shown(cell: &str) -> String {
    cell.chars().take(80).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Words that people and programs put where nothing is known.
pub(super) fn is_said_empty(cell: &str) -> bool {
    matches!(
        cell.to_lowercase().as_str(),
        "-" | "--"
            | "n/a"
            | "na"
            | "none"
            | "null"
            | "nil"
            | "unknown"
            | "(no value)"
            | "#n/a"
            | "."
    )
}

/// Whether any cell says that the person must not be written to.
///
/// A filled cell of an opt-out column counts unless it says no: asking once too often whether
/// somebody may be written to does less harm than writing to somebody who said stop.
fn opted_out(layout: &Layout, row: Row<'_>) -> bool {
    let stands = |cell: &str| ["active", "never"].contains(&fold(cell).as_str());
    layout.cells(row, Role::OptOut).any(|cell| !says_no(cell))
        || layout.cells(row, Role::DoNot).any(|cell| !says_no(cell) || stands(cell))
        || layout.cells(row, Role::Label).any(says_stop)
}

/// `FALSE`, `0`, `nein`, `Subscribed` and the like.
pub(super) fn says_no(cell: &str) -> bool {
    let digits_only_zero = cell.chars().all(|c| c == '0');
    digits_only_zero || is_said_empty(cell) || NO.contains(&fold(cell).as_str())
}

/// `TRUE`, `1`, `ja` and the like.
pub(super) fn says_yes(cell: &str) -> bool {
    cell == "1" || YES.contains(&fold(cell).as_str())
}

const NO: &[&str] = &[
    "false",
    "no",
    "n",
    "f",
    "nein",
    "non",
    "nao",
    "nee",
    "falsch",
    "faux",
    "falso",
    "onwaar",
    "off",
    "subscribed",
    "optedin",
    "optin",
    "active",
    "allowed",
    "allow",
    "never",
    "unchecked",
    "notoptedout",
    "notunsubscribed",
    "abonniert",
    "abonne",
    "suscrito",
    "iscritto",
];

const YES: &[&str] = &[
    "true",
    "yes",
    "y",
    "t",
    "ja",
    "oui",
    "si",
    "sim",
    "wahr",
    "vrai",
    "verdadero",
    "vero",
    "verdadeiro",
    "waar",
    "on",
    "checked",
    "x",
    "won",
];

/// Parts of labels and states that mean: do not write. A dot stands for the end of the label.
const STOP: &[&str] = &[
    "unsubscribe",
    "dontcontact",
    "nocontact.",
    "optedout",
    "optout",
    "donotcontact",
    "donotemail",
    "donotmail",
    "dnc",
    "abgemeldet",
    "nichtkontaktieren",
    "kontaktsperre",
    "desabonne",
    "desinscrit",
    "nepascontacter",
    "dadodebaja",
    "nocontactar",
    "disiscritto",
    "noncontattare",
    "uitgeschreven",
    "afgemeld",
    "nietcontacteren",
    "naocontatar",
    "naocontactar",
    "descadastrado",
    "blacklist",
    "blocklist",
    "avregistrerad",
    "avanmald",
    "afmeldt",
    "avmeldt",
    "niekontaktowac",
    "wypisan",
    "nekontaktovat",
    "odhlasen",
    "отписан",
    "небеспокоить",
];

/// Whether one of the labels in a cell means: do not write.
pub(crate) fn says_stop(cell: &str) -> bool {
    cell.split([';', ',', '|', '\n']).flat_map(|labels| labels.split(":::")).any(is_stop)
}

fn is_stop(label: &str) -> bool {
    let folded = fold(label);
    STOP.iter().any(|stop| {
        if let Some(whole) = stop.strip_suffix('.') {
            return folded == whole;
        }
        if stop.len() <= 3 {
            return label.split(|c: char| !c.is_alphanumeric()).any(|word| fold(word) == *stop);
        }
        // `Not opted out` denies the word that it stands before, and no other.
        folded
            .match_indices(stop)
            .any(|(at, _)| folded.get(..at).is_some_and(|before| !before.ends_with("not")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cell: &str, expected: &[&str]) {
        let mut emails = Vec::new();
        add_addresses(cell, &mut emails);
        assert_eq!(
            emails.iter().map(EmailAddress::as_str).collect::<Vec<_>>(),
            expected,
            "{cell:?}"
        );
    }

    #[test]
    fn addresses_in_every_dress() {
        check("Jana.K@b.example", &["jana.k@b.example"]);
        check("a@b.example ::: c@d.example", &["a@b.example", "c@d.example"]);
        check("Jana <a@b.example>; 'c@d.example', A@b.example", &["a@b.example", "c@d.example"]);
        check("mailto:a@b.example", &["a@b.example"]);
        check("none", &[]);
    }

    #[test]
    fn stop_words() {
        for stop in [
            "Unsubscribed",
            "VIP; Do not contact",
            "DNC",
            "opted-out",
            "Ne pas contacter",
            "Not interested; Do not contact",
            "Not interested / Do not contact",
            "Notified ::: Unsubscribed",
            "Unsubscribe",
            "Don't contact",
            "No contact",
        ] {
            assert!(says_stop(stop), "{stop}");
        }
        for go in [
            "Subscribed",
            "customer",
            "Not opted out",
            "VIP, not unsubscribed",
            "adncb",
            "No contact yet",
            "Casino contact",
        ] {
            assert!(!says_stop(go), "{go}");
        }
    }

    #[test]
    fn names_turned_round() {
        assert_eq!(given_name_first("Kühn, Jana"), "Jana Kühn");
        assert_eq!(given_name_first("Jana Kühn, MBA"), "Jana Kühn, MBA");
    }
}
