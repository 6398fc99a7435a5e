//! What is looked at all day, kept in memory until something changes.
//!
//! A review of a thousand deals takes seconds; a page must not. The desk keeps the last one. A write by
//! anybody, also by another process, makes it stale: the next look waits a moment for a new one, and
//! where that takes longer shows the old one and says so. What the user does about one deal is seen at
//! once: that deal is reviewed anew, and then everything is, in the background.

mod alone;
mod people;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use inroad_advice::{DealReview, Review};
use inroad_model::{Advice, DealId, KeptEntry, Moment, State};
use inroad_store::{FileState, StoredDeal};
use jiff::civil::Date;
use jiff::{Span, Timestamp, ZonedDateTime};
use tokio::sync::{Mutex, RwLock, watch};

use crate::doubles::Doubles;
use crate::inroad::Inroad;
use crate::register::Register;
use crate::review::Backdrop;
use crate::touches::KeptTouches;
use crate::{Error, Result};

/// Everything that a morning begins with.
#[derive(Debug, Clone)]
pub struct Morning {
    /// The review of the open deals, or of what is proposed.
    pub review: Review,
    /// All deals, as they are kept.
    pub deals: Vec<StoredDeal>,
    /// What the user wrote down and still counts.
    pub entries: Vec<KeptEntry>,
    /// How each deal stood a day before; empty until it is worked out.
    pub yesterday: BTreeMap<DealId, Then>,
    /// Since which day the deals that ask for something first have the state beside it; filled in
    /// later.
    pub since: BTreeMap<DealId, (State, Date)>,
    /// Which state of the data file this is of.
    version: Option<FileState>,
}

/// Whether what was made of a state of the file may be shown for a moment in place of what is made of
/// the newest one.
pub(crate) fn is_late_at_most(newest: Option<FileState>, made_of: Option<FileState>) -> bool {
    newest.zip(made_of).is_none_or(|(newest, made_of)| newest.is_late_at_most(made_of))
}

impl Morning {
    /// Since which day a deal has the state that it has, where that is worked out.
    pub fn since(&self, deal: &DealReview) -> Option<Date> {
        self.since.get(&deal.id).filter(|(state, _)| *state == deal.state).map(|(_, day)| *day)
    }
}

/// How a deal stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Then {
    /// Its state.
    pub state: State,
    /// What was advised.
    pub advice: Advice,
}

/// The desk of one user; cloning is cheap and shares it.
#[derive(Debug, Clone)]
pub struct Desk {
    inroad: Inroad,
    fixed: Option<Moment>,
    kept: Arc<RwLock<Option<Arc<Morning>>>>,
    /// The last one, also where something was done since.
    last: Arc<RwLock<Option<Arc<Morning>>>>,
    register: Arc<RwLock<Option<Arc<Register>>>>,
    working: Arc<Mutex<()>>,
    /// Of which state of the data file, and on which day, it was looked back last.
    looking_back: Arc<Mutex<Option<LookedAt>>>,
    registering: Arc<Mutex<()>>,
    /// Who may be there twice.
    pub(crate) doubles: Arc<Mutex<Option<Arc<Doubles>>>>,
    /// How one stays in touch with people.
    pub(crate) touches: Arc<Mutex<Option<KeptTouches>>>,
    backdrop: Arc<Mutex<Option<KeptBackdrop>>>,
    is_stale: Arc<AtomicBool>,
    /// How often the user did something: what was read before it is not shown after it.
    acts: Arc<AtomicU64>,
    /// The state of the data file of which windows have heard already.
    told: Arc<Mutex<Option<FileState>>>,
    changes: watch::Sender<u64>,
}

/// What stands behind the deals, with the state of the data file of which it is.
type KeptBackdrop = (Option<FileState>, Arc<Backdrop>);
/// A state of the data file, seen on a day.
type LookedAt = (Option<FileState>, Date);

/// So long a look waits for a new review before it shows the old one.
pub(crate) const PATIENCE: Duration = Duration::from_millis(300);
/// What changes comes first: so long after it one looks back anew, for which every core is taken.
const LOOKED_BACK_AFTER: Duration = Duration::from_secs(2);
/// A review is worked out anew at least so often: silences grow.
const AGE_MAX_MINUTES: i64 = 30;
/// Of so many deals, those that ask for something first, it is said since when they stand so.
const SINCE_MAX: usize = 12;
/// So far back it is looked for.
const SINCE_DAYS_MAX: i64 = 256;

impl Desk {
    /// What the desk stands on.
    pub(crate) fn inroad(&self) -> &Inroad {
        &self.inroad
    }

    /// A desk for one data file; `as_of` fixes the day that is looked at.
    pub fn new(inroad: Inroad, as_of: Option<Moment>) -> Self {
        Self {
            inroad,
            fixed: as_of,
            kept: Arc::default(),
            last: Arc::default(),
            register: Arc::default(),
            working: Arc::default(),
            looking_back: Arc::default(),
            registering: Arc::default(),
            doubles: Arc::default(),
            touches: Arc::default(),
            backdrop: Arc::default(),
            is_stale: Arc::default(),
            acts: Arc::default(),
            told: Arc::default(),
            changes: watch::Sender::new(0),
        }
    }

    /// The moment that was fixed; `None` where it is always now.
    pub fn fixed(&self) -> Option<Moment> {
        self.fixed
    }

    /// The moment that is looked at: now, or the one that was fixed.
    pub fn now(&self) -> Moment {
        self.fixed.unwrap_or_else(|| {
            let now = ZonedDateTime::now();
            Moment::new(now.timestamp(), now.offset())
        })
    }

    /// Whether the last look was at a review to which something newer has come.
    pub fn is_stale(&self) -> bool {
        self.is_stale.load(Ordering::Relaxed)
    }

    /// A number that grows with everything new that a page could show.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    /// The morning as it is known now; see the module for how new it is.
    ///
    /// # Errors
    /// If the data file refuses.
    pub async fn morning(&self) -> Result<Arc<Morning>> {
        let version = self.inroad.store.file_state().await?;
        let kept = self.kept.read().await.clone();
        match kept {
            Some(kept) if kept.version == version && !self.is_old(&kept) => {
                self.is_stale.store(false, Ordering::Relaxed);
                Ok(kept)
            }
            Some(kept) if is_late_at_most(version, kept.version) => {
                // While an import writes, every look finds something new: one review at a time.
                if self.working.try_lock().is_ok() {
                    let desk = self.clone();
                    let renewing = tokio::spawn(async move { desk.renew().await });
                    if let Ok(renewed) = tokio::time::timeout(PATIENCE, renewing).await {
                        return renewed.map_err(|task| Error::stopped(&task))?;
                    }
                }
                self.is_stale.store(true, Ordering::Relaxed);
                Ok(kept)
            }
            _ => self.renew().await,
        }
    }

    fn renew_meanwhile(&self) {
        // Whoever is at it begins anew if the user did something meanwhile.
        if self.working.try_lock().is_err() {
            return;
        }
        let desk = self.clone();
        tokio::spawn(async move { desk.renew().await });
    }

    /// The user did something about a deal, or about everything: the next look shows it.
    pub async fn changed(&self, deal: Option<&DealId>) {
        self.acts.fetch_add(1, Ordering::SeqCst);
        let redone = match deal {
            Some(deal) => self.redo(deal).await.unwrap_or(false),
            None => false,
        };
        if redone {
            self.tell_of_it().await;
            self.renew_meanwhile();
        } else {
            *self.kept.write().await = None;
        }
    }

    /// Reviews one deal anew and puts it in the place of the old one. Returns whether it could.
    async fn redo(&self, id: &DealId) -> Result<bool> {
        // One that is new or was closed has no place there, and whoever looks next looks at all.
        let has_place = |kept: &Arc<Morning>| kept.review.deals.iter().any(|deal| deal.id == *id);
        if !self.kept.read().await.as_ref().is_some_and(has_place) {
            return Ok(false);
        }
        let now = self.now();
        let deals = self.inroad.store.deals_at(now).await?;
        let entries = self.inroad.entries(now).await?;
        let Some(fresh) = self.look_at(id, now).await? else { return Ok(false) };
        // The newest one, and held: what was done about another deal meanwhile stays.
        let mut held = self.kept.write().await;
        let Some(kept) = held.as_ref() else { return Ok(false) };
        let mut morning = Morning { deals, entries, ..Morning::clone(kept) };
        let Some(place) = morning.review.deals.iter_mut().find(|deal| deal.id == *id) else {
            return Ok(false);
        };
        // What all deals tell of this one is looked at with all of them, in the background.
        let winning = place.winning.take().filter(|_| !fresh.is_over());
        *place = DealReview { winning, ..fresh };
        // Whatever else was written meanwhile keeps the old version, and so is looked for.
        let morning = Arc::new(morning);
        *held = Some(Arc::clone(&morning));
        *self.last.write().await = Some(morning);
        Ok(true)
    }

    fn is_old(&self, kept: &Morning) -> bool {
        self.is_long_ago(kept.review.as_of)
    }

    fn is_long_ago(&self, then: Moment) -> bool {
        let age = self.now().timestamp().duration_since(then.timestamp());
        age.as_mins() >= AGE_MAX_MINUTES
    }

    /// Works out the morning. One at a time: who comes later gets what the first one found, if it is
    /// of the newest state.
    async fn renew(&self) -> Result<Arc<Morning>> {
        let _turn = self.working.lock().await;
        let version = self.inroad.store.file_state().await?;
        if let Some(kept) = self.kept.read().await.clone()
            && kept.version == version
            && !self.is_old(&kept)
        {
            return Ok(kept);
        }
        let morning = loop {
            let acts = self.acts.load(Ordering::SeqCst);
            let morning = Arc::new(self.work_out().await?);
            if self.acts.load(Ordering::SeqCst) == acts {
                break morning;
            }
        };
        let is_first = self.kept.read().await.is_none();
        self.publish(&morning).await;
        let desk = self.clone();
        tokio::spawn(async move {
            if !is_first {
                tokio::time::sleep(LOOKED_BACK_AFTER).await;
            }
            desk.look_back().await?;
            // Ready before somebody looks for people the first time.
            desk.register().await
        });
        Ok(morning)
    }

    async fn work_out(&self) -> Result<Morning> {
        let version = self.inroad.store.file_state().await?;
        let now = self.now();
        let review = self.inroad.review(now).await?;
        let deals = self.inroad.store.deals_at(now).await?;
        let entries = self.inroad.entries(now).await?;
        let before = self.kept.read().await.clone();
        let (yesterday, since) = before.map_or_else(Default::default, |before| {
            (before.yesterday.clone(), before.since.clone())
        });
        Ok(Morning { review, deals, entries, yesterday, since, version })
    }

    async fn publish(&self, morning: &Arc<Morning>) {
        *self.kept.write().await = Some(Arc::clone(morning));
        *self.last.write().await = Some(Arc::clone(morning));
        let told = std::mem::replace(&mut *self.told.lock().await, morning.version);
        // A page that was shown meanwhile with the old one waits to hear of the new one.
        let is_awaited = self.is_stale.swap(false, Ordering::Relaxed);
        if is_awaited || told.is_none() || told != morning.version {
            self.tell();
        }
    }

    /// Other windows hear of what was just done; what is worked out behind it is no news to this one.
    async fn tell_of_it(&self) {
        *self.told.lock().await = self.inroad.store.file_state().await.ok().flatten();
        self.tell();
    }

    fn tell(&self) {
        self.changes.send_modify(|number| *number += 1);
    }

    /// How it was yesterday, and since when it is so: after the review itself, since it takes as long
    /// again.
    async fn look_back(&self) -> Result<()> {
        // Whoever waited here looks back on what is newest by now, or finds it done.
        let mut last = self.looking_back.lock().await;
        let Some(morning) = self.kept.read().await.clone() else { return Ok(()) };
        let this = (morning.version, morning.review.as_of.date());
        if *last == Some(this) {
            return Ok(());
        }
        let yesterday = self.inroad.review(days_before(morning.review.as_of, 1)).await?;
        let yesterday = yesterday
            .deals
            .into_iter()
            .map(|deal| (deal.id, Then { state: deal.state, advice: deal.advice }))
            .collect();
        let mut since = BTreeMap::new();
        for deal in morning.review.by_attention().into_iter().take(SINCE_MAX) {
            if let Some(day) = self.state_since(deal, morning.review.as_of).await? {
                since.insert(deal.id.clone(), (deal.state, day));
            }
        }
        let mut kept = self.kept.write().await;
        if let Some(still) = kept.as_ref().filter(|kept| kept.version == morning.version) {
            *kept = Some(Arc::new(Morning { yesterday, since, ..Morning::clone(still) }));
            *last = Some(this);
        }
        Ok(())
    }

    /// Since which day a deal has the state that it has: the past is reviewed until it differs.
    async fn state_since(&self, deal: &DealReview, as_of: Moment) -> Result<Option<Date>> {
        let is_same = async |days: i64| -> Result<bool> {
            let then = self.look_at(&deal.id, days_before(as_of, days)).await?;
            Ok(then.is_some_and(|then| then.state == deal.state))
        };
        // So many days ago it was so; so many, it was not.
        let (mut same, mut other) = (0, 1);
        while is_same(other).await? {
            same = other;
            other *= 2;
            if other > SINCE_DAYS_MAX {
                return Ok(None);
            }
        }
        while other - same > 1 {
            let middle = i64::midpoint(same, other);
            if is_same(middle).await? { same = middle } else { other = middle }
        }
        Ok(Some(days_before(as_of, same).date()))
    }
}

/// The same hour some days earlier.
pub(crate) fn days_before(at: Moment, days: i64) -> Moment {
    let hours = Span::new().hours(days.saturating_mul(24));
    let then = at.timestamp().checked_sub(hours).unwrap_or(Timestamp::MIN);
    Moment::new(then, at.offset())
}
