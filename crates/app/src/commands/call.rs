//! `inroad call`: what a call tells, and the call as a note of a deal.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use inroad_ingest::Limits;
use inroad_service::{Call, CallAsked, Inroad, call, read_call};

use crate::cli::{CallArgs, PlainFormat};
use crate::{show, when};

/// Reads one transcript and shows it. A data file tells who the user is, where there is one.
pub(crate) async fn run(
    data: &Path,
    is_typed: bool,
    args: CallArgs,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let is_needed = is_typed || args.keep.is_some();
    let inroad =
        if is_needed || data.exists() { Some(Inroad::open_existing(data).await?) } else { None };
    let own_names = match &inroad {
        Some(inroad) => inroad.own_names().await?,
        None => Vec::new(),
    };
    let now = when::now();
    let asked = CallAsked { me: args.me, own_names, on: args.on, today: now.date() };
    let call = read_call(&args.file, &asked, &Limits::default())?;
    match args.format {
        PlainFormat::Json => show::json(&call, out)?,
        PlainFormat::Table => show::call(&call, out)?,
    }
    if let (Some(inroad), Some(deal)) = (&inroad, &args.keep) {
        let done = inroad.keep_call(deal, &call, now).await?;
        let deed = inroad.deed(done.deed).await?;
        // What other programs read is the report alone.
        let mut errors = std::io::stderr().lock();
        let out =
            if args.format == PlainFormat::Json { &mut errors as &mut dyn Write } else { out };
        writeln!(out, "\nKept. {}. To take it back: inroad undo {}", deed.says, deed.number)?;
        offer(&call, deal, out)?;
    }
    if let Some(inroad) = inroad {
        inroad.close().await.context("The data file")?;
    }
    Ok(ExitCode::SUCCESS)
}

/// What was taken on, as plans that the user may make; nothing is planned unasked.
fn offer(call: &Call, deal: &str, out: &mut dyn Write) -> Result<()> {
    let dated: Vec<(&call::Commitment, jiff::civil::Date)> =
        call.report.commitments.iter().filter_map(|taken| Some((taken, taken.on?))).collect();
    if dated.is_empty() {
        return Ok(());
    }
    writeln!(out, "To plan what was taken on:")?;
    for (taken, day) in dated {
        let what = show::plain(&planned(taken));
        writeln!(out, "  inroad plan {} {day} {}", show::quoted(deal), show::quoted(&what))?;
    }
    Ok(())
}

/// What is planned. A plan is shown on many pages, so it has a place of the call and no private words.
fn planned(taken: &call::Commitment) -> String {
    let place = taken.place;
    match (taken.ours, taken.quote.as_str()) {
        (Some(true), "") => format!("What you took on in the call, at {place}"),
        (Some(true), quote) => quote.to_owned(),
        (_, "") => format!("Look whether it came: what was taken on in the call, at {place}"),
        (_, quote) => format!("Look whether it came: {quote}"),
    }
}
