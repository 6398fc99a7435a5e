//! What asks in any text: the places that are told are sentences of it, in order.

#![no_main]

use inroad_language::questions::{ask, questions};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let found = questions(&text);
    assert_eq!(ask(&text), found.last().map(|question| question.kind));
    let mut end = 0;
    for question in &found {
        assert!(end <= question.start && question.start < question.end);
        assert!(text.get(question.start..question.end).is_some());
        end = question.end;
    }
    assert!(end <= text.len());
});
