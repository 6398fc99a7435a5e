//! What any page states: what is proposed stands in it, in order, nothing twice.

#![no_main]

use inroad_language::statements::{Page, STATEMENTS_MAX, propose};
use jiff::civil::date;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let firm = text.split_whitespace().next();
    for firm in [None, firm] {
        let proposed = propose(&Page { text: &text, firm, on: date(2026, 10, 1) });
        assert!(proposed.statements.len() <= STATEMENTS_MAX);
        assert_eq!(proposed.silence.is_some(), proposed.statements.is_empty());
        let mut start = 0;
        for found in &proposed.statements {
            assert_eq!(text.get(found.range.clone()), Some(found.quote.as_str()));
            assert!(start <= found.range.start && !found.text.is_empty());
            assert!(!found.text.contains(char::is_control));
            start = found.range.start;
        }
    }
});
