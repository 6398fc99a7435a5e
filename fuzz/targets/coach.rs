//! Any draft is read: the places that are told are places of it.

#![no_main]

use inroad_coach::audience::Audience;
use inroad_coach::draft::{Channel, Draft};
use inroad_coach::rules::Pack;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let (way, rest) = bytes.split_first().map_or((0, bytes), |(way, rest)| (*way, rest));
    let text = String::from_utf8_lossy(rest);
    let channel = Channel::ALL[usize::from(way) % Channel::ALL.len()];
    let draft = Draft::new(&text, channel);
    assert_eq!(draft.words.len(), text.len());
    let report = Pack::shipped().check(&draft, &Audience::default(), None);
    for finding in &report.findings {
        if let Some(range) = &finding.range {
            assert_eq!(text.get(range.clone()), Some(finding.quote.as_str()));
        }
    }
});
