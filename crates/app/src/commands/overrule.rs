//! `inroad overrule`: the user decides otherwise than advised, or takes it back.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use inroad_model::Advice;
use inroad_service::{Decision, Inroad};

use crate::cli::PlainFormat;
use crate::{show, when};

/// Takes the decision, with its reason; without one takes back what was decided before.
pub(crate) async fn run(
    inroad: Inroad,
    name: &str,
    own: Option<(Advice, String)>,
    format: PlainFormat,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let decision = match own {
        Some((chosen, because)) => inroad.overrule(name, chosen, &because, when::now()).await?.what,
        None => Decision::Back(inroad.take_overruling_back(name, when::now()).await?.what),
    };
    inroad.close().await?;
    match (decision, format) {
        (Decision::Own(own), PlainFormat::Json) => show::json(&own, out)?,
        (Decision::Back(advice), PlainFormat::Json) => {
            show::json(&serde_json::json!({ "advised": advice, "chosen": advice }), out)?;
        }
        (Decision::Own(own), PlainFormat::Table) => writeln!(
            out,
            "Noted: {}, where inroad says {}. The review shows it as your own decision. To follow \
             inroad again: inroad overrule DEAL --undo",
            own.chosen().in_words(),
            own.advised().in_words(),
        )?,
        (Decision::Back(advice), PlainFormat::Table) => {
            writeln!(out, "Noted: back to what inroad says, {}.", advice.in_words())?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
