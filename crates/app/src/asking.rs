//! What is asked at the terminal: after an import who the user is, after a deal what it taught.

pub(crate) mod lesson;

use std::io::{BufRead, IsTerminal, Write};

use anyhow::Result;
use inroad_model::EmailAddress;
use inroad_service::{Inroad, OwnerGuess};

/// Tells whom the import took for the user; where somebody sits at the terminal, asks.
pub(crate) async fn confirm_owner(
    inroad: &Inroad,
    guess: &OwnerGuess,
    out: &mut dyn Write,
) -> Result<()> {
    let emails: Vec<&str> = guess.emails.iter().map(EmailAddress::as_str).collect();
    let who = match &guess.name {
        Some(name) => format!("{name}, {}", emails.join(", ")),
        None => emails.join(", "),
    };
    if !std::io::stdin().is_terminal() {
        let sure = if guess.sure { "" } else { " (not sure)" };
        writeln!(out, "You seem to be {who}{sure}. If not: inroad me YOUR@ADDRESS")?;
        return Ok(());
    }
    writeln!(out, "You seem to be {who}.")?;
    loop {
        write!(out, "Press Enter if that is right, or type your addresses: ")?;
        out.flush()?;
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line)?;
        if line.trim().is_empty() {
            return Ok(());
        }
        let typed = line
            .split([' ', ',', ';'])
            .map(str::trim)
            .filter(|word| !word.is_empty())
            .map(str::parse::<EmailAddress>)
            .collect::<Result<Vec<_>, _>>();
        match typed {
            Ok(emails) => return Ok(inroad.set_seller(None, emails).await?),
            Err(error) => writeln!(out, "{error}")?,
        }
    }
}
