//! Contacts out of vCard files, versions 2.1, 3.0 and 4.0.
//!
//! This is the only place that names the card parser. Cards are cut apart first (see `blocks`).
//! Must not: merge cards of the same person.

mod change;
mod line;

use calcard::vcard::{VCard, VCardEntry, VCardParameterName, VCardProperty, VCardValue};
use calcard::{Entry, Parser};
use inroad_model::{Contact, EmailAddress, Issue};

use crate::Limits;
use crate::blocks::{Block, Piece, restarting_pieces};
use crate::encoding::{Decoded, decode};
use crate::export::place::{Postal, on_one_line};
use crate::export::says_stop;
use crate::issues::IssueList;

pub use self::change::{CardChange, change_card};

/// Reads every card, in the order of the file.
///
/// A card with neither a name nor an address gives no contact but an issue that names its line;
/// groups of contacts give nothing.
///
/// ```
/// use inroad_ingest::{Limits, vcard::parse_contacts};
/// let file = b"BEGIN:VCARD\nVERSION:3.0\nN:Kuehn;Jana;;;\nEMAIL:jana@lindner.example\nEND:VCARD\n";
/// let (contacts, issues) = parse_contacts(file, &Limits::default());
/// assert_eq!(contacts[0].name.as_deref(), Some("Jana Kuehn"));
/// assert!(issues.is_empty());
/// ```
pub fn parse_contacts(bytes: &[u8], limits: &Limits) -> (Vec<Contact>, Vec<Issue>) {
    let Decoded { text, issues, .. } = decode(bytes);
    let mut issues = IssueList::new(issues, limits);
    let mut contacts = Vec::new();
    for piece in restarting_pieces(&text, "VCARD") {
        let Piece::Block(block) = piece else { continue };
        if !block.name.eq_ignore_ascii_case("VCARD") {
            continue;
        }
        if contacts.len() >= limits.items {
            issues.add_to_all(
                Issue::new(
                    format!("There are more than {} cards", limits.items),
                    "The rest was not read; split the file",
                )
                .at_line(block.line),
            );
            break;
        }
        let (contact, issue) = read_block(&block, limits);
        contacts.extend(contact);
        if let Some(issue) = issue {
            issues.add(issue.at_line(block.line));
        }
    }
    (contacts, issues.finish("cards"))
}

fn read_block(block: &Block<'_>, limits: &Limits) -> (Option<Contact>, Option<Issue>) {
    let text = match block.bounded(limits) {
        Ok(text) => text,
        Err(refusal) => return (None, Some(refusal.issue("card", limits))),
    };
    let whole = if block.depth > 1 { without_nested(&text) } else { text.into_owned() };
    let Entry::VCard(card) = Parser::new(&whole).entry() else {
        return (None, Some(Issue::new("The card cannot be read", "It was left out")));
    };
    if is_group(&card) {
        return (None, None);
    }
    let misread = whole.to_ascii_uppercase().contains("QUOTED-PRINTABLE");
    let letters = if misread { Letters::PerhapsMisread } else { Letters::Sure };
    let (contact, unreadable) = read_card(&card, letters);
    if contact.name.is_none() && contact.emails.is_empty() {
        let issue =
            Issue::new("The card has neither a name nor an e-mail address", "It was left out");
        return (None, Some(issue));
    }
    let open =
        (!block.closed).then(|| Issue::new("The card has no END", "It was read as far as it goes"));
    let unusable = unreadable.map(|text| {
        let shown: String = text.chars().filter(|c| !c.is_control()).take(80).collect();
        Issue::new(format!("'{shown}' is no e-mail address"), "The card was read without it")
    });
    (Some(contact), open.or(unusable))
}

/// The card without the cards in it (`AGENT` of version 2.1), which would end it too early.
fn without_nested(text: &str) -> String {
    let mut open = 0usize;
    let starts = |line: &str, mark: &str| {
        line.get(..mark.len()).is_some_and(|head| head.eq_ignore_ascii_case(mark))
    };
    let mut kept = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        open += usize::from(starts(line, "BEGIN:"));
        if open <= 1 {
            kept.push_str(line);
        }
        open -= usize::from(starts(line, "END:") && open > 0);
    }
    kept
}

/// Whether quoted-printable without a charset may have been read as Latin-1 where it was UTF-8.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Letters {
    Sure,
    PerhapsMisread,
}

fn is_group(card: &VCard) -> bool {
    let kind = card.property(&VCardProperty::Kind).and_then(|entry| entry.values.first());
    // Apple writes cards of version 3.0, which has no `KIND`.
    let apple = card.entries.iter().filter(|entry| {
        matches!(&entry.name, VCardProperty::Other(name)
            if name.eq_ignore_ascii_case("X-ADDRESSBOOKSERVER-KIND"))
    });
    matches!(kind, Some(VCardValue::Kind(calcard::vcard::VCardKind::Group)))
        || apple.flat_map(|entry| texts(entry, Letters::Sure)).any(|kind| kind == "group")
}

/// Gives the first address that is none as well.
fn read_card(card: &VCard, letters: Letters) -> (Contact, Option<String>) {
    let first = |property| {
        card.property(&property)
            .and_then(|entry| texts(entry, letters).into_iter().find(|t| !t.is_empty()))
    };
    let mut emails: Vec<EmailAddress> = Vec::new();
    let mut unreadable = None;
    for entry in preferred_first(card, &VCardProperty::Email) {
        for text in texts(entry, letters) {
            match text.parse() {
                Ok(address) if emails.contains(&address) => {}
                Ok(address) => emails.push(address),
                Err(_) if text.is_empty() => {}
                Err(_) => {
                    unreadable.get_or_insert(text);
                }
            }
        }
    }
    let mut phones: Vec<String> = Vec::new();
    for entry in preferred_first(card, &VCardProperty::Tel) {
        for text in texts(entry, letters) {
            let number = text.strip_prefix("tel:").unwrap_or(&text).trim().to_owned();
            if !number.is_empty() && !phones.contains(&number) {
                phones.push(number);
            }
        }
    }
    let labels = card.properties(&VCardProperty::Categories);
    let Postal { street, postcode, city, region, country } = postal(card, letters);
    let contact = Contact {
        name: name(card, letters),
        emails,
        phones,
        title: first(VCardProperty::Title).or_else(|| first(VCardProperty::Role)),
        organization: first(VCardProperty::Org),
        note: first(VCardProperty::Note),
        external_id: first(VCardProperty::Uid)
            .map(|uid| uid.strip_prefix("urn:uuid:").unwrap_or(&uid).to_owned()),
        opted_out: labels.flat_map(|entry| texts(entry, letters)).any(|label| says_stop(&label)),
        street,
        postcode,
        city,
        region,
        country,
        department: card.property(&VCardProperty::Org).and_then(|entry| part(entry, 1, letters)),
    };
    (contact, unreadable)
}

/// The formatted name, or given, middle and last name out of the parts.
fn name(card: &VCard, letters: Letters) -> Option<String> {
    let formatted = card
        .properties(&VCardProperty::Fn)
        .flat_map(|entry| texts(entry, letters))
        .find(|name| !name.is_empty() && !name.contains('@'));
    formatted.or_else(|| {
        let entry = card.property(&VCardProperty::N)?;
        let parts: Vec<String> = entry.values.iter().map(|value| text(value, letters)).collect();
        let joined = [1, 2, 0]
            .into_iter()
            .filter_map(|part| parts.get(part))
            .filter(|part| !part.is_empty())
            .cloned()
            .collect::<Vec<_>>()
            .join(" ");
        (!joined.is_empty()).then_some(joined)
    })
}

/// The address that is preferred; of several the one at work, else the first that tells anything.
fn postal(card: &VCard, letters: Letters) -> Postal {
    let mut entries = preferred_first(card, &VCardProperty::Adr);
    entries.sort_by_key(|entry| (rank(entry), !has_type(entry, "work")));
    let read = |entry: &VCardEntry| {
        let part = |at| part(entry, at, letters);
        let lines: Vec<String> = [2, 1].into_iter().filter_map(part).collect();
        Postal {
            street: if lines.is_empty() { part(0) } else { Some(lines.join(", ")) },
            city: part(3),
            region: part(4),
            postcode: part(5),
            country: part(6),
        }
    };
    let told = |postal: &Postal| *postal != Postal::default();
    entries.into_iter().map(read).find(told).unwrap_or_default()
}

/// A part of a value that has several, on one line.
fn part(entry: &VCardEntry, at: usize, letters: Letters) -> Option<String> {
    let part = on_one_line(&text(entry.values.get(at)?, letters));
    (!part.is_empty()).then_some(part)
}

fn has_type(entry: &VCardEntry, kind: &str) -> bool {
    entry.params.iter().any(|parameter| {
        parameter.name == VCardParameterName::Type
            && parameter.value.as_text().is_some_and(|text| text.eq_ignore_ascii_case(kind))
    })
}

/// The entries of a property, those marked as preferred first.
fn preferred_first<'a>(card: &'a VCard, property: &'a VCardProperty) -> Vec<&'a VCardEntry> {
    let mut entries: Vec<&VCardEntry> = card.properties(property).collect();
    entries.sort_by_key(|entry| rank(entry));
    entries
}

/// 1 to 100 as `PREF` says (RFC 6350, 5.3), 1 for `TYPE=PREF` of older versions, else 101.
fn rank(entry: &VCardEntry) -> u32 {
    entry
        .params
        .iter()
        .filter_map(|parameter| match parameter.name {
            VCardParameterName::Pref => {
                parameter.value.as_integer().and_then(|rank| rank.iana().copied()).or(Some(1))
            }
            VCardParameterName::Type => parameter
                .value
                .as_text()
                .filter(|kind| kind.eq_ignore_ascii_case("pref"))
                .map(|_| 1),
            _ => None,
        })
        .min()
        .unwrap_or(101)
}

fn texts(entry: &VCardEntry, letters: Letters) -> Vec<String> {
    entry.values.iter().map(|value| text(value, letters)).collect()
}

fn text(value: &VCardValue, letters: Letters) -> String {
    let text = match value {
        VCardValue::Text(text) => text.trim().replace('\0', ""),
        VCardValue::Component(parts) => parts.join(" ").trim().replace('\0', ""),
        _ => return String::new(),
    };
    match letters {
        Letters::Sure => text,
        Letters::PerhapsMisread => as_utf8(&text).unwrap_or(text),
    }
}

/// UTF-8 that was read as Latin-1, read again; `None` if it was not.
fn as_utf8(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let bytes: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    String::from_utf8(bytes?).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(lines: &str, expected: &Contact) {
        let card = format!("BEGIN:VCARD\r\n{}\r\nEND:VCARD\r\n", lines.replace('\n', "\r\n"));
        let (contacts, issues) = parse_contacts(card.as_bytes(), &Limits::default());
        assert_eq!(contacts, std::slice::from_ref(expected), "{lines:?}");
        assert!(issues.is_empty(), "{issues:?}");
    }

    #[test]
    fn three_versions() {
        let jana = Contact {
            name: Some("Jana Kühn".to_owned()),
            emails: vec!["jana@lindner.example".parse().unwrap(), "j@x.example".parse().unwrap()],
            phones: vec!["+49 1".to_owned()],
            title: Some("Head of Buying".to_owned()),
            organization: Some("Lindner; Söhne".to_owned()),
            note: Some("a\nb".to_owned()),
            external_id: Some("7".to_owned()),
            department: Some("Einkauf".to_owned()),
            ..Contact::default()
        };
        let rest = "TEL:+49 1\nTITLE:Head of Buying\nNOTE:a\\nb\nUID:7";
        check(
            &format!(
                "VERSION:3.0\nN:Kühn;Jana;;;\nFN:Jana Kühn\nEMAIL:j@x.example\nitem1.EMAIL;TYPE=INTERNET,PREF:jana@lindner.example\nORG:Lindner\\; Söhne;Einkauf\n{rest}"
            ),
            &jana,
        );
        check(
            &format!(
                "VERSION:4.0\nFN:Jana Kühn\nEMAIL;PREF=2:j@x.example\nEMAIL;PREF=1:jana@lindner.example\nORG:Lindner\\; Söhne;Einkauf\n{rest}"
            ),
            &jana,
        );
        let jana = Contact { note: None, organization: None, department: None, ..jana };
        let rest = "TEL;WORK:+49 1\nTITLE:Head of Buying\nUID:7";
        check(
            &format!(
                "VERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:K=C3=BChn;Jana;;;\nEMAIL;PREF;INTERNET:jana@lindner.example\nEMAIL:j@x.example\n{rest}"
            ),
            &jana,
        );
        // Some phones write UTF-8 without saying so.
        check(
            &format!(
                "VERSION:2.1\nN;ENCODING=QUOTED-PRINTABLE:K=C3=BChn;Jana;;;\nEMAIL;PREF;INTERNET:jana@lindner.example\nEMAIL:j@x.example\n{rest}"
            ),
            &jana,
        );
    }

    /// Checks the place of a card: street, postcode, city, region, country.
    fn check_place(lines: &str, expected: [&str; 5]) {
        let card = format!("BEGIN:VCARD\nVERSION:3.0\nFN:A\n{lines}\nEND:VCARD\n");
        let (mut contacts, issues) = parse_contacts(card.as_bytes(), &Limits::default());
        assert!(issues.is_empty(), "{issues:?}");
        let Contact { street, postcode, city, region, country, .. } = contacts.remove(0);
        let found = [street, postcode, city, region, country].map(Option::unwrap_or_default);
        assert_eq!(found, expected, "{lines}");
    }

    #[test]
    fn postal_addresses() {
        let work = "ADR;TYPE=WORK:;Tor 3;Hauptstr. 1;Bonn;NRW;53113;Germany";
        let home = "ADR;TYPE=HOME:;;Gasse 2;Ulm;;89073;";
        let at_work = ["Hauptstr. 1, Tor 3", "53113", "Bonn", "NRW", "Germany"];
        let at_home = ["Gasse 2", "89073", "Ulm", "", ""];
        check_place(&format!("{home}\n{work}"), at_work);
        check_place(&format!("{work}\n{}", home.replace("HOME", "HOME,PREF")), at_home);
        check_place(&format!("ADR;TYPE=WORK:;;;;;;\n{home}"), at_home);
        check_place("ADR:;Hauptstr. 1\\nBonn;;;;;", ["Hauptstr. 1, Bonn", "", "", "", ""]);
        check_place("ADR:Postfach 9;;;Bonn;;;", ["Postfach 9", "", "Bonn", "", ""]);
        check_place("TEL:1", [""; 5]);
    }

    #[test]
    fn addresses_that_are_none_and_groups() {
        let file = "BEGIN:VCARD\nFN:A\nEMAIL:jana at l.example\nEND:VCARD\n\
            BEGIN:VCARD\nFN:Friends\nX-ADDRESSBOOKSERVER-KIND:group\nEND:VCARD\n";
        let (contacts, issues) = parse_contacts(file.as_bytes(), &Limits::default());
        assert_eq!(contacts.len(), 1);
        assert_eq!(issues.len(), 1, "{issues:?}");
        assert_eq!(issues[0].what, "'jana at l.example' is no e-mail address");
    }

    #[test]
    fn cards_that_are_broken_are_told() {
        let file =
            "BEGIN:VCARD\nFN:A\nBEGIN:VCARD\nFN:B\nEND:VCARD\nBEGIN:VCARD\nTEL:1\nEND:VCARD\n";
        let (contacts, issues) = parse_contacts(file.as_bytes(), &Limits::default());
        assert_eq!(contacts.len(), 2);
        let lines: Vec<_> = issues.iter().map(|issue| issue.place.line).collect();
        assert_eq!(lines, [Some(1), Some(6)]);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let _read = parse_contacts(&bytes, &Limits::default());
        }

        #[test]
        fn any_lines_are_read(lines in prop::collection::vec(prop_oneof![
            Just("BEGIN:VCARD".to_owned()), Just("END:VCARD".to_owned()), Just("AGENT:".to_owned()),
            "(N|FN|EMAIL|TEL|ORG|ADR|PHOTO|BDAY)(;(TYPE|PREF|ENCODING|CHARSET)=[ -~]{0,10}){0,2}:[ -~]{0,30}",
            "N;ENCODING=QUOTED-PRINTABLE:[=A-F0-9;\\\\]{0,20}=?", "[ \\t\\\\=:;,\"a-z]{0,20}",
        ], 0..30)) {
            let _read = parse_contacts(lines.join("\r\n").as_bytes(), &Limits::default());
        }
    }
}
