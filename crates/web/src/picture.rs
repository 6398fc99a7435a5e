//! The picture of an account: who sits where, what each could bring to bear and would like, who is
//! tied to whom, each as surely as it is known.
//!
//! The way through: `card` fills the box of each; `org`, `tree` and `org_sheet` place people where
//! the organisation puts them, `layers` places whoever is listened to above who listens; `sheet`
//! adds whoever stands beside. `ties` chooses what is drawn between them and `curve` leads it there;
//! `camps` draws fields, `legend` explains. `scene` puts it together, `svg` writes it down.
//!
//! Must not: read or decide anything, hold a colour, or let a text out unescaped.

mod camps;
mod card;
mod curve;
mod figure;
mod layers;
mod legend;
mod org;
mod org_sheet;
mod outline;
mod rect;
#[cfg(test)]
mod sample;
mod scene;
mod sheet;
mod strokes;
mod svg;
mod symbols;
#[cfg(test)]
mod tests;
mod text;
mod ties;
mod tree;
mod words;

pub(crate) use words::part;

use std::collections::BTreeMap;

use inroad_advice::politics::map::Map;

pub use self::figure::{figure, script};

/// Where people stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Layout {
    /// Below their bosses, as far as they are known.
    #[default]
    Tree,
    /// Whoever is listened to above who listens.
    Layers,
}

impl Layout {
    /// The name in addresses, and what the ids of this picture begin with: two layouts may stand on
    /// one page.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Tree => "tree",
            Self::Layers => "layers",
        }
    }

    /// The one of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Tree, Self::Layers].into_iter().find(|layout| layout.as_str() == name)
    }
}

/// What the picture shows beside the map itself. People are named by their place among the map's;
/// places that nobody has are passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// Where people stand.
    pub layout: Layout,
    /// Short texts in somebody's box: `decides`, `ask next`. The box shows at most four, with what the
    /// map says itself (in the way, your contact) and the step of the route before them.
    pub badges: BTreeMap<usize, Vec<String>>,
    /// Seats that nobody fills, in words; each an empty box.
    pub ghosts: Vec<String>,
    /// Those on the route that is emphasised, in order.
    pub route: Vec<usize>,
    /// Whom it is about: who is not tied to them steps back.
    pub focus: Option<usize>,
    /// So many curves are drawn beside each one's surest boss, those that tell most; the legend says
    /// how many are left out.
    pub curves_max: usize,
}

impl Default for View {
    fn default() -> Self {
        Self {
            layout: Layout::Tree,
            badges: BTreeMap::new(),
            ghosts: Vec::new(),
            route: Vec::new(),
            focus: None,
            curves_max: 70,
        }
    }
}

/// Design tokens, which the page has too.
pub(crate) const TOKENS: &str = include_str!("../assets/tokens.css");
/// What moves and saves pictures on a page.
pub(crate) const SCRIPT: &str = include_str!("../assets/map.js");
/// How the parts of a picture look.
pub(crate) const STYLE: &str = include_str!("../assets/map.css");

/// The picture as an `svg` element, coloured by the page's style sheet.
pub fn draw(map: &Map, view: &View) -> String {
    svg::write(map, view, &scene::compose(map, view), None).into_string()
}

/// The picture as a file of its own: UTF-8, with its style in it.
pub fn draw_standalone(map: &Map, view: &View) -> String {
    let style = format!("{TOKENS}{STYLE}");
    svg::write(map, view, &scene::compose(map, view), Some(&style)).into_string()
}
