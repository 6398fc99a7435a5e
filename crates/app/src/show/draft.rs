//! A draft that was begun, for a terminal: what helps to fill its blanks.

use std::io::Write;

use anyhow::Result;
use inroad_service::{FittingPlay, Skeleton};

use super::coach::wrapped;

/// The plays that fit, with when and how.
pub(crate) fn fitting_plays(plays: &[FittingPlay], out: &mut dyn Write) -> Result<()> {
    if plays.is_empty() {
        writeln!(out, "No play is called for: nothing is likely enough to be behind a silence.")?;
        writeln!(out, "All of them: inroad playbook show")?;
    }
    for play in plays {
        wrapped(&format!("{}  {} (against: {})", play.key, play.name, play.against), "", out)?;
        if !play.when.is_empty() {
            wrapped(&play.when, "    ", out)?;
        }
        steps(play, "    ", out)?;
    }
    Ok(())
}

/// Below the draft: the play, ways to open, what may be used.
pub(crate) fn beside_draft(begun: &Skeleton, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "{}", "-".repeat(40))?;
    for remark in &begun.remarks {
        wrapped(remark, "", out)?;
    }
    if let Some(play) = &begun.play {
        wrapped(&format!("The play: {} (against: {})", play.name, play.against), "", out)?;
        steps(play, "  ", out)?;
    }
    if !begun.openings.is_empty() {
        writeln!(out, "Ways to open (--opening N):")?;
    }
    for (number, opening) in (1_usize..).zip(&begun.openings) {
        let here = if number == begun.opening { ", as above" } else { "" };
        wrapped(&format!("{number}. {}{here}: {}", opening.name, opening.rests_on), "  ", out)?;
    }
    if !begun.facts.is_empty() {
        writeln!(out, "What may be used:")?;
    }
    for fact in &begun.facts {
        wrapped(&format!("{} ({})", fact.says, fact.source), "  ", out)?;
    }
    Ok(())
}

fn steps(play: &FittingPlay, margin: &str, out: &mut dyn Write) -> Result<()> {
    for (number, step) in (1_usize..).zip(&play.steps) {
        wrapped(&format!("{number}. {step}"), margin, out)?;
    }
    for never in &play.never {
        wrapped(&format!("Never: {never}"), margin, out)?;
    }
    Ok(())
}
