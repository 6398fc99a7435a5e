//! One message on its way from parsed to understood.

use inroad_model::{Gist, Message, Touch};

use crate::facts::{self, Statements};
use crate::{cues, signature, voice, zones};

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
