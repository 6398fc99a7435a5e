//! What a language model, or somebody in its place, answers.

#![no_main]

use inroad_second_reading::{Answer, true_words};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let Ok(answer) = Answer::read(&text) else { return };
    assert!(answer.causes.len() <= 24 && answer.levers.len() <= 5 && answer.told.len() <= 20);
    for cause in &answer.causes {
        assert!((0.0..=1.0).contains(&cause.probability));
        for finding in cause.findings_for.iter().chain(&cause.findings_against) {
            if let Some(found) = true_words(&text, &finding.quote) {
                let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
                assert!(folded.contains(&found));
            }
        }
    }
});
