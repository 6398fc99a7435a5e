//! What a signature says of its writer: name, title, company, phones.

use inroad_model::{Mailbox, Signature};

/// Reads the lines of a signature. What is not plainly one of the fields stays out.
pub fn read(signature_text: &str, from: Option<&Mailbox>) -> Signature {
    let _ = (signature_text, from);
    Signature::default()
}
