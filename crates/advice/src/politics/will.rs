//! Who would like it to happen: warm words, questions about the work, agreement, against cool ones.

use std::collections::BTreeMap;

use inroad_model::{Cue, EmailAddress};

use super::cast::Cast;
use super::pointed::Shown;
use super::resistor::Against;
use super::sayings::Sayings;
use crate::dealings::{Dealings, with_person};

/// After so many days a sentence says half as much of today.
const HALF_LIFE_DAYS: f64 = 90.0;
/// Of whom nothing was read, nothing is known; many who never write have no wish.
const UNKNOWN: f64 = 0.4;
/// What a neutral sentence weighs.
const NEUTRAL: f64 = 0.4;
/// Less than that shows nobody's will.
const SHOWN_FROM: f64 = 0.2;
/// Who never wrote has shown none at all.
const SILENT: f64 = 0.25;
/// Who left two letters of ours or more without an answer wants it less than it read.
const UNANSWERED: f64 = 0.55;
/// So many are no chance.
const UNANSWERED_MIN: usize = 2;
/// Who is against it does not want it.
const AGAINST: f64 = 0.5;

/// How much a sentence of somebody tells of good will; below 0 of the lack of it.
fn will_of(cue: Cue) -> f64 {
    match cue {
        Cue::Agreement => 1.0,
        Cue::AsksAboutWork | Cue::Warmth => 0.6,
        Cue::CommitsToDate | Cue::InConfidence => 0.5,
        Cue::AsksPrice | Cue::AsksProof | Cue::Forwards => 0.3,
        Cue::PoliteNo | Cue::PlainNo | Cue::OptOut => -1.0,
        Cue::DeciderAgainst | Cue::OwnerAgainst | Cue::BuyerBlocks | Cue::NeedFaded => -0.7,
        Cue::StatusQuo | Cue::ProblemDenied | Cue::OtherFit | Cue::FormalTurn => -0.6,
        Cue::FearsLooks | Cue::AvoidsAnswer | Cue::Irritation | Cue::Curtness => -0.5,
        Cue::DefersWithoutDate | Cue::AddsHurdle | Cue::TooDear | Cue::TooCheap => -0.4,
        _ => 0.0,
    }
}

/// How much somebody wants it, with the words that show it.
#[derive(Debug, Default)]
pub(super) struct Will {
    /// From 0 (none) to 1.
    pub(super) value: f64,
    /// From -1 to 1: what their own words lean to, whatever others tell and however long they wait; 0
    /// for who never wrote.
    pub(super) leaning: f64,
    /// How much was read that tells it, in sentences of weight 1; 0 for who never wrote.
    pub(super) read: f64,
    /// The friendliest sentences.
    pub(super) shown: Shown,
}

/// The will of everybody.
pub(super) fn weigh(
    dealings: &Dealings<'_>,
    cast: &Cast,
    sayings: &Sayings,
    against: &BTreeMap<EmailAddress, Against>,
) -> BTreeMap<EmailAddress, Will> {
    let mut sums: BTreeMap<&EmailAddress, (f64, f64, Shown)> = BTreeMap::new();
    for saying in &sayings.0 {
        let fading = 0.5_f64.powf(saying.age_days.max(0.0) / HALF_LIFE_DAYS);
        let weighed = saying.cues.iter().map(|(cue, p)| (*cue, will_of(*cue) * p));
        let strongest = weighed.max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()));
        if let (Some(speaker), Some((cue, strength))) = (&saying.speaker, strongest) {
            let (sum, weight, shown) = sums.entry(speaker).or_default();
            *sum += fading * strength;
            *weight += fading * strength.abs();
            if strength > SHOWN_FROM {
                let says = format!("{} {}", saying.who(cast), cue.says());
                shown.add(fading * strength, saying.evidence(says));
            }
        }
    }
    let mut will = |email: &EmailAddress| {
        let Some((sum, weight, shown)) = sums.remove(email) else {
            return Will { value: SILENT, ..Will::default() };
        };
        // As if a neutral sentence had been read: a single warm one is no proof.
        let leaning = sum / (NEUTRAL + weight);
        let own = UNKNOWN + leaning.max(0.0) * (1.0 - UNKNOWN) + leaning.min(0.0) * UNKNOWN;
        let opposed = against.get(email).map_or(0.0, |against| against.score.max(0.0));
        let waited = with_person(dealings.unanswered(), email).count() >= UNANSWERED_MIN;
        let promptly = if waited { UNANSWERED } else { 1.0 };
        let value = promptly * (own - AGAINST * opposed).clamp(0.0, 1.0);
        Will { value, leaning, read: weight, shown }
    };
    let all = cast.members().map(|member| &member.mailbox.address);
    all.map(|email| (email.clone(), will(email))).collect()
}
