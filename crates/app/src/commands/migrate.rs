//! `inroad migrate`.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use inroad_service::{Inroad, ServerPlace};

use crate::cli::MigrateArgs;

/// Copies everything into a workspace on a server, and tells what was compared.
pub(crate) async fn run(
    inroad: Inroad,
    args: MigrateArgs,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let MigrateArgs { to, workspace, file } = args;
    let to = ServerPlace { database: to, workspace };
    let file = file.unwrap_or_else(|| {
        inroad.path().with_file_name(format!("{}.toml", to.workspace.replace(['/', '\\'], "-")))
    });
    let bar = indicatif::ProgressBar::new_spinner();
    bar.enable_steady_tick(std::time::Duration::from_millis(100));
    let tell = bar.clone();
    let copied =
        inroad.migrate(&to, &file, &mut |table| tell.set_message(format!("copying {table}"))).await;
    bar.finish_and_clear();
    let copied = copied?;
    inroad.close().await?;
    writeln!(out, "{:<16} {:>12}  Digest, the same on both sides", "Table", "Rows")?;
    for table in copied.iter().filter(|table| table.rows > 0) {
        writeln!(out, "{:<16} {:>12}  {}", table.table, table.rows, table.digest)?;
    }
    let rows: u64 = copied.iter().map(|table| table.rows).sum();
    writeln!(out, "\n{rows} rows were copied and compared. The data file stays as it was.")?;
    writeln!(out, "From now on:  inroad --data {} serve", file.display())?;
    Ok(ExitCode::SUCCESS)
}
