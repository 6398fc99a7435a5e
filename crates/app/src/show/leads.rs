//! Leads at the terminal.

use std::io::Write;

use anyhow::Result;
use inroad_leads::{Side, Version};
use inroad_service::{Asks, Deed, DefinitionPage, ImportedLeads, LeadList, LeadPage, LeadRow};

use super::{json, plain};
use crate::cli::PlainFormat;

/// A list of leads.
pub(crate) fn lead_list(list: &LeadList, format: PlainFormat, out: &mut dyn Write) -> Result<()> {
    if format == PlainFormat::Json {
        return json(list, out);
    }
    if list.count == 0 {
        writeln!(
            out,
            "No leads. To hand one over:\ninroad leads hand-over --name NAME --email ADDRESS --source SOURCE"
        )?;
        return Ok(());
    }
    writeln!(out, "{} leads, {} of them overdue", list.count, list.overdue)?;
    for row in &list.rows {
        line(row, out)?;
    }
    if list.rows.len() < list.count {
        writeln!(out, "Further ones: inroad leads list --page 2 and so on")?;
    }
    Ok(())
}

fn line(row: &LeadRow, out: &mut dyn Write) -> Result<()> {
    let account = if row.account.is_empty() { String::new() } else { format!(", {}", row.account) };
    writeln!(
        out,
        "{:>5}  {}{}: {}",
        row.number,
        plain(&row.label),
        plain(&account),
        row.state.in_words()
    )?;
    let owner = row.owner.as_deref().unwrap_or("sales");
    write!(out, "       with {}, from {}", plain(owner), plain(&row.source))?;
    if let Some(due) = &row.due {
        let late = if row.is_overdue { "overdue since" } else { "until" };
        write!(out, "; {late} {}, {}", due.until, due.waits.in_words())?;
    }
    match row.asks {
        Some(Asks::You) => write!(out, "; yours to do")?,
        Some(Asks::Climbed) => write!(out, "; climbed to you")?,
        None => {}
    }
    if row.is_stopped {
        write!(out, "; asked to be left alone")?;
    }
    Ok(writeln!(out)?)
}

/// One lead.
pub(crate) fn lead(page: &LeadPage, format: PlainFormat, out: &mut dyn Write) -> Result<()> {
    if format == PlainFormat::Json {
        return json(page, out);
    }
    line(&page.row, out)?;
    let known = &page.lead.hand_over;
    let email = known.person.email.as_ref().map(ToString::to_string).unwrap_or_default();
    for (name, value) in [
        ("address", email.as_str()),
        ("telephone", &known.person.phone),
        ("campaign", &known.campaign),
        ("said", &known.said),
        ("asked", &known.asked),
    ] {
        if !value.is_empty() {
            writeln!(out, "  {name}: {}", plain(value))?;
        }
    }
    for criterion in &page.definition.criteria {
        let met = criterion.met(known.answers.get(&criterion.key)).in_words();
        writeln!(out, "  {} ({}): {met}", plain(&criterion.name), criterion.need.as_str())?;
    }
    for (promise, kept) in &page.lead.promises {
        writeln!(out, "  promised: {} ({})", plain(promise), kept.as_str())?;
    }
    if let Some(touched) = page.treatment.as_ref().and_then(|treatment| treatment.touched) {
        writeln!(out, "  first heard from sales after {:.1} working hours", touched.hours)?;
    }
    for told in &page.told {
        writeln!(out, "  {}  {} {}", told.at, plain(&told.by), plain(&told.says))?;
        if let Some(words) = &told.words {
            writeln!(out, "      {}", plain(words))?;
        }
    }
    for feedback in &page.lead.feedback {
        let name = page.names.get(&feedback.number).map_or("somebody", String::as_str);
        let words = feedback.words.as_ref().map_or("", |words| words.as_str());
        writeln!(out, "  {} says (number {}): {}", plain(name), feedback.number, plain(words))?;
        for reply in &feedback.replies {
            let name = page.names.get(&reply.number).map_or("somebody", String::as_str);
            writeln!(out, "      {} replies: {}", plain(name), plain(reply.words.as_str()))?;
        }
    }
    Ok(())
}

/// What was done to a lead, with the way to undo it.
pub(crate) fn lead_done(
    deed: &Deed,
    number: i64,
    format: PlainFormat,
    out: &mut dyn Write,
) -> Result<()> {
    if format == PlainFormat::Json {
        return json(
            &serde_json::json!({"number": number, "deed": deed.number, "says": deed.says}),
            out,
        );
    }
    writeln!(out, "{} (number {number})", plain(&deed.says))?;
    if deed.by.is_none() {
        writeln!(out, "To undo it: inroad undo {}", deed.number)?;
    }
    Ok(())
}

/// What came of a table.
pub(crate) fn imported_leads(
    came: &ImportedLeads,
    dry_run: bool,
    format: PlainFormat,
    out: &mut dyn Write,
) -> Result<()> {
    if format == PlainFormat::Json {
        return json(came, out);
    }
    for issue in &came.issues {
        writeln!(out, "{issue}")?;
    }
    let comes = if dry_run { "would come in" } else { "came in" };
    writeln!(
        out,
        "{} leads {comes}; {} rows were there already; {} are open leads that were handed over otherwise",
        came.added, came.known, came.doubles
    )?;
    Ok(())
}

/// What stands above a definition that is shown as a file.
pub(crate) fn definition_head(page: &DefinitionPage, version: Option<&Version>) -> Vec<String> {
    let Some(version) = version else {
        return vec![
            "Nothing is signed yet. This is something to begin with: change it, and".to_owned(),
            "inroad definition propose FILE".to_owned(),
        ];
    };
    let counts =
        if Some(version.number) == page.in_force { "counts" } else { "does not count now" };
    let mut lines = vec![format!("Version {} {counts}", version.number)];
    for side in Side::ALL {
        let named = page.named.get(&version.number).and_then(|(_, signed)| signed.get(&side));
        let signed =
            named.map_or("not yet signed".to_owned(), |name| format!("signed by {}", plain(name)));
        lines.push(format!("{}: {signed}", side.as_str()));
    }
    lines
}
