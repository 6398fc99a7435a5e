//! `inroad mcp`: what is known of deals, for an assistant of the user's.

use std::process::ExitCode;

use anyhow::{Context, Result};
use inroad_mcp::Access;
use inroad_service::Inroad;

/// Speaks with an assistant until it leaves.
pub(crate) async fn run(inroad: Inroad, letters: bool) -> Result<ExitCode> {
    let access = if letters { Access::Letters } else { Access::Conclusions };
    inroad_mcp::serve_stdio(inroad, access).await.context("The conversation broke off")?;
    Ok(ExitCode::SUCCESS)
}
