//! How often straight lines between the boxes of a picture would cross: the measure by which layouts
//! of different programs are compared.

use inroad_advice::politics::map::Map;
use inroad_model::TieKind;

/// The number in an attribute of the first element.
pub(crate) fn size(svg: &str) -> (f64, f64) {
    let box_of = between(svg, "viewBox=\"0 0 ", "\"");
    let (width, height) = box_of.split_once(' ').unwrap();
    (width.parse().unwrap(), height.parse().unwrap())
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    text.split_once(before).and_then(|(_, rest)| rest.split_once(after)).unwrap().0
}

/// Crossings between ties of those kinds, drawn from middle to middle.
pub(crate) fn count(map: &Map, svg: &str, counts: impl Fn(TieKind) -> bool) -> usize {
    let mut middles = vec![(0.0, 0.0); map.people().len()];
    for group in svg.split("<g class=\"person").skip(1) {
        let who: usize = between(group, "data-who=\"", "\"").parse().unwrap();
        let (x, y) = between(group, "translate(", ")").split_once(' ').unwrap();
        let height: f64 = between(group, " height=\"", "\"").parse().unwrap();
        let (x, y): (f64, f64) = (x.parse().unwrap(), y.parse().unwrap());
        middles[who] = (x + 92.0, y + height / 2.0);
    }
    let counted = map.bonds().iter().filter(|bond| counts(bond.kind));
    let ties: Vec<(usize, usize)> = counted.map(|bond| (bond.from, bond.to)).collect();
    let crossed = |(at, a): (usize, &(usize, usize))| {
        let shares = |b: &(usize, usize)| a.0 == b.0 || a.0 == b.1 || a.1 == b.0 || a.1 == b.1;
        let place = |b: &(usize, usize)| (middles[b.0], middles[b.1]);
        ties[at + 1..].iter().filter(|b| !shares(b) && cross(place(a), place(b))).count()
    };
    ties.iter().enumerate().map(crossed).sum()
}

type Line = ((f64, f64), (f64, f64));

fn cross(a: Line, b: Line) -> bool {
    let turns = |line: Line, at: (f64, f64)| {
        (line.1.0 - line.0.0) * (at.1 - line.0.1) - (line.1.1 - line.0.1) * (at.0 - line.0.0)
    };
    turns(a, b.0) * turns(a, b.1) < 0.0 && turns(b, a.0) * turns(b, a.1) < 0.0
}
