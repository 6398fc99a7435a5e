//! The people of one deal: what they sign as, how they answer, and how they stand.

use inroad_model::{EmailAddress, FactKind, Moment, Role, State};
use serde::Serialize;

use crate::absence;
use crate::dealings::{Dealings, Direction, Exchange};
use crate::rhythm::clock::Clock;
use crate::rhythm::{self, Owes};
use crate::standing;

/// One person on the other side.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PersonReview {
    /// The address.
    pub email: EmailAddress,
    /// The name, if known.
    pub name: Option<String>,
    /// The title as typed in; else as signed.
    pub title: Option<String>,
    /// Roles as typed in.
    pub roles: Vec<Role>,
    /// How the person stands; `None` where nothing was written in either direction.
    pub state: Option<State>,
    /// How many messages the person wrote to us.
    pub received: usize,
    /// How many messages we wrote to the person.
    pub sent: usize,
    /// When the person last wrote.
    pub heard_at: Option<Moment>,
    /// When we last wrote to the person.
    pub wrote_at: Option<Moment>,
    /// Who has to write next.
    pub owes: Owes,
    /// The days within which half and nine tenths of this person's answers came; `None` before
    /// the first answer.
    pub usual_days: Option<(f64, f64)>,
    /// The latest letters in both directions, oldest first, to be drawn.
    #[serde(skip)]
    pub letters: Vec<(Moment, Direction)>,
}

/// So many letters are drawn at most.
const LETTERS_DRAWN_MAX: usize = 200;

/// Everybody of a deal: whom we hear and write to most comes first.
pub fn review_people(dealings: &Dealings<'_>, as_of: Moment) -> Vec<PersonReview> {
    let exchanges = dealings.exchanges_by_person();
    let of = |email| exchanges.get(email).map_or(&[][..], Vec::as_slice);
    let review = |email| review_person(dealings, email, of(email), as_of);
    let mut people: Vec<PersonReview> = dealings.people.iter().map(review).collect();
    people.sort_by(|a, b| {
        (b.received, b.sent).cmp(&(a.received, a.sent)).then_with(|| a.email.cmp(&b.email))
    });
    people
}

/// `exchanges` are those with that person.
fn review_person(
    dealings: &Dealings<'_>,
    email: &EmailAddress,
    exchanges: &[Exchange<'_>],
    as_of: Moment,
) -> PersonReview {
    let clock = Clock::of(dealings, [email]);
    let rhythm = rhythm::weigh(exchanges, exchanges, None, as_of, &clock);
    let seat = dealings.deal.people.iter().find(|seat| seat.email == *email);
    let count = |direction| exchanges.iter().filter(|e| e.direction == direction).count();
    let signed = dealings
        .facts
        .iter()
        .rev()
        .find(|s| s.fact.kind == FactKind::Title && s.fact.email.as_ref() == Some(email))
        .and_then(|s| s.fact.title.clone());
    PersonReview {
        email: email.clone(),
        name: dealings.names.get(email).cloned(),
        title: seat.and_then(|seat| seat.title.clone()).or(signed),
        roles: seat.map(|seat| seat.roles.clone()).unwrap_or_default(),
        state: state(dealings, email, &rhythm, as_of),
        received: count(Direction::Inbound),
        sent: count(Direction::Outbound),
        heard_at: rhythm.heard_at,
        wrote_at: rhythm.wrote_at,
        owes: rhythm.owes,
        usual_days: rhythm.observed(0.5).zip(rhythm.observed(0.9)),
        letters: exchanges
            .iter()
            .skip(exchanges.len().saturating_sub(LETTERS_DRAWN_MAX))
            .map(|exchange| (exchange.at, exchange.direction))
            .collect(),
    }
}

/// A person's state, from what is stated about the person and from the person's own rhythm.
fn state(
    dealings: &Dealings<'_>,
    email: &EmailAddress,
    rhythm: &rhythm::Rhythm,
    as_of: Moment,
) -> Option<State> {
    let states = |kind| {
        dealings.facts.iter().any(|s| {
            s.fact.kind == kind
                && s.fact.email.as_ref() == Some(email)
                && !absence::heard_since(dealings, s)
        })
    };
    if dealings.do_not_contact.forbids(email)
        || states(FactKind::LeftCompany)
        || states(FactKind::Bounced)
    {
        return Some(State::Closed);
    }
    if absence::reason_of(dealings, email, as_of).is_some() {
        return Some(State::Paused);
    }
    match rhythm.owes {
        Owes::Nobody => None,
        Owes::They if standing::stopped(rhythm) => Some(State::Dark),
        Owes::They if standing::is_slow(rhythm) => Some(State::Cooling),
        _ if rhythm.slowed => Some(State::Cooling),
        Owes::They | Owes::We => Some(State::Warm),
    }
}
