//! The box of somebody: what stands in it and how high it is.

use inroad_advice::politics::map::{Map, Side};

use super::View;
use super::rect::{Point, Rect};
use super::text::{Face, clean, fit, width, wrap};
use super::words::{self, Stance};

/// All boxes are so wide.
pub(super) const WIDTH: f64 = 184.0;
/// From the left edge, where the stance has its band, to the text.
const LEFT: f64 = 15.0;
const RIGHT: f64 = 9.0;
const TOP: f64 = 8.0;
const BOTTOM: f64 = 8.0;
/// The bar of the weight.
const BAR: f64 = 46.0;
const BADGE_HEIGHT: f64 = 17.0;
const BADGE_GAP: f64 = 4.0;
const BADGE_PADDING: f64 = 6.0;
/// So many badges are shown; all stand in the title.
const BADGES_MAX: usize = 4;

/// What a box shows; places are from its own upper left corner.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Card {
    /// Names, titles, parts and the words of badges.
    pub texts: Vec<Text>,
    /// The stance, where the symbol stands.
    pub stance: Option<(Stance, Point)>,
    /// The bar of the weight: the whole, and how much of it is filled, from 0 to 1.
    pub weight: Option<(Rect, f64)>,
    /// Boxes of badges.
    pub badges: Vec<Rect>,
    /// How high the box is.
    pub height: f64,
}

/// A line of text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Text {
    /// Where it begins, on the base line.
    pub at: Point,
    pub face: Face,
    pub words: String,
}

impl Text {
    /// The room that it takes, at most.
    pub(super) fn room(&self) -> Rect {
        let size = self.face.size();
        let top = self.at.y - 0.8 * size;
        Rect::new(self.at.x, top, width(&self.words, self.face), size)
    }
}

/// Fills a box from the top.
struct Filling {
    texts: Vec<Text>,
    y: f64,
}

impl Filling {
    fn lines(&mut self, text: &str, face: Face, lines_max: usize) {
        for line in wrap(&clean(text), face, WIDTH - LEFT - RIGHT, lines_max) {
            self.texts.push(Text { at: self.base(LEFT, face), face, words: line });
            self.y += face.leading();
        }
    }

    /// Where a line begins that stands next.
    fn base(&self, x: f64, face: Face) -> Point {
        Point::new(x, self.y + face.leading() * 0.5 + face.size() * 0.35)
    }

    /// Badges side by side, as many lines as they need.
    fn badges(&mut self, badges: &[String]) -> Vec<Rect> {
        let room = WIDTH - LEFT - RIGHT;
        let mut boxes: Vec<Rect> = Vec::new();
        let mut x = LEFT;
        self.y += 3.0;
        for badge in badges.iter().take(BADGES_MAX) {
            let text = fit(&clean(badge), Face::Badge, room - 2.0 * BADGE_PADDING);
            let wide = width(&text, Face::Badge) + 2.0 * BADGE_PADDING;
            if x > LEFT && x + wide > WIDTH - RIGHT {
                x = LEFT;
                self.y += BADGE_HEIGHT + BADGE_GAP;
            }
            let at = Point::new(x + BADGE_PADDING, self.y + 12.5);
            self.texts.push(Text { at, face: Face::Badge, words: text });
            boxes.push(Rect::new(x, self.y, wide, BADGE_HEIGHT));
            x += wide + BADGE_GAP;
        }
        self.y += BADGE_HEIGHT;
        boxes
    }
}

/// What the view and the map say of somebody in a word or two.
pub(super) fn badges(map: &Map, view: &View, at: usize) -> Vec<String> {
    let mut badges = Vec::new();
    if map.in_the_way == Some(at) {
        badges.push("in the way".to_owned());
    }
    if map.contact() == Some(at) {
        badges.push("your contact".to_owned());
    }
    if let Some(step) = view.route.iter().position(|on| *on == at) {
        badges.push(format!("step {}", step + 1));
    }
    badges.extend(view.badges.get(&at).into_iter().flatten().cloned());
    badges
}

/// The box of a person.
pub(super) fn person(map: &Map, view: &View, at: usize) -> Option<Card> {
    let person = map.people().get(at)?;
    let mut filling = Filling { texts: Vec::new(), y: TOP };
    filling.lines(&person.name, Face::Name, 2);
    if let Some(title) = &person.title {
        filling.lines(title, Face::Plain, 2);
    }
    if let Some(part) = person.part {
        filling.lines(words::part(part), Face::Plain, 1);
    }
    let (mut stance, mut weight) = (None, None);
    if person.side != Side::Ours {
        let of = Stance::of(person);
        filling.y += 1.0;
        let base = filling.base(LEFT + 16.0, Face::Plain);
        filling.texts.push(Text { at: base, face: Face::Plain, words: of.word().to_owned() });
        let middle = filling.y + Face::Plain.leading() / 2.0;
        stance = Some((of, Point::new(LEFT + 5.5, middle)));
        let bar = Rect::new(WIDTH - RIGHT - BAR, middle - 3.0, BAR, 6.0);
        weight = Some((bar, person.weight.value));
        filling.y += Face::Plain.leading();
    }
    let badges = badges(map, view, at);
    let boxes = if badges.is_empty() { Vec::new() } else { filling.badges(&badges) };
    let height = filling.y + BOTTOM;
    Some(Card { texts: filling.texts, stance, weight, badges: boxes, height })
}

/// The box of a seat that nobody fills.
pub(super) fn ghost(says: &str) -> Card {
    let mut filling = Filling { texts: Vec::new(), y: TOP + 4.0 };
    filling.lines(says, Face::Plain, 3);
    let height = filling.y + BOTTOM + 4.0;
    Card { texts: filling.texts, stance: None, weight: None, badges: Vec::new(), height }
}
