//! Everything that is connected, read once.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use inroad_imap::plan::Told;
use inroad_model::{ConnectionName, MailboxConnection, Reads};
use inroad_store::KeptConnection;

use super::READING;
use super::dav::Looking;
use super::fault::Fault;
use super::mailbox::{Mail, Reading};
use super::notes::NotesSeen;
use super::obstacles::Obstacles;
use super::passwords::Passwords;
use super::sign_in::open_kept;
use super::status::{Board, LiveState, Trouble};
use super::tempo::Tempo;
use super::watch::{chance, later, stopped_for, stopped_within};
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

/// So many sessions are begun for one reading, where they end in a folder.
const SESSIONS_MAX: u32 = 8;

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
        self.read_once_at(how, &Tempo::default(), passwords, told).await
    }

    /// The same at another tempo.
    ///
    /// # Errors
    /// As [`Inroad::read_once`].
    pub async fn read_once_at(
        &self,
        how: &ReadOnce,
        tempo: &Tempo,
        passwords: &Passwords,
        told: &(dyn Fn(&ConnectionName, &LiveState) + Send + Sync),
    ) -> Result<Vec<LiveReport>> {
        let Some(_turn) = self.store.take_turn(READING).await? else {
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
            if how.stop.is_wished() {
                break;
            }
            let name = &kept.connection.name;
            let said = |state: LiveState| {
                told(name, &state);
                // What cannot be written down is told where it is read.
                let _written = board.say(name, state, (tempo.now)());
            };
            said(LiveState::Reaching);
            let once = async {
                match &kept.connection.reads {
                    Reads::Mailbox(mailbox) => {
                        self.read_mailbox_once(kept, mailbox, passwords, how, tempo, &said).await
                    }
                    Reads::Notes(wanted) => {
                        let brought = NotesSeen::default()
                            .look_once(self, kept, wanted, &how.stop, (tempo.now)())
                            .await?;
                        let _written = board.leave_out(name, brought.left_out);
                        Ok(brought.report)
                    }
                    _ => self.look(kept, passwords, &how.stop, &said).await,
                }
            };
            let outcome = tokio::select! {
                outcome = once => outcome,
                // It ends by itself between two batches, but not while a server is silent.
                () = stopped_for(STOP_PATIENCE, &how.stop) => {
                    Ok(ImportReport { stopped: true, ..ImportReport::default() })
                }
            };
            let outcome = outcome.map_err(|fault| (fault.trouble(), fault.is_passing()));
            said(match &outcome {
                Ok(report) if report.stopped => LiveState::Off { trouble: None },
                Ok(_) => LiveState::Asking { next_at: (tempo.now)() },
                Err((trouble, true)) => {
                    LiveState::TryingAgain { trouble: trouble.clone(), next_at: (tempo.now)() }
                }
                Err((trouble, false)) => LiveState::NeedsYou { trouble: trouble.clone() },
            });
            let outcome = outcome.map_err(|(trouble, _)| trouble);
            reports.push(LiveReport { name: name.clone(), outcome });
        }
        Ok(reports)
    }

    /// Reads a mailbox, in as many sessions as that takes: one that ends in a folder is followed by another,
    /// a bounded number of times.
    async fn read_mailbox_once(
        &self,
        kept: &KeptConnection,
        mailbox: &MailboxConnection,
        passwords: &Passwords,
        how: &ReadOnce,
        tempo: &Tempo,
        said: &(dyn Fn(LiveState) + Send + Sync),
    ) -> std::result::Result<ImportReport, Fault> {
        let mut report = ImportReport::default();
        let mut obstacles = Obstacles::default();
        let mut sessions = 1;
        loop {
            let mut session = open_kept(kept, mailbox, passwords, &tempo.limits).await?;
            let reading = self.read_mailbox(
                (kept, mailbox, tempo),
                (&mut session, None),
                (&how.stop, said),
                (&mut obstacles, &mut report),
            );
            match reading.await {
                Ok(()) => {
                    // Whether the server says good-bye back changes nothing.
                    let _left = session.leave().await;
                    return Ok(report);
                }
                Err(fault @ Fault::InFolder(..))
                    if fault.is_passing()
                        && sessions < SESSIONS_MAX
                        && !obstacles.leaves_one_out(tempo.left_out_for) =>
                {
                    let wait = tempo.backoff.wait(sessions, chance());
                    let (trouble, next_at) = (fault.trouble(), later((tempo.now)(), wait));
                    said(LiveState::TryingAgain { trouble, next_at });
                    if stopped_within(wait, &how.stop).await {
                        return Err(fault);
                    }
                }
                Err(fault) => return Err(fault),
            }
            sessions += 1;
        }
    }

    /// Looks once at a calendar, an address book or a feed.
    pub(super) async fn look(
        &self,
        kept: &KeptConnection,
        passwords: &Passwords,
        stop: &Stop,
        said: &(dyn Fn(LiveState) + Send + Sync),
    ) -> std::result::Result<ImportReport, Fault> {
        let secret = passwords.get(kept.id).await?;
        let options = ImportOptions { stop: stop.clone(), ..ImportOptions::default() };
        let say = seldom(said);
        let secret = secret.expose();
        Looking { inroad: self, kept, secret, options: &options, say: &say }.look().await
    }

    /// Reads a mailbox over a session that is open, and adds to the report what comes in; `inbox` is what was
    /// just told of the inbox, if that is the folder that is open.
    pub(super) async fn read_mailbox(
        &self,
        (kept, mailbox, tempo): (&KeptConnection, &MailboxConnection, &Tempo),
        (session, inbox): (&mut Mail, Option<Told>),
        (stop, said): (&Stop, &(dyn Fn(LiveState) + Send + Sync)),
        (obstacles, report): (&mut Obstacles, &mut ImportReport),
    ) -> std::result::Result<(), Fault> {
        let options = ImportOptions { stop: stop.clone(), ..ImportOptions::default() };
        let say = seldom(said);
        let reading =
            Reading { inroad: self, kept, mailbox, options: &options, say: &say, tempo, inbox };
        reading.read(session, obstacles, report).await
    }
}

/// Says how far it is only now and then.
fn seldom(said: &(dyn Fn(LiveState) + Send + Sync)) -> impl Fn(LiveState) + Send + Sync {
    let last = Mutex::new(None::<Instant>);
    move |state: LiveState| {
        let mut last = last.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if last.is_none_or(|last| last.elapsed() >= SAID_EVERY) {
            *last = Some(Instant::now());
            said(state);
        }
    }
}
