//! `inroad mcp`: what is known of deals, for an assistant of the user's.

use std::process::ExitCode;

use anyhow::{Context, Result};
use inroad_mcp::Leave;
use inroad_service::Inroad;

use crate::cli::McpArgs;

/// Speaks with an assistant until it leaves.
pub(crate) async fn run(inroad: Inroad, args: &McpArgs) -> Result<ExitCode> {
    let leave = Leave { letters: args.letters, proposals: args.may_propose };
    inroad_mcp::serve_stdio(inroad, leave).await.context("The conversation broke off")?;
    Ok(ExitCode::SUCCESS)
}
