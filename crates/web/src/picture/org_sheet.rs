//! The sheet that keeps people where the organisation puts them.

use inroad_advice::politics::map::Map;

use super::card::WIDTH;
use super::org::Forest;
use super::sheet::{BESIDE, Cards, Sheet, Who, best, shelves};
use super::tree::{self, Shape};

/// Ways to let people who lead nobody stand: so many side by side, so many in a column.
const TEAMS: [(usize, usize); 4] = [(7, 4), (4, 5), (2, 5), (1, 7)];
/// So many boxes wide a row of subtrees may be; the first stands for any width.
const ROWS: [f64; 6] = [1000.0, 16.0, 12.0, 9.0, 7.0, 5.0];

/// Places everybody on their side, and the seats that nobody fills.
pub(super) fn place(map: &Map, forest: &Forest, cards: &Cards) -> Sheet {
    let shapes = ROWS.iter().flat_map(|boxes| {
        TEAMS.iter().map(move |(in_row, in_column)| Shape {
            in_row: *in_row,
            in_column: *in_column,
            row_width: boxes * (WIDTH + BESIDE),
        })
    });
    best(shapes.map(|shape| {
        let mut sheet = trees(forest, cards, shape);
        sheet.add_sides(map, &forest.loose, "Whose boss is not known", cards);
        sheet
    }))
}

fn trees(forest: &Forest, cards: &Cards, shape: Shape) -> Sheet {
    let height = |at: usize| cards.get(&Who::Person(at)).map_or(0.0, |card| card.height);
    let part = |root: &usize| {
        let mut sheet = Sheet::default();
        for spot in tree::place(forest, *root, &height, shape).0 {
            sheet.boxes.insert(Who::Person(spot.who), spot.rect);
            if spot.who != *root {
                sheet.lines.push((spot.who, spot.line));
            }
        }
        sheet
    };
    shelves(forest.roots.iter().map(part).collect(), shape.row_width)
}
