//! Everybody's place on the sheet: their people in the middle, whoever is of neither firm in a strip
//! at the right, colleagues at the bottom.

use std::collections::BTreeMap;

use inroad_advice::politics::map::{Map, Side};

use super::card::{Card, Text, WIDTH};
use super::org::by_weight;
use super::rect::{self, Point, Rect};
use super::text::{Face, clean};

/// Who or what has a box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Who {
    /// By place among the map's people.
    Person(usize),
    /// By place among the seats that nobody fills.
    Ghost(usize),
}

/// The boxes to be placed, and what is in them.
pub(super) type Cards = BTreeMap<Who, Card>;

/// Between boxes side by side.
pub(super) const BESIDE: f64 = 24.0;
/// Between rows of boxes that stand in a grid.
const BELOW: f64 = 34.0;
/// Between the parts of a sheet.
const APART: f64 = 52.0;
/// Around boxes in a part with a frame, and above them for its heading.
const FRAME: f64 = 14.0;
const HEADING: f64 = 26.0;
/// What a screen shows at once, roughly; a sheet is shaped so that it is seen as large as can be.
const SCREEN: (f64, f64) = (1600.0, 1000.0);

/// Where everything stands.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Sheet {
    pub boxes: BTreeMap<Who, Rect>,
    /// The lines of a tree: who, and the corners down from their boss.
    pub lines: Vec<(usize, Vec<Point>)>,
    pub headings: Vec<Text>,
    /// The frames of the strip at the right and of the rows at the bottom.
    pub frames: Vec<Rect>,
}

impl Sheet {
    /// The smallest box around everything but the curves.
    pub(super) fn extent(&self) -> Rect {
        let texts = self.headings.iter().map(Text::room);
        let corners = self.lines.iter().flat_map(|(_, line)| line);
        let corners = corners.map(|corner| Rect::new(corner.x, corner.y, 0.0, 0.0));
        let boxes = self.boxes.values().chain(&self.frames).copied();
        rect::around(boxes.chain(texts).chain(corners))
    }

    /// How large it is seen on a screen, from 0 to 1.
    pub(super) fn scale(&self) -> f64 {
        let extent = self.extent();
        (SCREEN.0 / extent.width).min(SCREEN.1 / extent.height).min(1.0)
    }

    pub(super) fn shift(&mut self, by: Point) {
        for rect in self.boxes.values_mut().chain(&mut self.frames) {
            *rect = rect.moved(by);
        }
        for point in self.lines.iter_mut().flat_map(|(_, line)| line) {
            *point = point.moved(by);
        }
        for heading in &mut self.headings {
            heading.at = heading.at.moved(by);
        }
    }

    /// Takes in what another holds, moved.
    pub(super) fn take(&mut self, mut other: Self, by: Point) {
        other.shift(by);
        self.boxes.extend(other.boxes);
        self.lines.extend(other.lines);
        self.headings.extend(other.headings);
        self.frames.extend(other.frames);
    }

    /// Puts whoever stands beside around what is there: the strip of outsiders at the right, and below
    /// the seats that nobody fills, whom no line places (under that heading), and colleagues.
    pub(super) fn add_sides(&mut self, map: &Map, loose: &[usize], heading: &str, cards: &Cards) {
        let loose: Vec<Who> = loose.iter().map(|at| Who::Person(*at)).collect();
        let mut below = Vec::new();
        if self.boxes.is_empty() {
            *self = grid(&loose, cards, columns_for(loose.len()));
        } else if !loose.is_empty() {
            let columns = columns_in(self.extent().width).max(4);
            below.push(grid(&loose, cards, columns).under(heading));
        }
        let ghosts: Vec<Who> =
            cards.keys().filter(|who| matches!(who, Who::Ghost(_))).copied().collect();
        if !ghosts.is_empty() {
            below.push(grid(&ghosts, cards, 4).under("Seats that nobody fills"));
        }
        let ours = of_side(map, Side::Ours);
        if !ours.is_empty() {
            let columns = columns_in(self.extent().width - 2.0 * FRAME).max(4);
            below.push(grid(&ours, cards, columns).framed("Us"));
        }
        let extent = self.extent();
        let y = if self.boxes.is_empty() { 0.0 } else { extent.bottom() + APART };
        let width_max = extent.width.max(4.0 * (WIDTH + BESIDE));
        self.take(shelves(below, width_max), Point::new(extent.x, y));
        self.add_strip(&of_side(map, Side::Outside), cards);
    }

    fn add_strip(&mut self, outside: &[Who], cards: &Cards) {
        if outside.is_empty() {
            return;
        }
        let extent = self.extent();
        let total: f64 = outside.iter().map(|who| height(cards, *who) + BELOW).sum();
        let mut columns = 1;
        while total / columns as f64 > extent.height.max(640.0) {
            columns += 1;
        }
        let x = if self.boxes.is_empty() { 0.0 } else { extent.right() + APART };
        let strip = grid(outside, cards, columns).framed("Outside");
        self.take(strip, Point::new(x, extent.y));
    }

    /// The same with a heading above.
    fn under(mut self, heading: &str) -> Self {
        let extent = self.extent();
        self.headings.push(head(heading, Point::new(extent.x, extent.y - 14.0)));
        self
    }

    /// The same with a heading in a frame around.
    fn framed(mut self, heading: &str) -> Self {
        let inner = self.extent();
        let (width, height) = (inner.width + 2.0 * FRAME, inner.height + HEADING + 2.0 * FRAME);
        let frame = Rect::new(inner.x - FRAME, inner.y - HEADING - FRAME, width, height);
        self.headings.push(head(heading, Point::new(inner.x, frame.y + FRAME + 8.0)));
        self.frames.push(frame);
        self
    }
}

fn head(text: &str, at: Point) -> Text {
    Text { at, face: Face::Heading, words: clean(text) }
}

/// Everybody of a side, the weightiest first.
fn of_side(map: &Map, side: Side) -> Vec<Who> {
    let mut people: Vec<usize> =
        (0..map.people().len()).filter(|at| map.people()[*at].side == side).collect();
    by_weight(map, &mut people);
    people.into_iter().map(Who::Person).collect()
}

/// So many boxes fit side by side.
pub(super) fn columns_in(width: f64) -> usize {
    let mut columns = 1;
    while (columns + 1) as f64 * (WIDTH + BESIDE) - BESIDE <= width {
        columns += 1;
    }
    columns
}

/// So many columns make a sheet of that many boxes about as wide as a screen.
fn columns_for(count: usize) -> usize {
    (1..=count).find(|columns| columns * columns >= count).unwrap_or(1)
}

fn height(cards: &Cards, who: Who) -> f64 {
    cards.get(&who).map_or(0.0, |card| card.height)
}

/// Boxes in rows.
fn grid(people: &[Who], cards: &Cards, columns: usize) -> Sheet {
    let mut sheet = Sheet::default();
    let mut y = 0.0;
    for row in people.chunks(columns.max(1)) {
        let highest = row.iter().map(|who| height(cards, *who)).fold(0.0, f64::max);
        for (column, who) in row.iter().enumerate() {
            let x = column as f64 * (WIDTH + BESIDE);
            sheet.boxes.insert(*who, Rect::new(x, y, WIDTH, height(cards, *who)));
        }
        y += highest + BELOW;
    }
    sheet
}

/// Parts side by side in rows no wider than that, unless one alone is.
pub(super) fn shelves(parts: Vec<Sheet>, width_max: f64) -> Sheet {
    let mut all = Sheet::default();
    let (mut x, mut y, mut deepest) = (0.0, 0.0, 0.0);
    for part in parts {
        let extent = part.extent();
        if x > 0.0 && x + extent.width > width_max {
            (x, y) = (0.0, deepest + APART);
        }
        all.take(part, Point::new(x - extent.x, y - extent.y));
        x += extent.width + APART;
        deepest = f64::max(deepest, y + extent.height);
    }
    all
}

/// The sheet that is seen largest; of those about as large, the first.
pub(super) fn best(sheets: impl Iterator<Item = Sheet>) -> Sheet {
    const MUCH_LARGER: f64 = 1.06;
    let larger = |(scale, best): (f64, Sheet), sheet: Sheet| {
        let scale_of_it = sheet.scale();
        if scale_of_it > scale * MUCH_LARGER { (scale_of_it, sheet) } else { (scale, best) }
    };
    sheets.fold((0.0, Sheet::default()), larger).1
}
