//! One installation: a data file with everything in it.

use std::path::Path;
use std::sync::Arc;

use inroad_advice::read_again::ReadAgain;
use inroad_ingest::{Limits, mail};
use inroad_language::read::reader;
use inroad_store::{ReadMail, Store};

use crate::leads::KeptLeads;
use crate::live::Wake;
use crate::place::Place;
use crate::search::Kept;
use crate::sellers::Memory;
use crate::{Error, Result};

/// The handle on one data file; every action of a user is a method on it.
#[derive(Debug, Clone)]
pub struct Inroad {
    pub(crate) store: Store,
    /// What searches hold in memory.
    pub(crate) kept: Kept,
    /// What lists of leads hold in memory.
    pub(crate) leads: KeptLeads,
    /// What was counted of people's selling.
    pub(crate) selling: Memory,
    /// Letters that reviews read again.
    pub(crate) read_again: Arc<ReadAgain>,
    /// What is wished to be read at once.
    pub(crate) wake: Wake,
}

impl Inroad {
    /// Opens a data file, making it if it is missing, or the workspace that a workspace file names.
    ///
    /// # Errors
    /// If the file is no data file of ours or cannot be written; as [`Place::at`]; if the server does not let us in.
    pub async fn open(path: &Path) -> Result<Self> {
        let store = Place::at(path)?.open(path).await?.with_reader(&reader());
        Ok(Self {
            store,
            kept: Kept::default(),
            leads: KeptLeads::default(),
            selling: Memory::default(),
            read_again: Arc::default(),
            wake: Wake::default(),
        })
    }

    /// Opens a data file that must be there: a mistyped name makes no new one.
    ///
    /// # Errors
    /// [`Error::NotFound`], and as [`Inroad::open`].
    pub async fn open_existing(path: &Path) -> Result<Self> {
        // A workspace file says by itself what is wrong with it.
        if matches!(Place::at(path)?, Place::Server(_)) || path.exists() {
            return Self::open(path).await;
        }
        Err(Error::NotFound {
            what: format!(
                "There is no data file {}; make one with 'inroad import PATH'",
                path.display()
            ),
        })
    }

    /// Where the data file lies.
    pub fn path(&self) -> &Path {
        self.store.path()
    }

    /// Puts everything into the file itself and lets go of it.
    pub async fn close(self) -> Result<()> {
        Ok(self.store.close().await?)
    }
}

/// Reads a letter, for the words by which it is found.
pub(crate) fn read_mail() -> ReadMail {
    Arc::new(|raw| mail::parse_message(raw, &Limits::default()).0)
}
