//! The sample beside the user's own pages: a server of its own, with its own data file, link and cookie,
//! so that nothing can mix.

use std::sync::Arc;

use inroad_service::{Error, Sample};
use tokio::sync::Mutex;

use crate::access::Key;
use crate::server::{App, Server, Settings};

/// What the server of the sample needs.
#[derive(Debug, Clone)]
pub struct SampleSettings {
    /// The sample.
    pub sample: Sample,
    /// The secret in its link.
    pub key: Key,
}

/// The sample, if it may be shown, and its link once it is.
#[derive(Debug, Clone)]
pub(crate) struct Showing {
    settings: Option<Arc<SampleSettings>>,
    own: String,
    link: Arc<Mutex<Option<String>>>,
}

impl Showing {
    pub(crate) fn new(settings: Option<SampleSettings>, own: String) -> Self {
        Self { settings: settings.map(Arc::new), own, link: Arc::default() }
    }

    /// Whether there is one to be shown.
    pub(crate) fn is_offered(&self) -> bool {
        self.settings.is_some()
    }

    /// The link to it, once it is shown.
    pub(crate) async fn link(&self) -> Option<String> {
        self.link.lock().await.clone()
    }
}

/// Shows the sample until the server ends. It is begun once; then its link is known.
pub(crate) async fn show(app: &App) -> Result<(), Error> {
    let showing = &app.sample;
    let mut link = showing.link.lock().await;
    let Some(settings) = showing.settings.as_deref().filter(|_| link.is_none()) else {
        return Ok(());
    };
    let failed = |cause: &dyn std::fmt::Display| Error::Unavailable { what: cause.to_string() };
    let inroad = settings.sample.open().await?;
    let pages = Settings {
        as_of: Some(settings.sample.as_of),
        own: Some(showing.own.clone()),
        ..Settings::new(settings.key.clone())
    };
    let server = Server::bind(inroad, pages, 0).await.map_err(|cause| failed(&cause))?;
    *link = Some(server.link().to_owned());
    tokio::spawn(server.run(app.ending.begun()));
    Ok(())
}
