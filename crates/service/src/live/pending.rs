//! Sign-ins in a browser that are under way, for as long as the program runs: each is waited for, tried and
//! kept beside the pages.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use inroad_model::{Connection, ConnectionName};

use super::oauth::ByBrowser;
use super::passwords::Passwords;
use crate::import::Stop;
use crate::{Inroad, Result};

/// More at once are nobody's.
const AT_ONCE: usize = 8;

/// How a sign-in stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PendingSignIn {
    /// The browser has not come back yet.
    Waiting {
        /// The connection that is signed in for.
        name: ConnectionName,
        /// The address that the person opens.
        url: String,
    },
    /// It works, and the connection is kept.
    Connected(ConnectionName),
    /// It came to nothing: why, and the way out.
    Failed {
        /// The connection that was signed in for.
        name: ConnectionName,
        /// In words.
        why: String,
    },
}

/// All of them, by number; cloning shares them. They end with the last of its clones.
#[derive(Debug, Clone, Default)]
pub struct SignIns {
    all: Arc<Mutex<All>>,
}

#[derive(Debug, Default)]
struct All {
    last: u64,
    by_number: BTreeMap<u64, One>,
}

#[derive(Debug)]
struct One {
    stands: PendingSignIn,
    stop: Stop,
}

impl Drop for One {
    fn drop(&mut self) {
        self.stop.now();
    }
}

impl SignIns {
    /// Waits for the browser beside the pages, then tries the connection and keeps it. An earlier one for the
    /// same connection ends. Returns the number by which it is asked after.
    pub fn follow(
        &self,
        inroad: &Inroad,
        passwords: &Passwords,
        connection: Connection,
        begun: ByBrowser,
    ) -> u64 {
        let (stop, name) = (Stop::default(), connection.name.clone());
        let stands = PendingSignIn::Waiting { name: name.clone(), url: begun.url().to_owned() };
        let number = self.add(One { stands, stop: stop.clone() });
        let all = Arc::downgrade(&self.all);
        let (inroad, passwords) = (inroad.clone(), passwords.clone());
        tokio::spawn(async move {
            let done: Result<()> = async {
                let signed_in = begun.wait(&stop).await?;
                let now = crate::now();
                inroad.connect_signed_in(&connection, signed_in, &passwords, now).await
            }
            .await;
            let Some(all) = all.upgrade() else { return };
            let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(one) = all.by_number.get_mut(&number) {
                one.stands = match done {
                    Ok(()) => PendingSignIn::Connected(name),
                    Err(why) => PendingSignIn::Failed { name, why: why.to_string() },
                };
            }
        });
        number
    }

    /// How one stands; `None` if there is none of that number.
    pub fn look(&self, number: u64) -> Option<PendingSignIn> {
        let all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        all.by_number.get(&number).map(|one| one.stands.clone())
    }

    fn add(&self, one: One) -> u64 {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        let name = one.stands.name().clone();
        all.by_number.retain(|_, other| *other.stands.name() != name);
        while all.by_number.len() >= AT_ONCE {
            all.by_number.pop_first();
        }
        all.last += 1;
        let number = all.last;
        all.by_number.insert(number, one);
        number
    }
}

impl PendingSignIn {
    /// The connection that is signed in for.
    pub fn name(&self) -> &ConnectionName {
        match self {
            Self::Waiting { name, .. } | Self::Connected(name) | Self::Failed { name, .. } => name,
        }
    }
}
