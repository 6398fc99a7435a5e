//! The signs in a picture: of a stance, and of a camp.

use maud::{Markup, html};

use super::rect::{Point, Rect};
use super::strokes::number;
use super::words::Stance;

/// So many colours, and as many patterns, tell camps apart.
const CAMPS: usize = 4;

/// The sign of a stance around that point: up for, down against, filled where it is clear.
pub(super) fn stance(stance: Stance, at: Point) -> Markup {
    let (x, y) = (number(at.x - 5.5), number(at.y - 4.5));
    let shape = match stance {
        Stance::For | Stance::LeansFor => "l5.5 -9l5.5 9z",
        Stance::Against | Stance::LeansAgainst => "l5.5 9l5.5 -9z",
        Stance::Undecided => "l5.5 -5l5.5 5l-5.5 5z",
        Stance::Unknown => "a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z",
    };
    let y = match stance {
        Stance::For | Stance::LeansFor => number(at.y + 4.5),
        Stance::Undecided | Stance::Unknown => number(at.y),
        Stance::Against | Stance::LeansAgainst => y,
    };
    html! { path.stance d=(format!("M{x} {y}{shape}")) {} }
}

/// The band at the left side of a box of that height.
pub(super) fn band(height: f64) -> String {
    format!("M6 0A6 6 0 0 0 0 6V{}A6 6 0 0 0 6 {}Z", number(height - 6.0), number(height))
}

fn color(camp: usize) -> String {
    format!("camp-{}", camp % CAMPS)
}

/// What fills the field of a camp beside its colour: after four camps the colours come again, with
/// other patterns.
pub(super) fn pattern(ids: &str, camp: usize) -> Markup {
    let stripes = match (camp + camp / CAMPS) % CAMPS {
        0 => "M-2 12L12 -2M8 12L12 8M-2 2L2 -2",
        1 => "M5 4.2v1.6",
        2 => "M-2 -2L12 12M8 -2L12 2M-2 8L2 12",
        _ => "M5 -1V11",
    };
    html! {
        pattern id=(id(ids, camp)) width="10" height="10" patternUnits="userSpaceOnUse" {
            path class=(format!("stripes {}", color(camp))) d=(stripes) {}
        }
    }
}

fn id(ids: &str, camp: usize) -> String {
    format!("{ids}-camp-{camp}")
}

/// The field of a camp: boxes that make it up together.
pub(super) fn field(ids: &str, camp: usize, name: &str, boxes: &[Rect]) -> Markup {
    let path: String = boxes.iter().map(rounded).collect();
    html! {
        g class=(format!("field {}", color(camp))) {
            @if !name.is_empty() { title { "Camp: " (name) } }
            path.soft d=(path) {}
            path d=(path) fill=(format!("url(#{})", id(ids, camp))) {}
        }
    }
}

/// A box with round corners, as a path.
fn rounded(rect: &Rect) -> String {
    let r = (rect.height / 2.0).min(rect.width / 2.0).min(10.0);
    let (across, down, r) = (number(rect.width - 2.0 * r), number(rect.height - 2.0 * r), r);
    let (x, y, r) = (number(rect.x + r), number(rect.y), number(r));
    format!(
        "M{x} {y}h{across}a{r} {r} 0 0 1 {r} {r}v{down}a{r} {r} 0 0 1 -{r} {r}h-{across}\
         a{r} {r} 0 0 1 -{r} -{r}v-{down}a{r} {r} 0 0 1 {r} -{r}z"
    )
}
