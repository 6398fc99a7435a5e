//! What would tip it: how likely a yes is by three models side by side, and who, won over, would
//! change it most.
//!
//! Nobody knows how a house decides, so three ways are simulated on the same draws: opinions that
//! move each other until they rest (Friedkin and Johnsen), a plain vote by weight, and a compromise
//! among the weightiest by expected utility (Bueno de Mesquita). Whoever may hold a true veto turns
//! any of them to a no. What is not known is drawn: stances, weights, vetoes, and which ties are
//! there. What costs is done for a share of the draws: ties are drawn a few dozen times, and the
//! compromise is talked through for two hundred. The spread between the models is told beside every figure: it is the honest part.
//!
//! Seeded: the same map gives the same figures.

mod compromise;
mod draws;
mod opinions;
mod vote;

use serde::Serialize;

use self::draws::Draws;
use super::map::{Map, Side};

/// A share of draws by each model.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct ByModel {
    /// Opinions that move each other.
    pub opinions: f64,
    /// A vote by weight.
    pub vote: f64,
    /// A compromise among the weightiest.
    pub compromise: f64,
}

/// Somebody, and what winning them over would change.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tip {
    /// Who, by place among the map's people.
    pub who: usize,
    /// By how much the share of yes would grow if they were strongly for it.
    pub gain: ByModel,
    /// How near they are to it already, from 0 (strongly against it) to 1.
    pub near: f64,
}

/// How likely a yes is and who would change it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tipping {
    /// The share of draws that end in a yes.
    pub yes: ByModel,
    /// Who would change it most: first whose mean gain, times how near they are to it, is greatest.
    /// Who changes nothing is left out.
    pub tips: Vec<Tip>,
    /// How many draws were made.
    pub draws: usize,
}

impl ByModel {
    /// The mean of the three.
    pub fn mean(&self) -> f64 {
        (self.opinions + self.vote + self.compromise) / 3.0
    }

    /// The least and the greatest of the three.
    pub fn range(&self) -> (f64, f64) {
        let all = [self.opinions, self.vote, self.compromise];
        (all.iter().copied().fold(1.0, f64::min), all.iter().copied().fold(-1.0, f64::max))
    }
}

/// Whoever is won over stands here.
const WON: f64 = 0.9;
/// A no of somebody with a veto needs to be meant: it stands here or below.
const NO_FROM: f64 = -0.1;
/// Whoever is strongly against it is won over so seldom, beside whoever nearly is.
const FAR: f64 = 0.15;
/// Less than that is no change.
const GAIN_MIN: f64 = 0.005;

/// Simulates so many draws from that seed.
pub fn simulate(map: &Map, draws: usize, seed: u64) -> Tipping {
    let drawn = Draws::make(map, draws, seed);
    let opinions = opinions::shares(map, &drawn);
    let vote = vote::shares(&drawn);
    let compromise = compromise::shares(&drawn);
    let mut tips: Vec<Tip> = (0..map.people().len())
        .filter(|at| map.people()[*at].side != Side::Ours && map.people()[*at].may_be_asked)
        .map(|who| Tip {
            who,
            gain: ByModel {
                opinions: opinions.won[who] - opinions.yes,
                vote: vote.won[who] - vote.yes,
                compromise: compromise.won[who] - compromise.yes,
            },
            near: f64::midpoint(map.people()[who].stance.value, 1.0),
        })
        .filter(|tip| tip.gain.mean() >= GAIN_MIN)
        .collect();
    let worth = |tip: &Tip| tip.gain.mean() * (FAR + (1.0 - FAR) * tip.near);
    tips.sort_by(|a, b| worth(b).total_cmp(&worth(a)));
    let yes = ByModel { opinions: opinions.yes, vote: vote.yes, compromise: compromise.yes };
    Tipping { yes, tips, draws: drawn.worlds.len() }
}

/// The share of yes as things are, and with each of the people won over.
struct Shares {
    yes: f64,
    won: Vec<f64>,
}

impl Shares {
    /// Counts over draws: whether it is a yes as things are (`None`), and with somebody won over.
    fn count(
        people: usize,
        worlds: usize,
        mut yes: impl FnMut(usize, Option<usize>) -> bool,
    ) -> Self {
        let mut shares = Shares { yes: 0.0, won: vec![0.0; people] };
        let each = 1.0 / worlds.max(1) as f64;
        for world in 0..worlds {
            let is_yes = yes(world, None);
            shares.yes += if is_yes { each } else { 0.0 };
            for who in 0..people {
                // Nobody who is won over turns a yes to a no.
                shares.won[who] += if is_yes || yes(world, Some(who)) { each } else { 0.0 };
            }
        }
        shares
    }
}
