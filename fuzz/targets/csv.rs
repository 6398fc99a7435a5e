//! A table that another program exported.

#![no_main]

use inroad_fuzz::{check_issues, tight};
use inroad_ingest::{Limits, export::parse_export};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits::default();
    let (export, issues) = parse_export(bytes, &limits);
    assert_eq!((&export, &issues), (&parse_export(bytes, &limits).0, &issues));
    check_issues(&issues, &limits);
    assert!(export.contacts.is_sorted_by_key(|row| row.line));
    assert!(export.deals.iter().all(|row| !row.value.name.is_empty()));

    let limits = tight();
    let (export, issues) = parse_export(bytes, &limits);
    let rows = export.contacts.len() + export.companies.len();
    assert!(rows <= limits.items, "{rows} rows");
    check_issues(&issues, &limits);
});
