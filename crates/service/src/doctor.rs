//! Is everything whole?

use inroad_model::Issue;
use inroad_store::Health;

use crate::Result;
use crate::inroad::Inroad;

/// What the doctor found.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnosis {
    /// The data file.
    pub health: Health,
    /// A digest of all content; the same content gives the same digest.
    pub digest: String,
    /// Messages that another version of the program read.
    pub read_by_others: u64,
    /// What was wrong with imported input, the earliest first.
    pub issues: Vec<Issue>,
}

/// Nobody reads more on one screen.
const ISSUES_SHOWN_MAX: u32 = 20;

impl Inroad {
    /// How many bytes the data file takes on the disk, with its log; `None` where the data lies on a server.
    pub fn bytes_on_disk(&self) -> Option<u64> {
        if !self.store.is_file() {
            return None;
        }
        let log = {
            let mut name = self.path().as_os_str().to_owned();
            name.push("-wal");
            std::path::PathBuf::from(name)
        };
        let size = |path: &std::path::Path| path.metadata().map_or(0, |metadata| metadata.len());
        Some(size(self.path()) + size(&log))
    }

    /// Reads every page of the data file.
    pub async fn diagnose(&self) -> Result<Diagnosis> {
        Ok(Diagnosis {
            health: self.store.health().await?,
            digest: self.store.digest().await?,
            read_by_others: self.store.read_by_others().await?,
            issues: self.store.issues(ISSUES_SHOWN_MAX).await?,
        })
    }
}
