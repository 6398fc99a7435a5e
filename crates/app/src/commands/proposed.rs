//! `inroad proposed`: what an assistant proposed about deals, to be confirmed or dismissed.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use inroad_model::EmailAddress;
use inroad_service::{Inroad, WaitingAssessment};

use crate::cli::{PlainFormat, ProposedAction, ProposedArgs};
use crate::show::{self, plain};
use crate::when;

/// Lists what waits, confirms or dismisses.
pub(crate) async fn run(
    inroad: Inroad,
    args: ProposedArgs,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let at = when::now();
    match args.action {
        None => {
            let waiting = inroad.waiting_assessments(None, at).await?;
            match args.format {
                PlainFormat::Json => show::json(&waiting, out)?,
                PlainFormat::Table => list(&waiting, out)?,
            }
        }
        Some(ProposedAction::Confirm { number }) => {
            let done = inroad.confirm_assessment(number, at).await?;
            let says = words(&done.what);
            writeln!(out, "Confirmed: {says}. To take it back: inroad undo {}", done.deed)?;
        }
        Some(ProposedAction::Dismiss { number }) => {
            let done = inroad.dismiss_assessment(number, at).await?;
            let says = words(&done.what);
            writeln!(out, "Dismissed: {says}. To take it back: inroad undo {}", done.deed)?;
        }
    }
    inroad.close().await?;
    Ok(ExitCode::SUCCESS)
}

fn list(waiting: &[WaitingAssessment], out: &mut dyn Write) -> Result<()> {
    for one in waiting {
        let by = plain(one.proposed.by.as_str());
        let quote = plain(one.proposed.quote.as_str());
        let (number, deal, says) = (one.number, plain(one.deal.as_str()), words(one));
        writeln!(
            out,
            "{number}  {deal}: {says}\n   \"{quote}\"\n   <{}>, proposed by {by}",
            plain(one.proposed.message.as_str())
        )?;
    }
    if waiting.is_empty() {
        writeln!(out, "No assistant proposes anything.")?;
    } else {
        writeln!(
            out,
            "Nothing of it counts. To decide: inroad proposed confirm NUMBER, or dismiss NUMBER"
        )?;
    }
    Ok(())
}

fn words(one: &WaitingAssessment) -> String {
    plain(&one.proposed.says.in_words(EmailAddress::to_string))
}
