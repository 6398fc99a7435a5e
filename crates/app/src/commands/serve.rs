//! `inroad serve`: the review as a page on this machine.

use std::io::Write;
use std::net::IpAddr;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use inroad_model::Moment;
use inroad_service::{Inroad, Passwords, Sample, Stop, give_memory_back};
use inroad_web::{Key, PublicAddress, Reach, SampleSettings, Server, Settings, begin_link};

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
    let Serving { as_of, sample, passwords, network } = serving;
    let server = match network {
        Some((listen, address)) => {
            let reach = Reach::Network { listen, address };
            let settings = Settings {
                as_of,
                passwords: passwords.clone(),
                home: dirs::home_dir(),
                ..Settings::within(reach)
            };
            for_others(&inroad, settings, port, out).await?
        }
        None => {
            let sample = match sample {
                Some(sample) => Some(SampleSettings { sample, key: random_key()? }),
                None => None,
            };
            let settings = Settings {
                as_of,
                sample,
                passwords: passwords.clone(),
                home: dirs::home_dir(),
                ..Settings::new(random_key()?)
            };
            let server = match Server::bind(inroad.clone(), settings.clone(), port).await {
                Ok(server) => server,
                // Another program, or another inroad, has the usual port.
                Err(_taken) => Server::bind(inroad.clone(), settings, 0).await?,
            };
            writeln!(out, "The review as a page: {}", server.link())?;
            server
        }
    };
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
    let giving_back = tokio::spawn(give_memory_back(MEMORY_GIVEN_BACK_EVERY));
    server
        .run(async {
            // Without a signal handler the page runs until the process is ended from outside.
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
        })
        .await?;
    giving_back.abort();
    stop.now();
    if let Some(reading) = reading {
        reading.await??;
    }
    inroad.close().await?;
    Ok(ExitCode::SUCCESS)
}

/// Serves those who sign in. Nobody can before whose data it is has set up a login, by a link that is shown here:
/// whoever reads it has the machine.
async fn for_others(
    inroad: &Inroad,
    settings: Settings,
    port: u16,
    out: &mut dyn Write,
) -> Result<Server> {
    let Reach::Network { address, .. } = settings.reach.clone() else {
        bail!("These pages are for this machine");
    };
    let server = Server::bind(inroad.clone(), settings, port).await?;
    writeln!(out, "Others sign in at {address}; the proxy there asks {}.", server.listens_at()?)?;
    if !inroad.owner_has_login().await? {
        let token = inroad.invite_owner(crate::when::now()).await?;
        writeln!(out, "Set up how you sign in; this works once, for an hour:")?;
        writeln!(out, "{}", begin_link(&address, &token))?;
    }
    Ok(server)
}

fn random_key() -> Result<Key> {
    let mut random = [0; 16];
    getrandom::fill(&mut random).context("This system gives no random numbers")?;
    Ok(Key::new(random))
}
