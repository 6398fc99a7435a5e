//! What a message or a note states.

use inroad_model::{Fact, Mailbox, Message, Signature};
use jiff::civil::Date;

/// Reads what a message states. Days count from the message's own day.
pub fn read_message(message: &Message, new_text: &str, signature: &Signature) -> Vec<Fact> {
    let _ = (message, new_text, signature);
    Vec::new()
}

/// Reads what a note states that the seller typed on a day. `people` are those whom it may name.
pub fn read_note(text: &str, date: Date, people: &[Mailbox]) -> Vec<Fact> {
    let _ = (text, date, people);
    Vec::new()
}
