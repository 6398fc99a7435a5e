//! Everything that is connected, read for as long as the program runs: at once where the server tells of news,
//! else asked now and then; after what went wrong again by itself, each time a little later.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use inroad_imap::Idled;
use inroad_imap::plan::Told;
use inroad_model::{ConnectionName, MailboxConnection, Moment, NotesFolder, Reads};
use inroad_store::KeptConnection;
use jiff::SignedDuration;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep};

use super::READING;
use super::fault::Fault;
use super::log;
use super::mailbox::Mail;
use super::notes::NotesSeen;
use super::obstacles::Obstacles;
use super::passwords::Passwords;
use super::position::Position;
use super::sign_in::open_kept;
use super::status::{Board, LiveState};
use super::tempo::Tempo;
use crate::import::{ImportReport, Stop};
use crate::{Error, Inroad, Result};

/// The folder where mail comes in; its name is the protocol's.
const INBOX: &str = "INBOX";
/// Whoever stops waits no longer than that.
pub(super) const STOP_SEEN_WITHIN: Duration = Duration::from_millis(200);

/// A calendar or an address book is looked at after so long, up to twice as much by chance.
const LOOKED_AT_EVERY: Duration = Duration::from_mins(5);
/// News that reading does not bring are asked for so often in a row; then there is a pause.
const IN_VAIN_MAX: u32 = 2;
/// A folder is looked at so often.
const FOLDER_EVERY: Duration = Duration::from_secs(3);

/// Something that is being read, for as long as this lives.
struct Watched {
    kept: Arc<KeptConnection>,
    /// Whether the passwords were open when it began.
    had_passwords: bool,
    /// Whether it is being read at the moment.
    is_reading: Arc<AtomicBool>,
    task: JoinHandle<()>,
}

impl Drop for Watched {
    fn drop(&mut self) {
        // A batch is kept as a whole or not at all, so it may end anywhere.
        self.task.abort();
    }
}

/// What every watcher needs.
#[derive(Clone)]
struct Ground {
    inroad: Inroad,
    passwords: Passwords,
    board: Board,
    stop: Stop,
    tempo: Arc<Tempo>,
    /// Whether something is being read at the moment.
    is_reading: Arc<AtomicBool>,
}

impl Inroad {
    /// Reads what is connected until it is stopped. While another program does so, it waits for its turn.
    ///
    /// # Errors
    /// If the data file refuses; what stands in the way of a connection is its status.
    pub async fn watch(&self, passwords: &Passwords, stop: &Stop) -> Result<()> {
        self.watch_at(&Tempo::default(), passwords, stop).await
    }

    /// The same at another tempo.
    ///
    /// # Errors
    /// As [`Inroad::watch`].
    pub async fn watch_at(&self, tempo: &Tempo, passwords: &Passwords, stop: &Stop) -> Result<()> {
        while !stop.is_wished() {
            match self.watch_for_a_turn(tempo, passwords, stop).await {
                Ok(()) => {}
                // A server that is away for a while comes back; a file that refuses does so for good.
                Err(Error::Store(_)) if !self.store.is_file() => {
                    stopped_within(tempo.looked_every, stop).await;
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Waits for the turn, and reads until it is stopped or the turn is lost.
    async fn watch_for_a_turn(
        &self,
        tempo: &Tempo,
        passwords: &Passwords,
        stop: &Stop,
    ) -> Result<()> {
        let mut turn = loop {
            // Who has nothing connected takes no turn.
            if !self.store.connections().await?.is_empty()
                && let Some(turn) = self.store.take_turn(READING).await?
            {
                break turn;
            }
            if stopped_within(tempo.looked_every, stop).await {
                return Ok(());
            }
        };
        let ground = Ground {
            inroad: self.clone(),
            passwords: passwords.clone(),
            board: Board::of(self.path()),
            stop: stop.clone(),
            tempo: Arc::new(tempo.clone()),
            is_reading: Arc::default(),
        };
        let mut watched: BTreeMap<i64, Watched> = BTreeMap::new();
        let mut wished = BTreeSet::new();
        while !stop.is_wished() && turn.is_held().await {
            let kept = self.store.connections().await?;
            let has_passwords = passwords.are_open();
            wished.extend(self.wake.take());
            // What is being read goes on; it is read once more when that is done.
            let due: BTreeSet<ConnectionName> = wished
                .extract_if(.., |name| !watched.values().any(|old| old.is_read_now(name)))
                .collect();
            let is_over =
                |old: &Watched| !kept.contains(&old.kept) || old.begins_anew(&due, has_passwords);
            for (_, mut old) in watched.extract_if(.., |_, old| is_over(old)) {
                old.task.abort();
                // Its last word comes before that of whoever follows it.
                let _ended = (&mut old.task).await;
                if !kept.iter().any(|kept| kept.id == old.kept.id) {
                    // What cannot be written down is told where it is read.
                    let _written = ground.board.forget(&old.kept.connection.name);
                }
            }
            for kept in kept.into_iter().map(Arc::new) {
                watched.entry(kept.id).or_insert_with(|| {
                    let is_reading = Arc::<AtomicBool>::default();
                    let ground = Ground { is_reading: Arc::clone(&is_reading), ..ground.clone() };
                    let task = tokio::spawn(ground.follow(Arc::clone(&kept)));
                    Watched { kept, had_passwords: has_passwords, is_reading, task }
                });
            }
            self.wake.wished_within(tempo.looked_every, stop).await;
        }
        Ok(())
    }
}

/// How waiting for news ended.
#[derive(Debug, Default)]
struct Waited {
    /// Whether the inbox told of news before anybody waited. If reading them brings nothing, waiting at once
    /// again would go round without a pause.
    was_late: bool,
    /// What is known of the inbox, where it told of news and is open.
    inbox: Option<Told>,
}

impl Watched {
    /// Whether it is the connection of that name, and something is being read over it.
    fn is_read_now(&self, name: &ConnectionName) -> bool {
        self.kept.connection.name == *name
            && self.is_reading.load(Ordering::Relaxed)
            && !self.task.is_finished()
    }

    /// Whether it begins anew by itself: what waits, since somebody wishes so, and what ended for want of
    /// passwords, since they are open now.
    fn begins_anew(&self, wished: &BTreeSet<ConnectionName>, has_passwords: bool) -> bool {
        wished.contains(&self.kept.connection.name)
            || (self.task.is_finished() && has_passwords && !self.had_passwords)
    }
}

impl Ground {
    /// Reads one connection again and again.
    async fn follow(self, kept: Arc<KeptConnection>) {
        let tempo = Arc::clone(&self.tempo);
        let mut obstacles = Obstacles::default();
        let mut failures = 0_u32;
        while !self.stop.is_wished() {
            self.say(&kept, LiveState::Reaching);
            let (mut worked, begun) = (false, Instant::now());
            let fault = match &kept.connection.reads {
                Reads::Mailbox(mailbox) => {
                    self.follow_mailbox(&kept, mailbox, &mut worked, &mut obstacles).await
                }
                Reads::Notes(wanted) => self.follow_notes(&kept, wanted, &mut worked).await,
                _ => self.look_again(&kept, &mut worked).await,
            };
            let Err(fault) = fault else { return };
            // Who works for a moment and then never for long is asked less and less often, too.
            let has_lasted = worked && begun.elapsed() > tempo.others_every;
            failures = if has_lasted { 1 } else { failures.saturating_add(1) };
            let trouble = fault.trouble();
            if !fault.is_passing() {
                log::fault_of(&kept, &fault, 0);
                self.say(&kept, LiveState::NeedsYou { trouble });
                // It ends here, and begins anew when the connection is changed.
                return;
            }
            let wait = tempo.backoff.wait(failures, chance()).max(fault.not_before());
            log::fault_of(&kept, &fault, wait.as_secs());
            let next_at = later((tempo.now)(), wait);
            self.say(&kept, LiveState::TryingAgain { trouble, next_at });
            stopped_within(wait, &self.stop).await;
        }
    }

    /// Looks at a calendar, an address book or a feed now and then.
    async fn look_again(
        &self,
        kept: &KeptConnection,
        worked: &mut bool,
    ) -> std::result::Result<(), Fault> {
        while !self.stop.is_wished() {
            let said = |state| self.say(kept, state);
            self.is_reading.store(true, Ordering::Relaxed);
            let looked = self.inroad.look(kept, &self.passwords, &self.stop, &said).await;
            self.is_reading.store(false, Ordering::Relaxed);
            looked?;
            *worked = true;
            let wait = LOOKED_AT_EVERY.mul_f64(1.0 + chance());
            self.say(kept, LiveState::Asking { next_at: later((self.tempo.now)(), wait) });
            stopped_within(wait, &self.stop).await;
        }
        Ok(())
    }

    /// Looks at a folder every few seconds.
    async fn follow_notes(
        &self,
        kept: &KeptConnection,
        wanted: &NotesFolder,
        worked: &mut bool,
    ) -> std::result::Result<(), Fault> {
        let (mut seen, mut said_at) = (NotesSeen::default(), None::<Instant>);
        while !self.stop.is_wished() {
            self.is_reading.store(true, Ordering::Relaxed);
            let now = (self.tempo.now)();
            let brought = seen.look(&self.inroad, kept, wanted, &self.stop, now).await;
            self.is_reading.store(false, Ordering::Relaxed);
            let brought = brought?;
            *worked = true;
            if brought.report.notes > 0
                || said_at.is_none_or(|at: Instant| at.elapsed() >= self.tempo.asked_every)
            {
                said_at = Some(Instant::now());
                self.say(kept, LiveState::Listening);
            }
            let _written = self.board.leave_out(&kept.connection.name, brought.left_out);
            stopped_within(FOLDER_EVERY, &self.stop).await;
        }
        Ok(())
    }

    /// Reads a mailbox, waits for news, and reads again, until something goes wrong or it is stopped.
    async fn follow_mailbox(
        &self,
        kept: &KeptConnection,
        mailbox: &MailboxConnection,
        worked: &mut bool,
        obstacles: &mut Obstacles,
    ) -> std::result::Result<(), Fault> {
        let tempo = &*self.tempo;
        let mut session = open_kept(kept, mailbox, &self.passwords, &tempo.limits).await?;
        // How often in a row the inbox told of news, and reading it brought none.
        let mut in_vain = 0_u32;
        let mut inbox = None;
        while !self.stop.is_wished() {
            let said = |state| self.say(kept, state);
            // What it says is kept with the data as it goes.
            let mut report = ImportReport::default();
            let read = self.inroad.read_mailbox(
                (kept, mailbox, tempo),
                (&mut session, inbox.take()),
                (&self.stop, &said),
                (&mut *obstacles, &mut report),
            );
            self.is_reading.store(true, Ordering::Relaxed);
            let read = read.await;
            self.is_reading.store(false, Ordering::Relaxed);
            read?;
            *worked = true;
            if report.messages > 0 {
                in_vain = 0;
            }
            if obstacles.leaves_out(INBOX, tempo.left_out_for) || in_vain > IN_VAIN_MAX {
                in_vain = 0;
                self.ask_later(kept).await;
            } else {
                let waited = self.wait_for_news(kept, &mut session).await?;
                in_vain = if waited.was_late { in_vain + 1 } else { 0 };
                inbox = waited.inbox;
            }
        }
        let _left = session.leave().await;
        Ok(())
    }

    /// Waits until there is something to read.
    async fn wait_for_news(
        &self,
        kept: &KeptConnection,
        session: &mut Mail,
    ) -> std::result::Result<Waited, Fault> {
        let idled = match session.examine(INBOX, None).await {
            Ok(opened) if self.has_news(kept, &opened.told).await? => {
                return Ok(Waited { was_late: true, inbox: Some(opened.told) });
            }
            Ok(_) => {
                self.say(kept, LiveState::Listening);
                session.idle(self.tempo.others_every, std::future::pending()).await
            }
            Err(error) => Err(error),
        };
        match idled {
            Ok(Idled::NotOffered) => {}
            Ok(Idled::Changed(_)) => {
                let inbox = match session.told_by_now().await {
                    Ok(told) => told,
                    // It is opened once more, then.
                    Err(error) if error.kind.leaves_session() => None,
                    Err(error) => return Err(error.into()),
                };
                return Ok(Waited { inbox, ..Waited::default() });
            }
            Ok(_) => return Ok(Waited::default()),
            // Without an inbox, or where waiting is refused, it is asked now and then.
            Err(error) if error.kind.leaves_session() => {}
            Err(error) => return Err(error.into()),
        }
        self.ask_later(kept).await;
        Ok(Waited::default())
    }

    /// Waits until it is time to ask again.
    async fn ask_later(&self, kept: &KeptConnection) {
        let wait = self.tempo.asked_every;
        self.say(kept, LiveState::Asking { next_at: later((self.tempo.now)(), wait) });
        stopped_within(wait, &self.stop).await;
    }

    /// Whether something came into the inbox since it was read, before one listened.
    async fn has_news(
        &self,
        kept: &KeptConnection,
        told: &Told,
    ) -> std::result::Result<bool, Fault> {
        let folders = self.inroad.store.sync_folders(kept.id).await?;
        let Some(inbox) = folders.iter().find(|folder| folder.path == INBOX) else {
            return Ok(false);
        };
        let read = Position::parse(&inbox.position)?;
        let next = told.uid_next.map_or(read.uid_next, NonZeroU32::get);
        Ok(read.is_complete && (next, told.exists) != (read.uid_next, read.exists))
    }

    /// What cannot be written down is told where it is read.
    fn say(&self, kept: &KeptConnection, state: LiveState) {
        log::state_of(kept, &state);
        let _written = self.board.say(&kept.connection.name, state, (self.tempo.now)());
    }
}

/// Ends that long after it was stopped.
pub(super) async fn stopped_for(patience: Duration, stop: &Stop) {
    while !stop.is_wished() {
        sleep(STOP_SEEN_WITHIN).await;
    }
    sleep(patience).await;
}

/// Waits that long at the most; whether it was stopped meanwhile.
pub(super) async fn stopped_within(wait: Duration, stop: &Stop) -> bool {
    let end = Instant::now() + wait;
    while !stop.is_wished() && Instant::now() < end {
        sleep(STOP_SEEN_WITHIN.min(end.saturating_duration_since(Instant::now()))).await;
    }
    stop.is_wished()
}

pub(super) fn later(now: Moment, wait: Duration) -> Moment {
    let wait = SignedDuration::try_from(wait).unwrap_or(SignedDuration::MAX);
    let then = now.timestamp().saturating_add(wait).unwrap_or(now.timestamp());
    Moment::new(then, now.offset())
}

/// A random number from 0 to 1.
pub(super) fn chance() -> f64 {
    let drawn = getrandom::u32().unwrap_or(u32::MAX / 2);
    f64::from(drawn) / f64::from(u32::MAX)
}
