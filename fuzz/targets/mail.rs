//! One mail: parsed, and its sense read.

#![no_main]

use inroad_fuzz::{check_issues, tight};
use inroad_ingest::{Limits, mail::parse_message};
use inroad_language::{read::read, zones};
use inroad_model::Nature;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits::default();
    let (message, issues) = parse_message(bytes, &limits);
    assert_eq!((&message, &issues), (&parse_message(bytes, &limits).0, &issues));
    assert!(!message.text.contains(['\0', '\r']));
    check_issues(&issues, &limits);

    let zones = zones::split(&message.text, message.from.as_ref());
    assert_eq!(zones.lines().len(), message.text.lines().count());
    let touch = read(message);
    // A delivery report may be quoted from its machine-readable part, which is no text.
    if !matches!(touch.message.nature, Nature::Bounce(_)) {
        let text = folded(&format!("{} {}", touch.message.subject, touch.message.text));
        for fact in &touch.facts {
            assert!(text.contains(&folded(&fact.quote)), "{fact:?}");
        }
    }
    assert_eq!(touch, read(touch.message.clone()));

    let limits = tight();
    let (message, issues) = parse_message(bytes, &limits);
    check_issues(&issues, &Limits { issues: 50, ..limits.clone() });
    assert!(message.text.len() <= limits.text_bytes);
    assert!(message.attachments.len() <= limits.attachments);
    assert!(message.references.len() <= limits.references);
    assert!(message.to.len() <= limits.recipients);
    assert!(message.cc.len() <= limits.recipients);
});

/// Text with every run of white space as one blank, as quotes are compared.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
