//! The address at which the program is watched, beside its pages.

use std::io::Write;
use std::net::SocketAddr;

use anyhow::{Context, Result};
use inroad_web::Server;
use tokio::task::JoinHandle;

/// Answers there from now on, until the program is gone. Where somebody wished for no such address, nothing.
pub(in crate::commands) async fn begin(
    server: &Server,
    address: Option<SocketAddr>,
    out: &mut dyn Write,
) -> Result<Option<JoinHandle<()>>> {
    let Some(address) = address else { return Ok(None) };
    let watched =
        server.watched_at(address).await.with_context(|| format!("--metrics {address}"))?;
    writeln!(out, "Health and metrics: http://{}/metrics", watched.address()?)?;
    Ok(Some(tokio::spawn(async move {
        if watched.run().await.is_err() {
            tracing::error!(target: "inroad::serving", "the address of the metrics is lost");
        }
    })))
}
