//! What to ask next: the unknown whose answer would change what is best to do the most, whom to ask
//! for it, and how, kindly.
//!
//! An answer is worth what the best plan gains by it: the expected worth of the plan that is best
//! once it is known, less the worth of the plan that is best now. Worth is in chances, as in
//! [`super::way`]. It counts as far as somebody can be asked who would know and would tell: people
//! know their own ties, and those in the middle know others'.

mod asked;
mod open;

use inroad_model::Probability;
use serde::Serialize;

pub use self::open::About;

use super::map::Map;
use super::way::{self, Plan};

/// A question worth asking.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Unknown {
    /// What it is about.
    pub about: About,
    /// Whom to ask, by place among the map's people.
    pub ask: usize,
    /// Why them.
    pub because: String,
    /// The question, as it could be put.
    pub text: String,
    /// How much the chance of the best plan would gain by a sure answer, from 0 to 1.
    pub gain: f64,
    /// How likely they know and tell.
    pub told: Probability,
}

/// So many questions are told.
const TOLD_MAX: usize = 5;
/// What it is worth to know how much to hope for, beside what changes the plan.
const HOPE: f64 = 0.3;
/// Less gain than this is none.
const GAIN_MIN: f64 = 1e-4;

/// The questions, the one worth most first. Ends where nothing would change anything, or nobody can
/// be asked.
pub fn find(map: &Map) -> Vec<Unknown> {
    let now = way::plans(map);
    let mut found: Vec<Unknown> = open::of(map, &now)
        .into_iter()
        .filter_map(|(about, answers)| {
            let gain = gain(&now, &answers);
            let asked = asked::best(map, &about)?;
            (gain >= GAIN_MIN).then(|| Unknown {
                text: asked::text(map, &about, asked.who),
                about,
                ask: asked.who,
                because: asked.because,
                gain,
                told: Probability::clamped(asked.told),
            })
        })
        .collect();
    let worth = |unknown: &Unknown| unknown.gain * unknown.told.get();
    found.sort_by(|a, b| worth(b).total_cmp(&worth(a)));
    found.truncate(TOLD_MAX);
    found
}

/// What the best plan gains if it may be chosen after the answer.
fn gain(now: &[(Plan, f64)], answers: &[(f64, Map)]) -> f64 {
    let after: Vec<(f64, Vec<(Plan, f64)>)> =
        answers.iter().map(|(p, map)| (*p, way::plans(map))).collect();
    let best = |plans: &[(Plan, f64)]| plans.iter().map(|(_, w)| *w).fold(0.0, f64::max);
    let informed: f64 = after.iter().map(|(p, plans)| p * best(plans)).sum();
    // What is chosen now is held to, whatever the answer is.
    let held = |plan: &Plan| -> f64 {
        let under = |plans: &[(Plan, f64)]| {
            plans.iter().find(|(other, _)| other == plan).map_or(0.0, |(_, worth)| *worth)
        };
        after.iter().map(|(p, plans)| p * under(plans)).sum()
    };
    let chosen = now.iter().max_by(|a, b| a.1.total_cmp(&b.1));
    let change = informed - chosen.map_or(0.0, |(plan, _)| held(plan));
    // How much there is to hope for in whatever may be done is worth something to know, too.
    let hope = |plans: &[(Plan, f64)]| {
        let done = plans.iter().filter(|(plan, _)| !matches!(plan, Plan::Patience | Plan::Leave));
        done.map(|(_, w)| *w).fold(0.0, f64::max)
    };
    let hoped: f64 = after.iter().map(|(p, plans)| p * hope(plans)).sum();
    let away = |(p, plans): &(f64, Vec<(Plan, f64)>)| p * (hope(plans) - hoped).powi(2);
    change + HOPE * after.iter().map(away).sum::<f64>().sqrt()
}
