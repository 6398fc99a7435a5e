//! One message on its way from parsed to understood.

use inroad_model::{Message, Touch};

use crate::{facts, signature, zones};

/// Reads zones, signature and facts of a message. The message itself stays as it is.
pub fn read(message: Message) -> Touch {
    let zones = zones::split(&message.text, message.from.as_ref());
    let new_text = zones.new_text(&message.text);
    let signature_text = zones.signature_text(&message.text);
    let signature = signature::read(&signature_text, message.from.as_ref());
    let facts = facts::read_message(&message, &new_text, &signature);
    Touch { new_text, signature, facts, message }
}
