//! What somebody wishes to be read at once, told to whoever reads it in this program.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use inroad_model::ConnectionName;
use tokio::time::{Instant, sleep};

use super::watch::STOP_SEEN_WITHIN;
use crate::import::Stop;

/// The names of what is wished; cloning shares them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wake(Arc<Mutex<BTreeSet<ConnectionName>>>);

impl Wake {
    /// Wishes that a connection is read.
    pub(super) fn wish(&self, name: &ConnectionName) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(name.clone());
    }

    /// Takes all wishes.
    pub(super) fn take(&self) -> BTreeSet<ConnectionName> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Waits that long at the most, or until something is wished, or all is stopped.
    pub(super) async fn wished_within(&self, wait: Duration, stop: &Stop) {
        let end = Instant::now() + wait;
        let is_wished = || !self.0.lock().unwrap_or_else(PoisonError::into_inner).is_empty();
        while !stop.is_wished() && !is_wished() && Instant::now() < end {
            sleep(STOP_SEEN_WITHIN.min(end.saturating_duration_since(Instant::now()))).await;
        }
    }
}
