//! Opinions that move each other until they rest, as Friedkin and Johnsen describe it.
//!
//! What is decided is linear in what everybody thought first, so each draw of the ties is solved once
//! for how much each person moves the outcome, and every stance and every person won over is then a
//! sum. Ties are drawn for a share of the draws only: solving is what costs.

use inroad_graph::{Edge, FriedkinJohnsen, Graph};
use inroad_stats::Random;

use super::draws::{Draws, World};
use super::{NO_FROM, Shares, WON};
use crate::politics::map::{Bond, Map, Side};
use crate::politics::way;

/// Ties are drawn so many times at most.
const TIE_DRAWS: usize = 25;
/// Who has no opinion is moved by others so much; who is strongly for or against, less.
const MOVED: f64 = 0.6;
const MOVED_WHEN_SURE: f64 = 0.25;
/// Below that a veto is a mere possibility, and is left out here: each costs a solution of its own.
const VETO_MIN: f64 = 0.1;

/// How much each moves the outcome, and each holder of a possible veto.
struct Powers {
    outcome: Vec<f64>,
    vetoes: Vec<(usize, Vec<f64>)>,
}

pub(super) fn shares(map: &Map, draws: &Draws) -> Shares {
    let people = map.people().len();
    let mut random = draws.ties.clone();
    let count = draws.worlds.len().min(TIE_DRAWS);
    let powers: Vec<Powers> = (0..count).map(|_| powers(map, &mut random)).collect();
    let sums = |world: &World, power: &[f64]| -> f64 {
        world.stances.iter().zip(power).map(|(s, p)| s * p).sum()
    };
    let now: Vec<(f64, Vec<f64>)> = draws
        .worlds
        .iter()
        .enumerate()
        .map(|(at, world)| {
            let powers = &powers[at % count];
            (
                sums(world, &powers.outcome),
                powers.vetoes.iter().map(|(_, power)| sums(world, power)).collect(),
            )
        })
        .collect();
    Shares::count(people, draws.worlds.len(), |at, won| {
        let (world, powers) = (&draws.worlds[at], &powers[at % count]);
        let moved = |power: &[f64]| won.map_or(0.0, |who| power[who] * (WON - world.stances[who]));
        let (outcome, vetoes) = &now[at];
        let holds = |(number, (who, power)): (usize, &(usize, Vec<f64>))| {
            !world.vetoes.contains(who) || vetoes[number] + moved(power) > NO_FROM
        };
        outcome + moved(&powers.outcome) > 0.0 && powers.vetoes.iter().enumerate().all(holds)
    })
}

/// One draw of the ties, solved.
fn powers(map: &Map, random: &mut Random) -> Powers {
    let people = map.people();
    let drawn = map.with(|_, bonds| {
        for bond in bonds {
            let is_there = random.unit() < bond.known;
            let strength = if is_there { bond.strength } else { 0.0 };
            *bond = Bond { known: if is_there { 1.0 } else { 0.0 }, strength, ..bond.clone() };
        }
    });
    let edges: Vec<Edge> = way::pulls(&drawn)
        .into_iter()
        .filter(|(from, to, _)| people[*from].side != Side::Ours && people[*to].side != Side::Ours)
        .filter_map(|(from, to, pull)| {
            // The listener points to whom they listen.
            Some(Edge::new(u32::try_from(to).ok()?, u32::try_from(from).ok()?, pull))
        })
        .collect();
    let moved: Vec<f64> =
        people.iter().map(|p| MOVED - (MOVED - MOVED_WHEN_SURE) * p.stance.value.abs()).collect();
    let votes: Vec<f64> = people
        .iter()
        .map(|p| if p.side == Side::Ours || p.is_gone { 0.0 } else { p.weight.value.powi(2) })
        .collect();
    let solve = |audience: &[f64]| {
        let graph = Graph::new(people.len(), &edges).ok()?;
        FriedkinJohnsen::new(&graph, &moved).ok()?.power_over(audience).ok()
    };
    let alone = |at: usize| {
        let mut one = vec![0.0; people.len()];
        one[at] = 1.0;
        one
    };
    let may_veto = (0..people.len()).filter(|at| {
        people[*at].veto >= VETO_MIN && people[*at].side != Side::Ours && !people[*at].is_gone
    });
    let of = |audience: Vec<f64>| solve(&audience).unwrap_or(audience);
    Powers { outcome: of(votes), vetoes: may_veto.map(|at| (at, of(alone(at)))).collect() }
}
