//! Which ties are drawn as curves, and which of them in one curve.

use std::collections::{BTreeMap, BTreeSet};

use inroad_advice::politics::map::{Bond, Learnt, Map};
use inroad_model::TieKind;

use super::View;

/// What a curve stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Weaker signs that two are in touch: knows, copies, forwards.
    InTouch,
    /// Reports to, where no line of the tree says it.
    ReportsTo,
    /// Answers for.
    AnswersFor,
    /// Goes to for advice.
    Asks,
    /// Trusts.
    Trusts,
    /// Is at odds with.
    AtOdds,
    /// The route that the view emphasises.
    Route,
}

impl Kind {
    fn of(kind: TieKind) -> Self {
        match kind {
            TieKind::Knows | TieKind::Copies | TieKind::Forwards => Self::InTouch,
            TieKind::ReportsTo => Self::ReportsTo,
            TieKind::AnswersFor => Self::AnswersFor,
            TieKind::GoesToForAdvice => Self::Asks,
            TieKind::Trusts => Self::Trusts,
            TieKind::AtOdds => Self::AtOdds,
        }
    }

    /// The class in the style sheet.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::InTouch => "in-touch",
            Self::ReportsTo => "reports",
            Self::AnswersFor => "answers-for",
            Self::Asks => "asks",
            Self::Trusts => "trusts",
            Self::AtOdds => "at-odds",
            Self::Route => "route",
        }
    }

    /// What the legend calls it.
    pub(super) fn says(self) -> &'static str {
        match self {
            Self::InTouch => "knows, copies or forwards to",
            Self::ReportsTo => "reports to",
            Self::AnswersFor => "answers for",
            Self::Asks => "goes to for advice",
            Self::Trusts => "trusts",
            Self::AtOdds => "at odds",
            Self::Route => "the route",
        }
    }

    /// Whether the curve ends in an arrow.
    pub(super) fn has_arrow(self) -> bool {
        self != Self::AtOdds
    }

    fn counts(self) -> f64 {
        match self {
            Self::InTouch => 0.3,
            Self::ReportsTo | Self::AnswersFor | Self::Asks | Self::Trusts => 1.0,
            Self::AtOdds | Self::Route => 2.0,
        }
    }
}

/// One curve.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Drawn {
    /// Between whom, by place among the map's people; the arrow points to the second.
    pub ends: (usize, usize),
    pub kind: Kind,
    /// The ties it stands for, by place among the map's, the surest first; none for a route that no
    /// tie is known along.
    pub bonds: Vec<usize>,
    /// Arrows point both ways.
    pub is_mutual: bool,
    /// How surely it is there, from 0 to 1.
    pub known: f64,
    /// Nobody told it: it was read from mail.
    pub is_from_mail: bool,
}

/// The curves, and how many more there are that are too weak to be drawn among so many.
pub(super) fn choose(map: &Map, in_tree: &BTreeSet<usize>, view: &View) -> (Vec<Drawn>, usize) {
    let mut together: BTreeMap<(usize, usize, Kind), Vec<usize>> = BTreeMap::new();
    for (at, bond) in map.bonds().iter().enumerate().filter(|(at, _)| !in_tree.contains(at)) {
        let (a, b) = (bond.from.min(bond.to), bond.from.max(bond.to));
        together.entry((a, b, Kind::of(bond.kind))).or_default().push(at);
    }
    let mut drawn: Vec<Drawn> =
        together.into_iter().map(|((_, _, kind), bonds)| curve(map, kind, bonds)).collect();
    drawn.sort_by(|a, b| matters(map, view, b).total_cmp(&matters(map, view, a)));
    // What places people, each one's surest boss, is always drawn.
    let mut led = BTreeSet::new();
    let is_first_boss = |curve: &Drawn| curve.kind == Kind::ReportsTo && led.insert(curve.ends.0);
    let (bosses, others): (Vec<Drawn>, Vec<Drawn>) = drawn.into_iter().partition(is_first_boss);
    let left_off = others.len().saturating_sub(view.curves_max);
    let kept = others.into_iter().take(view.curves_max);
    let mut drawn: Vec<Drawn> = bosses.into_iter().chain(kept).chain(route(map, view)).collect();
    drawn.sort_by_key(|curve| curve.kind);
    (drawn, left_off)
}

fn curve(map: &Map, kind: Kind, mut bonds: Vec<usize>) -> Drawn {
    let bond = |at: usize| -> &Bond { &map.bonds()[at] };
    bonds.sort_by(|a, b| bond(*b).known.total_cmp(&bond(*a).known));
    let first = bond(bonds[0]);
    Drawn {
        ends: (first.from, first.to),
        kind,
        is_mutual: bonds.iter().any(|at| bond(*at).from != first.from),
        known: first.known,
        is_from_mail: bonds.iter().all(|at| bond(*at).learnt == Learnt::Mail),
        bonds,
    }
}

/// How much would be missed without it.
fn matters(map: &Map, view: &View, curve: &Drawn) -> f64 {
    let strongest = curve.bonds.iter().map(|at| map.bonds()[*at].strength).fold(0.0, f64::max);
    let is_of = |who: usize| curve.ends.0 == who || curve.ends.1 == who;
    let asked_for = view.focus.is_some_and(is_of) || map.in_the_way.is_some_and(is_of);
    let told = if curve.is_from_mail { 0.6 } else { 1.0 };
    f64::from(u8::from(asked_for)) * 2.0 + curve.kind.counts() * strongest * curve.known * told
}

/// The steps of the route, each as a curve of its own.
fn route<'a>(map: &'a Map, view: &'a View) -> impl Iterator<Item = Drawn> + 'a {
    let is_there = |at: usize| at < map.people().len();
    let steps = view.route.windows(2).map(|two| (two[0], two[1]));
    steps.filter(move |(a, b)| a != b && is_there(*a) && is_there(*b)).map(|ends| Drawn {
        ends,
        kind: Kind::Route,
        bonds: Vec::new(),
        is_mutual: false,
        known: 1.0,
        is_from_mail: false,
    })
}

#[cfg(test)]
mod tests {
    use super::super::sample::{bond, people};
    use super::*;

    #[test]
    fn one_curve_for_what_says_the_same() {
        let bonds = vec![
            bond(0, 1, TieKind::Trusts, 0.4),
            bond(1, 0, TieKind::Trusts, 0.9),
            bond(0, 1, TieKind::AtOdds, 0.5),
            bond(2, 0, TieKind::ReportsTo, 0.5),
        ];
        let map = Map::new(people(3), bonds).unwrap();
        let view = View { route: vec![0, 2, 9], ..View::default() };
        let (drawn, left_off) = choose(&map, &[3].into(), &view);
        let kinds: Vec<Kind> = drawn.iter().map(|curve| curve.kind).collect();
        assert_eq!(kinds, [Kind::Trusts, Kind::AtOdds, Kind::Route]);
        assert_eq!((drawn[0].ends, drawn[0].is_mutual, left_off), ((1, 0), true, 0));
        let few = View { curves_max: 1, ..View::default() };
        assert_eq!(choose(&map, &[3].into(), &few).1, 1);
    }
}
