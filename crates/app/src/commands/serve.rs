//! `inroad serve`: the review as a page on this machine.

use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, Result};
use inroad_model::Moment;
use inroad_service::{Inroad, Passwords, Sample, Stop, give_memory_back};
use inroad_web::{Key, SampleSettings, Server, Settings};

use super::operations::stop;
#[cfg(feature = "operations")]
use super::operations::watched;

/// What is served beside the data file.
#[derive(Debug, Default)]
pub(crate) struct Serving {
    /// The day that is reviewed, if not today.
    pub as_of: Option<Moment>,
    /// The sample that may be tried from the first page.
    pub sample: Option<Sample>,
    /// The passwords of what is connected, which is read meanwhile.
    pub passwords: Option<Passwords>,
    /// Where else it is told how the program does.
    #[cfg(feature = "operations")]
    pub metrics: Option<std::net::SocketAddr>,
}

/// A review is looked at for longer than that, and mail is asked for less often.
const MEMORY_GIVEN_BACK_EVERY: Duration = Duration::from_mins(1);

/// Serves until interrupted.
pub(crate) async fn run(
    inroad: Inroad,
    port: u16,
    serving: Serving,
    out: &mut dyn Write,
) -> Result<ExitCode> {
    let Serving {
        as_of,
        sample,
        passwords,
        #[cfg(feature = "operations")]
        metrics,
    } = serving;
    let asked_to_stop = stop::asked_for();
    let sample = match sample {
        Some(sample) => {
            Some(SampleSettings { sample, key: random_key()?, form_key: random_key()? })
        }
        None => None,
    };
    let settings = Settings {
        as_of,
        sample,
        passwords: passwords.clone(),
        home: dirs::home_dir(),
        ..Settings::new(random_key()?, random_key()?)
    };
    let server = match Server::bind(inroad.clone(), settings.clone(), port).await {
        Ok(server) => server,
        // Another program, or another inroad, has the usual port.
        Err(_taken) => Server::bind(inroad.clone(), settings, 0).await?,
    };
    writeln!(out, "The review as a page: {}", server.link()?)?;
    #[cfg(feature = "operations")]
    let watched = watched::begin(&server, metrics, out).await?;
    writeln!(out, "Press Ctrl-C to stop.")?;
    out.flush()?;
    let stop = Stop::default();
    let reading = passwords.map(|passwords| {
        let (inroad, stop) = (inroad.clone(), stop.clone());
        tokio::spawn(async move {
            // What was begun before the last program ended is looked for first.
            // What it could not settle stays open, and stands under Sent.
            let _open = inroad.settle_what_was_begun(&passwords).await;
            inroad.watch(&passwords, &stop).await
        })
    });
    // Whoever set a rule for how long letters are kept, and wished for it every day, needs not come back.
    let keeping = {
        let (inroad, stop) = (inroad.clone(), stop.clone());
        tokio::spawn(async move { inroad.keep_no_longer_daily(&stop).await })
    };
    let giving_back = tokio::spawn(give_memory_back(MEMORY_GIVEN_BACK_EVERY));
    server.run(asked_to_stop).await?;
    tracing::info!(target: "inroad::serving", "all under way is answered");
    giving_back.abort();
    stop.now();
    if let Some(reading) = reading {
        reading.await??;
    }
    keeping.await?;
    inroad.close().await?;
    #[cfg(feature = "operations")]
    if let Some(watched) = watched {
        watched.abort();
    }
    tracing::info!(target: "inroad::serving", "stopped");
    Ok(ExitCode::SUCCESS)
}

fn random_key() -> Result<Key> {
    let mut random = [0; 16];
    getrandom::fill(&mut random).context("This system gives no random numbers")?;
    Ok(Key::new(random))
}
