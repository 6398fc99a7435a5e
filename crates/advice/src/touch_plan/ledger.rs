//! What the user wrote down that bears on touch plans, by plan: each person has one that counts, the
//! last one begun.

use std::collections::{BTreeMap, BTreeSet};

use inroad_model::{
    AccountKey, Channel, DealId, EmailAddress, Entry, EntryNumber, KeptEntry, Moment, Remark,
    Subject,
};

/// A touch plan, as it was begun, with what was written down since.
#[derive(Debug, Clone)]
pub struct Begun<'e> {
    /// Its number.
    pub number: EntryNumber,
    /// Under which address the user began it.
    pub address: &'e EmailAddress,
    /// With whom: the address that stands for the person.
    pub person: EmailAddress,
    /// When.
    pub at: Moment,
    /// The deal that has gone quiet.
    pub deal: Option<&'e DealId>,
    /// The firm whose form is drawn on, where the user named one.
    pub firm: Option<&'e AccountKey>,
    /// Why.
    pub because: Option<&'e Remark>,
    /// What was decided about its touches, oldest first.
    pub(super) acts: Vec<&'e KeptEntry>,
    /// Notes of calls and meetings, and plans, with the person or about the deal.
    pub(super) beside: Vec<&'e KeptEntry>,
    /// What was carried out of these plans, by their numbers, with when that was said.
    pub(super) done: BTreeMap<EntryNumber, Moment>,
}

/// All touch plans among what counts.
#[derive(Debug, Default)]
pub struct Ledger<'e> {
    /// The plans, in the order in which they were begun.
    pub plans: Vec<Begun<'e>>,
}

impl<'e> Ledger<'e> {
    /// Reads what counts. `one` gives the address that stands for a person.
    pub fn of(entries: &'e [KeptEntry], one: impl Fn(&EmailAddress) -> EmailAddress) -> Self {
        let mut last: BTreeMap<EmailAddress, Begun<'e>> = BTreeMap::new();
        for kept in entries {
            let Entry::KeepInTouch { deal, firm, because } = &kept.entry else { continue };
            let Subject::Person(address) = &kept.about else { continue };
            let begun = Begun {
                number: kept.number,
                address,
                person: one(address),
                at: kept.told_at,
                deal: deal.as_ref(),
                firm: firm.as_ref(),
                because: because.as_ref(),
                acts: Vec::new(),
                beside: Vec::new(),
                done: BTreeMap::new(),
            };
            last.insert(begun.person.clone(), begun);
        }
        let mut ledger = Self { plans: last.into_values().collect() };
        ledger.plans.sort_by_key(|plan| plan.number);
        ledger.take(entries, one);
        ledger
    }

    fn take(&mut self, entries: &'e [KeptEntry], one: impl Fn(&EmailAddress) -> EmailAddress) {
        if self.plans.is_empty() {
            return;
        }
        let places = || (0..).zip(&self.plans);
        let by_number: BTreeMap<EntryNumber, usize> =
            places().map(|(place, plan)| (plan.number, place)).collect();
        let by_person: BTreeMap<EmailAddress, usize> =
            places().map(|(place, plan)| (plan.person.clone(), place)).collect();
        let mut by_deal: BTreeMap<&DealId, Vec<usize>> = BTreeMap::new();
        for (place, plan) in places() {
            if let Some(deal) = plan.deal {
                by_deal.entry(deal).or_default().push(place);
            }
        }
        let mut plan_of: BTreeMap<EntryNumber, Vec<usize>> = BTreeMap::new();
        for kept in entries {
            if let Some(place) = kept.touch_plan().and_then(|of| by_number.get(&of)) {
                if let Some(plan) = self.plans.get_mut(*place).filter(|p| p.number != kept.number) {
                    plan.acts.push(kept);
                }
                continue;
            }
            let whom = match (&kept.entry, &kept.about) {
                (Entry::Plan { with: Some(email), .. }, _)
                | (Entry::Plan { with: None, .. } | Entry::Note { .. }, Subject::Person(email)) => {
                    by_person.get(&one(email)).copied().into_iter().collect()
                }
                (
                    Entry::Note { by: Some(Channel::Call | Channel::Meeting), .. },
                    Subject::Deal(deal),
                ) => by_deal.get(deal).cloned().unwrap_or_default(),
                _ => Vec::new(),
            };
            for place in &whom {
                if let Some(plan) = self.plans.get_mut(*place) {
                    plan.beside.push(kept);
                }
            }
            if matches!(kept.entry, Entry::Plan { .. }) && !whom.is_empty() {
                plan_of.insert(kept.number, whom);
            }
        }
        for kept in entries {
            let Entry::Done { plan: done } = &kept.entry else { continue };
            for place in plan_of.get(done).into_iter().flatten() {
                if let Some(plan) = self.plans.get_mut(*place) {
                    plan.done.insert(*done, kept.told_at);
                }
            }
        }
    }

    /// The plan with a person, by the address that stands for them.
    pub fn with(&self, person: &EmailAddress) -> Option<&Begun<'e>> {
        self.plans.iter().find(|plan| plan.person == *person)
    }

    /// The people, by the addresses that stand for them.
    pub fn people(&self) -> BTreeSet<&EmailAddress> {
        self.plans.iter().map(|plan| &plan.person).collect()
    }
}
