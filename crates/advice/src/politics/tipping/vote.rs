//! A plain vote: everybody says what they think, and the weights are added up.

use super::draws::Draws;
use super::{NO_FROM, Shares, WON};

pub(super) fn shares(draws: &Draws) -> Shares {
    let people = draws.worlds.first().map_or(0, |world| world.votes.len());
    let sums: Vec<f64> = draws
        .worlds
        .iter()
        .map(|world| world.stances.iter().zip(&world.votes).map(|(s, v)| v * side(*s)).sum())
        .collect();
    Shares::count(people, draws.worlds.len(), |at, won| {
        let world = &draws.worlds[at];
        let stance = |who: usize| if won == Some(who) { WON } else { world.stances[who] };
        let gain = won.map_or(0.0, |who| world.votes[who] * (1.0 - side(world.stances[who])));
        sums[at] + gain > 0.0 && world.vetoes.iter().all(|who| stance(*who) > NO_FROM)
    })
}

fn side(stance: f64) -> f64 {
    if stance > 0.0 { 1.0 } else { -1.0 }
}
