//! `inroad review` and `inroad deal`: from the data file, or straight from mail files.

use std::io::Write;
use std::process::ExitCode;

use anyhow::{Result, bail};
use inroad_ingest::Limits;
use inroad_service::{
    Inroad, SecondReadingEndpoint, SecondSource, read_deal_file, read_playbook, read_recorded,
    review_files,
};

use crate::cli::{Format, ReviewArgs, Showing};
use crate::show;

use super::import::ISSUES_SHOWN_MAX;
use super::second_reading::key_of_environment;

/// Reviews all deals of the data file.
pub(crate) async fn run(inroad: Inroad, showing: Showing, out: &mut dyn Write) -> Result<ExitCode> {
    let review = inroad.review(showing.as_of.0).await?;
    let of_others = inroad.read_by_others().await?;
    inroad.close().await?;
    show::review(&review, showing.format, out)?;
    if of_others > 0 && showing.format == Format::Table {
        let were = super::reread::were(of_others);
        writeln!(out, "{were} read by another version of this program. Read anew: inroad reread")?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Shows one deal of the data file.
pub(crate) async fn run_deal(
    inroad: Inroad,
    name: &str,
    showing: Showing,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let review = inroad.review_deal(name, showing.as_of.0).await?;
    inroad.close().await?;
    show::deal(&review, showing.format, out)?;
    Ok(ExitCode::SUCCESS)
}

/// Reviews mail files without a data file.
pub(crate) fn run_files(args: &ReviewArgs, out: &mut dyn Write) -> Result<ExitCode> {
    let deals = args.deals.as_deref().map(read_deal_file).transpose()?;
    if let Some(folder) = args.playbook.as_deref().filter(|folder| !folder.is_dir()) {
        bail!("There is no folder {}", folder.display());
    }
    let playbook = read_playbook(args.playbook.as_deref())?;
    let second = second_source(args)?;
    let (as_of, limits) = (args.showing.as_of.0, Limits::default());
    let done = review_files(&args.mail, deals, &playbook, &second, as_of, &limits)?;
    show::review(&done.review, args.showing.format, out)?;
    let mut errors = std::io::stderr().lock();
    for issue in done.issues.iter().take(ISSUES_SHOWN_MAX) {
        writeln!(errors, "{issue}")?;
    }
    if done.issues.len() > ISSUES_SHOWN_MAX {
        writeln!(errors, "… and {} more problems", done.issues.len() - ISSUES_SHOWN_MAX)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Where second readings come from; nobody is asked who was not agreed to on this very line.
fn second_source(args: &ReviewArgs) -> Result<SecondSource> {
    if let Some(file) = &args.second_reading {
        return Ok(SecondSource::Recorded(read_recorded(file)?));
    }
    let Some(url) = &args.second_reading_from else { return Ok(SecondSource::None) };
    let endpoint = SecondReadingEndpoint::new(url)?;
    let (host, agreed) = (endpoint.host(), args.i_agree_to_send_to.as_deref().unwrap_or_default());
    if !agreed.eq_ignore_ascii_case(&host) {
        bail!("The letters would go to {host}; you agreed to '{agreed}', and nothing was sent");
    }
    let model = args.second_reading_model.clone().unwrap_or_default();
    Ok(SecondSource::Asked { endpoint, model, key: key_of_environment()? })
}
