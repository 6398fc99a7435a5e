//! What is not known, drawn: stances, weights, vetoes.

use inroad_stats::Random;

use crate::politics::map::{Map, Side};

/// A stance of which nothing is known lies so far off, as a standard deviation.
const STANCE_SD: f64 = 0.6;
/// The same of a weight.
const WEIGHT_SD: f64 = 0.25;

/// One draw of what people think and count.
#[derive(Debug, Clone)]
pub(super) struct World {
    /// From -1 to 1.
    pub(super) stances: Vec<f64>,
    /// What each brings to bear: the square of the weight, so that the weightiest truly count.
    pub(super) votes: Vec<f64>,
    /// Whose no cannot be overruled.
    pub(super) vetoes: Vec<usize>,
}

/// All draws, and what draws the ties.
#[derive(Debug, Clone)]
pub(super) struct Draws {
    pub(super) worlds: Vec<World>,
    pub(super) ties: Random,
}

impl Draws {
    pub(super) fn make(map: &Map, draws: usize, seed: u64) -> Self {
        let mut random = Random::new(seed);
        let worlds = (0..draws).map(|_| world(map, &mut random)).collect();
        Self { worlds, ties: random }
    }
}

fn world(map: &Map, random: &mut Random) -> World {
    let people = map.people();
    let mut world = World {
        stances: Vec::with_capacity(people.len()),
        votes: Vec::with_capacity(people.len()),
        vetoes: Vec::new(),
    };
    for (at, person) in people.iter().enumerate() {
        let stance = person.stance.value + STANCE_SD * (1.0 - person.stance.known) * normal(random);
        let weight = person.weight.value + WEIGHT_SD * (1.0 - person.weight.known) * normal(random);
        let has_say = person.side != Side::Ours && !person.is_gone;
        world.stances.push(stance.clamp(-1.0, 1.0));
        world.votes.push(if has_say { weight.clamp(0.0, 1.0).powi(2) } else { 0.0 });
        if random.unit() < person.veto && has_say {
            world.vetoes.push(at);
        }
    }
    world
}

/// A draw of the standard normal distribution, as good as needed: the sum of twelve even ones.
fn normal(random: &mut Random) -> f64 {
    (0..12).map(|_| random.unit()).sum::<f64>() - 6.0
}
