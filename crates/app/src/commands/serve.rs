//! `inroad serve`: the review as a page on this machine.

use std::io::Write;
use std::net::IpAddr;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, Result};
use inroad_model::Moment;
use inroad_service::{Inroad, Passwords, Sample, Stop, give_memory_back};
use inroad_web::{Key, PublicAddress, Reach, SampleSettings, Server, Settings, begin_link};

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
    /// Where others ask, and under which address; `None` serves this machine alone.
    pub network: Option<(IpAddr, PublicAddress)>,
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
        network,
        #[cfg(feature = "operations")]
        metrics,
    } = serving;
    let asked_to_stop = stop::asked_for();
    let within = |reach| Settings {
        as_of,
        passwords: passwords.clone(),
        home: dirs::home_dir(),
        ..Settings::within(reach)
    };
    let server = if let Some((listen, address)) = network {
        let settings = within(Reach::Network { listen, address: address.clone() });
        for_others(&inroad, settings, &address, port, out).await?
    } else {
        let sample = match sample {
            Some(sample) => Some(SampleSettings { sample, key: random_key()? }),
            None => None,
        };
        let settings = Settings { sample, ..within(Reach::ThisMachine { key: random_key()? }) };
        for_this_machine(&inroad, settings, port, out).await?
    };
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

/// Serves whoever has the link that is shown here.
async fn for_this_machine(
    inroad: &Inroad,
    settings: Settings,
    port: u16,
    out: &mut dyn Write,
) -> Result<Server> {
    let server = match Server::bind(inroad.clone(), settings.clone(), port).await {
        Ok(server) => server,
        // Another program, or another inroad, has the usual port.
        Err(_taken) => Server::bind(inroad.clone(), settings, 0).await?,
    };
    writeln!(out, "The review as a page: {}", server.link())?;
    Ok(server)
}

/// Serves those who sign in. Nobody can before whose data it is has set up a login, by a link that is shown here:
/// whoever reads it has the machine.
async fn for_others(
    inroad: &Inroad,
    settings: Settings,
    address: &PublicAddress,
    port: u16,
    out: &mut dyn Write,
) -> Result<Server> {
    let server = Server::bind(inroad.clone(), settings, port).await?;
    writeln!(out, "Others sign in at {address}; the proxy there asks {}.", server.listens_at()?)?;
    if !inroad.owner_has_login().await? {
        let token = inroad.invite_owner(crate::when::now()).await?;
        writeln!(out, "Set up how you sign in; this works once, for an hour:")?;
        writeln!(out, "{}", begin_link(address, &token))?;
    }
    Ok(server)
}

fn random_key() -> Result<Key> {
    let mut random = [0; 16];
    getrandom::fill(&mut random).context("This system gives no random numbers")?;
    Ok(Key::new(random))
}
