//! Everything that a picture shows, each at its place, before it is written down.

use std::collections::BTreeSet;

use inroad_advice::politics::map::Map;

use super::camps::{self, Camp};
use super::card;
#[cfg(test)]
use super::card::Text;
use super::curve::{self, Curve, Flow};
use super::legend::{self, Entry, Sample};
use super::org::Forest;
use super::rect::{self, Point, Rect};
use super::sheet::{Cards, Sheet, Who};
use super::ties::{self, Drawn, Kind};
use super::{Layout, View, layers, org_sheet};

/// Around the picture.
const MARGIN: f64 = 20.0;
/// A picture is at least so wide, so that its legend has room.
const WIDTH_MIN: f64 = 560.0;
/// Above the legend.
const LEGEND_GAP: f64 = 26.0;

/// A picture before it is written.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scene {
    pub size: (f64, f64),
    pub cards: Cards,
    pub sheet: Sheet,
    /// The line of the tree to each who has a boss: who, which tie says it, and its corners.
    pub lines: Vec<(usize, usize, Vec<Point>)>,
    pub curves: Vec<(Drawn, Curve)>,
    pub camps: Vec<Camp>,
    pub legend: Vec<Entry>,
}

impl Scene {
    /// All texts at their places on the sheet.
    #[cfg(test)]
    pub(super) fn texts(&self) -> Vec<Text> {
        let of_cards = self.cards.iter().flat_map(|(who, card)| {
            let rect = self.sheet.boxes[who];
            let moved = move |text: &Text| Text {
                at: text.at.moved(Point::new(rect.x, rect.y)),
                ..text.clone()
            };
            card.texts.iter().map(moved)
        });
        let of_legend = self.legend.iter().map(|entry| entry.text.clone());
        of_cards.chain(self.sheet.headings.iter().cloned()).chain(of_legend).collect()
    }
}

/// Places everything.
pub(super) fn compose(map: &Map, view: &View) -> Scene {
    let cards = cards(map, view);
    let forest = match view.layout {
        Layout::Tree => Forest::of(map),
        Layout::Layers => Forest::default(),
    };
    let mut sheet = match view.layout {
        Layout::Tree => org_sheet::place(map, &forest, &cards),
        Layout::Layers => layers::place(map, &cards),
    };
    let in_tree: BTreeSet<usize> = forest.line_of.values().copied().collect();
    let (drawn, left_off) = ties::choose(map, &in_tree, view);
    let curves = curves(&drawn, &sheet, view.layout);
    // What reaches furthest to the left and up decides where the sheet lies.
    let fields = camps::of(map, &sheet).into_iter().flat_map(|camp| camp.field);
    let all = fields.chain(curves.iter().map(Curve::room)).fold(sheet.extent(), |a, b| a.with(&b));
    sheet.shift(Point::new(MARGIN - all.x, MARGIN - all.y));
    let curves = drawn.iter().cloned().zip(self::curves(&drawn, &sheet, view.layout)).collect();
    let camps = camps::of(map, &sheet);
    let width = (all.width + 2.0 * MARGIN).max(WIDTH_MIN);
    let entries = entries(map, &sheet, &drawn, &camps, left_off);
    let top = Point::new(MARGIN, MARGIN + all.height + LEGEND_GAP);
    let legend = legend::set(entries, top, width - 2.0 * MARGIN);
    let bottom = rect::around(legend.iter().map(|entry| entry.at)).bottom().max(top.y);
    let line = |(who, corners): (usize, Vec<Point>)| {
        forest.line_of.get(&who).map(|tie| (who, *tie, corners))
    };
    let lines = std::mem::take(&mut sheet.lines).into_iter().filter_map(line).collect();
    Scene {
        size: (width.ceil(), (bottom + MARGIN).ceil()),
        cards,
        sheet,
        lines,
        curves,
        camps,
        legend,
    }
}

fn cards(map: &Map, view: &View) -> Cards {
    let people = (0..map.people().len())
        .filter_map(|at| card::person(map, view, at).map(|card| (Who::Person(at), card)));
    let ghosts =
        view.ghosts.iter().enumerate().map(|(at, says)| (Who::Ghost(at), card::ghost(says)));
    people.chain(ghosts).collect()
}

fn curves(drawn: &[Drawn], sheet: &Sheet, layout: Layout) -> Vec<Curve> {
    let nowhere = Rect::new(0.0, 0.0, 0.0, 0.0);
    let rect = |at: usize| sheet.boxes.get(&Who::Person(at)).copied().unwrap_or(nowhere);
    let pairs: Vec<(Rect, Rect)> =
        drawn.iter().map(|curve| (rect(curve.ends.0), rect(curve.ends.1))).collect();
    let flow = match layout {
        Layout::Tree => Flow::Sideways,
        Layout::Layers => Flow::Downward,
    };
    curve::between(&pairs, flow)
}

/// What the legend has to explain.
fn entries(
    map: &Map,
    sheet: &Sheet,
    drawn: &[Drawn],
    camps: &[Camp],
    left_off: usize,
) -> Vec<(Sample, String)> {
    let mut entries = Vec::new();
    let mut add = |is_there: bool, sample: Sample, text: &str| {
        if is_there {
            entries.push((sample, text.to_owned()));
        }
    };
    let has_lines = !sheet.lines.is_empty();
    add(has_lines, Sample::Tree, "sits below, as far as known");
    let kinds = [
        Kind::ReportsTo,
        Kind::Asks,
        Kind::Trusts,
        Kind::AnswersFor,
        Kind::InTouch,
        Kind::AtOdds,
        Kind::Route,
    ];
    for kind in kinds {
        add(drawn.iter().any(|curve| curve.kind == kind), Sample::Line(kind), kind.says());
    }
    let has_ties = has_lines || !drawn.is_empty();
    add(has_ties, Sample::Dashed, "read from mail; solid: told");
    add(has_ties, Sample::Faint, "fainter: less sure");
    add(!map.people().is_empty(), Sample::Bar, "weight in this decision");
    for (at, camp) in camps.iter().enumerate() {
        add(true, Sample::Camp(at), &format!("camp: {}", camp.name));
    }
    let more = format!("{left_off} weaker ties are not drawn");
    add(left_off > 0, Sample::Words, &more);
    entries
}
