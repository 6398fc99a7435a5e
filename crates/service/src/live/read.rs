//! Everything that is connected, read once.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use inroad_model::{ConnectionName, MailboxConnection, Reads};
use inroad_store::KeptConnection;

use super::fault::Fault;
use super::mailbox::{Mail, Reading};
use super::passwords::Passwords;
use super::sign_in::open_kept;
use super::status::{Board, LiveState, Trouble};
use super::turn::Turn;
use super::watch::stopped_for;
use crate::import::{ImportOptions, ImportReport, Stop};
use crate::{Error, Inroad, Result};

/// What reading a connection once brought.
#[derive(Debug)]
pub struct LiveReport {
    /// Which.
    pub name: ConnectionName,
    /// What came in, or what stood in the way.
    pub outcome: std::result::Result<ImportReport, Trouble>,
}

/// How everything is read once.
#[derive(Debug, Clone)]
pub struct ReadOnce {
    /// Only this one.
    pub only: Option<ConnectionName>,
    /// By which it can be stopped from outside.
    pub stop: Stop,
}

/// How far it is, is written down so often at most.
const SAID_EVERY: Duration = Duration::from_millis(400);

/// Whoever stops waits no longer than that for what is under way.
const STOP_PATIENCE: Duration = Duration::from_secs(2);

impl Inroad {
    /// Reads everything that is connected once, one after the other.
    ///
    /// # Errors
    /// [`Error::Conflict`] while another program reads; [`Error::NotFound`] for a name that is not
    /// connected. What stands in the way of one is told in its report.
    pub async fn read_once(
        &self,
        how: &ReadOnce,
        passwords: &Passwords,
        told: &(dyn Fn(&ConnectionName, &LiveState) + Send + Sync),
    ) -> Result<Vec<LiveReport>> {
        let Some(_turn) = Turn::take(self.path())? else {
            let what = "Another program is reading what is connected; 'inroad status' shows how far \
                        it is";
            return Err(Error::Conflict { what: what.to_owned() });
        };
        let all = self.store.connections().await?;
        let is_meant = |kept: &KeptConnection| {
            how.only.as_ref().is_none_or(|only| kept.connection.name == *only)
        };
        let meant: Vec<KeptConnection> = all.into_iter().filter(is_meant).collect();
        if let (Some(only), true) = (&how.only, meant.is_empty()) {
            let what = format!("'{only}' is not connected; 'inroad status' lists what is");
            return Err(Error::NotFound { what });
        }
        let board = Board::of(self.path());
        let mut reports = Vec::new();
        for kept in &meant {
            let name = &kept.connection.name;
            let said = |state: LiveState| {
                told(name, &state);
                // What cannot be written down is told where it is read.
                let _written = board.say(name, state, crate::now());
            };
            let Reads::Mailbox(mailbox) = &kept.connection.reads;
            said(LiveState::Reaching);
            let once = self.read_mailbox_once(kept, mailbox, passwords, how, &said);
            let outcome = tokio::select! {
                outcome = once => outcome,
                // It ends by itself between two batches, but not while a server is silent.
                () = stopped_for(STOP_PATIENCE, &how.stop) => {
                    Ok(ImportReport { stopped: true, ..ImportReport::default() })
                }
            };
            let outcome = outcome.map_err(|fault| (fault.trouble(), fault.is_passing()));
            said(match &outcome {
                Ok(_) => LiveState::Asking { next_at: crate::now() },
                Err((trouble, true)) => {
                    LiveState::TryingAgain { trouble: trouble.clone(), next_at: crate::now() }
                }
                Err((trouble, false)) => LiveState::NeedsYou { trouble: trouble.clone() },
            });
            let outcome = outcome.map_err(|(trouble, _)| trouble);
            reports.push(LiveReport { name: name.clone(), outcome });
        }
        Ok(reports)
    }

    async fn read_mailbox_once(
        &self,
        kept: &KeptConnection,
        mailbox: &MailboxConnection,
        passwords: &Passwords,
        how: &ReadOnce,
        said: &(dyn Fn(LiveState) + Send + Sync),
    ) -> std::result::Result<ImportReport, Fault> {
        let mut session = open_kept(kept, mailbox, passwords).await?;
        let report = self.read_mailbox(kept, mailbox, &mut session, &how.stop, said).await?;
        // Whether the server says good-bye back changes nothing.
        let _left = session.leave().await;
        Ok(report)
    }

    /// Reads a mailbox over a session that is open.
    pub(super) async fn read_mailbox(
        &self,
        kept: &KeptConnection,
        mailbox: &MailboxConnection,
        session: &mut Mail,
        stop: &Stop,
        said: &(dyn Fn(LiveState) + Send + Sync),
    ) -> std::result::Result<ImportReport, Fault> {
        let options = ImportOptions { stop: stop.clone(), ..ImportOptions::default() };
        let last = Mutex::new(None::<Instant>);
        let say = |state: LiveState| {
            let mut last = last.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            if last.is_none_or(|last| last.elapsed() >= SAID_EVERY) {
                *last = Some(Instant::now());
                said(state);
            }
        };
        let reading = Reading { inroad: self, kept, mailbox, options: &options, say: &say };
        reading.read(session).await
    }
}
