//! `inroad politics`: who is in the way, where to go, what to ask, what would tip it.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Result, bail};
use inroad_model::Moment;
use inroad_service::{Comfort, DealPolitics, Inroad, read_map};
use inroad_web::standalone_map;

use crate::cli::{MapFormat, Risk};
use crate::show;

/// Shows the politics of a deal.
pub(crate) async fn run(
    inroad: Inroad,
    name: &str,
    comfort: Option<Risk>,
    as_of: Moment,
    format: MapFormat,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let comfort = comfort.map_or(Comfort::Even, comfort_of);
    let politics = inroad.politics(name, as_of, comfort).await?;
    inroad.close().await?;
    shown(&politics, format, out)
}

/// Shows those of a map that a person wrote.
pub(crate) fn run_file(
    file: Option<&Path>,
    comfort: Option<Risk>,
    format: MapFormat,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let file = file.unwrap_or_else(|| Path::new(""));
    shown(&read_map(file, comfort.map(comfort_of))?, format, out)
}

fn shown(politics: &DealPolitics, format: MapFormat, out: &mut dyn Write) -> Result<ExitCode> {
    match format {
        MapFormat::Json => show::json(politics, out)?,
        MapFormat::Table => show::politics(politics, out)?,
        MapFormat::Svg => match standalone_map(politics) {
            Some(picture) => writeln!(out, "{picture}")?,
            None => bail!("It is over, or they asked for peace: there is nobody to draw"),
        },
    }
    Ok(ExitCode::SUCCESS)
}

fn comfort_of(risk: Risk) -> Comfort {
    match risk {
        Risk::Careful => Comfort::Careful,
        Risk::Even => Comfort::Even,
        Risk::Bold => Comfort::Bold,
    }
}
