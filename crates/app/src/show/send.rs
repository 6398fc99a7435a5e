//! A letter before it goes, and what became of those that went, for a terminal.

use std::io::Write;

use anyhow::Result;
use inroad_model::{EmailAddress, Mailbox, Moment};
use inroad_service::{CopyState, LetGo, LetGoPage, LetGoState, SendLook, SendWay};

use super::plain;

/// The letter as its bytes read, everybody who gets it, and what stands against it.
pub(crate) fn letter_to_send(look: &SendLook, out: &mut dyn Write) -> Result<()> {
    let letter = &look.letter;
    let all =
        |list: &[Mailbox]| list.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let blind: Vec<&str> = look.bcc.iter().map(EmailAddress::as_str).collect();
    let lines = [
        ("From", letter.from.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("To", all(&letter.to)),
        ("Cc", all(&letter.cc)),
        ("Bcc", blind.join(", ")),
        ("Subject", letter.subject.clone()),
        ("Date", letter.date.map(|date| date.to_string()).unwrap_or_default()),
        ("Answers", answers(look)),
    ];
    for (name, value) in lines.iter().filter(|(_, value)| !value.is_empty()) {
        writeln!(out, "{name:<8} {}", plain(value))?;
    }
    writeln!(out)?;
    for line in letter.text.trim_end().lines() {
        writeln!(out, "  {}", plain(line))?;
    }
    writeln!(out)?;
    let people: Vec<&str> = look.recipients.iter().map(EmailAddress::as_str).collect();
    writeln!(out, "It goes to {}: {}", count(people.len()), people.join(", "))?;
    for forbidden in &look.forbidden {
        writeln!(out, "It does not go: {}.", plain(&forbidden.why))?;
    }
    for finding in &look.coached.report.findings {
        let quote = match finding.quote.trim() {
            "" => String::new(),
            quote => format!(": \u{201c}{quote}\u{201d}"),
        };
        writeln!(out, "{}  {}{}", finding.severity.as_str(), finding.says, plain(&quote))?;
    }
    if look.forbidden.is_empty() && look.coached.report.findings.is_empty() {
        writeln!(out, "The coach finds nothing to look at again.")?;
    }
    Ok(())
}

fn count(people: usize) -> String {
    match people {
        1 => "one person".to_owned(),
        many => format!("{many} people"),
    }
}

fn answers(look: &SendLook) -> String {
    let Some(parent) = &look.thread.parent else { return String::new() };
    match look.thread.offered.iter().find(|line| line.id == *parent) {
        Some(line) => {
            let from = line.from.as_ref().map_or("", EmailAddress::as_str);
            format!("{} ({from}, {})", line.subject, day(line.at))
        }
        None => format!("<{parent}>"),
    }
}

fn day(at: Option<Moment>) -> String {
    at.map_or_else(|| "no date".to_owned(), |at| at.date().to_string())
}

/// What became of a letter, line by line.
pub(crate) fn fate(letter: &LetGo) -> Vec<String> {
    let place = match letter.way {
        SendWay::Now => "Sent",
        SendWay::Drafts => "In your drafts",
    };
    let said = plain(&letter.said);
    let mut lines = vec![match letter.state {
        LetGoState::Went => place.to_owned(),
        LetGoState::OnItsWay => "On its way".to_owned(),
        LetGoState::NotLookedFor => "It was begun, and nobody knows yet whether it went".to_owned(),
        LetGoState::DidNotGo => "It did not go".to_owned(),
        LetGoState::Unknown => {
            "Nobody can tell whether it went: look in your mail program. It is not sent again"
                .to_owned()
        }
    }];
    if !said.is_empty() {
        lines.push(format!("  {said}"));
    }
    lines.extend(copy_told(letter).map(|told| format!("  {told}")));
    if let Some(overruled) = &letter.overruled {
        lines.push(format!("  It went although: {}", plain(&overruled.findings.join("; "))));
        lines.push(format!("  since: {}", plain(overruled.because.as_str())));
    }
    lines
}

fn copy_told(letter: &LetGo) -> Option<String> {
    match letter.copy {
        CopyState::None => None,
        CopyState::Filed => Some("A copy lies among your sent letters".to_owned()),
        CopyState::WasThere => Some("It lies among your sent letters".to_owned()),
        CopyState::NoFolder => Some("Your mailbox has no folder for a copy".to_owned()),
        CopyState::Wanted => {
            let why = letter.copy_trouble.as_deref().unwrap_or("it is put there yet");
            Some(format!("No copy among your sent letters so far: {}", plain(why)))
        }
    }
}

/// What was let go, the newest first.
pub(crate) fn let_go(page: &LetGoPage, out: &mut dyn Write) -> Result<()> {
    if page.letters.is_empty() {
        writeln!(out, "No letter was let go from here yet.")?;
    }
    for letter in &page.letters {
        let to: Vec<&str> = letter.to.iter().map(EmailAddress::as_str).collect();
        writeln!(
            out,
            "{:>5}  {}  {}: {}",
            letter.number,
            letter.approved_at.date(),
            to.join(", "),
            plain(&letter.subject)
        )?;
        for line in fate(letter) {
            writeln!(out, "       {line}")?;
        }
    }
    let more = page.count.saturating_sub(page.letters.len() as u64);
    if more > 0 {
        writeln!(out, "{more} earlier ones: 'inroad sent --limit N', or the page Sent.")?;
    }
    Ok(())
}
