//! Coaches kept for a while, so that a draft is read anew at each pause of the typing.
//!
//! To gather what is known of a person takes as long as a page may; to hold rules against a draft takes
//! a few thousandths of a second. Where something was written to the data file meanwhile, a look waits a
//! moment for the new coach and else takes the one it has; the next look has the new one.
//!
//! Must not: keep a draft.

use std::sync::Arc;
use std::time::{Duration, Instant};

use inroad_model::{EmailAddress, Moment};
use inroad_store::FileState;
use jiff::civil::Date;
use tokio::sync::{Mutex, OwnedMutexGuard};

use super::{Coach, CoachAsked, Coached};
use crate::desk::is_late_at_most;
use crate::inroad::Inroad;
use crate::{Error, Result};

/// So many people are written to at a time.
const KEPT_MAX: usize = 6;
/// The user's own files of rules are looked at again after so long.
const AGE_MAX: Duration = Duration::from_mins(5);
/// So long a look waits for a newer coach.
const PATIENCE: Duration = Duration::from_millis(25);

/// A coach, and of what.
#[derive(Debug, Clone)]
struct Kept {
    person: Option<EmailAddress>,
    version: Option<FileState>,
    day: Date,
    since: Instant,
    coach: Arc<Coach>,
}

fn read(coach: Arc<Coach>, text: &str, asked: &CoachAsked) -> Result<(Arc<Coach>, Coached)> {
    let coached = coach.read(text, asked)?;
    Ok((coach, coached))
}

/// The coaches of the last few people; cloning is cheap and shares them.
#[derive(Debug, Clone)]
pub struct Coaches {
    inroad: Inroad,
    kept: Arc<Mutex<Vec<Kept>>>,
    /// Held by whoever gathers what is known: one at a time.
    working: Arc<Mutex<()>>,
}

impl Coaches {
    /// None yet.
    pub fn new(inroad: Inroad) -> Self {
        Self { inroad, kept: Arc::default(), working: Arc::default() }
    }

    /// The coach for drafts to a person, of the newest state.
    ///
    /// # Errors
    /// As [`Inroad::coach`].
    pub async fn of(&self, person: Option<&EmailAddress>, as_of: Moment) -> Result<Arc<Coach>> {
        let version = self.inroad.store.file_state().await?;
        match self.kept(person, as_of).await {
            Some(kept) if kept.version == version => Ok(kept.coach),
            _ => {
                let turn = Arc::clone(&self.working).lock_owned().await;
                self.gather(turn, person.cloned(), as_of).await
            }
        }
    }

    /// Reads a draft while it is typed: by a coach who may not have heard of what was written to the
    /// data file a moment ago.
    ///
    /// # Errors
    /// As [`Self::of`] and [`Coach::read`].
    pub async fn look(
        &self,
        text: &str,
        asked: &CoachAsked,
        as_of: Moment,
    ) -> Result<(Arc<Coach>, Coached)> {
        let person = asked.person.as_ref();
        let version = self.inroad.store.file_state().await?;
        let kept = self.kept(person, as_of).await;
        let Some(kept) = kept.filter(|kept| is_late_at_most(version, kept.version)) else {
            return read(self.of(person, as_of).await?, text, asked);
        };
        if kept.version == version {
            return read(kept.coach, text, asked);
        }
        if let Ok(turn) = Arc::clone(&self.working).try_lock_owned() {
            let (coaches, person) = (self.clone(), person.cloned());
            let gathering = tokio::spawn(async move { coaches.gather(turn, person, as_of).await });
            if let Ok(gathered) = tokio::time::timeout(PATIENCE, gathering).await {
                let coach = gathered.map_err(|task| Error::stopped(&task))??;
                return read(coach, text, asked);
            }
        }
        // What the user put to rest is so at once.
        let rested = self.inroad.coach_dismissals().await?;
        let coached = kept.coach.read_but(text, asked, &rested)?;
        Ok((kept.coach, coached))
    }

    async fn kept(&self, person: Option<&EmailAddress>, as_of: Moment) -> Option<Kept> {
        let kept = self.kept.lock().await;
        let is_it = |one: &&Kept| {
            one.person.as_ref() == person
                && one.day == as_of.date()
                && one.since.elapsed() < AGE_MAX
        };
        kept.iter().find(is_it).cloned()
    }

    /// Gathers what is known now, unless somebody did while this one waited for its turn.
    async fn gather(
        &self,
        _turn: OwnedMutexGuard<()>,
        person: Option<EmailAddress>,
        as_of: Moment,
    ) -> Result<Arc<Coach>> {
        // Before it is read: what is written meanwhile makes it old.
        let version = self.inroad.store.file_state().await?;
        if let Some(kept) = self.kept(person.as_ref(), as_of).await
            && kept.version == version
        {
            return Ok(kept.coach);
        }
        let coach = Arc::new(self.inroad.coach(person.as_ref(), as_of).await?);
        let fresh = Kept {
            version,
            day: as_of.date(),
            since: Instant::now(),
            coach: Arc::clone(&coach),
            person,
        };
        let mut kept = self.kept.lock().await;
        kept.retain(|one| one.person != fresh.person);
        kept.truncate(KEPT_MAX - 1);
        kept.insert(0, fresh);
        Ok(coach)
    }
}
