//! Touch plans in the terminal.

use std::io::Write;

use anyhow::Result;
use inroad_model::Channel;
use inroad_service::{NextTouch, TouchPlan, Touches};

use super::plain;

/// The plans, those that ask for something first.
pub(crate) fn touches(touches: &Touches, out: &mut dyn Write) -> Result<()> {
    if touches.plans.is_empty() {
        writeln!(out, "You stay in touch with nobody yet. Begin: inroad touches begin ADDRESS")?;
        return Ok(());
    }
    for state in ["due", "planned", "paused", "answered", "ended"] {
        for plan in touches.of_state(state) {
            line(plan, out)?;
        }
    }
    Ok(())
}

fn line(plan: &TouchPlan, out: &mut dyn Write) -> Result<()> {
    let state = plan.state.as_str();
    let label = plain(&plan.label);
    match (&plan.next, plan.state.why()) {
        (Some(next), None) => {
            let (by, useful) = (next.by.as_str(), next.useful.in_words());
            let approved = if plan.to_approve().is_none() { ", approved" } else { "" };
            writeln!(out, "{state:<9} {}  {label}: {by}, {useful}{approved}", next.day)?;
        }
        (Some(next), Some(why)) => {
            writeln!(out, "{state:<9} {}  {label}: {}", next.day, plain(why))?;
        }
        (None, why) => {
            writeln!(out, "{state:<9}             {label}: {}", plain(why.unwrap_or_default()))?;
        }
    }
    Ok(())
}

/// One plan.
pub(crate) fn touch_plan(plan: &TouchPlan, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "{}  {} ({})", plan.number, plain(&plan.label), plan.person)?;
    writeln!(out, "Begun on {}: {}", plan.begun_on, plan.state.as_str())?;
    if let Some(because) = &plan.because {
        writeln!(out, "Because: {}", plain(because))?;
    }
    if let Some(why) = plan.state.why() {
        writeln!(out, "{}.", plain(why))?;
    }
    if let Some(next) = &plan.next {
        next_touch(next, out)?;
    }
    if !plan.happened.is_empty() {
        writeln!(out, "\nWhat has happened")?;
        for happened in &plan.happened {
            writeln!(out, "  {}  {}", happened.day, plain(&happened.says))?;
        }
    }
    Ok(())
}

fn next_touch(next: &NextTouch, out: &mut dyn Write) -> Result<()> {
    let by = match next.by {
        Channel::Mail => "a letter",
        Channel::Call => "a call",
        Channel::Meeting => "a meeting",
    };
    writeln!(out, "\nNext: {}, {}: {by}", next.day, next.hours.in_words())?;
    for why in next.why_day.iter().chain([&next.why_channel]) {
        writeln!(out, "  - {}", plain(why))?;
    }
    if let Some(approved) = next.approved.as_ref().filter(|_| !next.is_moved) {
        writeln!(out, "Approved for {}: {}", approved.day, plain(&approved.what))?;
    }
    writeln!(out, "Brings: {}", next.useful.in_words())?;
    for matter in &next.matters {
        let ask = if matter.is_assumed { "; ask, do not say" } else { "" };
        writeln!(out, "  - {} ({}{ask})", plain(&matter.text), plain(&matter.source))?;
    }
    if next.matters.is_empty() {
        writeln!(out, "  - look for {}", plain(&next.look_for))?;
    }
    for opening in &next.openings {
        writeln!(out, "Opening: [{}]", plain(opening))?;
    }
    if let Some(way_out) = &next.way_out {
        writeln!(out, "Way out: [{}]", plain(way_out))?;
    }
    Ok(())
}
