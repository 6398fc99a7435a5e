//! Whether a program can answer for its data now, for whoever sends people to it or away from it.

use std::time::Duration;

use inroad_store::PoolUse;

use crate::Inroad;

/// Whether the data can be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readiness {
    /// It answers.
    Ready,
    /// It does not answer, or not in time.
    NoAnswer,
    /// It has the schema of another version of this program.
    OtherSchema,
}

/// Whoever asks whether all is well asks again in a few seconds.
const PATIENCE: Duration = Duration::from_secs(3);

impl Inroad {
    /// Asks the data for the least that it can tell.
    pub async fn readiness(&self) -> Readiness {
        match tokio::time::timeout(PATIENCE, self.store.has_own_schema()).await {
            Ok(Ok(true)) => Readiness::Ready,
            Ok(Ok(false)) => Readiness::OtherSchema,
            Ok(Err(_)) | Err(_) => Readiness::NoAnswer,
        }
    }

    /// How busy the ways to the database are.
    pub fn pools(&self) -> [PoolUse; 2] {
        self.store.pools()
    }
}
