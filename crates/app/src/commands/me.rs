//! `inroad me`: who the user is.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use inroad_model::EmailAddress;
use inroad_service::Inroad;

/// Shows who the user is, or takes the user's word.
pub(crate) async fn run(
    inroad: Inroad,
    emails: Vec<EmailAddress>,
    name: Option<String>,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    if !emails.is_empty() {
        inroad.set_seller(name, emails).await?;
        inroad.propose_deals().await?;
    }
    match inroad.seller().await? {
        Some(seller) => {
            if let Some(name) = &seller.name {
                writeln!(out, "{name}")?;
            }
            for email in &seller.emails {
                writeln!(out, "{email}")?;
            }
            writeln!(out, "{} colleagues by your domain", seller.colleagues.len())?;
        }
        None => writeln!(out, "Not known yet. Import your mail, or say: inroad me YOUR@ADDRESS")?,
    }
    inroad.close().await?;
    Ok(ExitCode::SUCCESS)
}
