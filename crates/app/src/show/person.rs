//! One person, in full.

use std::io::Write;

use anyhow::Result;
use inroad_service::PersonView;

use super::told::in_words;
use super::{plain, table};

/// Prints a person.
pub(crate) fn person(person: &PersonView, out: &mut dyn Write) -> Result<()> {
    let name = person.name.as_deref().unwrap_or(person.email.as_str());
    writeln!(out, "{} · {}", plain(name), person.email)?;
    for email in &person.same_as {
        writeln!(out, "Also {email}")?;
    }
    if !person.tags.is_empty() {
        writeln!(out, "Tags: {}", plain(&person.tags.join(", ")))?;
    }
    if let Some(because) = &person.left_alone {
        writeln!(out, "Left alone: {}", plain(because))?;
    }
    for proposal in &person.maybe_same_as {
        writeln!(out, "Perhaps also {}: {}.", proposal.email, plain(&proposal.why))?;
        writeln!(out, "  If so:  inroad person {} --same-as {}", person.email, proposal.email)?;
        writeln!(out, "  If not: inroad person {} --not-same-as {}", person.email, proposal.email)?;
    }
    for contact in &person.contacts {
        let words: Vec<&str> = [&contact.title, &contact.organization]
            .into_iter()
            .flatten()
            .chain(&contact.phones)
            .map(String::as_str)
            .collect();
        writeln!(out, "{}", plain(&words.join(" · ")))?;
    }
    if !person.deals.is_empty() {
        let rows: Vec<[String; 4]> = person
            .deals
            .iter()
            .map(|part| {
                let person = &part.person;
                [
                    part.deal.clone(),
                    person.state.map_or_else(String::new, |state| state.to_string()),
                    format!("{} / {}", person.received, person.sent),
                    person
                        .usual_days
                        .map_or_else(String::new, |(_, most)| format!("{most:.1} days")),
                ]
            })
            .collect();
        writeln!(out, "{}", table(["Deal", "State", "Wrote / got", "Answers within"], &rows))?;
    }
    for fact in &person.facts {
        let words = plain(&fact.words());
        let words = if fact.quote.is_empty() { words } else { format!("\"{words}\"") };
        writeln!(out, "- {}: {words}", fact.kind.in_words())?;
    }
    for kept in &person.told {
        writeln!(
            out,
            "- You told: {} (inroad tell --undo {})",
            in_words(&kept.insight),
            kept.number
        )?;
    }
    let rows: Vec<[String; 3]> = person
        .messages
        .iter()
        .map(|message| {
            let arrow = if message.from_person { "←" } else { "→" };
            let day = message.date.map_or_else(String::new, |date| date.date().to_string());
            [day, arrow.to_owned(), message.subject.clone()]
        })
        .collect();
    writeln!(out, "{}", table(["Day", "", "Subject"], &rows))?;
    if person.message_count > person.messages.len() {
        writeln!(out, "{} messages in all.", person.message_count)?;
    }
    Ok(())
}
