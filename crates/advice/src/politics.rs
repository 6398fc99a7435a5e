//! Who has which part in a deal: who decides, who could move it, who is against it.
//!
//! The way through: `cast` says who takes part, `sayings` gathers the sentences that tell of
//! people, with whom they name. `ties` and `seats` are read from both; `weight` and `will`
//! say what somebody could do and would like to; `decider`, `resistor` and `levers` point at
//! people, each with the words that show it. `unmet` names the seats that nobody fills. [`rank`] tells
//! from a log of letters who stands above whom.
//!
//! Must not: read a text anew, point at somebody who is not of the deal, or claim to be certain.

pub mod account;
mod cast;
mod decider;
mod levers;
pub mod map;
mod our_side;
mod pointed;
pub mod rank;
mod resistor;
mod sayings;
pub mod scenarios;
mod seats;
pub mod standing;
mod ties;
pub mod tipping;
mod told;
pub mod unknowns;
pub mod unmet;
pub mod way;
mod weight;
mod will;

use std::collections::BTreeSet;

use inroad_model::{EmailAddress, Stance};
use serde::Serialize;

pub use self::pointed::Pointed;
pub use self::seats::{LikelySeat, Part};
pub use self::ties::Tie;
pub use self::told::Told;

use self::cast::Cast;
use self::map::of_deal::told::stance_of as told_stance;
use self::map::{Map, of_deal};
use self::sayings::Sayings;
use crate::dealings::Dealings;
use crate::playbook::diagnosis::Diagnosis;
use crate::playbook::signs::Said;

/// Who has which part in one deal, as far as letters and notes tell.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Politics {
    /// Everybody on their side with the likeliest seat, the weightiest first.
    pub seats: Vec<LikelySeat>,
    /// Who reports to whom, copies whom, and the like; contradictions stand side by side.
    pub ties: Vec<Tie>,
    /// Who truly decides.
    pub decides: Option<Pointed>,
    /// Who could move it: weight and good will, best first.
    pub moves: Vec<Pointed>,
    /// Who is against it or holds it up.
    pub against: Option<Pointed>,
    /// Seats that nobody who was met fills, in words.
    pub unmet: Vec<String>,
    /// All of it as a map, with what the seller knows beside.
    #[serde(skip)]
    pub map: Map,
}

/// Reads the politics of one deal. `said` is what they wrote and what the seller noted, and
/// `elsewhere` holds everybody who has a seat in any deal.
pub(crate) fn read(
    dealings: &Dealings<'_>,
    said: &[Said<'_>],
    diagnosis: &Diagnosis<'_>,
    elsewhere: &BTreeSet<&EmailAddress>,
) -> Politics {
    let cast = Cast::of(dealings, said, elsewhere);
    let sayings = Sayings::read(dealings, said, &cast);
    let ties = ties::read(dealings, &cast, &sayings);
    let deciding = decider::weigh(dealings, &cast, &sayings);
    let weights = weight::weigh(&cast, &ties, &deciding);
    let against = resistor::weigh(dealings, &cast, &sayings, diagnosis);
    let wills = will::weigh(dealings, &cast, &sayings, &against);
    let told = |email: &EmailAddress| told_stance(dealings, email.as_str());
    let resistor = resistor::point(&cast, &against, diagnosis);
    // Whom the seller knows not to be against it is not told to be, whatever letters look like.
    let resistor = resistor.filter(|who| told(&who.email).is_none_or(|s| s < Stance::Open));
    let decides = decider::point(&cast, &deciding);
    let moves = levers::point(
        dealings,
        &cast,
        &levers::Standing {
            weights: &weights,
            wills: &wills,
            deciding: &deciding,
            resistor: resistor.as_ref(),
            decides: decides.as_ref(),
        },
        diagnosis,
    );
    let is_against = |email: &EmailAddress| told(email).is_some_and(|stance| stance < Stance::Open);
    let moves: Vec<Pointed> = moves.into_iter().filter(|who| !is_against(&who.email)).collect();
    let seats = seats::read(dealings, &cast, &deciding, &weights, &wills, &against);
    let unmet = unmet::read(dealings, &cast, &sayings, decides.as_ref());
    let found = of_deal::Found {
        cast: &cast,
        sayings: &sayings,
        ties: &ties,
        weights: &weights,
        wills: &wills,
        deciding: &deciding,
        against: &against,
        seats: &seats,
        decides: decides.as_ref(),
        resistor: resistor.as_ref(),
    };
    let map = of_deal::map(dealings, &found, diagnosis);
    Politics { seats, ties, decides, moves, against: resistor, unmet, map }
}
