//! `inroad reread`: reads kept mail with the present reader, with a bar.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use indicatif::{ProgressBar, ProgressStyle};
use inroad_service::{Inroad, REREAD_BATCH_MESSAGES, RereadProgress, RereadReport, Stop};

use super::import::n;

/// Reads anew what another version of the program read.
pub(crate) async fn run(
    inroad: Inroad,
    batch_mails: Option<u32>,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let report = match batch_mails {
        Some(batch_mails) => inroad.reread(batch_mails, &Stop::default(), &tell_kept).await?,
        None => with_bar(&inroad).await?,
    };
    inroad.close().await?;
    tell(&report, out)?;
    Ok(ExitCode::SUCCESS)
}

/// "1 message was", "12 messages were".
pub(crate) fn were(messages: u64) -> String {
    let verb = if messages == 1 { "was" } else { "were" };
    format!("{} {verb}", n(usize::try_from(messages).unwrap_or(usize::MAX), "message"))
}

async fn with_bar(inroad: &Inroad) -> Result<RereadReport> {
    let bar = ProgressBar::new(0);
    bar.set_style(ProgressStyle::with_template("{bar:30} {pos}/{len} messages · {eta} left")?);
    let tell = |progress: RereadProgress| {
        bar.set_length(progress.total.max(progress.done));
        bar.set_position(progress.done);
    };
    let report = inroad.reread(REREAD_BATCH_MESSAGES, &Stop::default(), &tell).await;
    bar.finish_and_clear();
    Ok(report?)
}

/// One line for each batch that is kept.
fn tell_kept(progress: RereadProgress) {
    // Whoever does not listen need not be told.
    let _unwritable = writeln!(std::io::stderr(), "read {}", progress.done);
}

fn tell(report: &RereadReport, out: &mut dyn Write) -> Result<()> {
    if report.messages == 0 {
        writeln!(out, "Nothing to do: all mail was read by this version.")?;
        return Ok(());
    }
    writeln!(
        out,
        "{} read anew, {} of them otherwise than before.",
        were(report.messages),
        report.changed
    )?;
    if report.unreadable > 0 {
        writeln!(
            out,
            "{} not readable any more and left as before. Look: inroad doctor",
            were(report.unreadable)
        )?;
    }
    if report.deals_proposed > 0 {
        writeln!(out, "{} proposed. Look: inroad deals", n(report.deals_proposed, "deal"))?;
    }
    Ok(())
}
