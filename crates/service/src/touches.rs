//! Touch plans: how one stays in touch with somebody until they respond, and what the user decides about
//! each touch.
//!
//! The plans are worked out by `advice::touch_plan` from what is kept; here is only gathered, refused and
//! written down. Must not: send anything, or approve anything by itself.

mod acts;
mod gather;
mod matters;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use inroad_advice::touch_plan::TouchPlan;
use inroad_model::{EmailAddress, Entry, EntryNumber, KeptEntry, Moment};
use inroad_store::FileState;
use tokio::task::spawn_blocking;

use crate::desk::{Desk, Morning};
use crate::inroad::Inroad;
use crate::register::Register;
use crate::{Error, Result};

pub use acts::{MadeTouch, NewTouchPlan, TouchApproval};

use gather::Material;

/// All touch plans as of a moment: one a person, in the order in which they were begun.
#[derive(Debug, Clone, PartialEq)]
pub struct Touches {
    /// The moment.
    pub as_of: Moment,
    /// The plans.
    pub plans: Vec<TouchPlan>,
    /// Which plan somebody has, by each of their addresses.
    by_address: BTreeMap<EmailAddress, usize>,
}

impl Touches {
    fn none(as_of: Moment) -> Self {
        Self { as_of, plans: Vec::new(), by_address: BTreeMap::new() }
    }

    /// The plan of a number.
    pub fn plan(&self, number: EntryNumber) -> Option<&TouchPlan> {
        let place = self.plans.binary_search_by_key(&number, |plan| plan.number).ok()?;
        self.plans.get(place)
    }

    /// The plan with a person, by any of their addresses.
    pub fn with(&self, email: &EmailAddress) -> Option<&TouchPlan> {
        self.plans.get(*self.by_address.get(email)?)
    }

    /// Those of a state, the next day first; what is over, the last one begun first.
    pub fn of_state(&self, state: &str) -> Vec<&TouchPlan> {
        let mut plans: Vec<&TouchPlan> =
            self.plans.iter().filter(|plan| plan.state.as_str() == state).collect();
        if matches!(state, "answered" | "ended") {
            plans.reverse();
        } else {
            let day = |plan: &TouchPlan| plan.next.as_ref().map(|next| next.day);
            plans.sort_by_key(|plan| (day(plan).is_none(), day(plan), plan.number));
        }
        plans
    }

    /// What is due and waits for the user's word.
    pub fn to_approve(&self) -> Vec<&TouchPlan> {
        let due = self.of_state("due").into_iter();
        due.filter(|plan| plan.to_approve().is_some()).collect()
    }

    /// Plans of the user that need not be shown as open any more.
    pub fn settled(&self) -> BTreeSet<EntryNumber> {
        self.plans.iter().flat_map(|plan| plan.settled.iter().copied()).collect()
    }
}

/// What the touch plans of the desk were worked out from.
#[derive(Debug, Clone)]
pub(crate) struct KeptTouches {
    version: Option<FileState>,
    /// `None` where there are no plans, which needs neither.
    from: Option<(Arc<Morning>, Arc<Register>)>,
    touches: Arc<Touches>,
}

fn is_begun(entries: &[KeptEntry]) -> bool {
    entries.iter().any(|kept| matches!(kept.entry, Entry::KeepInTouch { .. }))
}

impl Inroad {
    /// All touch plans as they were known at a moment.
    ///
    /// # Errors
    /// If the data file refuses.
    pub async fn touches(&self, as_of: Moment) -> Result<Touches> {
        let entries = self.entries(as_of).await?;
        if !is_begun(&entries) {
            return Ok(Touches::none(as_of));
        }
        let register = self.register(as_of).await?;
        let review = self.review(as_of).await?;
        let material = self.touch_material(entries, as_of).await?;
        let worked_out = spawn_blocking(move || material.touches(&register, &review)).await;
        worked_out.map_err(|task| Error::stopped(&task))
    }

    async fn touch_material(&self, entries: Vec<KeptEntry>, as_of: Moment) -> Result<Material> {
        let aliases = self.aliases().await?;
        Ok(Material {
            opt_outs: self.opt_outs(&aliases, as_of).await?,
            pages: self.pages(as_of).await?,
            aliases,
            entries,
            as_of,
        })
    }
}

impl Desk {
    /// All touch plans as they are known now, kept while nothing changes.
    ///
    /// # Errors
    /// If the data file refuses.
    pub async fn touches(&self) -> Result<Arc<Touches>> {
        let version = self.inroad().store.file_state().await?;
        let now = self.now();
        let is_newest = |kept: &KeptTouches| {
            version.is_some() && kept.version == version && kept.touches.as_of.date() == now.date()
        };
        let mut held = self.touches.lock().await;
        let newest = held.as_ref().filter(|kept| is_newest(kept));
        if let Some(kept) = newest.filter(|kept| kept.from.is_none()) {
            return Ok(Arc::clone(&kept.touches));
        }
        let entries = match newest {
            Some(_) => None,
            None => Some(self.inroad().entries(now).await?),
        };
        // Who stays in touch with nobody waits for no register.
        if entries.as_ref().is_some_and(|entries| !is_begun(entries)) {
            let touches = Arc::new(Touches::none(now));
            *held = Some(KeptTouches { version, from: None, touches: Arc::clone(&touches) });
            return Ok(touches);
        }
        let (morning, register) = (self.glance().await?, self.register().await?);
        let is_same = |(m, r): &(Arc<Morning>, Arc<Register>)| {
            Arc::ptr_eq(m, &morning) && Arc::ptr_eq(r, &register)
        };
        if let Some(kept) = newest.filter(|kept| kept.from.as_ref().is_some_and(is_same)) {
            return Ok(Arc::clone(&kept.touches));
        }
        let entries = match entries {
            Some(entries) => entries,
            None => self.inroad().entries(now).await?,
        };
        let material = self.inroad().touch_material(entries, now).await?;
        let (of_register, of_morning) = (Arc::clone(&register), Arc::clone(&morning));
        let worked_out =
            spawn_blocking(move || material.touches(&of_register, &of_morning.review)).await;
        let touches = Arc::new(worked_out.map_err(|task| Error::stopped(&task))?);
        let from = Some((morning, register));
        *held = Some(KeptTouches { version, from, touches: Arc::clone(&touches) });
        Ok(touches)
    }
}
