//! What the next touch brings: something of use to them, never a pitch, and not twice the same.

use std::collections::BTreeMap;

use inroad_model::Useful;
use serde::Serialize;

use super::record::Record;

/// A thing at hand that a touch could bring.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Matter {
    /// Of which kind.
    pub kind: Useful,
    /// The thing.
    pub text: String,
    /// Where it comes from, in words.
    pub source: String,
    /// It is assumed: to be asked, not to be said.
    pub is_assumed: bool,
}

/// More than these confuse.
const MATTERS_MAX: usize = 3;

/// The kind for the next touch, and what is at hand for it: a kind with something new at hand before
/// others, the one that was brought longest ago first.
pub(super) fn choose<'m>(record: &Record<'_>, matters: &'m [Matter]) -> (Useful, Vec<&'m Matter>) {
    let mut last_brought: BTreeMap<Useful, usize> = BTreeMap::new();
    for (touch, (useful, _)) in (1..).zip(record.brought()) {
        if let Some(useful) = useful {
            last_brought.insert(useful, touch);
        }
    }
    let is_new = |matter: &&Matter| {
        !record.brought().any(|(_, brought)| brought.is_some_and(|b| b.as_str() == matter.text))
    };
    let fresh: Vec<&Matter> = matters.iter().filter(is_new).collect();
    let rank = |useful: &Useful| {
        let is_at_hand = fresh.iter().any(|matter| matter.kind == *useful);
        (!is_at_hand, last_brought.get(useful).copied().unwrap_or(0), *useful)
    };
    let chosen = Useful::ALL.into_iter().min_by_key(rank).unwrap_or(Useful::Observation);
    let of_kind = fresh.into_iter().filter(|matter| matter.kind == chosen);
    (chosen, of_kind.take(MATTERS_MAX).collect())
}
