//! Corrections in the form of `playbook/cues`, so that a user may hand them on.
//!
//! Must not: give away what is private. It is counted and left out.

use std::collections::{BTreeMap, BTreeSet};

use inroad_model::{Correction, Cue};
use serde::Serialize;

use crate::corrections::is_private;

/// Lines for the files of cues.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CorrectedExamples {
    /// By the name of the file: its lines.
    pub files: BTreeMap<String, Vec<String>>,
    /// How many corrections are left out since they tell something private.
    pub left_out_as_private: usize,
}

/// The corrections as examples: a sentence that carries cues once, in the file of the first, and a near
/// miss in the file of each cue that it does not carry. A bar within a sentence becomes a stroke.
pub fn corrected_examples(corrections: &[Correction]) -> CorrectedExamples {
    let mut out = CorrectedExamples::default();
    let mut sentences: BTreeMap<&str, (BTreeSet<Cue>, BTreeSet<Cue>)> = BTreeMap::new();
    for own in corrections {
        if is_private(own) {
            out.left_out_as_private += 1;
            continue;
        }
        let (carried, missed) = sentences.entry(own.sentence.as_str()).or_default();
        if own.holds {
            carried.insert(own.cue)
        } else {
            missed.insert(own.cue)
        };
    }
    for (sentence, (carried, missed)) in sentences {
        let language = language_of(sentence);
        let text = sentence.replace('|', "/");
        let mut put = |cue: Cue, mark: &str, others: &BTreeSet<Cue>| {
            let others: Vec<&str> =
                others.iter().filter(|other| **other != cue).map(|other| other.as_str()).collect();
            let line = format!("{mark}{language} | {text} | {}", others.join(" "));
            let file = out.files.entry(format!("{}.txt", cue.as_str())).or_default();
            file.push(line.trim_end().to_owned());
        };
        if let Some(first) = carried.first() {
            put(*first, "", &carried);
        }
        for cue in &missed {
            put(*cue, "! ", &carried);
        }
    }
    out
}

/// Words that tell a language, in small letters.
const WORDS: [(&str, &[&str]); 6] = [
    ("en", &["the", "and", "you", "we", "is", "not", "to", "of", "for", "your", "it", "i"]),
    ("de", &["der", "die", "das", "und", "wir", "nicht", "ist", "sie", "ich", "zu", "den", "für"]),
    ("fr", &["le", "la", "les", "et", "nous", "vous", "pas", "est", "je", "une", "des", "pour"]),
    ("nl", &["het", "een", "wij", "niet", "van", "ik", "is", "we", "en", "dat", "voor", "te"]),
    ("es", &["el", "los", "nos", "que", "es", "por", "con", "una", "y", "del", "para", "no"]),
    ("it", &["il", "che", "di", "non", "per", "è", "gli", "con", "una", "del", "ci", "sono"]),
];

/// The language of which most small words stand there; English where none tells.
fn language_of(sentence: &str) -> &'static str {
    let sentence = sentence.to_lowercase();
    let words: Vec<&str> = sentence.split(|c: char| !c.is_alphabetic()).collect();
    let count = |known: &[&str]| words.iter().filter(|word| known.contains(word)).count();
    let mut best = ("en", 0);
    for (language, known) in WORDS {
        let count = count(known);
        if count > best.1 {
            best = (language, count);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use inroad_model::{MessageId, Sentence};

    use super::*;

    fn correction(sentence: &str, cue: Cue, holds: bool) -> Correction {
        let told_at = "2026-03-01T09:00:00Z".parse().unwrap();
        let message = MessageId::new("m@lindner.example").unwrap();
        Correction { message, sentence: Sentence::new(sentence).unwrap(), cue, holds, told_at }
    }

    #[test]
    fn they_have_the_form_of_the_files_and_private_ones_stay_here() {
        let told = [
            correction("Das ist nicht zu teuer.", Cue::TooDear, false),
            correction("We shall see | or not.", Cue::PoliteNo, true),
            correction("We shall see | or not.", Cue::AvoidsAnswer, true),
            correction("We shall see | or not.", Cue::PlainNo, false),
            correction("My father died last week.", Cue::Warmth, false),
            correction("It is the back again.", Cue::Illness, true),
        ];
        let out = corrected_examples(&told);
        let lines: Vec<(&str, &str)> = out
            .files
            .iter()
            .flat_map(|(file, lines)| lines.iter().map(move |line| (file.as_str(), line.as_str())))
            .collect();
        assert_eq!(
            lines,
            [
                ("plain_no.txt", "! en | We shall see / or not. | polite_no avoids_answer"),
                ("polite_no.txt", "en | We shall see / or not. | avoids_answer"),
                ("too_dear.txt", "! de | Das ist nicht zu teuer. |"),
            ]
        );
        assert_eq!(out.left_out_as_private, 2);
    }
}
