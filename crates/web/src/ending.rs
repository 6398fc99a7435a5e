//! The end of the server: answers that go on for ever hear of it, and end.

use std::future::Future;
use std::time::Duration;

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

    /// Whether it ends.
    pub(crate) fn has_begun(&self) -> bool {
        *self.0.borrow()
    }

    /// Is done so long after it ends: whoever has not got their answer by then sends nothing more, or takes
    /// nothing.
    pub(crate) fn begun_for(&self, patience: Duration) -> impl Future<Output = ()> + Send + use<> {
        let begun = self.begun();
        async move {
            begun.await;
            tokio::time::sleep(patience).await;
        }
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
