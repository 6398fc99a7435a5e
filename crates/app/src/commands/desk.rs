//! `inroad today`, `note`, `plan`, `aside`, `history`, `undo`: the day's work, and what is written down.

use std::io::Write;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use inroad_advice::agenda::Agenda;
use inroad_model::{DeedNumber, Entry, Remark, SharedWith, Subject};
use inroad_service::{DeedsAsked, Inroad};

use crate::cli::{AsideArgs, NoteArgs, PlanArgs, ShareArgs};
use crate::when::{self, AsOf};

/// What the day asks for, in the order in which to look at it.
pub(crate) async fn today(inroad: Inroad, as_of: AsOf, out: &mut dyn Write) -> Result<ExitCode> {
    let review = inroad.review(as_of.0).await?;
    let entries = inroad.entries(as_of.0).await?;
    let touches = inroad.touches(as_of.0).await?;
    inroad.close().await?;
    let mut agenda = Agenda::of(&review, &entries);
    let settled = touches.settled();
    agenda.due.retain(|plan| !settled.contains(&plan.number));
    for plan in &agenda.due {
        let deal = plan.deal.map_or("", |deal| deal.name.as_str());
        writeln!(out, "planned   {}  {} ({deal})", plan.day, plan.what)?;
    }
    let due = touches.to_approve();
    for plan in &due {
        let useful = plan.next.as_ref().map_or("", |next| next.useful.in_words());
        writeln!(out, "in touch  {}: {useful}", plan.label)?;
    }
    for deal in &agenda.first {
        let step = deal.next_step.as_ref().map_or("", |step| step.text.as_str());
        writeln!(out, "{:<9} {}: {step}", deal.state.as_str(), deal.name)?;
    }
    for rest in &agenda.resting {
        writeln!(out, "rests     {}: {}", rest.deal.name, rest.until)?;
    }
    if !agenda.more.is_empty() {
        writeln!(
            out,
            "{} more can wait for another day; 'inroad review' shows all",
            agenda.more.len()
        )?;
    }
    if agenda.due.is_empty() && agenda.first.is_empty() && due.is_empty() {
        writeln!(out, "Nothing asks for you today.")?;
    }
    Ok(ExitCode::SUCCESS)
}

pub(crate) async fn note(inroad: Inroad, args: NoteArgs, out: &mut dyn Write) -> Result<ExitCode> {
    let now = when::now();
    let day = args.on.unwrap_or_else(|| now.date());
    let entry = Entry::Note { day, by: args.by, text: Remark::new(&args.text)? };
    keep(inroad, &args.name, entry, out).await
}

pub(crate) async fn plan(inroad: Inroad, args: PlanArgs, out: &mut dyn Write) -> Result<ExitCode> {
    let what = Remark::new(&args.what)?;
    let entry = Entry::Plan { day: args.day, by: args.by, with: args.with, what };
    keep(inroad, &args.name, entry, out).await
}

pub(crate) async fn aside(
    inroad: Inroad,
    args: AsideArgs,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let because = Remark::new(&args.because).context("--because")?;
    keep(inroad, &args.name, Entry::Snooze { until: args.until, because }, out).await
}

pub(crate) async fn share(
    inroad: Inroad,
    args: ShareArgs,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let with = match (args.with, args.team) {
        (Some(email), _) => SharedWith::Member(email),
        (None, Some(team)) => SharedWith::Team(team),
        (None, None) => bail!("Say with whom: --with or --team"),
    };
    keep(inroad, &args.name, Entry::Shared { with, letters: args.letters }, out).await
}

async fn keep(inroad: Inroad, name: &str, entry: Entry, out: &mut dyn Write) -> Result<ExitCode> {
    let id = inroad.deal_called(name).await?.deal.id;
    let done = inroad.write_down(Subject::Deal(id), entry, when::now()).await?;
    let deed = inroad.deed(done.deed).await?;
    inroad.close().await?;
    writeln!(out, "Kept. {}. To take it back: inroad undo {}", deed.says, deed.number)?;
    Ok(ExitCode::SUCCESS)
}

/// How much is listed.
const HISTORY_MAX: u32 = 50;

/// What was done, the latest first.
pub(crate) async fn history(inroad: Inroad, out: &mut dyn Write) -> Result<ExitCode> {
    let deeds = inroad.deeds(&DeedsAsked::default(), HISTORY_MAX).await?;
    inroad.close().await?;
    if deeds.is_empty() {
        writeln!(out, "Nothing was changed yet. What you change is listed here, with its undo.")?;
    }
    for deed in deeds {
        let undone = if deed.undone_at.is_some() { " (undone)" } else { "" };
        writeln!(out, "{:>5}  {}  {}{undone}", deed.number, deed.at.date(), deed.says)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Undoes something; the last thing that can be undone where no number is given.
pub(crate) async fn undo(
    inroad: Inroad,
    number: Option<DeedNumber>,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let last = async || {
        let deeds = inroad.deeds(&DeedsAsked::default(), HISTORY_MAX).await?;
        let last = deeds.into_iter().find(|deed| deed.is_undoable).map(|deed| deed.number);
        last.context("There is nothing to undo")
    };
    let number = match number {
        Some(number) => number,
        None => last().await?,
    };
    let deed = inroad.undo(number, when::now()).await?;
    inroad.close().await?;
    writeln!(out, "Undone: {}", deed.says)?;
    Ok(ExitCode::SUCCESS)
}
