//! How one sells, as lines of a terminal.

use std::io::Write;

use anyhow::Result;
use inroad_service::seller_habits::goals as habits;
use inroad_service::seller_habits::measure::Measure;
use inroad_service::{Goals, HelpFor, HelpWanted, OwnWords, Profile, PutOffs, Selling};

use super::plain;

/// All that whoever looks may see.
pub(crate) fn selling(selling: &Selling, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "{}", plain(&selling.name))?;
    if let Some(profile) = &selling.profile {
        seen(profile, out)?;
        said(profile, out)?;
    }
    if let Some(put) = &selling.reluctance {
        put_offs(put, out)?;
    }
    if selling.goals.is_some() {
        practice(selling.goals.as_ref(), out)?;
    }
    if let Some(words) = &selling.own {
        own(words, out)?;
    }
    Ok(())
}

fn seen(profile: &Profile, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "\nSeen")?;
    if !profile.is_whole {
        writeln!(
            out,
            "  From the letters that came through this mailbox, which are a part of all."
        )?;
    }
    for one in &profile.seen {
        writeln!(out, "  {}: {}", one.measure.title(), one.measure.in_words(&one.told))?;
    }
    Ok(())
}

fn said(profile: &Profile, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "\nSaid, from 1 (not at all) to 5 (fully)")?;
    for one in &profile.competences {
        writeln!(out, "  {}", one.title)?;
        for said in &one.said {
            let answer = said.answer.map_or_else(|| "-".to_owned(), |n| n.get().to_string());
            writeln!(out, "    {answer}  {}  {}", said.name, said.statement)?;
        }
        if let Some(together) = one.together {
            writeln!(out, "    {}", together.in_words())?;
        }
    }
    Ok(())
}

fn put_offs(put: &PutOffs, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "\nPut off")?;
    if !put.is_whole {
        return Ok(writeln!(out, "  Plans are kept in the data file of whose mailbox it is.")?);
    }
    let mut said = put.what.iter().filter(|one| one.is_worth_a_word).peekable();
    if said.peek().is_none() {
        writeln!(out, "  Nothing more often than chance and full days do.")?;
    }
    for one in said {
        writeln!(out, "  {}\n  One small step: {}", one.what.says(), one.what.step())?;
    }
    for one in &put.what {
        writeln!(out, "  {}: {}", one.what.counts(), Measure::CallsMade.in_words(&one.told))?;
    }
    Ok(())
}

/// What is practised, or what could be.
pub(crate) fn practice(goals: Option<&Goals>, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "\nPractice")?;
    let Some(goal) = goals.and_then(|goals| goals.now.as_ref()) else {
        writeln!(out, "  Nothing now. To choose one: inroad seller goal HABIT")?;
        for habit in habits::all() {
            writeln!(out, "    {}  {}", habit.name, habit.title)?;
        }
        return Ok(());
    };
    let (measure, trend) = (goal.habit.measure, &goal.trend);
    writeln!(out, "  {}, since {}", goal.habit.title, goal.since)?;
    if let Some(step) = goal.habit.steps.get(goal.step.saturating_sub(1)) {
        writeln!(out, "  This week: {step}")?;
    }
    writeln!(out, "  Before: {}", measure.in_words(&trend.before))?;
    writeln!(out, "  Since:  {}", measure.in_words(&trend.since))?;
    writeln!(out, "  {}", trend.turn.in_words())?;
    for week in &trend.weeks {
        writeln!(out, "    {}  {}", week.monday, measure.in_words(&week.told))?;
    }
    for (number, by, at, words) in &goal.notes {
        let (by, words) = (plain(by), plain(words.as_str()));
        writeln!(out, "  {number}  {by}, {}: {words}", at.date())?;
    }
    Ok(())
}

fn own(own: &OwnWords, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "\nWhom you let look")?;
    if own.leaves.is_empty() {
        writeln!(out, "  Nobody")?;
    }
    for leave in &own.leaves {
        writeln!(out, "  {}  {}: {}", leave.number, plain(&leave.to), leave.part.as_str())?;
    }
    for (number, with, words) in &own.offers {
        let words = words.as_ref().map(|words| format!(": {words}")).unwrap_or_default();
        writeln!(out, "  {number}  You offer help with {}{}", with.in_words(), plain(&words))?;
    }
    for asked in &own.asked {
        let (with, words) = (asked.with.in_words(), plain(asked.words.as_str()));
        writeln!(out, "  {}  You ask for help with {with}: {words}", asked.number)?;
    }
    for share in &own.shares {
        let state = if share.agreed_at.is_some() { "agreed by both" } else { "not agreed yet" };
        writeln!(
            out,
            "  {}  {}: {} % for {}, {state}",
            share.number,
            plain(&share.called),
            share.percent,
            plain(&share.with)
        )?;
    }
    Ok(())
}

/// Who could help with a deal.
pub(crate) fn help_for(name: &str, help: &HelpFor, out: &mut dyn Write) -> Result<()> {
    let wanted: Vec<&str> = help.wanted.iter().map(|one| one.in_words()).collect();
    writeln!(out, "{} could use help with: {}", plain(name), wanted.join(", "))?;
    if help.offers.is_empty() && help.knows.is_empty() {
        writeln!(
            out,
            "Nobody offers anything, and nobody else of your house wrote with them here."
        )?;
    }
    for offer in &help.offers {
        let words = offer.words.as_ref().map(|words| format!(": {words}")).unwrap_or_default();
        let fits = if offer.fits { "" } else { " (not what it needs now)" };
        writeln!(
            out,
            "{} <{}> offers help with {}{}{fits}",
            plain(&offer.name),
            offer.email,
            offer.with.in_words(),
            plain(&words)
        )?;
    }
    for one in &help.knows {
        writeln!(
            out,
            "{} knows people there: wrote {}, heard {}, last on {}",
            one.email, one.wrote, one.heard, one.last
        )?;
    }
    for asked in &help.asked {
        writeln!(out, "You asked: {}", plain(asked.words.as_str()))?;
    }
    for share in &help.shares {
        let state = if share.agreed_at.is_some() { "agreed by both" } else { "not agreed yet" };
        writeln!(
            out,
            "{} % of the commission for {}, since {}, {state}",
            share.percent,
            plain(&share.with),
            share.since
        )?;
    }
    Ok(())
}

/// Where help is wanted, by its day.
pub(crate) fn help_wanted(wanted: &HelpWanted, out: &mut dyn Write) -> Result<()> {
    if wanted.asked.is_empty() {
        writeln!(out, "Nobody asks for anything now.")?;
    }
    for one in &wanted.asked {
        let by = one.asked.by.map_or_else(|| "no day named".to_owned(), |day| format!("by {day}"));
        writeln!(
            out,
            "{}: {}, {by}: {}",
            plain(&one.who),
            one.asked.with.in_words(),
            plain(one.asked.words.as_str())
        )?;
    }
    Ok(())
}
