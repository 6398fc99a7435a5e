//! The chance of winning, for a terminal.

use std::io::Write;

use anyhow::Result;
use inroad_service::{Chance, DealsWinning, FileWinning, Judged, Mover, Summary};

use super::{plain, table};

/// Open rows that are listed; all are in the JSON.
const ROWS_MAX: usize = 40;

/// Shows what a file told.
pub(crate) fn winning_of_file(winning: &FileWinning, out: &mut dyn Write) -> Result<()> {
    let words = &winning.outcome;
    let list = |values: &std::collections::BTreeSet<String>| {
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        values.join(", ")
    };
    writeln!(
        out,
        "{}: won is {}; lost is {}",
        plain(&words.column),
        plain(&list(&words.won)),
        plain(&list(&words.lost))
    )?;
    summary(&winning.summary, out)?;
    let rows =
        winning.open.iter().map(|row| (format!("line {}: {}", row.line, row.name), &row.chance));
    chances(&rows.collect::<Vec<_>>(), out)
}

/// Shows what the user's own deals told.
pub(crate) fn winning_of_deals(winning: &DealsWinning, out: &mut dyn Write) -> Result<()> {
    summary(&winning.summary, out)?;
    let rows = winning.open.iter().map(|deal| (deal.name.clone(), &deal.chance));
    chances(&rows.collect::<Vec<_>>(), out)
}

/// Shows the chance of one deal.
pub(crate) fn chance(chance: &Chance, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "\n{}.", chance.in_words())?;
    if let Some(likely) = &chance.likely {
        movers("Raised by", &likely.up, out)?;
        movers("Lowered by", &likely.down, out)?;
    }
    Ok(())
}

fn summary(summary: &Summary, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "{}", summary.in_words())?;
    if let Some(judged) = &summary.judged {
        writeln!(out, "{}", judged_in_words(judged))?;
    }
    if !summary.weighed.is_empty() {
        writeln!(out, "Weighed: {}.", plain(&summary.weighed.join(", ")))?;
    }
    if !summary.set_aside.is_empty() {
        writeln!(out, "\nSet aside, seems to be filled after the outcome:")?;
        for aside in &summary.set_aside {
            writeln!(out, "- {}: {}", plain(&aside.column), plain(&aside.why))?;
        }
        writeln!(out, "If one of them is known before the outcome: --known-before COLUMN")?;
    }
    if !summary.unused.is_empty() {
        writeln!(out, "\nNot weighed:")?;
        for unused in &summary.unused {
            writeln!(out, "- {}: {}", plain(&unused.column), unused.why)?;
        }
    }
    movers("\nRaises the chance:", &summary.up, out)?;
    movers("\nLowers the chance:", &summary.down, out)
}

fn judged_in_words(judged: &Judged) -> String {
    format!(
        "On deals that it had not seen, with equal profiles kept together: a won deal has the higher\n\
         chance than a lost one in {:.0} of 100 pairs (AUC {:.3}), and chances are off by {:.1} points\n\
         on average ({} deals, {} profiles).",
        judged.auc * 100.0,
        judged.auc,
        judged.calibration_error * 100.0,
        judged.deals,
        judged.profiles
    )
}

fn movers(head: &str, movers: &[Mover], out: &mut dyn Write) -> Result<()> {
    if movers.is_empty() {
        return Ok(());
    }
    writeln!(out, "{head}")?;
    for mover in movers {
        writeln!(out, "- {}", plain(&mover.in_words()))?;
    }
    Ok(())
}

fn chances(rows: &[(String, &Chance)], out: &mut dyn Write) -> Result<()> {
    let likely = rows.iter().filter(|(_, chance)| chance.likely.is_some());
    let cells: Vec<[String; 3]> = likely
        .take(ROWS_MAX)
        .filter_map(|(name, chance)| {
            let likely = chance.likely.as_ref()?;
            let words = |movers: &[Mover], sign: &str| {
                let words = movers.iter().map(|mover| format!("{sign} {}", mover.in_words()));
                words.collect::<Vec<_>>().join("\n")
            };
            let moved = [words(&likely.up, "+"), words(&likely.down, "-")];
            let moved = moved.into_iter().filter(|words| !words.is_empty());
            Some([name.clone(), likely.range_in_words(), moved.collect::<Vec<_>>().join("\n")])
        })
        .collect();
    if cells.is_empty() {
        if !rows.is_empty() {
            writeln!(out, "\n{} deals are still open.", rows.len())?;
        }
        return Ok(());
    }
    writeln!(out, "\nStill open:\n{}", table(["Deal", "Chance", "What moves it"], &cells))?;
    if rows.len() > cells.len() {
        writeln!(out, "and {} more; --format json gives all", rows.len() - cells.len())?;
    }
    Ok(())
}
