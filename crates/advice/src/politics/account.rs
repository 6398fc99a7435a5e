//! Everything that is told of the politics of one account, from its map.

pub mod words;

use inroad_model::Probability;
use serde::Serialize;

use super::map::{Bond, Map, Person};
use super::scenarios::{self, Scenario};
use super::standing::{self, Division, Standing};
use super::tipping::{self, Tipping};
use super::unknowns::{self, Unknown};
use super::way::{self, Way};

/// So many draws say what would tip it.
const DRAWS: usize = 1000;
/// Where they start: the same map gives the same figures.
const SEED: u64 = 1;

/// What is told of an account. People are named by their place in `people`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Account {
    /// Everybody, as the map has them.
    pub people: Vec<Person>,
    /// All ties.
    pub ties: Vec<Bond>,
    /// How everybody stands who is not ours.
    pub standing: Vec<Standing>,
    /// The account goes on for years.
    pub ongoing: bool,
    /// The camps.
    pub camps: Division,
    /// The seven kinds of resistance.
    pub scenarios: Vec<Scenario>,
    /// What can be done about whoever is in the way, or toward whoever decides.
    pub way: Way,
    /// What would tip it.
    pub tipping: Tipping,
    /// What to ask next, the question worth most first.
    pub ask_next: Vec<Unknown>,
    /// Introductions that a colleague of ours could make.
    pub introductions: Vec<Introduction>,
    /// How much hangs on one person on either side, in words; empty where nothing does.
    pub hangs_on: Vec<String>,
}

/// An introduction that a colleague could make.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Introduction {
    /// Our colleague, by place among the people.
    pub by: usize,
    /// To whom.
    pub to: usize,
    /// How well they know each other, from letters in both directions or as told.
    pub strength: Probability,
}

/// Reads an account.
pub fn read(map: &Map) -> Account {
    Account {
        people: map.people().to_vec(),
        ties: map.bonds().to_vec(),
        standing: standing::read(map),
        ongoing: map.ongoing,
        camps: standing::divide(map),
        scenarios: scenarios::read(map),
        way: way::find(map),
        tipping: tipping::simulate(map, DRAWS, SEED),
        ask_next: unknowns::find(map),
        introductions: super::our_side::introductions(map),
        hangs_on: super::our_side::hangs_on(map),
    }
}
