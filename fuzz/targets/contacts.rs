//! An address book of vCards.

#![no_main]

use inroad_fuzz::{check_issues, tight};
use inroad_ingest::{Limits, vcard::parse_contacts};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits::default();
    let (contacts, issues) = parse_contacts(bytes, &limits);
    assert_eq!((&contacts, &issues), (&parse_contacts(bytes, &limits).0, &issues));
    assert!(contacts.iter().all(|c| c.name.is_some() || !c.emails.is_empty()));
    check_issues(&issues, &limits);

    let limits = tight();
    let (contacts, issues) = parse_contacts(bytes, &limits);
    assert!(contacts.len() <= limits.items);
    check_issues(&issues, &limits);
});
