//! Who sits under whom: a forest out of reporting lines.
//!
//! Each has one boss in the picture, the surest. Where lines go round in a circle, the least sure
//! line of the circle does not count; it is drawn as a tie like others.

use std::collections::{BTreeMap, BTreeSet};

use inroad_advice::politics::map::{Map, Side};
use inroad_model::TieKind;

/// The reporting lines that place people.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Forest {
    /// Who sits right below whom, the weightiest first.
    pub under: BTreeMap<usize, Vec<usize>>,
    /// Who leads somebody and sits below nobody, the weightiest first.
    pub roots: Vec<usize>,
    /// Who sits neither above nor below anybody, the weightiest first.
    pub loose: Vec<usize>,
    /// For each who has a boss, the line that says so, by place among the map's ties.
    pub line_of: BTreeMap<usize, usize>,
}

impl Forest {
    /// Reads the lines between people on their side.
    pub(super) fn of(map: &Map) -> Self {
        let theirs: BTreeSet<usize> =
            (0..map.people().len()).filter(|at| map.people()[*at].side == Side::Theirs).collect();
        let line_of = lines(map, &theirs);
        let mut forest = Self { line_of, ..Self::default() };
        for (who, line) in &forest.line_of {
            forest.under.entry(map.bonds()[*line].to).or_default().push(*who);
        }
        for team in forest.under.values_mut() {
            by_weight(map, team);
        }
        let mut top: Vec<usize> =
            theirs.into_iter().filter(|at| !forest.line_of.contains_key(at)).collect();
        by_weight(map, &mut top);
        (forest.roots, forest.loose) = top.iter().partition(|at| forest.under.contains_key(*at));
        forest
    }
}

/// The weightiest first, otherwise as they stand on the map.
pub(super) fn by_weight(map: &Map, people: &mut [usize]) {
    let weight = |at: usize| map.people().get(at).map_or(0.0, |person| person.weight.value);
    people.sort_by(|a, b| weight(*b).total_cmp(&weight(*a)).then(a.cmp(b)));
}

/// Takes lines from the surest down, each unless its person has a boss already or it would close
/// a circle: so the least sure of each circle is left out.
fn lines(map: &Map, theirs: &BTreeSet<usize>) -> BTreeMap<usize, usize> {
    let mut candidates: Vec<usize> = (0..map.bonds().len())
        .filter(|at| {
            let bond = &map.bonds()[*at];
            bond.kind == TieKind::ReportsTo
                && theirs.contains(&bond.from)
                && theirs.contains(&bond.to)
        })
        .collect();
    candidates.sort_by(|a, b| map.bonds()[*b].known.total_cmp(&map.bonds()[*a].known));
    let mut line_of: BTreeMap<usize, usize> = BTreeMap::new();
    for at in candidates {
        let bond = &map.bonds()[at];
        let mut above = Some(bond.to);
        while let Some(boss) = above.filter(|boss| *boss != bond.from) {
            above = line_of.get(&boss).map(|line| map.bonds()[*line].to);
        }
        if above.is_none() && !line_of.contains_key(&bond.from) {
            line_of.insert(bond.from, at);
        }
    }
    line_of
}

#[cfg(test)]
mod tests {
    use super::super::sample::{bond, people};
    use super::*;

    fn check(lines: &[(usize, usize, f64)], roots: &[usize], loose: &[usize]) {
        let tie =
            |(from, to, known): &(usize, usize, f64)| bond(*from, *to, TieKind::ReportsTo, *known);
        let map = Map::new(people(4), lines.iter().map(tie).collect()).unwrap();
        let forest = Forest::of(&map);
        assert_eq!(forest.roots, roots, "{lines:?}");
        assert_eq!(forest.loose, loose, "{lines:?}");
    }

    #[test]
    fn circles_break_where_they_are_least_sure() {
        check(&[], &[], &[0, 1, 2, 3]);
        check(&[(1, 0, 0.5), (2, 0, 0.5)], &[0], &[3]);
        check(&[(1, 0, 0.5), (0, 1, 0.9)], &[1], &[2, 3]);
        check(&[(0, 1, 0.9), (1, 2, 0.3), (2, 0, 0.8)], &[1], &[3]);
        check(&[(0, 1, 0.4), (0, 2, 0.6)], &[2], &[1, 3]);
    }
}
