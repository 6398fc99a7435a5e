//! Camps as soft fields behind those who are counted to them.
//!
//! A field is one box where nobody else stands in it; otherwise each member has one of their own,
//! joined to the next where nobody stands between.

use inroad_advice::politics::map::Map;

use super::rect::{self, Rect};
use super::sheet::{Sheet, Who};
use super::text::clean;

/// So far a field reaches around a box.
const AROUND: f64 = 9.0;
/// Neighbours no further apart are joined.
const JOINED: f64 = 64.0;

/// One camp.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Camp {
    pub name: String,
    /// Boxes that make up the field together; they may overlap.
    pub field: Vec<Rect>,
}

/// All camps, by name.
pub(super) fn of(map: &Map, sheet: &Sheet) -> Vec<Camp> {
    let camp = |at: usize| map.people()[at].camp.as_deref();
    let mut names: Vec<&str> = (0..map.people().len()).filter_map(camp).collect();
    names.sort_unstable();
    names.dedup();
    let field = |name: &str| {
        let is_member = |who: &Who| matches!(who, Who::Person(at) if camp(*at) == Some(name));
        let (members, others): (Vec<_>, Vec<_>) =
            sheet.boxes.iter().partition(|(who, _)| is_member(who));
        let boxes = |of: Vec<(&Who, &Rect)>| -> Vec<Rect> {
            of.into_iter().map(|(_, rect)| *rect).collect()
        };
        Camp { name: clean(name), field: joined(&boxes(members), &boxes(others)) }
    };
    names.into_iter().map(field).collect()
}

fn joined(members: &[Rect], others: &[Rect]) -> Vec<Rect> {
    let is_free = |field: &Rect| !others.iter().any(|other| other.overlaps(field));
    let whole = rect::around(members.iter().copied()).grown(AROUND);
    // A box around two who stand far apart would be a field of nothing.
    let filled: f64 = members.iter().map(|rect| rect.width * rect.height).sum();
    if is_free(&whole) && filled * 4.0 > whole.width * whole.height {
        return vec![whole];
    }
    let mut field: Vec<Rect> = members.iter().map(|rect| rect.grown(AROUND)).collect();
    for (at, a) in members.iter().enumerate() {
        for b in members.iter().skip(at + 1) {
            field.extend(bridge(a, b).filter(is_free));
        }
    }
    field
}

/// What lies between two boxes of one row or column that stand close.
fn bridge(a: &Rect, b: &Rect) -> Option<Rect> {
    let (left, right) = (a.x.max(b.x), a.right().min(b.right()));
    let (top, bottom) = (a.y.max(b.y), a.bottom().min(b.bottom()));
    let between = if right - left > 40.0 && (0.0..JOINED).contains(&(top - bottom)) {
        Rect::new(left, bottom, right - left, top - bottom)
    } else if bottom - top > 20.0 && (0.0..JOINED).contains(&(left - right)) {
        Rect::new(right, top, left - right, bottom - top)
    } else {
        return None;
    };
    Some(between)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(members: &[(f64, f64)], others: &[(f64, f64)], boxes: usize) {
        let rects = |of: &[(f64, f64)]| -> Vec<Rect> {
            of.iter().map(|(x, y)| Rect::new(*x, *y, 180.0, 80.0)).collect()
        };
        let field = joined(&rects(members), &rects(others));
        assert_eq!(field.len(), boxes, "{field:?}");
    }

    #[test]
    fn fields() {
        check(&[(0.0, 0.0), (200.0, 0.0)], &[(800.0, 0.0)], 1);
        // Somebody else stands between.
        check(&[(0.0, 0.0), (400.0, 0.0)], &[(200.0, 0.0)], 2);
        // Two of three are neighbours.
        check(&[(0.0, 0.0), (0.0, 100.0), (400.0, 100.0)], &[(200.0, 100.0)], 4);
    }
}
