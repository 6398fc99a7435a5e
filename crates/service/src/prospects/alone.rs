//! Firms that are left alone: by the user's word under any of their keys, or by their own.

use inroad_advice::do_not_contact::DoNotContact;
use inroad_model::{AccountKey, Entry, KeptEntry, Moment, Subject};

use crate::Result;
use crate::inroad::Inroad;
use crate::register::Register;

impl Register {
    /// Whether nobody at a firm is to be written to or called, by what counts and by its own word.
    pub fn is_left_alone(&self, key: &AccountKey, entries: &[KeptEntry]) -> bool {
        let own: Vec<&AccountKey> = match self.firm(key) {
            Some(firm) => firm.keys().collect(),
            None => vec![key],
        };
        let by_user = entries.iter().any(|kept| is_alone(kept, &own));
        by_user
            || own.iter().filter_map(|key| key.as_domain()).any(|at| self.asked.forbids_firm(at))
    }
}

/// Whether an entry leaves one of some keys alone: that key, or the domain above it.
fn is_alone(kept: &KeptEntry, keys: &[&AccountKey]) -> bool {
    matches!(kept.entry, Entry::LeaveAlone { .. })
        && matches!(&kept.about, Subject::Account(alone) if keys.iter().any(|key| key.is_within(alone)))
}

impl Inroad {
    /// The same without a register.
    pub(crate) async fn is_firm_left_alone(&self, key: &AccountKey, at: Moment) -> Result<bool> {
        let same = self.groups::<AccountKey>().await?.all_of(key);
        let keys: Vec<&AccountKey> = same.iter().collect();
        if self.entries(at).await?.iter().any(|kept| is_alone(kept, &keys)) {
            return Ok(true);
        }
        let stated = self.stated_opt_outs(&self.aliases().await?, at).await?;
        let asked: DoNotContact = stated.iter().map(|stated| &stated.fact).collect();
        Ok(keys.iter().filter_map(|key| key.as_domain()).any(|domain| asked.forbids_firm(domain)))
    }
}
