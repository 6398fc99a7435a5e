//! Who is against it or holds it up.
//!
//! A sentence must show it: told of somebody, or written by somebody. What the letters as a whole
//! look like (the ranked causes) helps to tell whom, and is no ground alone.

use std::collections::BTreeMap;

use inroad_language::facts::Part;
use inroad_model::{Cause, Cue, EmailAddress, Role};

use super::cast::{Cast, Member};
use super::pointed::{Pointed, Shown};
use super::sayings::{Saying, Sayings};
use crate::dealings::Dealings;
use crate::playbook::diagnosis::Diagnosis;

/// From so much on somebody is named.
const NAMED_FROM: f64 = 0.5;
/// So much of it must stand in sentences.
const SAID_MIN: f64 = 0.35;
/// The next one must be so much behind: to name the wrong one is worse than to name nobody.
const AHEAD_MIN: f64 = 0.08;
/// What others tell counts so much, at most.
const TOLD: f64 = 1.4;
/// What somebody's own letters show counts so much, at most.
const OWN_MAX: f64 = 1.2;
/// What one letter of theirs shows.
const OWN: f64 = 0.45;
/// The kind of person that the causes speak of.
const CAUSE: f64 = 1.0;
/// Whoever leads on their side brought us in.
const LEADS: f64 = -0.3;
/// Good words of their own.
const FRIENDLY: f64 = -0.4;
/// A buyer who follows the forms of a decision that was made elsewhere is its front.
const FRONT: f64 = -0.6;
/// The same for a buyer whose own letters follow a procedure.
const PROCEDURE: f64 = -0.4;
/// A decider who doubts the price or the fit is to be convinced, not against it.
const DOUBTS: f64 = -1.4;
/// A colleague who is feared need not be against it.
const FEARED: f64 = -0.4;
/// From so much on two camps are likely, and whoever leads one stands for it.
const CAMPS_FROM: f64 = 0.12;
/// So near to the first somebody is of the same camp.
const CAMP_NEAR: f64 = 0.3;
/// Where the letters as a whole do not look like resistance, what speaks for it counts so much.
const NO_RESISTANCE: f64 = 0.65;
/// So likely something must be wrong; below that it counts in proportion.
const TROUBLE_FROM: f64 = 0.5;
/// From so large a part of what may be wrong on they do.
const RESISTANCE_FROM: f64 = 0.3;
/// A sentence about "them" that names nobody, where only one holds that seat.
const UNNAMED: f64 = 0.5;

/// What is told of somebody who is against it: how much it says.
fn told_of(cue: Cue) -> f64 {
    match cue {
        Cue::InsiderAgainst | Cue::OwnerAgainst | Cue::DeciderAgainst | Cue::BuyerBlocks => 1.0,
        Cue::WarnsOfColleague | Cue::UsersUnwilling => 0.8,
        Cue::OutsiderSpeaks | Cue::QuotesCamp => 0.5,
        Cue::StatusQuo | Cue::CreditBlame | Cue::ProblemDenied => 0.4,
        Cue::AddsHurdle | Cue::AvoidsAnswer => 0.3,
        _ => 0.0,
    }
}

/// What somebody writes who is against it.
fn of_own(cue: Cue) -> f64 {
    match cue {
        Cue::BuyerBlocks | Cue::OwnerAgainst | Cue::DeciderAgainst | Cue::InsiderAgainst => 1.0,
        Cue::ProblemDenied | Cue::UsersUnwilling | Cue::AddsHurdle => 0.7,
        Cue::StatusQuo | Cue::QuotesCamp => 0.5,
        Cue::TooDear | Cue::AsksDiscount | Cue::CreditBlame | Cue::Irritation => 0.4,
        Cue::OutsiderSpeaks
        | Cue::AsksDocument
        | Cue::NamesRival
        | Cue::AvoidsAnswer
        | Cue::Curtness => 0.3,
        _ => 0.0,
    }
}

/// The kind of person of whom a sentence speaks that names nobody.
fn holds(cue: Cue, member: &Member) -> bool {
    match cue {
        Cue::BuyerBlocks => member.buys,
        Cue::DeciderAgainst => member.has(Role::DecisionMaker),
        Cue::UsersUnwilling => member.has(Role::EndUser),
        Cue::OwnerAgainst => member.has(Role::ProblemOwner),
        Cue::OutsiderSpeaks => member.is_outside,
        _ => false,
    }
}

/// The kind of person of whom a cause speaks; by halves where that is not a seat.
fn meant_by(cause: Cause, member: &Member) -> f64 {
    let seat = |is: bool| if is { 1.0 } else { 0.0 };
    match cause {
        Cause::ResistantPurchaser => seat(member.buys),
        Cause::ResistantEndUser => seat(member.has(Role::EndUser)),
        Cause::ResistantProblemOwner => seat(member.has(Role::ProblemOwner)),
        Cause::ResistantDecisionMaker => {
            seat(member.has(Role::DecisionMaker)).max(0.5 * seat(member.rank == Some(3)))
        }
        Cause::ResistantOutsider => seat(member.is_outside),
        Cause::ResistantInsider => 0.6 * seat(member.roles.is_empty() && !member.is_outside),
        Cause::ResistantFaction => 0.5 * seat(!member.has(Role::PrimaryContact)),
        _ => 0.0,
    }
}

/// Whether a cause is that somebody is against it.
fn is_resistance(cause: Cause) -> bool {
    matches!(
        cause,
        Cause::ResistantPurchaser
            | Cause::ResistantEndUser
            | Cause::ResistantProblemOwner
            | Cause::ResistantDecisionMaker
            | Cause::ResistantOutsider
            | Cause::ResistantInsider
            | Cause::ResistantFaction
    )
}

/// How much speaks for somebody as one who is against it.
#[derive(Debug, Default)]
pub(super) struct Against {
    /// All of it.
    pub(super) score: f64,
    told: f64,
    own: f64,
    friendly: f64,
    formal: f64,
    shown: Shown,
}

/// Weighs everybody.
pub(super) fn weigh(
    dealings: &Dealings<'_>,
    cast: &Cast,
    sayings: &Sayings,
    diagnosis: &Diagnosis<'_>,
) -> BTreeMap<EmailAddress, Against> {
    let mut all: BTreeMap<EmailAddress, Against> =
        cast.members().map(|member| (member.mailbox.address.clone(), Against::default())).collect();
    for saying in &sayings.0 {
        told(cast, saying, &mut all);
        own(cast, saying, &mut all);
    }
    let lead = dealings.lead();
    let likely = |causes: &dyn Fn(Cause) -> bool| -> f64 {
        let those = diagnosis.likely.iter();
        those.filter(|(s, _)| s.cause.is_some_and(causes)).map(|(_, p)| p).sum()
    };
    let elsewhere = likely(&|cause| cause == Cause::UnidentifiedIntelligence);
    let resistance = likely(&is_resistance) + elsewhere;
    let fear = likely(&|cause| cause == Cause::PoliticalFear);
    let doubts = likely(&|cause| {
        matches!(cause, Cause::PriceTooLow | Cause::PriceTooHigh | Cause::NotTheRightFit)
    });
    let trouble = (1.0 - diagnosis.healthy).max(f64::MIN_POSITIVE);
    let looks_so = (resistance / trouble / RESISTANCE_FROM).min(1.0);
    let is_trouble = (trouble / TROUBLE_FROM).min(1.0);
    let trust = (NO_RESISTANCE + (1.0 - NO_RESISTANCE) * looks_so) * is_trouble;
    for (email, against) in &mut all {
        let Some(member) = cast.get(email) else { continue };
        let causes =
            diagnosis.likely.iter().filter_map(|(scenario, p)| Some((scenario.cause?, *p)));
        let kind: f64 = causes.map(|(cause, p)| p * meant_by(cause, member)).sum();
        let letters = (member.letters.max(1) as f64).sqrt();
        against.own = (OWN * against.own).min(OWN_MAX);
        against.told *= TOLD;
        let leads = lead.as_ref() == Some(email);
        against.score = against.told
            + against.own
            + CAUSE * kind.min(1.0)
            + FRIENDLY * (against.friendly / letters).min(1.0)
            + if member.buys { FRONT * elsewhere + PROCEDURE * against.formal } else { 0.0 }
            + if member.has(Role::DecisionMaker) { DOUBTS * doubts } else { 0.0 }
            + FEARED * fear
            + if leads { LEADS } else { 0.0 };
        let is_shown = against.told + against.own >= SAID_MIN;
        let may_be = is_shown && !member.is_desk && !member.is_of_other_deal;
        against.score *= if may_be { trust } else { 0.0 };
    }
    all
}

/// What a sentence tells of others.
fn told(cast: &Cast, saying: &Saying, all: &mut BTreeMap<EmailAddress, Against>) {
    let strongest = |weight: &dyn Fn(Cue) -> f64| {
        let weighed = saying.cues.iter().map(|(cue, p)| (*cue, weight(*cue) * p));
        weighed.max_by(|a, b| a.1.total_cmp(&b.1)).filter(|(_, strength)| *strength > 0.0)
    };
    let Some((cue, strength)) = strongest(&told_of) else { return };
    let mut add = |email: &EmailAddress, strength: f64| {
        if let (Some(against), Some(member)) = (all.get_mut(email), cast.get(email)) {
            against.told = 1.0 - (1.0 - against.told) * (1.0 - strength.min(0.95));
            let who = saying.who(cast);
            let says = format!("{who} {}, and names {}", cue.says(), member.name());
            against.shown.add(strength, saying.evidence(says));
        }
    };
    let mut names_any = false;
    for (email, part) in saying.others() {
        names_any = true;
        add(
            email,
            strength
                * match part {
                    Part::Subject => 1.0,
                    Part::Beside => 0.5,
                    Part::Addressed => 0.2,
                },
        );
    }
    if !names_any
        && let Some(one) = cast.only(|member| holds(cue, member))
        && saying.speaker.as_ref() != Some(&one.mailbox.address)
    {
        add(&one.mailbox.address.clone(), UNNAMED * strength);
    }
}

/// What somebody's own sentence shows of them. What they tell of others is not theirs.
fn own(cast: &Cast, saying: &Saying, all: &mut BTreeMap<EmailAddress, Against>) {
    let Some(against) = saying.speaker.as_ref().and_then(|email| all.get_mut(email)) else {
        return;
    };
    let friendly = [Cue::Agreement, Cue::Warmth, Cue::AsksAboutWork, Cue::CommitsToDate];
    against.friendly += saying.tells(&friendly);
    against.formal = against.formal.max(saying.tells(&[Cue::FormalTurn]));
    if saying.is_of_others() {
        return;
    }
    let weighed = saying.cues.iter().map(|(cue, p)| (*cue, of_own(*cue) * p));
    let Some((cue, strength)) = weighed.max_by(|a, b| a.1.total_cmp(&b.1)) else { return };
    if strength > 0.0 {
        against.own += strength;
        let says = format!("{} {}", saying.who(cast), cue.says());
        against.shown.add(0.8 * strength, saying.evidence(says));
    }
}

/// Whoever is most clearly against it, if anybody is. Of a camp, whoever leads it.
pub(super) fn point(
    cast: &Cast,
    all: &BTreeMap<EmailAddress, Against>,
    diagnosis: &Diagnosis<'_>,
) -> Option<Pointed> {
    let mut sorted: Vec<(&Member, &Against)> =
        all.iter().filter_map(|(email, against)| Some((cast.get(email)?, against))).collect();
    sorted.sort_by(|a, b| b.1.score.total_cmp(&a.1.score));
    let (_, most) = sorted.first()?;
    let has_camps = diagnosis
        .likely
        .iter()
        .any(|(s, p)| s.cause == Some(Cause::ResistantFaction) && *p >= CAMPS_FROM);
    let (member, first) = if has_camps {
        let near = |(_, against): &&(&Member, &Against)| {
            against.score >= (most.score - CAMP_NEAR).max(NAMED_FROM)
        };
        let leads = |(member, against): &(&Member, &Against)| {
            (member.rank.unwrap_or(1), !member.buys, against.score)
        };
        let camp = sorted.iter().take_while(near).copied();
        camp.max_by(|a, b| {
            let ((a_rank, a_uses, a_score), (b_rank, b_uses, b_score)) = (leads(a), leads(b));
            (a_rank, a_uses).cmp(&(b_rank, b_uses)).then(a_score.total_cmp(&b_score))
        })?
    } else {
        let next = sorted.get(1).map_or(0.0, |(_, next)| next.score);
        *sorted.first().filter(|(_, first)| first.score - next >= AHEAD_MIN)?
    };
    if first.score < NAMED_FROM {
        return None;
    }
    let why = match (first.told >= SAID_MIN, first.own >= SAID_MIN) {
        (true, true) => "Others tell it, and their own letters show it",
        (true, false) => "Others tell it",
        _ => "Their own letters show it",
    };
    let confidence = 0.85 * (1.0 - (-first.score).exp());
    Some(Pointed::at(member, confidence, why.to_owned(), &first.shown))
}
