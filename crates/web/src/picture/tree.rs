//! A tidy tree of boxes of different heights: bosses over the middle of their people, subtrees as
//! close as their outlines let them.
//!
//! After Reingold and Tilford (1981) and van der Ploeg (2014), with two departures that keep large
//! firms readable: people who lead nobody may stand in columns below their boss, and subtrees that
//! would be too wide side by side stand in rows.

use std::collections::BTreeMap;

use super::card::WIDTH;
use super::org::Forest;
use super::outline::Outline;
use super::rect::{self, Point, Rect};

/// Between neighbours.
const BESIDE: f64 = 24.0;
/// From a boss down to their people; the lines turn halfway.
const BELOW: f64 = 44.0;
/// Between people of a column.
const STACKED: f64 = 12.0;
/// Left of a column, for the line that leads down along it.
const TRUNK: f64 = 20.0;

/// How wide and high a tree may grow.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Shape {
    /// So many who lead nobody stand side by side; more stand in columns.
    pub in_row: usize,
    /// So many stand in a column at most.
    pub in_column: usize,
    /// No row of subtrees is wider, unless one alone is.
    pub row_width: f64,
}

/// Where somebody stands, and how the line comes to them from their boss.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Spot {
    pub who: usize,
    pub rect: Rect,
    /// From the boss to this box, corner by corner; empty without a boss.
    pub line: Vec<Point>,
}

/// A part of a tree.
#[derive(Debug, Clone, Default)]
struct Block {
    spots: Vec<Spot>,
    outline: Outline,
    /// Where lines from above come in: who, and which of their spots.
    entries: Vec<usize>,
}

impl Block {
    fn shift(&mut self, by: Point) {
        for spot in &mut self.spots {
            spot.rect = spot.rect.moved(by);
            for point in &mut spot.line {
                *point = point.moved(by);
            }
        }
    }

    fn push_right(&mut self, x: f64) {
        self.shift(Point::new(x, 0.0));
        self.outline.shift(Point::new(x, 0.0));
    }
}

/// Places one root with everybody below; the upper left corner of all lies at the origin.
pub(super) fn place(
    forest: &Forest,
    root: usize,
    height: &impl Fn(usize) -> f64,
    shape: Shape,
) -> (Vec<Spot>, f64, f64) {
    let levels = levels(forest, root, height);
    let mut order: Vec<(usize, usize)> = vec![(root, 0)];
    let mut next = 0;
    while let Some((at, depth)) = order.get(next).copied() {
        order.extend(team(forest, at).iter().map(|who| (*who, depth + 1)));
        next += 1;
    }
    let mut blocks: BTreeMap<usize, Block> = BTreeMap::new();
    for (at, depth) in order.into_iter().rev().filter(|(at, _)| leads(forest, *at)) {
        let below = below(forest, at, height, shape, &mut blocks);
        let level = levels.get(depth).copied().unwrap_or_default();
        blocks.insert(at, crown(at, height(at), level, below));
    }
    let mut block = blocks.remove(&root).unwrap_or_else(|| single(root, height(root)));
    let left = block.outline.leftmost();
    block.push_right(-left);
    (block.spots, block.outline.rightmost(), block.outline.height())
}

fn team(forest: &Forest, at: usize) -> &[usize] {
    forest.under.get(&at).map_or(&[], Vec::as_slice)
}

fn leads(forest: &Forest, at: usize) -> bool {
    forest.under.contains_key(&at)
}

/// The height of the highest box of those who lead, for each level, so that people of a level
/// stand in one line.
fn levels(forest: &Forest, root: usize, height: &impl Fn(usize) -> f64) -> Vec<f64> {
    let mut levels = Vec::new();
    let mut level = vec![root];
    while !level.is_empty() {
        let leading = level.iter().filter(|at| leads(forest, **at));
        levels.push(leading.map(|at| height(*at)).fold(0.0, f64::max));
        level = level.iter().flat_map(|at| team(forest, *at)).copied().collect();
    }
    levels
}

fn single(who: usize, height: f64) -> Block {
    let spot = Spot { who, rect: Rect::new(0.0, 0.0, WIDTH, height), line: Vec::new() };
    entered(Block { spots: vec![spot], outline: Outline::of(0.0, WIDTH, height), entries: vec![0] })
}

/// Lets the line of a single box come in from above.
fn entered(mut block: Block) -> Block {
    if let Some(spot) = block.spots.first_mut() {
        let top = spot.rect.centre().x;
        spot.line = vec![Point::new(top, -BELOW / 2.0), Point::new(top, spot.rect.y)];
    }
    block
}

/// The people right below somebody, with all below them.
fn below(
    forest: &Forest,
    at: usize,
    height: &impl Fn(usize) -> f64,
    shape: Shape,
    blocks: &mut BTreeMap<usize, Block>,
) -> Block {
    let team = team(forest, at);
    let alone: Vec<usize> = team.iter().copied().filter(|who| !leads(forest, *who)).collect();
    let in_columns = alone.len() > shape.in_row;
    let mut parts: Vec<Block> = Vec::new();
    for who in team {
        match blocks.remove(who) {
            Some(block) => parts.push(block),
            None if !in_columns => parts.push(single(*who, height(*who))),
            None => {}
        }
    }
    if in_columns {
        parts.push(columns(&alone, height, shape.in_column));
    }
    rows(parts, shape.row_width)
}

/// People in columns, each with a line down along its left side.
fn columns(people: &[usize], height: &impl Fn(usize) -> f64, in_column: usize) -> Block {
    let count = people.len().div_ceil(in_column.max(1)).max(1);
    let mut block = Block::default();
    let (mut x, mut deepest) = (0.0, 0.0_f64);
    for column in people.chunks(people.len().div_ceil(count).max(1)) {
        let (left, mut y) = (x + TRUNK, 0.0);
        for who in column {
            let rect = Rect::new(left, y, WIDTH, height(*who));
            let (trunk, middle) = (left - TRUNK / 2.0, rect.centre().y);
            let corners = [(trunk, -BELOW / 2.0), (trunk, middle), (left, middle)];
            let line = corners.map(|(x, y)| Point::new(x, y)).to_vec();
            block.entries.push(block.spots.len());
            block.spots.push(Spot { who: *who, rect, line });
            y = rect.bottom() + STACKED;
            deepest = deepest.max(rect.bottom());
        }
        x = left + WIDTH + BESIDE / 2.0;
    }
    block.outline = Outline::of(0.0, x - BESIDE / 2.0, deepest);
    block
}

/// Parts side by side, in as many rows as the width asks for.
fn rows(parts: Vec<Block>, width_max: f64) -> Block {
    let width_max = balanced(&parts, width_max);
    let mut rows: Vec<Block> = Vec::new();
    for mut part in parts {
        let left = part.outline.leftmost();
        part.push_right(-left);
        if let Some(row) = rows.last_mut() {
            let by = row.outline.clearance(&part.outline, BESIDE);
            if by + part.outline.rightmost() <= width_max {
                part.push_right(by);
                let first = row.spots.len();
                row.spots.extend(part.spots);
                row.entries.extend(part.entries.into_iter().map(|entry| entry + first));
                row.outline.join(&part.outline);
                continue;
            }
        }
        rows.push(part);
    }
    if rows.len() > 1 { below_each_other(rows) } else { rows.pop().unwrap_or_default() }
}

/// The least width with which parts need no more rows, so that the last row is not left with one.
fn balanced(parts: &[Block], width_max: f64) -> f64 {
    let width = |part: &Block| part.outline.rightmost() - part.outline.leftmost();
    let needs = |most: f64| {
        let (mut rows, mut x) = (1, 0.0);
        for part in parts {
            if x > 0.0 && x + width(part) > most {
                (rows, x) = (rows + 1, 0.0);
            }
            x += width(part) + BESIDE;
        }
        rows
    };
    let (rows, whole) = (needs(width_max), parts.iter().map(|part| width(part) + BESIDE).sum());
    let mut most: f64 = f64::min(whole, width_max);
    while rows > 1 && most > WIDTH && needs(most - WIDTH / 2.0) == rows {
        most -= WIDTH / 2.0;
    }
    if rows > 1 { most } else { width_max }
}

/// Rows below each other; the lines to the lower ones lead down along the left side.
fn below_each_other(rows: Vec<Block>) -> Block {
    let mut all = Block::default();
    let (mut y, mut right) = (0.0, 0.0_f64);
    for mut row in rows {
        row.shift(Point::new(TRUNK, y));
        right = right.max(row.outline.rightmost() + TRUNK);
        for entry in &row.entries {
            let line = &mut row.spots[*entry].line;
            if y > 0.0 {
                let (trunk, bus) = (TRUNK / 4.0, y - BELOW / 2.0);
                line.splice(0..0, [Point::new(trunk, -BELOW / 2.0), Point::new(trunk, bus)]);
            }
        }
        let first = all.spots.len();
        all.entries.extend(row.entries.iter().map(|entry| entry + first));
        all.spots.extend(row.spots);
        y += row.outline.height() + BELOW;
    }
    all.outline = Outline::of(0.0, right, y - BELOW);
    all
}

/// Puts a boss over the middle of their people.
fn crown(who: usize, height: f64, level: f64, mut below: Block) -> Block {
    let level = level.max(height);
    // Lines may come in beside a box; the boss stands over the boxes, and the line reaches as far as both.
    let team = || below.entries.iter().map(|entry| &below.spots[*entry]);
    let boxes = rect::around(team().map(|spot| spot.rect));
    let middle = boxes.centre().x;
    let ins = team().filter_map(|spot| spot.line.first()).map(|corner| corner.x);
    let (first, last) = ins.fold((middle, middle), |(a, b), x| (a.min(x), b.max(x)));
    below.shift(Point::new(0.0, level + BELOW));
    let rect = Rect::new(middle - WIDTH / 2.0, 0.0, WIDTH, height);
    let from = Point::new(middle, rect.bottom());
    for entry in &below.entries {
        let line = &mut below.spots[*entry].line;
        line.splice(0..0, [from, Point::new(middle, level + BELOW / 2.0)]);
    }
    let mut spots =
        entered(Block { spots: vec![Spot { who, rect, line: Vec::new() }], ..Block::default() })
            .spots;
    spots.extend(below.spots);
    let mut outline = below.outline;
    let (left, right) = (first.min(rect.x), last.max(rect.right()));
    outline.under(&Outline::of(left, right - left, BELOW));
    outline.under(&Outline::of(rect.x, WIDTH, level));
    Block { spots, outline, entries: vec![0] }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDE: Shape = Shape { in_row: 9, in_column: 9, row_width: f64::INFINITY };

    fn check(teams: &[(usize, &[usize])], shape: Shape, width: f64, height: f64) {
        let under = teams.iter().map(|(boss, team)| (*boss, team.to_vec())).collect();
        let forest = Forest { under, roots: vec![0], ..Forest::default() };
        let (spots, wide, high) = place(&forest, 0, &|_| 50.0, shape);
        let boxes: Vec<Rect> = spots.iter().map(|spot| spot.rect).collect();
        for (at, rect) in boxes.iter().enumerate() {
            assert!(boxes[..at].iter().all(|other| !other.overlaps(rect)), "{boxes:?}");
            assert!(rect.x > -0.01 && rect.right() < wide + 0.01 && rect.bottom() < high + 0.01);
        }
        let off = (wide - width).abs() + (high - height).abs();
        assert!(off < 0.01, "{wide} {high}, expected {width} {height}: {boxes:?}");
    }

    #[test]
    fn a_boss_over_a_row_or_a_column() {
        check(&[(0, &[1, 2, 3])], WIDE, 3.0 * WIDTH + 2.0 * BESIDE, 144.0);
        let narrow = Shape { in_row: 1, in_column: 3, ..WIDE };
        check(&[(0, &[1, 2, 3])], narrow, TRUNK + WIDTH, 94.0 + 3.0 * 50.0 + 2.0 * STACKED);
    }

    #[test]
    fn subtrees_too_wide_for_a_row_stand_in_two() {
        let teams: &[(usize, &[usize])] = &[(0, &[1, 2]), (1, &[3, 4]), (2, &[5, 6])];
        let two = 2.0 * WIDTH + BESIDE;
        check(teams, WIDE, 2.0 * two + BESIDE, 238.0);
        check(teams, Shape { row_width: two, ..WIDE }, two + TRUNK, 94.0 + 2.0 * 144.0 + BELOW);
    }

    #[test]
    fn a_long_chain_is_no_danger() {
        let forest = Forest {
            under: (0..999).map(|at| (at, vec![at + 1])).collect(),
            roots: vec![0],
            ..Forest::default()
        };
        assert_eq!(place(&forest, 0, &|_| 50.0, WIDE).0.len(), 1000);
    }
}
