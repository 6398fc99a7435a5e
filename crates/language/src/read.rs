//! One message on its way from parsed to understood.

use inroad_model::{Gist, Message, Touch};

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
    let zones = zones::split(&message.text, message.from.as_ref());
    let new_text = zones.new_text(&message.text);
    let signature_text = zones.signature_text(&message.text);
    let signature = signature::read(&signature_text, message.from.as_ref());
    let Statements { facts, names } = facts::read_statements(&message, &new_text, &signature, &[]);
    let gist = Gist {
        words: new_text.split_whitespace().count(),
        questions: new_text.matches('?').count(),
        voice: Some(voice::of_text(&new_text)),
        names,
        cues: cues::of_message(&message, &new_text),
    };
    Touch { new_text: Some(new_text), gist: Some(gist), signature, facts, message }
}
