//! The end of the server: answers that go on for ever hear of it, and end.

use std::future::Future;

use tokio::sync::watch;

/// Whether the server ends; cloning shares it.
#[derive(Debug, Clone)]
pub(crate) struct Ending(watch::Sender<bool>);

impl Default for Ending {
    fn default() -> Self {
        Self(watch::Sender::new(false))
    }
}

impl Ending {
    /// It ends.
    pub(crate) fn begin(&self) {
        self.0.send_replace(true);
    }

    /// Is done when it ends.
    pub(crate) fn begun(&self) -> impl Future<Output = ()> + Send + use<> {
        let mut ending = self.0.subscribe();
        async move {
            // The sender lives as long as the server.
            let _ended = ending.wait_for(|begun| *begun).await;
        }
    }
}
