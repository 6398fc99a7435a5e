//! Cards of real programs: phones, web mail, Outlook, Lotus Notes, Evolution …

use calcard::vcard::{VCard, VCardKind, VCardProperty, VCardValue};
use calcard::{Entry, Parser};
use inroad_ingest::Limits;
use inroad_ingest::vcard::parse_contacts;

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
