//! A log of letters without words, and questions asked of it.

#![no_main]

use inroad_fuzz::{check_issues, tight};
use inroad_ingest::{Limits, event_log::cases, event_log::letters};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits::default();
    let (read, issues) = letters(bytes, &limits);
    assert!(read.iter().all(|letter| letter.time.is_finite() && !letter.from.is_empty()));
    check_issues(&issues, &limits);
    let (asked, issues) = cases(bytes, &limits);
    assert!(asked.iter().all(|case| case.cut.is_finite()));
    check_issues(&issues, &limits);

    let limits = tight();
    let (read, issues) = letters(bytes, &limits);
    assert!(read.len() <= limits.items, "{} letters", read.len());
    check_issues(&issues, &limits);
});
