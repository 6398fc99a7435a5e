//! One message on its way from parsed to understood.

use inroad_model::{FoundCue, Gist, Message, Touch};

use crate::cues::taught::{Taught, TaughtReading};
use crate::facts::{self, Statements};
use crate::{cues, signature, voice, zones};

/// The number of this way to read, which grows with every change that reads a mail otherwise: then
/// mail that was read before is offered to be read anew. A test of the program holds a digest of what
/// is read of the sample beside it. The weights of cues count by themselves.
pub const READER: u32 = 1;

/// The name of the present reader: its number, and which weights it reads cues with.
///
/// ```
/// assert!(inroad_language::read::reader().starts_with("1."));
/// ```
pub fn reader() -> String {
    format!("{READER}.{:016x}", cues::weights::Weights::shipped_fingerprint())
}

/// Reads zones, signature and facts of a message. The message itself stays as it is.
pub fn read(message: Message) -> Touch {
    read_taught(message, None)
}

/// The same where the user taught how to read cues: beside what its sentences tell by themselves stands
/// what they tell by what was taught, so that nothing is lost when that is taken back.
pub fn read_taught(message: Message, taught: Option<&Taught<'_>>) -> Touch {
    let zones = zones::split(&message.text, message.from.as_ref());
    let new_text = zones.new_text(&message.text);
    let signature_text = zones.signature_text(&message.text);
    let signature = signature::read(&signature_text, message.from.as_ref());
    let Statements { facts, names } = facts::read_statements(&message, &new_text, &signature, &[]);
    let cues = cues::of_message(&message, &new_text);
    let gist = Gist {
        taught: taught.map_or_else(Vec::new, |taught| only_taught(taught, &message, &new_text)),
        was_private: false,
        words: new_text.split_whitespace().count(),
        questions: new_text.matches('?').count(),
        voice: Some(voice::of_text(&new_text)),
        names,
        cues,
    };
    Touch { new_text: Some(new_text), gist: Some(gist), signature, facts, message }
}

/// What the sentences of a letter tell only as it was taught.
fn only_taught(taught: &Taught<'_>, message: &Message, new_text: &str) -> Vec<FoundCue> {
    if taught.is_empty() {
        return Vec::new();
    }
    let TaughtReading { mut cues, changes } = taught.of_message(message, new_text);
    cues.retain(|found| {
        changes.iter().any(|change| change.cue == found.cue && change.range == found.range)
    });
    for found in &mut cues {
        found.words.clear();
    }
    cues
}
