//! `inroad lsp`: the coach in an editor.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use inroad_lsp::Ended;
use tokio::runtime::Handle;

/// Speaks with an editor until it leaves. `data` is the data file, which need not be there.
pub(crate) async fn run(data: &Path) -> Result<ExitCode> {
    let (data, runtime) = (data.to_owned(), Handle::current());
    let spoken = tokio::task::spawn_blocking(move || inroad_lsp::serve_stdio(&data, &runtime));
    let ended = spoken.await.context("The conversation with the editor broke off")??;
    Ok(match ended {
        Ended::Orderly => ExitCode::SUCCESS,
        Ended::Abrupt => ExitCode::FAILURE,
    })
}
