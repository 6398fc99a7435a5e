//! What those who run the program for others ask of it: does it live, is it ready, how does it do.
//!
//! These addresses need no key, since programs ask them, and tell nothing of anybody: words of ours, routes with
//! their blanks unfilled, numbers. They stand beside the pages, and at an address of their own if one is wished
//! for.
//!
//! Must not: tell a name, an address, a word of a letter or the host of a server that somebody uses.

mod health;
#[cfg(feature = "operations")]
mod metrics;
mod requests;

use std::net::SocketAddr;
#[cfg(feature = "operations")]
use std::sync::Arc;

use axum::Router;
use axum::middleware;
use axum::routing::get;
use inroad_service::{Inroad, Jobs};
use tokio::net::TcpListener;

use crate::ending::Ending;
use crate::server::ServerError;

/// What is looked at; cloning shares it.
#[derive(Debug, Clone)]
pub(crate) struct Watching {
    inroad: Inroad,
    #[cfg_attr(not(feature = "operations"), expect(dead_code, reason = "only metrics count jobs"))]
    jobs: Jobs,
    ending: Ending,
    #[cfg(feature = "operations")]
    metrics: Arc<metrics::Metrics>,
}

/// To whom metrics are open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    /// Whoever reaches the address: somebody chose it for that.
    All,
    /// Whoever calls this machine by its own name, as no page of another site can.
    ThisMachine,
    /// Nobody.
    Nobody,
}

impl Watching {
    pub(crate) fn of(inroad: Inroad, jobs: Jobs, ending: Ending) -> Self {
        Self {
            inroad,
            jobs,
            ending,
            #[cfg(feature = "operations")]
            metrics: Arc::default(),
        }
    }

    /// The pages, each request counted and told, and beside them whether all is well; where they are for this
    /// machine only, the metrics, too. Where a proxy asks for others, what it asks comes from this machine as well,
    /// and may name any host.
    pub(crate) fn around(&self, pages: Router, is_for_all: bool) -> Router {
        let metrics = if is_for_all { Open::Nobody } else { Open::ThisMachine };
        let counted = middleware::from_fn_with_state(self.clone(), requests::seen);
        pages.layer(counted).merge(self.routes(metrics))
    }

    #[cfg_attr(
        not(feature = "operations"),
        expect(unused_variables, reason = "without the feature there are no metrics to be open")
    )]
    fn routes(&self, metrics: Open) -> Router {
        let routes = Router::new()
            .route("/healthz", get(health::lives))
            .route("/readyz", get(health::is_ready))
            .with_state(self.clone());
        #[cfg(feature = "operations")]
        let routes = match metrics {
            Open::Nobody => routes,
            Open::All => routes.merge(metrics::routes(self.clone(), false)),
            Open::ThisMachine => routes.merge(metrics::routes(self.clone(), true)),
        };
        routes
    }
}

/// The same three at an address of their own, which is up until the program is gone: whoever asks while it ends
/// hears that it ends.
#[derive(Debug)]
pub struct Watched {
    listener: TcpListener,
    router: Router,
}

impl Watched {
    pub(crate) async fn bind(
        watching: &Watching,
        address: SocketAddr,
    ) -> Result<Self, ServerError> {
        let listener = TcpListener::bind(address).await?;
        let metrics = if address.ip().is_loopback() { Open::ThisMachine } else { Open::All };
        Ok(Self { listener, router: watching.routes(metrics) })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// If the system does not tell.
    pub fn address(&self) -> Result<SocketAddr, ServerError> {
        Ok(self.listener.local_addr()?)
    }

    /// Answers until it is dropped.
    ///
    /// # Errors
    /// If the system takes the address away.
    pub async fn run(self) -> Result<(), ServerError> {
        Ok(axum::serve(self.listener, self.router).await?)
    }
}
