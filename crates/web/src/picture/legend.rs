//! What the lines and fields of a picture mean: only those that are in it.

use super::card::Text;
use super::rect::{Point, Rect};
use super::text::{Face, fit, width};
use super::ties::Kind;

/// What stands before a text of the legend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sample {
    /// A line of that kind.
    Line(Kind),
    /// A line of the tree.
    Tree,
    /// A dashed line.
    Dashed,
    /// A faint line beside a strong one.
    Faint,
    /// A bar of weight.
    Bar,
    /// The field of the camp with that number.
    Camp(usize),
    /// Nothing.
    Words,
}

/// One entry.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    pub sample: Sample,
    /// Where the sample stands.
    pub at: Rect,
    pub text: Text,
}

const SAMPLE: f64 = 34.0;
const GAP: f64 = 8.0;
const APART: f64 = 22.0;
const LINE: f64 = 22.0;

/// Sets entries side by side from that corner, in as many lines as they need.
pub(super) fn set(entries: Vec<(Sample, String)>, at: Point, width_max: f64) -> Vec<Entry> {
    let (mut x, mut y) = (at.x, at.y);
    let mut set = Vec::new();
    for (sample, text) in entries {
        let before = if sample == Sample::Words { 0.0 } else { SAMPLE + GAP };
        let text = fit(&text, Face::Plain, width_max - before);
        let wide = before + width(&text, Face::Plain);
        if x > at.x && x + wide > at.x + width_max {
            (x, y) = (at.x, y + LINE);
        }
        let base = Point::new(x + before, y + 12.0);
        set.push(Entry {
            sample,
            at: Rect::new(x, y, SAMPLE, 16.0),
            text: Text { at: base, face: Face::Plain, words: text },
        });
        x += wide + APART;
    }
    set
}
