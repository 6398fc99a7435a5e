//! `inroad serve`: the review as a page on this machine.

use std::io::Write;
use std::process::ExitCode;

use anyhow::{Context, Result};
use inroad_model::Moment;
use inroad_service::Inroad;
use inroad_web::{Key, Server, Settings};

/// Serves until interrupted.
pub(crate) async fn run(
    inroad: Inroad,
    port: u16,
    as_of: Option<Moment>,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let settings = Settings { key: random_key()?, form_key: random_key()?, as_of };
    let server = match Server::bind(inroad.clone(), settings.clone(), port).await {
        Ok(server) => server,
        // Another program, or another inroad, has the usual port.
        Err(_taken) => Server::bind(inroad.clone(), settings, 0).await?,
    };
    writeln!(out, "The review as a page: {}", server.link()?)?;
    writeln!(out, "Press Ctrl-C to stop.")?;
    out.flush()?;
    server
        .run(async {
            // Without a signal handler the page runs until the process is ended from outside.
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
        })
        .await?;
    inroad.close().await?;
    Ok(ExitCode::SUCCESS)
}

fn random_key() -> Result<Key> {
    let mut random = [0; 16];
    getrandom::fill(&mut random).context("This system gives no random numbers")?;
    Ok(Key::new(random))
}
