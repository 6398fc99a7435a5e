//! `inroad tell`: what the user knows of people that no letter says.

use std::io::Write;
use std::process::ExitCode;

use anyhow::{Context, Result};
use inroad_model::{Insight, InsightNumber, Known, Remark};
use inroad_service::Inroad;

use crate::cli::{PlainFormat, TellArgs, Word};
use crate::{show, when};

/// Takes the user's word, takes one back, or shows them.
pub(crate) async fn run(inroad: Inroad, args: TellArgs, out: &mut dyn Write) -> Result<ExitCode> {
    match args {
        TellArgs { undo: Some(number), format, .. } => undo(&inroad, number, format, out).await?,
        TellArgs { who: Some(who), what: Some(what), value, because, format, .. } => {
            let word = what.word(&value.join(" ")).map_err(anyhow::Error::msg)?;
            let insight = insight(&inroad, &who, word, because.as_deref()).await?;
            let told = inroad.tell(&insight).await?;
            match format {
                PlainFormat::Json => show::json(&told, out)?,
                PlainFormat::Table => show::told(&told, out)?,
            }
        }
        TellArgs { format, .. } => {
            let told = inroad.told(when::now()).await?;
            match format {
                PlainFormat::Json => show::json(&told, out)?,
                PlainFormat::Table => show::all_told(&told, out)?,
            }
        }
    }
    inroad.close().await?;
    Ok(ExitCode::SUCCESS)
}

async fn insight(inroad: &Inroad, who: &str, word: Word, because: Option<&str>) -> Result<Insight> {
    let because = because.map_or(Ok(None), Remark::if_any).context("--because")?;
    let who = inroad.person_called(who).await?;
    let known = match word {
        Word::Is(is) => Known::Person { who, is },
        Word::Tied(kind, to) => {
            Known::Tie { from: who, kind, to: inroad.person_called(&to).await? }
        }
    };
    Ok(Insight { at: when::now(), known, because })
}

async fn undo(
    inroad: &Inroad,
    number: Option<InsightNumber>,
    format: PlainFormat,
    out: &mut dyn Write,
) -> Result<()> {
    let untold = inroad.untell(number, when::now()).await?;
    match format {
        PlainFormat::Json => show::json(&untold, out),
        PlainFormat::Table => show::untold(&untold, out),
    }
}
