//! Whom to ask, and how it could be put.

use inroad_model::TieKind;

use super::open::About;
use crate::politics::map::{Learnt, Map, Side};

/// Whom to ask.
pub(super) struct Asked {
    pub(super) who: usize,
    pub(super) because: String,
    /// How likely they know and tell.
    pub(super) told: f64,
}

/// Whoever is in the way is asked of themselves only if so open.
const OPEN_ENOUGH: f64 = 0.5;
/// A tie that is less sure brings nobody close.
const LIKELY: f64 = 0.25;
/// What anybody of the house knows of anybody.
const HEARSAY: f64 = 0.25;
/// What the weightiest hears more than others.
const CENTRAL: f64 = 0.2;

/// The one who most likely knows and tells; `None` where nobody can be asked.
pub(super) fn best(map: &Map, about: &About) -> Option<Asked> {
    let of = subjects(map, about);
    let mut best: Option<Asked> = None;
    for (at, person) in map.people().iter().enumerate() {
        let is_blocked = map.in_the_way == Some(at) && person.openness < OPEN_ENOUGH;
        if person.side == Side::Ours || !person.is_met || !person.may_be_asked || is_blocked {
            continue;
        }
        let (knows, because) = knows(map, at, &of, about);
        let leaning = f64::midpoint(person.stance.value, 1.0);
        let would =
            (0.3 + 0.7 * person.openness) * (1.0 - 0.5 * person.fear) * (0.5 + 0.5 * leaning);
        let told = knows * would;
        if best.as_ref().is_none_or(|best| told > best.told) {
            best = Some(Asked { who: at, because, told });
        }
    }
    best
}

/// Whom it is about.
fn subjects(map: &Map, about: &About) -> Vec<usize> {
    match *about {
        About::Stance(at) | About::Veto(at) | About::Weight(at) => vec![at],
        About::Tie(number) => map.bonds().get(number).map_or(Vec::new(), |b| vec![b.from, b.to]),
    }
}

fn knows(map: &Map, at: usize, of: &[usize], about: &About) -> (f64, String) {
    let name = |at: usize| map.people()[at].name.as_str();
    if of.contains(&at) {
        let of_own = match about {
            About::Tie(_) => (0.5, "who knows it first-hand".to_owned()),
            About::Stance(_) => {
                (0.95 * map.people()[at].openness, "who knows it first-hand".to_owned())
            }
            // Few are asked kindly how much they count.
            About::Veto(_) | About::Weight(_) => (0.3, "who knows it first-hand".to_owned()),
        };
        return of_own;
    }
    let near = |to: usize| {
        let bonds = map.bonds().iter().filter(|b| {
            let is_shown =
                b.kind != TieKind::AtOdds && b.learnt != Learnt::Supposed && b.known >= LIKELY;
            is_shown && ((b.from, b.to) == (at, to) || (b.to, b.from) == (at, to))
        });
        bonds.map(|b| 0.4 + 0.4 * tells(b.kind) * b.strength * b.known).fold(0.0, f64::max)
    };
    let (nearest, closeness) = of
        .iter()
        .map(|to| (*to, near(*to)))
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .unwrap_or((at, 0.0));
    let central = HEARSAY + CENTRAL * map.people()[at].weight.value;
    // How much somebody counts is seldom told straight, even of others.
    let plainly = match about {
        About::Weight(_) => 0.3,
        About::Veto(_) => 0.6,
        About::Stance(_) => 1.0,
        About::Tie(_) => 0.7,
    };
    if closeness > central {
        (plainly * closeness, format!("who is close to {}", name(nearest)))
    } else {
        (plainly * central, "who hears what goes on there".to_owned())
    }
}

/// How much a tie lets people know each other's mind.
fn tells(kind: TieKind) -> f64 {
    match kind {
        TieKind::GoesToForAdvice | TieKind::Trusts => 1.0,
        TieKind::AnswersFor => 0.7,
        TieKind::ReportsTo => 0.5,
        _ => 0.3,
    }
}

/// How the question could be put to them.
pub(super) fn text(map: &Map, about: &About, to: usize) -> String {
    let name = |at: usize| map.people()[at].name.as_str();
    match *about {
        About::Stance(at) if at == to => {
            "What would have to be true for you to be glad of this a year from now?".to_owned()
        }
        About::Stance(at) => format!("How does {} see it, as far as you can tell?", name(at)),
        About::Veto(at) if at == to => {
            "If you came to a no, is there anybody with whom you would talk it over?".to_owned()
        }
        About::Veto(at) => {
            format!("If {} came to a no, could anybody there still say yes?", name(at))
        }
        About::Weight(at) if at == to => {
            "How is such a thing decided with you, and who has a say in it?".to_owned()
        }
        About::Weight(at) => {
            format!("When such things are decided, how much does {}'s word count?", name(at))
        }
        About::Tie(number) => tie_text(map, number, to),
    }
}

fn tie_text(map: &Map, number: usize, to: usize) -> String {
    let Some(bond) = map.bonds().get(number) else { return String::new() };
    let name = |at: usize| map.people()[at].name.as_str();
    let (from, other) = (bond.from, bond.to);
    match bond.kind {
        TieKind::AtOdds if from == to || other == to => {
            let them = if from == to { other } else { from };
            format!("How do you and {} work together on such things?", name(them))
        }
        TieKind::AtOdds => {
            format!("How do {} and {} work together?", name(from), name(other))
        }
        TieKind::ReportsTo if from == to => "To whom do you report in this?".to_owned(),
        TieKind::ReportsTo => format!("To whom does {} report in this?", name(from)),
        _ if from == to => "Whom do you ask before you decide such a thing?".to_owned(),
        _ => format!("Whom does {} ask before deciding such a thing?", name(from)),
    }
}
