//! Curves between boxes: from which side of a box to which, each at a place of its own there.

use std::collections::BTreeMap;

use super::rect::{Point, Rect};

/// A side of a box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Top,
    Right,
    Bottom,
    Left,
}

/// Where the room for curves is: between columns or between rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flow {
    /// Curves leave boxes at their sides.
    Sideways,
    /// Curves leave boxes at top and bottom.
    Downward,
}

/// A cubic curve: both ends and what bends it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Curve {
    pub from: Point,
    pub bend: (Point, Point),
    pub to: Point,
}

/// How far a curve between two boxes of a column may swing out: not into the next column.
const SWING: f64 = 30.0;
/// How far one between two tops of a row may: not up to the lines of the tree.
const RISE: f64 = 18.0;
/// So much of a side holds the ends of curves.
const SHARE: f64 = 0.7;

impl Curve {
    /// The point after that share of the way, from 0 to 1.
    pub(super) fn point(&self, t: f64) -> Point {
        let u = 1.0 - t;
        let mix = |a: f64, b: f64, c: f64, d: f64| {
            u * u * u * a + 3.0 * u * u * t * b + 3.0 * u * t * t * c + t * t * t * d
        };
        let (b, c) = self.bend;
        Point::new(mix(self.from.x, b.x, c.x, self.to.x), mix(self.from.y, b.y, c.y, self.to.y))
    }

    /// A box that holds all of it.
    pub(super) fn room(&self) -> Rect {
        let dot = |at: Point| Rect::new(at.x, at.y, 0.0, 0.0);
        let ends = dot(self.from).with(&dot(self.to));
        ends.with(&dot(self.bend.0)).with(&dot(self.bend.1))
    }
}

/// An end of a curve: where its other end lies, which curve, and whether it is the second end.
type End = (f64, usize, bool);

/// Curves for pairs of boxes.
pub(super) fn between(pairs: &[(Rect, Rect)], flow: Flow) -> Vec<Curve> {
    let sides: Vec<(Side, Side)> = pairs.iter().map(|(a, b)| sides(a, b, flow)).collect();
    // Boxes that share a place are one box; so many ends are on each of its sides.
    let mut ends: BTreeMap<(i64, i64, Side), Vec<End>> = BTreeMap::new();
    for (at, ((a, b), (from, to))) in pairs.iter().zip(&sides).enumerate() {
        for (own, other, side, is_end) in [(a, b, *from, false), (b, a, *to, true)] {
            let toward = match side {
                Side::Top | Side::Bottom => other.centre().x,
                Side::Left | Side::Right => other.centre().y,
            };
            #[expect(clippy::cast_possible_truncation, reason = "places on a sheet")]
            let place = (own.x as i64, own.y as i64, side);
            ends.entry(place).or_default().push((toward, at, is_end));
        }
    }
    let mut ports: BTreeMap<(usize, bool), Point> = BTreeMap::new();
    for ((_, _, side), mut of_side) in ends {
        of_side.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let count = of_side.len() as f64;
        for (nth, (_, at, is_end)) in of_side.into_iter().enumerate() {
            let (a, b) = pairs[at];
            let share = 0.5 + ((nth as f64 + 1.0) / (count + 1.0) - 0.5) * SHARE;
            ports.insert((at, is_end), port(if is_end { &b } else { &a }, side, share));
        }
    }
    let end =
        |at: usize, is_end: bool| ports.get(&(at, is_end)).copied().unwrap_or(Point::new(0.0, 0.0));
    let bent = |(at, sides): (usize, &(Side, Side))| bend(end(at, false), end(at, true), *sides);
    sides.iter().enumerate().map(bent).collect()
}

/// Which sides face each other, or lead around what stands between.
fn sides(a: &Rect, b: &Rect, flow: Flow) -> (Side, Side) {
    let (right, left) = (b.x >= a.right(), a.x >= b.right());
    let (under, over) = (b.y >= a.bottom(), a.y >= b.bottom());
    let gap = (b.x - a.right()).max(a.x - b.right());
    let is_one_row = (a.y - b.y).abs() < 1.0;
    match flow {
        _ if is_one_row && gap > a.width / 2.0 => (Side::Top, Side::Top),
        Flow::Downward if under => (Side::Bottom, Side::Top),
        Flow::Downward if over => (Side::Top, Side::Bottom),
        _ if right => (Side::Right, Side::Left),
        _ if left => (Side::Left, Side::Right),
        _ => (Side::Right, Side::Right),
    }
}

fn port(rect: &Rect, side: Side, share: f64) -> Point {
    match side {
        Side::Top => Point::new(rect.x + rect.width * share, rect.y),
        Side::Bottom => Point::new(rect.x + rect.width * share, rect.bottom()),
        Side::Left => Point::new(rect.x, rect.y + rect.height * share),
        Side::Right => Point::new(rect.right(), rect.y + rect.height * share),
    }
}

fn bend(from: Point, to: Point, sides: (Side, Side)) -> Curve {
    let (dx, dy) = ((to.x - from.x).abs(), (to.y - from.y).abs());
    let out = match sides {
        (Side::Top, Side::Top) => (10.0 + dx * 0.012).min(RISE),
        (Side::Right, Side::Right) => (14.0 + dy * 0.04).min(SWING),
        (Side::Top | Side::Bottom, _) => (dy * 0.45).clamp(8.0, 120.0),
        (Side::Left | Side::Right, _) => (dx * 0.45).clamp(8.0, 160.0),
    };
    let pulled = |at: Point, side: Side| match side {
        Side::Top => Point::new(at.x, at.y - out),
        Side::Bottom => Point::new(at.x, at.y + out),
        Side::Left => Point::new(at.x - out, at.y),
        Side::Right => Point::new(at.x + out, at.y),
    };
    Curve { from, bend: (pulled(from, sides.0), pulled(to, sides.1)), to }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_on_one_side_do_not_share_a_place() {
        let rect = |x: f64, y: f64| Rect::new(x, y, 100.0, 60.0);
        let pairs = [(rect(0.0, 0.0), rect(200.0, 100.0)), (rect(0.0, 0.0), rect(200.0, 200.0))];
        let curves = between(&pairs, Flow::Sideways);
        assert!(curves.iter().all(|curve| (curve.from.x - 100.0).abs() < 0.01));
        assert!(curves[0].from.y + 5.0 < curves[1].from.y, "{curves:?}");
        let down = between(&pairs, Flow::Downward);
        assert!(down.iter().all(|curve| (curve.from.y - 60.0).abs() < 0.01), "{down:?}");
    }
}
