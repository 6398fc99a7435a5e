//! The seven kinds of resistance on one map: for each who it is, whether there is a way around, and
//! how that changes for an account that goes on and by the seller's own comfort with risk.

use serde::Serialize;

use super::map::{Comfort, Map, Person, Resistance, Side};
use super::way::{self, Approach, Way};
use super::{Part, standing};

/// One kind of resistance.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scenario {
    /// Which.
    pub kind: Resistance,
    /// Who it is, by place among the map's people; `None` where nobody is.
    pub who: Option<usize>,
    /// Those who stand with them, where it is a camp.
    pub with: Vec<usize>,
    /// What can be done about it; `None` where nobody is.
    pub way: Option<Way>,
    /// What would be done otherwise: if the account went on or not, and by comfort with risk. Only
    /// what differs.
    pub otherwise: Vec<Otherwise>,
}

/// What would be done in other circumstances.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Otherwise {
    /// The account goes on.
    pub ongoing: bool,
    /// The seller's comfort with risk.
    pub comfort: Comfort,
    /// What would be done.
    pub approach: Approach,
}

/// All kinds, in the order in which sellers list them.
pub const KINDS: [Resistance; 7] = [
    Resistance::Purchaser,
    Resistance::EndUser,
    Resistance::ProblemOwner,
    Resistance::DecisionMaker,
    Resistance::Outsider,
    Resistance::Insider,
    Resistance::Faction,
];

/// Who stands here or below is against it.
const AGAINST: f64 = -0.25;
/// And it is known at least so surely: to name the wrong one is worse than to name nobody.
const KNOWN_MIN: f64 = 0.8;
/// Who has less weight may be loud, and is in nobody's way.
const LOUD_ONLY: f64 = 0.15;
/// So many make a camp.
const CAMP_MIN: usize = 2;

impl Resistance {
    /// As a person says it.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Purchaser => "who buys",
            Self::EndUser => "who would use it",
            Self::ProblemOwner => "who has the problem",
            Self::DecisionMaker => "who decides",
            Self::Outsider => "from outside",
            Self::Insider => "who has no part in the purchase",
            Self::Faction => "who leads a camp",
        }
    }
}

/// Reads all seven.
pub fn read(map: &Map) -> Vec<Scenario> {
    KINDS.into_iter().map(|kind| of(map, kind)).collect()
}

/// Whoever is against it and has most weight, whichever kind it is; for maps that do not say who is
/// in the way.
pub fn weightiest(map: &Map) -> Option<usize> {
    let weight = |at: &usize| map.people()[*at].weight.value;
    let against = KINDS.into_iter().flat_map(|kind| members(map, kind));
    against.max_by(|a, b| weight(a).total_cmp(&weight(b)))
}

fn of(map: &Map, kind: Resistance) -> Scenario {
    let with = members(map, kind);
    let weight = |at: &usize| map.people()[*at].weight.value;
    let who = with.iter().copied().max_by(|a, b| weight(a).total_cmp(&weight(b)));
    let Some(who) = who else {
        return Scenario { kind, who: None, with, way: None, otherwise: Vec::new() };
    };
    let mut map = map.clone();
    (map.in_the_way, map.resistance) = (Some(who), Some(kind));
    let way = way::find(&map);
    let otherwise = otherwise(&map, way.approach);
    let with = with.into_iter().filter(|at| *at != who).collect();
    Scenario { kind, who: Some(who), with, way: Some(way), otherwise }
}

/// Everybody who is against it in that way.
fn members(map: &Map, kind: Resistance) -> Vec<usize> {
    let people = map.people().iter().enumerate();
    let against: Vec<usize> = people
        .filter(|(at, person)| map.in_the_way == Some(*at) || is_against(person))
        .filter(|(at, person)| {
            // Whoever was named for one kind is that one.
            let named = map.resistance.filter(|_| map.in_the_way == Some(*at));
            named.map_or_else(|| fits(person, kind), |named| named == kind)
        })
        .map(|(at, _)| at)
        .collect();
    if kind != Resistance::Faction {
        return against;
    }
    let division = standing::divide(map);
    let opposed = |camp: &&(String, Vec<usize>)| {
        camp.1.iter().filter(|at| is_against(&map.people()[**at])).count()
    };
    let is_clear = division.is_told || division.as_good == 1;
    let camp = division.camps.iter().max_by_key(opposed).filter(|_| is_clear);
    let camp = camp.filter(|camp| opposed(camp) >= CAMP_MIN);
    let of_camp = camp.map(|camp| camp.1.clone()).unwrap_or_default();
    let inside = of_camp.into_iter().filter(|at| is_against(&map.people()[*at]));
    let mut all: Vec<usize> = inside.chain(against).collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn is_against(person: &Person) -> bool {
    person.weight.value >= LOUD_ONLY
        && person.side != Side::Ours
        && person.stance.value <= AGAINST
        && person.stance.known >= KNOWN_MIN
}

fn fits(person: &Person, kind: Resistance) -> bool {
    let outside = person.side == Side::Outside || person.part == Some(Part::Outsider);
    match kind {
        Resistance::Outsider => outside,
        _ if outside => false,
        Resistance::Purchaser => person.part == Some(Part::Purchaser),
        Resistance::EndUser => person.part == Some(Part::EndUser),
        Resistance::ProblemOwner => person.part == Some(Part::ProblemOwner),
        Resistance::DecisionMaker => person.part == Some(Part::DecisionMaker),
        Resistance::Insider => {
            matches!(person.part, None | Some(Part::Influencer | Part::Assistant))
        }
        Resistance::Faction => false,
    }
}

/// What would be done in each other circumstance, where it differs.
fn otherwise(map: &Map, approach: Approach) -> Vec<Otherwise> {
    let mut all = Vec::new();
    for ongoing in [map.ongoing, !map.ongoing] {
        for comfort in Comfort::ALL {
            let mut there = map.clone();
            (there.ongoing, there.comfort) = (ongoing, comfort);
            let there = way::find(&there).approach;
            if there != approach {
                all.push(Otherwise { ongoing, comfort, approach: there });
            }
        }
    }
    all
}
