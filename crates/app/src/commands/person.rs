//! `inroad person`: what passed with one person, and under which addresses.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use inroad_model::{EmailAddress, Moment};
use inroad_service::Inroad;

use crate::cli::PlainFormat;
use crate::{show, when};

/// What the user says about a person's addresses.
#[derive(Debug)]
pub(crate) struct Decisions {
    pub same_as: Vec<EmailAddress>,
    pub not_same_as: Vec<EmailAddress>,
}

/// Takes the user's word, then shows the person.
pub(crate) async fn run(
    inroad: Inroad,
    email: &EmailAddress,
    decisions: Decisions,
    as_of: Moment,
    format: PlainFormat,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    for (others, same) in [(&decisions.same_as, true), (&decisions.not_same_as, false)] {
        for other in others {
            inroad.decide_same_person(email, other, same, when::now()).await?;
        }
    }
    let person = inroad.person(email, as_of).await?;
    inroad.close().await?;
    match format {
        PlainFormat::Json => show::json(&person, out)?,
        PlainFormat::Table => show::person(&person, out)?,
    }
    Ok(ExitCode::SUCCESS)
}
