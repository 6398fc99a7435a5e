//! Names of closed lists, as a person types them.

use inroad_model::{Advice, Cause, ContactField, Cue, Outcome};

/// A name of a closed list, also with a hyphen or in large letters.
pub(crate) fn named<T>(
    text: &str,
    from_name: impl Fn(&str) -> Option<T>,
    way_out: &str,
) -> Result<T, String> {
    from_name(&text.to_lowercase().replace([' ', '-'], "_")).ok_or_else(|| way_out.to_owned())
}

pub(crate) fn outcome(text: &str) -> Result<Outcome, String> {
    named(text, Outcome::from_name, "write won, lost, no-decision or let-go")
}

pub(crate) fn cause(text: &str) -> Result<Cause, String> {
    named(text, Cause::from_name, "'inroad playbook show' lists the causes by name")
}

pub(crate) fn cue(text: &str) -> Result<Cue, String> {
    named(text, Cue::from_name, "'inroad playbook signs' lists the cues by name")
}

pub(crate) fn contact_field(text: &str) -> Result<ContactField, String> {
    named(text, ContactField::from_name, "write name, title, firm or phone")
}

pub(crate) fn advice(text: &str) -> Result<Advice, String> {
    named(text, Advice::from_name, "write pursue, wait, let-go or stop")
}
