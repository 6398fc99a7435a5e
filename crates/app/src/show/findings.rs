//! What a search found.

use std::io::Write;

use anyhow::Result;
use inroad_model::{EmailAddress, Moment};
use inroad_service::search::{Findings, FoundMessage, Listed, Marked};

use super::{plain, table};

/// Lists deals, people, messages and notes, and says what was not understood.
pub(crate) fn findings(found: &Findings, out: &mut dyn Write) -> Result<()> {
    for problem in &found.problems {
        writeln!(out, "{}.", plain(&problem.what))?;
    }
    if found.is_empty() {
        writeln!(out, "Nothing found.")?;
    }
    list("deals", ["Deal", "Organisation", "State"], &found.deals, out, |deal| {
        let state = deal.state.map_or_else(String::new, |state| state.to_string());
        let person =
            deal.person.as_ref().map_or_else(String::new, |person| format!(" ({})", person.text));
        [format!("{}{person}", deal.name.text), text(deal.organization.as_ref()), state]
    })?;
    list("people", ["Person", "Address", "Organisation"], &found.people, out, |person| {
        let addresses = [&person.email].into_iter().chain(&person.same_as);
        let addresses: Vec<&str> = addresses.map(EmailAddress::as_str).collect();
        [text(person.name.as_ref()), addresses.join(", "), text(person.organization.as_ref())]
    })?;
    list("messages", ["Day", "From", "Subject and words"], &found.messages, out, message)?;
    list("notes", ["Day", "Deal", "Note"], &found.notes, out, |note| {
        [note.date.to_string(), note.deal_name.clone(), text(note.snippet.as_ref())]
    })
}

fn message(found: &FoundMessage) -> [String; 3] {
    let day = found.date.map_or_else(String::new, |date: Moment| date.date().to_string());
    let from = found.from.as_ref().map_or_else(String::new, |from| from.label().to_owned());
    let subject =
        if found.subject.text.is_empty() { "(no subject to show)" } else { &found.subject.text };
    [day, from, format!("{subject}\n{}", text(found.snippet.as_ref())).trim_end().to_owned()]
}

/// One kind, if any of it was found.
fn list<T, const N: usize>(
    kind: &str,
    header: [&str; N],
    found: &Listed<T>,
    out: &mut dyn Write,
    row: impl Fn(&T) -> [String; N],
) -> Result<()> {
    if found.shown.is_empty() {
        return Ok(());
    }
    let rows: Vec<[String; N]> = found.shown.iter().map(row).collect();
    writeln!(out, "{}", table(header, &rows))?;
    if found.more {
        writeln!(out, "There are more {kind}; --limit shows more of them.")?;
    }
    Ok(())
}

fn text(marked: Option<&Marked>) -> String {
    marked.map_or_else(String::new, |marked| marked.text.clone())
}
