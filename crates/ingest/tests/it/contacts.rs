//! Cards of real programs: phones, web mail, Outlook, Lotus Notes, Evolution …

use calcard::vcard::{VCard, VCardKind, VCardProperty, VCardValue};
use calcard::{Entry, Parser};
use inroad_ingest::Limits;
use inroad_ingest::vcard::{CardChange, change_card, parse_contacts};
use inroad_model::{ContactField, RecordChange, Remark};
use proptest::prelude::*;

use crate::corpus;

fn cards_by_parser(text: &str) -> usize {
    let mut parser = Parser::new(text);
    let mut count = 0;
    loop {
        match parser.entry() {
            Entry::VCard(card) if !is_group(&card) => count += 1,
            Entry::Eof => return count,
            _ => {}
        }
    }
}

fn is_group(card: &VCard) -> bool {
    let kind = card.property(&VCardProperty::Kind).and_then(|entry| entry.values.first());
    matches!(kind, Some(VCardValue::Kind(VCardKind::Group)))
}

fn check(folder: &str, files_min: usize, contacts_min: usize) {
    let Some(folder) = corpus::folder(folder) else { return };
    let files = corpus::files(&folder, "vcf");
    let (mut contacts, mut missed) = (0, Vec::new());
    for (path, bytes) in &files {
        let (found, issues) = parse_contacts(bytes, &Limits::default());
        let expected = cards_by_parser(&String::from_utf8_lossy(bytes));
        // A card that gives no contact must be told about.
        if found.len() + issues.len() < expected {
            missed.push(format!("{}: {} of {expected}", path.display(), found.len()));
        }
        contacts += found.len();
    }
    println!("{} files, {contacts} contacts", files.len());
    assert!(files.len() >= files_min && contacts >= contacts_min, "the corpus is too small");
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn cards_of_programs() {
    check("exports/vcard", 15, 15);
}

#[test]
fn cards_of_calcard() {
    check("mail/calcard/vcard", 70, 40);
}

/// The properties of a card as another reader has them, in their order, without those of some names.
fn others(card: &str, but: &[&str]) -> Vec<String> {
    let Entry::VCard(card) = Parser::new(card).entry() else { unreachable!("{card}") };
    let entries = card.entries.into_iter();
    let named = entries.map(|entry| (entry.name.as_str().to_owned(), format!("{entry:?}")));
    named.filter(|(name, _)| !but.contains(&name.as_str())).map(|(_, entry)| entry).collect()
}

/// Changes each property of a card that says something. All others are the same after reading again, and the
/// way back says what was. Returns how many there were.
fn change_each(card: &str, is: &str) -> usize {
    let limits = Limits::default();
    let (contacts, _issues) = parse_contacts(card.as_bytes(), &limits);
    let [contact] = contacts.as_slice() else { return 0 };
    let mut changed = 0;
    for field in ContactField::ALL {
        let own: &[&str] = match field {
            ContactField::Name => &["FN", "N"],
            ContactField::Title => &["TITLE", "ROLE"],
            ContactField::Firm => &["ORG"],
            ContactField::Phone => &["TEL"],
        };
        let said = field.said_by(contact);
        for was in said.iter().copied().map(Some).chain([None]) {
            let was = was.and_then(|was| Remark::new(was).ok());
            let change = RecordChange { field, was, is: Remark::new(is).ok() };
            let CardChange::Changed(text) = change_card(card, &change, &limits) else { continue };
            changed += 1;
            assert_eq!(others(&text, own), others(card, own), "{change:?} of {card}");
            let (after, _issues) = parse_contacts(text.as_bytes(), &limits);
            assert!(
                field.said_by(&after[0]).iter().any(|one| field.is_same(one, is)),
                "{change:?} of {card}"
            );
            if let CardChange::Changed(back) = change_card(&text, &change.reversed(), &limits) {
                let (back, _issues) = parse_contacts(back.as_bytes(), &limits);
                assert_eq!(&back[0], contact, "{change:?} of {card}");
            } else {
                unreachable!("no way back: {change:?} of {card}");
            }
        }
    }
    changed
}

#[test]
fn cards_of_programs_are_changed_in_one_property_alone() {
    for name in ["exports/vcard", "mail/calcard/vcard"] {
        let Some(folder) = corpus::folder(name) else { continue };
        let mut changed = 0;
        for (_path, bytes) in &corpus::files(&folder, "vcf") {
            let Ok(text) = std::str::from_utf8(bytes) else { continue };
            let mut from = 0;
            for (end, found) in text.match_indices("END:VCARD") {
                let card = text.get(from..end + found.len()).unwrap().trim_start();
                from = end + found.len();
                changed += change_each(&format!("{card}\r\n"), "Něw; \\ 12,3");
            }
        }
        println!("{name}: {changed} changes");
        assert!(changed > 20, "{name}: only {changed} changes");
    }
}

/// A line of a card: known and unknown properties, with groups, parameters and any text.
fn property() -> impl Strategy<Value = String> {
    let name = "(item[0-9]\\.)?(TITLE|ROLE|ORG|TEL|NOTE|EMAIL|FN|X-ODD|ADR|CATEGORIES|URL)";
    let parameters = "(;TYPE=(work|home,pref)|;X-P=\"a:b;c\"|;PREF=1|;LANGUAGE=en){0,2}";
    (name, parameters, "([a-zäé ;,:+0-9\"]|\\\\[n;,\\\\]){0,120}")
        .prop_map(|(a, b, c)| format!("{a}{b}:{c}"))
}

proptest! {
    #[test]
    fn any_card_is_changed_in_one_property_alone(
        lines in prop::collection::vec(property(), 0..8),
        is in "[a-zA-Zäé+0-9][a-zäé ;,:+0-9\\\\]{0,80}[a-z0-9]",
        version in "[34]\\.0",
        end in "\r?\n",
    ) {
        let mut card = format!("BEGIN:VCARD\r\nVERSION:{version}\r\nFN:Jana\r\nN:;Jana;;;\r\n");
        for line in lines {
            card.push_str(&line);
            card.push_str("\r\n");
        }
        card.push_str("END:VCARD\r\n");
        change_each(&card.replace("\r\n", &end), &is);
    }
}
