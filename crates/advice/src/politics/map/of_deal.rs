//! The map of a deal: what was read of letters, and over it what the seller told.
//!
//! What mail tells of weight and stance is a guess and is marked as one; what the seller knows is
//! taken nearly for sure, and stands in the place of what was read.

mod ours;
pub(in crate::politics) mod told;

use std::collections::BTreeMap;

use inroad_model::{Cause, Cue, EmailAddress, Role, TieKind};

use super::{BONDS_MAX, Bond, Guess, Learnt, Map, PEOPLE_MAX, Person, Resistance, Side};
use crate::counsel::whom::{can_be_asked, is_gone};
use crate::dealings::Dealings;
use crate::playbook::diagnosis::Diagnosis;
use crate::playbook::structure::titles::title_of;
use crate::politics::cast::{Cast, Member};
use crate::politics::decider::Deciding;
use crate::politics::pointed::Pointed;
use crate::politics::resistor::Against;
use crate::politics::sayings::Sayings;
use crate::politics::will::Will;
use crate::politics::{LikelySeat, Part, Tie};

/// Weight that is read of titles and letters is known so surely, and without a title less.
const WEIGHT_KNOWN: f64 = 0.55;
const WEIGHT_KNOWN_UNTITLED: f64 = 0.35;
/// A stance that is read of one plain sentence is known so surely.
const STANCE_KNOWN_MAX: f64 = 0.75;
/// How likely the no of whoever surely decides is final.
const VETO_OF_DECIDER: f64 = 0.6;
/// The same of anybody else.
const VETO: f64 = 0.05;
/// From so much on a cause says which kind of resistance it is.
const KIND_FROM: f64 = 0.15;

/// What was read of a deal.
pub(in crate::politics) struct Found<'f> {
    pub(in crate::politics) cast: &'f Cast,
    pub(in crate::politics) sayings: &'f Sayings,
    pub(in crate::politics) ties: &'f [Tie],
    pub(in crate::politics) weights: &'f BTreeMap<EmailAddress, f64>,
    pub(in crate::politics) wills: &'f BTreeMap<EmailAddress, Will>,
    pub(in crate::politics) deciding: &'f BTreeMap<EmailAddress, Deciding>,
    pub(in crate::politics) against: &'f BTreeMap<EmailAddress, Against>,
    pub(in crate::politics) seats: &'f [LikelySeat],
    pub(in crate::politics) decides: Option<&'f Pointed>,
    pub(in crate::politics) resistor: Option<&'f Pointed>,
}

/// Draws the map.
pub(in crate::politics) fn map(
    dealings: &Dealings<'_>,
    found: &Found<'_>,
    diagnosis: &Diagnosis<'_>,
) -> Map {
    let contact = contact(dealings, found.cast);
    let mut people: Vec<Person> = found
        .cast
        .members()
        .filter(|member| !member.is_desk)
        .map(|member| person(dealings, found, member, contact.as_ref()))
        .collect();
    let mut bonds = bonds(found.ties, &people);
    bonds.extend(colleagues(&people));
    ours::add(dealings, &mut people, &mut bonds);
    told::add(dealings, &mut people, &mut bonds);
    let (people, bonds) = largest(people, bonds);
    // Whoever the seller named stands before whom letters name.
    let read =
        found.resistor.and_then(|who| people.iter().position(|p| p.id == who.email.as_str()));
    let in_the_way = told::opponent(dealings, &people).or(read);
    let resistance = in_the_way.and_then(|at| resistance(&people[at], diagnosis));
    let Ok(map) = Map::new(people, bonds) else { return Map::default() };
    Map { in_the_way, resistance, ongoing: dealings.deal.ongoing_account, ..map }
}

/// Of a crowd the contact and the weightiest, so many as a map holds.
fn largest(people: Vec<Person>, bonds: Vec<Bond>) -> (Vec<Person>, Vec<Bond>) {
    let mut order: Vec<usize> = (0..people.len()).collect();
    let weight =
        |at: &usize| people[*at].weight.value + f64::from(u8::from(people[*at].is_contact));
    order.sort_by(|a, b| weight(b).total_cmp(&weight(a)));
    order.truncate(PEOPLE_MAX);
    order.sort_unstable();
    let place = |at: usize| order.binary_search(&at).ok();
    let kept = bonds
        .into_iter()
        .filter_map(|bond| Some(Bond { from: place(bond.from)?, to: place(bond.to)?, ..bond }));
    let mut kept: Vec<Bond> = kept.collect();
    kept.truncate(BONDS_MAX);
    let mut people: Vec<Option<Person>> = people.into_iter().map(Some).collect();
    (order.iter().filter_map(|at| people[*at].take()).collect(), kept)
}

/// Whom we deal with: who was typed as that, else who wrote most.
fn contact(dealings: &Dealings<'_>, cast: &Cast) -> Option<EmailAddress> {
    let is_there = |member: &&Member| !is_gone(dealings, &member.mailbox.address);
    let mut there = cast.members().filter(is_there);
    let typed = there.find(|member| member.has(Role::PrimaryContact));
    let inside = cast.members().filter(is_there);
    let inside = inside.filter(|member| !member.is_outside && member.letters > 0);
    let most = || inside.max_by_key(|member| member.letters);
    let first = || dealings.counterparts().into_iter().next();
    let one = typed.or_else(most).map(|member| member.mailbox.address.clone());
    one.or_else(first)
}

fn person(
    dealings: &Dealings<'_>,
    found: &Found<'_>,
    member: &Member,
    contact: Option<&EmailAddress>,
) -> Person {
    let email = &member.mailbox.address;
    let part = found.seats.iter().find(|seat| seat.email == *email).and_then(|seat| seat.part);
    let decides = found.decides.filter(|who| who.email == *email);
    let weight_known = match () {
        () if member.rank.is_some() || decides.is_some() => WEIGHT_KNOWN,
        () => WEIGHT_KNOWN_UNTITLED,
    };
    let defers = found.deciding.get(email).map_or(0.0, |deciding| deciding.defers);
    let veto = decides.map_or(VETO, |who| VETO_OF_DECIDER * who.confidence.get());
    Person {
        title: title_of(dealings, email),
        part: if decides.is_some() { Some(Part::DecisionMaker) } else { part },
        side: if member.is_outside { Side::Outside } else { Side::Theirs },
        is_contact: contact == Some(email),
        is_met: member.letters > 0,
        is_gone: is_gone(dealings, email),
        may_be_asked: can_be_asked(dealings, email),
        weight: Guess {
            value: found.weights.get(email).copied().unwrap_or(0.2).clamp(0.0, 1.0),
            known: weight_known,
        },
        stance: stance(found, email),
        openness: openness(found, email, member),
        fear: fear(found.sayings, email),
        veto: veto * (1.0 - defers),
        ..Person::unknown(email.as_str(), member.name())
    }
}

/// What somebody thinks of it: their will, less what speaks for their being against it.
fn stance(found: &Found<'_>, email: &EmailAddress) -> Guess {
    let will = found.wills.get(email);
    let against = found.against.get(email).map_or(0.0, |against| against.score.clamp(0.0, 1.0));
    let read = will.map_or(0.0, |will| will.read) + against;
    let leaning = will.map_or(0.0, |will| will.leaning);
    Guess {
        value: (leaning - against).clamp(-1.0, 1.0),
        known: STANCE_KNOWN_MAX * read / (read + 1.0),
    }
}

/// Who writes and confides is open.
fn openness(found: &Found<'_>, email: &EmailAddress, member: &Member) -> f64 {
    if member.letters == 0 {
        return 0.35;
    }
    let mine = |saying: &&crate::politics::sayings::Saying| saying.speaker.as_ref() == Some(email);
    let most = |cues: &[Cue]| {
        found.sayings.0.iter().filter(mine).map(|s| s.tells(cues)).fold(0.0, f64::max)
    };
    let confides = most(&[Cue::InConfidence, Cue::WarnsOfColleague, Cue::AsksAboutWork]);
    let evades = most(&[Cue::AvoidsAnswer, Cue::Curtness, Cue::Irritation]);
    (0.55 + 0.35 * confides - 0.25 * evades).clamp(0.1, 0.9)
}

fn fear(sayings: &Sayings, email: &EmailAddress) -> f64 {
    let own = sayings.0.iter().filter(|saying| saying.speaker.as_ref() == Some(email));
    let afraid = own.map(|s| {
        s.tells(&[Cue::FearsLooks, Cue::CreditBlame]).max(0.6 * s.tells(&[Cue::InConfidence]))
    });
    (0.15 + 0.7 * afraid.fold(0.0, f64::max)).clamp(0.0, 0.9)
}

fn bonds(ties: &[Tie], people: &[Person]) -> Vec<Bond> {
    let place = |email: &EmailAddress| people.iter().position(|p| p.id == email.as_str());
    let bond = |tie: &Tie| {
        let strength = if tie.kind == TieKind::Copies { 0.4 } else { 0.6 };
        Some(Bond {
            from: place(&tie.from)?,
            to: place(&tie.to)?,
            kind: tie.kind,
            strength,
            known: tie.confidence.get(),
            learnt: Learnt::Mail,
            date: tie.date,
            quote: tie.quote.clone(),
        })
    };
    ties.iter().filter_map(bond).filter(|bond| bond.from != bond.to).collect()
}

/// Our contact knows those who work there, whatever letters show.
fn colleagues(people: &[Person]) -> Vec<Bond> {
    let Some(from) = people.iter().position(|person| person.is_contact) else { return Vec::new() };
    let of_house = |person: &Person| person.side == Side::Theirs && !person.is_contact;
    let all = people.iter().enumerate().filter(|(_, person)| of_house(person));
    let bond = |(to, _): (usize, &Person)| Bond {
        from,
        to,
        kind: TieKind::Knows,
        strength: 0.5,
        known: 0.5,
        learnt: Learnt::Supposed,
        date: None,
        quote: None,
    };
    all.map(bond).collect()
}

/// Which kind of resistance it is: by their part, where it is known, else by the likeliest cause.
fn resistance(person: &Person, diagnosis: &Diagnosis<'_>) -> Option<Resistance> {
    let causes = diagnosis.likely.iter().filter(|(_, p)| *p >= KIND_FROM);
    let by_cause = causes.filter_map(|(scenario, p)| Some((of_cause(scenario.cause?)?, *p)));
    let by_cause = by_cause.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(kind, _)| kind);
    if by_cause == Some(Resistance::Faction) {
        return by_cause;
    }
    let by_part = match person.part {
        _ if person.side == Side::Outside => Some(Resistance::Outsider),
        Some(Part::DecisionMaker) => Some(Resistance::DecisionMaker),
        Some(Part::Purchaser) => Some(Resistance::Purchaser),
        Some(Part::EndUser) => Some(Resistance::EndUser),
        Some(Part::ProblemOwner) => Some(Resistance::ProblemOwner),
        Some(Part::Outsider) => Some(Resistance::Outsider),
        Some(Part::Influencer | Part::Assistant) | None => None,
    };
    by_part.or(by_cause).or(Some(Resistance::Insider))
}

fn of_cause(cause: Cause) -> Option<Resistance> {
    match cause {
        Cause::ResistantPurchaser => Some(Resistance::Purchaser),
        Cause::ResistantEndUser => Some(Resistance::EndUser),
        Cause::ResistantProblemOwner => Some(Resistance::ProblemOwner),
        Cause::ResistantDecisionMaker => Some(Resistance::DecisionMaker),
        Cause::ResistantOutsider => Some(Resistance::Outsider),
        Cause::ResistantInsider => Some(Resistance::Insider),
        Cause::ResistantFaction => Some(Resistance::Faction),
        _ => None,
    }
}
