//! One mail, as it was understood.

use std::io::Write;

use anyhow::Result;
use inroad_model::Nature;
use inroad_service::Reading;

use super::plain;

/// Prints what was read.
pub(crate) fn reading(reading: &Reading, out: &mut dyn Write) -> Result<()> {
    let message = &reading.message;
    let mut line = |name: &str, value: &str| -> Result<()> {
        if !value.trim().is_empty() {
            writeln!(out, "{name:<10} {}", plain(value))?;
        }
        Ok(())
    };
    line("Subject", &message.subject)?;
    line("From", &message.from.as_ref().map_or_else(String::new, ToString::to_string))?;
    line("Date", &message.date.map_or_else(String::new, |date| date.to_string()))?;
    line("Kind", &nature(&message.nature))?;
    line("Name", reading.signature.name.as_deref().unwrap_or(""))?;
    line("Title", reading.signature.title.as_deref().unwrap_or(""))?;
    line("Company", reading.signature.company.as_deref().unwrap_or(""))?;
    line("Phone", &reading.signature.phones.join(", "))?;
    if let Some(invitation) = &reading.calendar {
        line("Meeting", &invitation.event.summary)?;
    }
    for fact in &reading.facts {
        let quote = fact.quote.replace('\n', " ");
        line("States", &format!("{}: \"{quote}\"", fact.kind.as_str().replace('_', " ")))?;
    }
    for cue in &reading.cues {
        line("Seems", &format!("{}: \"{}\"", cue.cue.says(), cue.quote))?;
    }
    for issue in &reading.issues {
        line("Problem", &issue.to_string())?;
    }
    writeln!(out, "\n{}", plain(reading.new_text.trim()))?;
    Ok(())
}

fn nature(nature: &Nature) -> String {
    match nature {
        Nature::Correspondence => "a letter".to_owned(),
        Nature::AutomaticReply { because } => format!("an automatic reply ({because})"),
        Nature::AutomaticNotice { because } => format!("an automatic notice ({because})"),
        Nature::Bounce(bounce) => {
            let failed: Vec<&str> = bounce.permanent().map(|r| r.address.as_str()).collect();
            format!("a delivery report ({})", failed.join(", "))
        }
        Nature::MailingList { list } => format!("a mailing list ({list})"),
        Nature::Newsletter { because } => format!("a newsletter ({because})"),
    }
}
