//! Who could move it: weight and will together.
//!
//! An advocate without weight is no lever while somebody with weight and good will is there. Whoever
//! left, opted out or is against it is none.

use std::collections::BTreeMap;

use inroad_model::{Cause, EmailAddress, Role};

use super::cast::{Cast, Member};
use super::decider::Deciding;
use super::pointed::Pointed;
use super::will::Will;
use crate::counsel::whom::can_be_asked;
use crate::dealings::Dealings;
use crate::playbook::diagnosis::Diagnosis;

/// Less weight moves nothing.
const WEIGHT_MIN: f64 = 0.2;
/// Less will is none.
const WILL_MIN: f64 = 0.12;
/// Beside the best one, so much of what the best could do.
const BESIDE_BEST: f64 = 0.35;
/// So many are told.
const LEVERS_MAX: usize = 3;
/// A contact who cannot, or does not dare, is tried already.
const TRIED: f64 = 0.7;

/// Buyers follow; they seldom lead.
const BUYS: f64 = 0.6;
/// Who sits in another deal with that firm knows the house, not the matter.
const OF_OTHER_DEAL: f64 = 0.8;

/// What is known of everybody.
pub(super) struct Standing<'s> {
    pub(super) weights: &'s BTreeMap<EmailAddress, f64>,
    pub(super) wills: &'s BTreeMap<EmailAddress, Will>,
    pub(super) deciding: &'s BTreeMap<EmailAddress, Deciding>,
    pub(super) resistor: Option<&'s Pointed>,
    pub(super) decides: Option<&'s Pointed>,
}

/// The levers, best first.
pub(super) fn point(
    dealings: &Dealings<'_>,
    cast: &Cast,
    standing: &Standing<'_>,
    diagnosis: &Diagnosis<'_>,
) -> Vec<Pointed> {
    let likely = |causes: &[Cause]| -> f64 {
        let those = diagnosis.likely.iter();
        those.filter(|(s, _)| s.cause.is_some_and(|c| causes.contains(&c))).map(|(_, p)| p).sum()
    };
    let cannot = likely(&[Cause::LackOfInfluence, Cause::PoliticalFear]);
    let mut all = Vec::new();
    for member in cast.members() {
        let email = &member.mailbox.address;
        let is_against = standing.resistor.is_some_and(|resistor| resistor.email == *email);
        let weight = standing.weights.get(email).copied().unwrap_or(0.0);
        let will = standing.wills.get(email).map_or(0.0, |will| will.value);
        let fits = weight >= WEIGHT_MIN && will >= WILL_MIN && !is_against;
        let decides = standing.decides.is_some_and(|decides| decides.email == *email);
        let defers = standing.deciding.get(email).map_or(0.0, |deciding| deciding.defers);
        let tried = member.has(Role::PrimaryContact) && (cannot > 0.3 || defers > 0.6 && !decides);
        let far = if member.is_of_other_deal { OF_OTHER_DEAL } else { 1.0 };
        let buys = if member.buys { BUYS } else { 1.0 };
        let could = weight * will * far * buys * if tried { TRIED } else { 1.0 };
        let is_inside = !member.is_outside && !member.assists && !member.is_desk;
        if fits && is_inside && can_be_asked(dealings, email) {
            all.push((could, weight, will, member));
        }
    }
    all.sort_by(|a, b| b.0.total_cmp(&a.0));
    let best = all.first().map_or(0.0, |(best, ..)| *best);
    let near = all.into_iter().filter(|(could, ..)| *could >= BESIDE_BEST * best);
    near.take(LEVERS_MAX)
        .map(|(could, weight, will, member)| {
            let shown = standing.wills.get(&member.mailbox.address).map(|will| &will.shown);
            let shown = shown.cloned().unwrap_or_default();
            Pointed::at(member, could.sqrt().min(0.85), why(member, weight, will), &shown)
        })
        .collect()
}

fn why(member: &Member, weight: f64, will: f64) -> String {
    let has = match weight {
        w if w >= 0.8 => "Has a say that counts most",
        w if w >= 0.45 => "Has weight there",
        _ => "Has some weight there",
    };
    let wants = match will {
        w if w >= 0.65 => "wants it, by what they write",
        w if w >= 0.45 => "leans to it, by what they write",
        _ if member.letters == 0 => "has not written yet",
        _ => "has not spoken against it",
    };
    format!("{has} and {wants}")
}
