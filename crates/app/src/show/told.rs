//! What the user told of people.

use std::io::Write;

use anyhow::Result;
use inroad_model::{EmailAddress, Insight, KeptInsight};
use inroad_service::{Told, Untold};

use super::{plain, table};

/// Says what was noted, what it takes the place of, and where it counts.
pub(crate) fn told(told: &Told, out: &mut dyn Write) -> Result<()> {
    let number = told.kept.number;
    writeln!(out, "Noted as {number}: {}.", in_words(&told.kept.insight))?;
    if let Some(before) = &told.instead_of {
        let day = before.at.date();
        writeln!(out, "It takes the place of what you said on {day}: {}.", in_words(before))?;
    }
    if told.deals.is_empty() {
        writeln!(
            out,
            "No deal has them among its people or at its domain, so no review shows it yet."
        )?;
    } else {
        writeln!(out, "It counts in the review of {}.", plain(&told.deals.join(", ")))?;
    }
    writeln!(out, "To take it back: inroad tell --undo {number}")?;
    Ok(())
}

/// Says what was taken back, and what holds again.
pub(crate) fn untold(untold: &Untold, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "Taken back: {}.", in_words(&untold.kept.insight))?;
    if let Some(again) = &untold.holds_again {
        let day = again.at.date();
        writeln!(out, "What you said on {day} holds again: {}.", in_words(again))?;
    }
    Ok(())
}

/// Lists what holds of it, by number.
pub(crate) fn all_told(all: &[KeptInsight], out: &mut dyn Write) -> Result<()> {
    if all.is_empty() {
        writeln!(
            out,
            "You have told nothing of people yet. For example: inroad tell EMAIL stance for --because \
             TEXT; 'inroad tell --help' shows what else"
        )?;
        return Ok(());
    }
    let rows: Vec<[String; 4]> = all
        .iter()
        .map(|kept| {
            let because = kept.insight.because.as_ref();
            [
                kept.number.to_string(),
                kept.insight.at.date().to_string(),
                in_words(&kept.insight),
                because.map_or_else(String::new, ToString::to_string),
            ]
        })
        .collect();
    writeln!(out, "{}", table(["", "Told", "What", "Because"], &rows))?;
    writeln!(out, "To take one back: inroad tell --undo NUMBER")?;
    Ok(())
}

pub(super) fn in_words(insight: &Insight) -> String {
    plain(&insight.known.in_words(EmailAddress::to_string))
}
