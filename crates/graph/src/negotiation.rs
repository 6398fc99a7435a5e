//! Bueno de Mesquita's group decision model: where actors with different power end up who press each
//! other towards their positions. By rounds.
//!
//! Each actor has a position on one scale, a capability, and a salience (how much he cares, from 0
//! to 1). In a round:
//! - every actor gets a risk exponent `r`, from ½ to 2, by how much danger he is in compared with the
//!   others (danger: what all others expect to gain by challenging him);
//! - every pair is looked at from each one's side: what he expects to gain by challenging
//!   (`E(i→j)`), and what he believes that the other expects (`E(j→i)` with his own `r`);
//! - where the other gains more, he has to move: all the way if both would fight (confrontation) or he
//!   has little to set against it (capitulation), in part if the other has more to gain than he to
//!   lose (compromise, by `|E(i→j) / E(j→i)|` of the way); of several offers a fight comes first, then
//!   a compromise, then giving in, and of one kind the one that moves him least;
//! - all move at once.
//!
//! What is told of each round: the mean position weighed by capability times salience, and the
//! position that wins against every other by these weights (the weighted median).
//!
//! Misleads: as a forecast of numbers. Positions, capabilities and saliences are guesses, and the
//! model jumps; its use is to see which way pressure goes. The published model divides by the votes
//! over all pairs, so that nobody is ever likely to win; [`Odds::Pairwise`] is the reading in which
//! two probabilities add up to 1. The published figures come from a rule for compromises that differs
//! from what the text says ([`Compromise::Published`]).
//!
//! Source: Bueno de Mesquita (1994), Political forecasting; Scholz, Calbert and Smith (2011),
//! Unravelling Bueno de Mesquita's group decision model, equations 1 to 17. Checked against: the
//! published rounds of emission standards (15 of 16 figures) and a program of the same formulas in
//! Python 3.11 (tests/oracles/negotiation.py, 1e-9).

use crate::GraphError;
use crate::error;

mod pressure;

use pressure::{Pressure, risks};

/// Somebody who takes part.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Actor {
    /// How much he can bring to bear; above 0, in any unit that all share.
    pub capability: f64,
    /// Where he stands, in the unit of the question.
    pub position: f64,
    /// How much he cares, from 0 to 1.
    pub salience: f64,
}

/// How likely one side wins against the other.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Odds {
    /// Votes for one side over the votes of all in all pairs, as published.
    #[default]
    Published,
    /// Votes for one side over the votes for both.
    Pairwise,
}

/// With which risk exponent third parties vote.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Voters {
    /// Each with his own, as published.
    #[default]
    Own,
    /// All with 1.
    Neutral,
}

/// Which compromise is taken of several.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Compromise {
    /// The one whose positions, weighed by what each expects, come out lowest: what the published
    /// figures follow.
    #[default]
    Published,
    /// The one that moves the actor least: what the publication says.
    LeastMove,
}

/// Readings of the model.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NegotiationRules {
    /// How likely one side wins.
    pub odds: Odds,
    /// How third parties vote.
    pub voters: Voters,
    /// Which compromise is taken.
    pub compromise: Compromise,
    /// How sure things are to stay as they are if nobody challenges; from 0 to 1.
    pub status_quo: f64,
}

impl Default for NegotiationRules {
    fn default() -> Self {
        NegotiationRules {
            odds: Odds::default(),
            voters: Voters::default(),
            compromise: Compromise::default(),
            status_quo: 1.0,
        }
    }
}

/// Why an actor moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pressed {
    /// Both would have fought, and the other had more to gain.
    Confronted,
    /// Each gave way, he the more the more he had to lose.
    Compromised,
    /// He had more to lose than the other to gain.
    GaveIn,
}

/// A move of one actor in a round.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Move {
    /// Who moved.
    pub actor: usize,
    /// Who pressed him.
    pub pressed_by: usize,
    /// How.
    pub how: Pressed,
    /// Where he stands after it.
    pub position: f64,
}

/// How things stand after some rounds.
#[derive(Debug, Clone, PartialEq)]
pub struct Round {
    /// Where each stands.
    pub positions: Vec<f64>,
    /// The mean position weighed by capability times salience.
    pub mean: f64,
    /// The position of the weighted median: no other gets more votes.
    pub median: f64,
    /// The risk exponents with which this round begins.
    pub risks: Vec<f64>,
    /// The moves that lead to the next round.
    pub moves: Vec<Move>,
}

/// More actors are too many to think about, and time grows with the cube of their number.
const ACTORS_MAX: usize = 200;
const ROUNDS_MAX: usize = 1_000;

/// How things stand at first and after each of some rounds; fewer if nobody moves any more.
///
/// Errors: [`GraphError`] on fewer than two positions, on capabilities that are not above 0, saliences
/// outside of 0 to 1 or all 0, positions that are not finite, and on more than 200 actors or 1,000
/// rounds.
///
/// ```
/// use inroad_graph::{Actor, NegotiationRules, negotiate};
/// let actor = |capability, position| Actor { capability, position, salience: 0.5 };
/// let actors = [actor(1.0, 0.0), actor(3.0, 10.0), actor(1.0, 4.0)];
/// let rounds = negotiate(&actors, 3, &NegotiationRules::default())?;
/// assert_eq!((rounds[0].mean, rounds[0].median), (6.8, 10.0));
/// # Ok::<(), inroad_graph::GraphError>(())
/// ```
pub fn negotiate(
    actors: &[Actor],
    rounds: usize,
    rules: &NegotiationRules,
) -> Result<Vec<Round>, GraphError> {
    let width = check(actors, rounds, rules)?;
    let mut now = actors.to_vec();
    let mut told = Vec::new();
    for round in 0..=rounds {
        let risks = risks(&now, width, rules);
        let moves = Pressure::new(&now, width, rules, &risks).moves();
        let last = round == rounds || moves.is_empty();
        let mut next = now.clone();
        for moved in &moves {
            next[moved.actor].position = moved.position;
        }
        told.push(Round {
            positions: now.iter().map(|actor| actor.position).collect(),
            mean: mean(&now),
            median: median(&now),
            risks,
            moves,
        });
        if last {
            break;
        }
        now = next;
    }
    Ok(told)
}

/// Checks what came in; gives the width of the scale, which stays what it was at first.
fn check(actors: &[Actor], rounds: usize, rules: &NegotiationRules) -> Result<f64, GraphError> {
    if actors.len() > ACTORS_MAX {
        return Err(GraphError::TooMany { what: "actors", most: ACTORS_MAX });
    }
    if rounds > ROUNDS_MAX {
        return Err(GraphError::TooMany { what: "rounds", most: ROUNDS_MAX });
    }
    let each = |of: fn(&Actor) -> f64| actors.iter().map(of).collect::<Vec<f64>>();
    error::positive("capability", &each(|actor| actor.capability))?;
    error::share("salience", &each(|actor| actor.salience))?;
    error::finite("position", &each(|actor| actor.position))?;
    error::share("status quo", &[rules.status_quo])?;
    let positions = each(|actor| actor.position);
    let least = positions.iter().copied().fold(f64::INFINITY, f64::min);
    let most = positions.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let cares = actors.iter().any(|actor| actor.salience > 0.0);
    let weights: f64 = actors.iter().map(|actor| actor.capability).sum();
    let width = most - least;
    if !(width > 0.0 && width.is_finite() && weights.is_finite() && cares) {
        return Err(GraphError::Undetermined { what: "outcome: nobody stands apart, or cares" });
    }
    Ok(width)
}

fn mean(actors: &[Actor]) -> f64 {
    let weight = |actor: &Actor| actor.capability * actor.salience;
    let sum: f64 = actors.iter().map(|actor| weight(actor) * actor.position).sum();
    sum / actors.iter().map(weight).sum::<f64>()
}

/// The position that gets votes against every other: preference by distance makes it the weighted
/// median. Of two in the middle, the lower.
fn median(actors: &[Actor]) -> f64 {
    let weight = |actor: &Actor| actor.capability * actor.salience;
    let mut sorted: Vec<&Actor> = actors.iter().collect();
    sorted.sort_by(|a, b| a.position.total_cmp(&b.position));
    let half = sorted.iter().map(|actor| weight(actor)).sum::<f64>() / 2.0;
    let mut sum = 0.0;
    for actor in &sorted {
        sum += weight(actor);
        if sum >= half {
            return actor.position;
        }
    }
    sorted.last().map_or(0.0, |actor| actor.position)
}
