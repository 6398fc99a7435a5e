//! `inroad correct`: the user says how a sentence is to be read.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use inroad_model::{Correction, Moment};
use inroad_service::{Inroad, corrected_examples, shown_correction};

use crate::cli::{CorrectArgs, Holds, PlainFormat};
use crate::{show, when};

/// Takes a correction, takes one back, or lists those that count.
pub(crate) async fn run(
    inroad: Inroad,
    args: CorrectArgs,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let now = when::now();
    match args {
        CorrectArgs {
            message: Some(id), sentence: Some(sentence), cue: Some(cue), holds, ..
        } => {
            let done = match holds {
                Some(holds) => {
                    inroad.correct(&id, &sentence, cue, holds == Holds::Yes, now).await?
                }
                None => inroad.take_correction_back(&sentence, cue, now).await?,
            };
            let word = match holds {
                Some(Holds::Yes) => "Noted: this sentence",
                Some(Holds::No) => "Noted: it is not so that this sentence",
                None => "Noted: you say nothing any more on whether this sentence",
            };
            match args.format {
                PlainFormat::Json => show::json(&done.what, out)?,
                PlainFormat::Table => writeln!(out, "{word} {}.", cue.says())?,
            }
        }
        CorrectArgs { format, .. } => list(&inroad, format, now, out).await?,
    }
    inroad.close().await?;
    Ok(ExitCode::SUCCESS)
}

async fn list(
    inroad: &Inroad,
    format: PlainFormat,
    now: Moment,
    out: &mut dyn Write,
) -> Result<()> {
    let corrections = inroad.corrections(now).await?;
    if format == PlainFormat::Json {
        return show::json(&corrected_examples(&corrections), out);
    }
    if corrections.is_empty() {
        writeln!(out, "You have corrected no sentence yet. 'inroad correct --help' says how.")?;
    }
    for own in &corrections {
        let Correction { message, cue, holds, told_at, .. } = own;
        let word = if *holds { "yes" } else { "no" };
        let sentence = shown_correction(own).unwrap_or("(something private)");
        writeln!(out, "{} {:<20} {word:<3} {sentence}", told_at.date(), cue.as_str())?;
        writeln!(out, "           in <{}>", show::plain(message.as_str()))?;
    }
    Ok(())
}
