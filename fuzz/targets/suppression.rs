//! A list of whom not to write to.

#![no_main]

use inroad_fuzz::{check_issues, tight};
use inroad_ingest::{Limits, export::parse_suppression};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits::default();
    let (rows, issues) = parse_suppression(bytes, &limits);
    assert_eq!((&rows, &issues), (&parse_suppression(bytes, &limits).0, &issues));
    assert!(rows.is_sorted_by_key(|row| row.line));
    check_issues(&issues, &limits);

    let limits = tight();
    let (rows, issues) = parse_suppression(bytes, &limits);
    assert!(rows.len() <= limits.items.max(1));
    check_issues(&issues, &limits);
});
