//! The likeliest seat of each of them, with how surely.

use std::collections::BTreeMap;

use inroad_model::{EmailAddress, FactKind, Probability, Role};
use serde::{Deserialize, Serialize};

use super::cast::{Cast, Member};
use super::decider::Deciding;
use super::resistor::Against;
use super::will::Will;
use crate::dealings::{Dealings, Stated};
use crate::evidence::{self, Evidence};

/// What somebody's part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Decides.
    DecisionMaker,
    /// Buys on others' behalf, or checks contracts.
    Purchaser,
    /// Would use it or be helped by it.
    EndUser,
    /// Has the problem.
    ProblemOwner,
    /// Is listened to.
    Influencer,
    /// Belongs to another firm.
    Outsider,
    /// Answers for somebody.
    Assistant,
}

/// One of them, with the likeliest seat.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LikelySeat {
    /// Who.
    pub email: EmailAddress,
    /// The name, if one is known.
    pub name: Option<String>,
    /// The likeliest part; `None` where nothing tells it.
    pub part: Option<Part>,
    /// How surely; 0 where nothing tells it.
    pub confidence: Probability,
    /// What tells it: `you typed it`, `their title`, `what letters tell`, `they are of another firm`.
    pub because: Option<&'static str>,
    /// The words that show it; empty for what was typed.
    pub evidence: Vec<Evidence>,
    /// How much weight they seem to have, 0 to 1.
    pub weight: f64,
    /// How much they seem to want it, 0 to 1; below 0.5 nothing or little speaks for it.
    pub will: f64,
    /// How much speaks for their being against it; 0 where nothing does.
    pub against: f64,
}

/// All seats, the weightiest first.
pub(super) fn read(
    dealings: &Dealings<'_>,
    cast: &Cast,
    deciding: &BTreeMap<EmailAddress, Deciding>,
    weights: &BTreeMap<EmailAddress, f64>,
    wills: &BTreeMap<EmailAddress, Will>,
    against: &BTreeMap<EmailAddress, Against>,
) -> Vec<LikelySeat> {
    let seat = |member: &Member| {
        let email = &member.mailbox.address;
        let decides = deciding.get(email).map_or(0.0, |deciding| deciding.score);
        let found = part_of(member, decides);
        let because = found.map(|(part, _)| because(member, part));
        let evidence = match because {
            Some(LETTERS) => deciding.get(email).map(Deciding::evidence).unwrap_or_default(),
            Some(TITLE) => title_fact(dealings, email).into_iter().collect(),
            _ => Vec::new(),
        };
        let (part, confidence) = found.unzip();
        let of = |all: &BTreeMap<EmailAddress, f64>| all.get(email).copied().unwrap_or(0.0);
        LikelySeat {
            email: email.clone(),
            name: member.mailbox.name.clone(),
            part,
            confidence: Probability::clamped(hundredth(confidence.unwrap_or(0.0))),
            because,
            evidence,
            weight: hundredth(of(weights)),
            will: hundredth(wills.get(email).map_or(0.0, |will| will.value)),
            against: hundredth(against.get(email).map_or(0.0, |against| against.score.max(0.0))),
        }
    };
    let mut seats: Vec<LikelySeat> = cast.members().map(seat).collect();
    seats.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.email.cmp(&b.email)));
    seats
}

/// The likeliest part and how surely. What was typed counts before what a title tells, and who is
/// told to decide before both.
fn part_of(member: &Member, decides: f64) -> Option<(Part, f64)> {
    let typed = |role| member.has(role);
    let decides = (decides >= 0.6).then_some((Part::DecisionMaker, (0.5 * decides).min(0.85)));
    let by_title = || match () {
        () if member.is_outside => Some((Part::Outsider, 0.8)),
        () if member.assists => Some((Part::Assistant, 0.8)),
        () if member.buys => Some((Part::Purchaser, 0.8)),
        () if typed(Role::ProblemOwner) => Some((Part::ProblemOwner, 0.8)),
        () if typed(Role::EndUser) => Some((Part::EndUser, 0.8)),
        () if typed(Role::Influencer) => Some((Part::Influencer, 0.7)),
        () if member.rank >= Some(2) => Some((Part::Influencer, 0.4)),
        () => None,
    };
    decides.or_else(by_title)
}

const TYPED: &str = "you typed it";
const TITLE: &str = "their title";
const LETTERS: &str = "what letters tell";
const ELSEWHERE: &str = "they are of another firm";

/// What told the part that was found.
fn because(member: &Member, part: Part) -> &'static str {
    let typed = match part {
        Part::DecisionMaker => Some(Role::DecisionMaker),
        Part::Purchaser => Some(Role::Purchaser),
        Part::EndUser => Some(Role::EndUser),
        Part::ProblemOwner => Some(Role::ProblemOwner),
        Part::Influencer => Some(Role::Influencer),
        Part::Outsider | Part::Assistant => None,
    };
    match part {
        _ if typed.is_some_and(|role| member.has(role)) => TYPED,
        Part::Outsider => ELSEWHERE,
        Part::DecisionMaker if member.rank != Some(3) => LETTERS,
        _ => TITLE,
    }
}

/// The title that somebody signed with last.
fn title_fact(dealings: &Dealings<'_>, email: &EmailAddress) -> Option<Evidence> {
    let is_title = |stated: &&Stated| {
        stated.fact.kind == FactKind::Title && stated.fact.email.as_ref() == Some(email)
    };
    let last = dealings.facts.iter().rfind(is_title);
    last.map(|stated| evidence::of_fact(dealings, stated))
}

fn hundredth(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
