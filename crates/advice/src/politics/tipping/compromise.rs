//! A compromise among the weightiest: each round those give way who stand to lose more by a fight,
//! after Bueno de Mesquita's expected utility model.
//!
//! Its cost grows with the cube of those at the table, so only the weightiest sit there, and who is
//! won over is tried on a share of the draws.

use inroad_graph::{Actor, NegotiationRules, negotiate};

use super::draws::{Draws, World};
use super::{NO_FROM, Shares, WON};

/// So many sit at the table.
const TABLE_MAX: usize = 8;
/// Fewer votes than this are no seat at it.
const VOTES_MIN: f64 = 0.01;
/// So many rounds are talked.
const ROUNDS: usize = 3;
/// So many draws are talked through.
const WORLDS_MAX: usize = 200;

pub(super) fn shares(draws: &Draws) -> Shares {
    let people = draws.worlds.first().map_or(0, |world| world.votes.len());
    let mut mean: Vec<(usize, f64)> = (0..people)
        .map(|at| (at, draws.worlds.iter().map(|world| world.votes[at]).sum::<f64>()))
        .collect();
    mean.sort_by(|a, b| b.1.total_cmp(&a.1));
    let table: Vec<usize> = mean
        .into_iter()
        .filter(|(_, votes)| *votes >= VOTES_MIN * draws.worlds.len() as f64)
        .map(|(at, _)| at)
        .take(TABLE_MAX)
        .collect();
    let worlds = draws.worlds.len().min(WORLDS_MAX);
    Shares::count(people, worlds, |at, won| {
        // Who does not sit there changes nothing there, unless they hold a veto.
        let world = &draws.worlds[at];
        let counts = won.is_none_or(|who| table.contains(&who) || world.vetoes.contains(&who));
        counts && is_yes(world, &table, won)
    })
}

fn is_yes(world: &World, table: &[usize], won: Option<usize>) -> bool {
    let stance = |who: usize| if won == Some(who) { WON } else { world.stances[who] };
    let actors: Vec<Actor> = table
        .iter()
        .map(|who| Actor {
            capability: world.votes[*who].max(1e-3),
            position: stance(*who),
            salience: 0.4 + 0.6 * stance(*who).abs(),
        })
        .collect();
    let last = negotiate(&actors, ROUNDS, &NegotiationRules::default()).ok();
    let last = last.as_ref().and_then(|rounds| rounds.last());
    let median = last.map_or_else(|| actors.first().map_or(0.0, |a| a.position), |r| r.median);
    let ends_at = |who: usize| {
        let seat = table.iter().position(|at| *at == who);
        let moved = last.and_then(|round| seat.map(|seat| round.positions[seat]));
        moved.unwrap_or_else(|| stance(who))
    };
    median > 0.0 && world.vetoes.iter().all(|who| ends_at(*who) > NO_FROM)
}
