//! The sheet in layers: who is listened to stands above who listens.
//!
//! The crate rust-sugiyama finds layers and the order in them (Sugiyama, Tagawa and Toda 1981; Gansner
//! and others 1993). Boxes are placed here, so that none overlap and long layers are broken into lines.

use std::collections::BTreeSet;

use inroad_advice::politics::map::{Map, Side};
use inroad_model::TieKind;
use rust_sugiyama::configure::Config;
use rust_sugiyama::from_vertices_and_edges;

use super::card::WIDTH;
use super::org::by_weight;
use super::rect::Rect;
use super::sheet::{BESIDE, Cards, Sheet, Who, best, shelves};

/// So many ties shape the layers, the strongest first: more take seconds and show nothing more.
const TIES_MAX: usize = 300;
/// From layer to layer, where most lines turn.
const BELOW: f64 = 64.0;
/// Between lines of one layer.
const LINES: f64 = 30.0;
/// So many boxes wide the sheet may be.
const WIDTHS: [usize; 6] = [7, 9, 12, 16, 20, 5];

/// Those who hang together: in each layer from the top their places from left to right.
type Layers = Vec<Vec<(usize, f64)>>;

/// Places everybody on their side, and the seats that nobody fills.
pub(super) fn place(map: &Map, cards: &Cards) -> Sheet {
    let ties = shaping(map);
    let tied: BTreeSet<usize> = ties.iter().flat_map(|(a, b)| [*a, *b]).collect();
    let mut untied: Vec<usize> = (0..map.people().len())
        .filter(|at| map.people()[*at].side == Side::Theirs && !tied.contains(at))
        .collect();
    by_weight(map, &mut untied);
    let parts = layered(&tied, &ties);
    best(WIDTHS.iter().map(|columns| {
        let sheets = parts.iter().map(|layers| boxes(layers, cards, *columns)).collect();
        let mut sheet = shelves(sheets, *columns as f64 * (WIDTH + BESIDE));
        sheet.add_sides(map, &untied, "To whom they listen is not known", cards);
        sheet
    }))
}

/// The ties that shape the layers, as who is listened to and who listens; each two once.
fn shaping(map: &Map) -> Vec<(usize, usize)> {
    let theirs = |at: usize| map.people()[at].side == Side::Theirs;
    let rank = |kind: TieKind| match kind {
        TieKind::ReportsTo | TieKind::GoesToForAdvice | TieKind::Trusts => Some(1.0),
        TieKind::AnswersFor => Some(0.6),
        TieKind::Copies | TieKind::Forwards => Some(0.3),
        TieKind::AtOdds | TieKind::Knows => None,
    };
    let mut ties: Vec<(f64, usize, usize)> = map
        .bonds()
        .iter()
        .filter(|bond| theirs(bond.from) && theirs(bond.to))
        .filter_map(|bond| {
            let counts = rank(bond.kind)?;
            Some((counts * bond.strength * bond.known, bond.to, bond.from))
        })
        .collect();
    ties.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut seen = BTreeSet::new();
    ties.into_iter()
        .map(|(_, above, below)| (above, below))
        .filter(|(above, below)| seen.insert((*above.min(below), *above.max(below))))
        .take(TIES_MAX)
        .collect()
}

/// Asks the crate for layers, the largest part first.
fn layered(people: &BTreeSet<usize>, ties: &[(usize, usize)]) -> Vec<Layers> {
    // The crate answers with places in the list that it was given, whatever number a vertex had.
    let people: Vec<usize> = people.iter().copied().collect();
    let number = |who: usize| people.binary_search(&who).ok().and_then(|at| u32::try_from(at).ok());
    // All boxes of one size: with several sizes the crate may let them overlap.
    let vertices: Vec<(u32, (f64, f64))> =
        people.iter().filter_map(|who| Some((number(*who)?, (WIDTH, WIDTH / 2.0)))).collect();
    let edges: Vec<(u32, u32)> =
        ties.iter().filter_map(|(a, b)| Some((number(*a)?, number(*b)?))).collect();
    let config = Config { vertex_spacing: BESIDE, ..Config::default() };
    let mut parts: Vec<Layers> = from_vertices_and_edges(&vertices, &edges, &config)
        .into_iter()
        .map(|(places, ..)| {
            let named = places.into_iter().map(|(at, place)| Some((*people.get(at)?, place)));
            layers(named.flatten().collect())
        })
        .collect();
    parts.sort_by_key(|layers| std::cmp::Reverse(layers.iter().map(Vec::len).sum::<usize>()));
    parts
}

fn layers(mut places: Vec<(usize, (f64, f64))>) -> Layers {
    let left = places.iter().map(|(_, (x, _))| *x).fold(f64::INFINITY, f64::min);
    places.sort_by(|(a, (ax, ay)), (b, (bx, by))| {
        ay.total_cmp(by).then(ax.total_cmp(bx)).then(a.cmp(b))
    });
    let mut layers: Layers = Vec::new();
    let mut at = f64::NEG_INFINITY;
    for (who, (x, y)) in places {
        if y > at + 1.0 {
            layers.push(Vec::new());
            at = y;
        }
        if let Some(layer) = layers.last_mut() {
            layer.push((who, x - left));
        }
    }
    layers
}

/// Boxes for layers, none wider than so many columns. Of a layer that is broken into lines each
/// line takes every second (third, …), so that all stay near their place from left to right.
fn boxes(layers: &Layers, cards: &Cards, columns: usize) -> Sheet {
    let widest = layers.iter().flatten().map(|(_, x)| *x).fold(0.0, f64::max);
    let most = (columns - 1) as f64 * (WIDTH + BESIDE);
    let shrink = if widest > most { most / widest } else { 1.0 };
    let mut sheet = Sheet::default();
    let mut y = 0.0;
    for layer in layers {
        let lines = layer.len().div_ceil(columns);
        for line in 0..lines {
            let of_line: Vec<&(usize, f64)> = layer.iter().skip(line).step_by(lines).collect();
            let wanted: Vec<f64> = of_line.iter().map(|(_, x)| x * shrink).collect();
            let mut highest: f64 = 0.0;
            for ((who, _), x) in of_line.into_iter().zip(spread(wanted, most)) {
                let height = cards.get(&Who::Person(*who)).map_or(0.0, |card| card.height);
                sheet.boxes.insert(Who::Person(*who), Rect::new(x, y, WIDTH, height));
                highest = highest.max(height);
            }
            y += highest + if line + 1 < lines { LINES } else { BELOW };
        }
    }
    sheet
}

/// Places near those wanted, in that order, a box apart, none beyond the most; there must be room.
fn spread(mut xs: Vec<f64>, most: f64) -> Vec<f64> {
    let step = WIDTH + BESIDE;
    let mut least = 0.0;
    for x in &mut xs {
        *x = x.max(least);
        least = *x + step;
    }
    let mut limit = most;
    for x in xs.iter_mut().rev() {
        *x = x.min(limit);
        limit = *x - step;
    }
    xs
}

#[cfg(test)]
mod tests {
    use super::super::sample::{bond, people};
    use super::*;

    #[test]
    fn the_listened_to_stand_above() {
        let ties =
            [(0, 1, TieKind::Trusts), (1, 2, TieKind::GoesToForAdvice), (2, 3, TieKind::Knows)];
        let bonds = ties.map(|(from, to, kind)| bond(from, to, kind, 0.8));
        let map = Map::new(people(4), bonds.to_vec()).unwrap();
        let ties = shaping(&map);
        assert_eq!(ties, [(1, 0), (2, 1)]);
        let parts = layered(&[0, 1, 2].into(), &ties);
        let order: Vec<usize> = parts[0].iter().flatten().map(|(who, _)| *who).collect();
        assert_eq!((parts.len(), order), (1, vec![2, 1, 0]));
    }

    #[test]
    fn whoever_is_not_tied_leaves_no_hole() {
        let parts = layered(&[3, 7].into(), &[(7, 3)]);
        let order: Vec<usize> = parts[0].iter().flatten().map(|(who, _)| *who).collect();
        assert_eq!(order, [7, 3]);
    }

    #[test]
    fn boxes_stand_a_box_apart() {
        let step = WIDTH + BESIDE;
        for (wanted, most) in [(vec![0.0, 0.0, 0.0], 2.0 * step), (vec![600.0, 610.0], 2.0 * step)]
        {
            let spread = spread(wanted, most);
            assert!(spread.windows(2).all(|two| two[1] - two[0] > step - 0.01), "{spread:?}");
            assert!(spread[0] >= 0.0 && *spread.last().unwrap() <= most, "{spread:?}");
        }
    }
}
