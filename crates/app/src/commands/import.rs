//! `inroad import`: takes in files, with a bar, and says what came of it.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use indicatif::{ProgressBar, ProgressStyle};
use inroad_service::{ImportOptions, ImportReport, Inroad};

use super::lessons;
use crate::asking;

/// Imports, and tells what is new, what was there, and what was wrong.
pub(crate) async fn run(
    inroad: Inroad,
    paths: &[PathBuf],
    dry_run: bool,
    batch_mails: Option<usize>,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let mut options = ImportOptions { dry_run, ..ImportOptions::default() };
    let ended_before = inroad.waiting_deals().await?;
    let report = match batch_mails {
        Some(batch_mails) => {
            options.batch_mails = batch_mails;
            inroad.import(paths, &options, &|progress| tell_kept(progress.added)).await?
        }
        None => import_with_bar(&inroad, paths, &options).await?,
    };
    tell(&report, dry_run, out)?;
    let mut proposed = report.deals_proposed;
    if let Some(guess) = &report.owner {
        asking::confirm_owner(&inroad, guess, out).await?;
        proposed += inroad.propose_deals().await?;
    }
    if proposed > 0 {
        writeln!(
            out,
            "{} proposed from your correspondence. Look: inroad deals · take all: inroad deals accept",
            n(proposed, "deal")
        )?;
    }
    if !dry_run {
        lessons::offer(&inroad, &ended_before, out).await?;
    }
    inroad.close().await?;
    let in_vain = report.files == 0 && report.issue_count > 0;
    Ok(if in_vain { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Imports with a bar on the error output, which vanishes at the end.
pub(crate) async fn import_with_bar(
    inroad: &Inroad,
    paths: &[PathBuf],
    options: &ImportOptions,
) -> Result<ImportReport> {
    let bar = ProgressBar::new(0);
    bar.set_style(ProgressStyle::with_template(
        "{bar:30} {bytes}/{total_bytes} · {msg} messages · {eta} left",
    )?);
    let tell = |progress: inroad_service::Progress| {
        bar.set_length(progress.bytes_total.max(progress.bytes_done));
        bar.set_message(progress.messages.to_string());
        bar.set_position(progress.bytes_done);
    };
    let report = inroad.import(paths, options, &tell).await;
    bar.finish_and_clear();
    Ok(report?)
}

/// One line for each batch that is kept.
fn tell_kept(added: u64) {
    // Whoever does not listen need not be told.
    let _unwritable = writeln!(std::io::stderr(), "kept {added}");
}

/// Nobody reads more faults on a screen; the doctor shows more.
pub(super) const ISSUES_SHOWN_MAX: usize = 20;

fn tell(report: &ImportReport, dry_run: bool, out: &mut dyn Write) -> Result<()> {
    let verb = if dry_run { "Would import" } else { "Imported" };
    let rows = [
        ("message", report.messages, report.message_doubles),
        ("calendar entry", report.events, report.event_doubles),
        ("contact", report.contacts, report.contact_doubles),
        ("company", report.companies, report.company_doubles),
        ("deal", report.deals, report.deal_doubles),
    ];
    let in_vain = report.files == 0;
    if in_vain {
        writeln!(out, "Nothing was imported.")?;
    } else {
        writeln!(out, "Read {}.", n(report.files, "file"))?;
    }
    for (noun, added, doubles) in rows.into_iter().filter(|(_, a, d)| a + d > 0) {
        let known = if doubles > 0 { format!(", {doubles} known already") } else { String::new() };
        writeln!(out, "{verb} {}{known}.", n(added, noun))?;
    }
    if report.notes > 0 {
        let verb = if dry_run { "Would add" } else { "Added" };
        writeln!(out, "{verb} {} to deals.", n(report.notes, "note"))?;
    }
    if report.facts > 0 {
        writeln!(out, "Found {} in them.", n(report.facts, "fact"))?;
    }
    if report.issue_count > 0 {
        let rest = match (in_vain, dry_run) {
            (true, _) => "",
            (false, true) => "; everything else would come in",
            (false, false) => "; everything else came in",
        };
        writeln!(out, "{} with the input{rest}:", n(report.issue_count, "problem"))?;
        for issue in report.issues.iter().take(ISSUES_SHOWN_MAX) {
            writeln!(out, "  {issue}")?;
        }
        if report.issue_count > ISSUES_SHOWN_MAX {
            writeln!(out, "  … and {} more", report.issue_count - ISSUES_SHOWN_MAX)?;
        }
    }
    Ok(())
}

/// "1 deal", "2 deals", "3 calendar entries".
pub(super) fn n(count: usize, noun: &str) -> String {
    match (count, noun.strip_suffix('y')) {
        (1, _) => format!("1 {noun}"),
        (_, Some(stem)) => format!("{count} {stem}ies"),
        (_, None) => format!("{count} {noun}s"),
    }
}
