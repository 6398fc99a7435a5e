//! `inroad draft`: a draft begun, with blanks for a person to fill.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use inroad_service::{DraftAsked, Inroad};

use crate::cli::{DraftArgs, DraftFormat};
use crate::show;

/// Does what was asked.
pub(crate) async fn run(inroad: Inroad, args: DraftArgs, out: &mut dyn Write) -> Result<ExitCode> {
    if args.list {
        let fitting = inroad.plays_for(&args.person, args.deal.as_deref(), args.on.0).await?;
        match args.format {
            DraftFormat::Json => show::json(&fitting, out)?,
            DraftFormat::Text => show::fitting_plays(&fitting, out)?,
        }
        return Ok(ExitCode::SUCCESS);
    }
    let asked = DraftAsked {
        person: args.person,
        deal: args.deal,
        play: args.play,
        channel: args.channel,
        opening: args.opening,
    };
    let begun = inroad.draft(&asked, args.on.0).await?;
    match args.format {
        DraftFormat::Json => show::json(&begun, out)?,
        DraftFormat::Text => {
            write!(out, "{}", show::plain(&begun.whole()))?;
            if !args.bare {
                show::beside_draft(&begun, out)?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
