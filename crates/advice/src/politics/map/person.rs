//! Somebody on the map.

use serde::{Deserialize, Serialize};

use super::MapError;
use crate::politics::Part;

/// A figure and how surely it is known.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Guess {
    /// The likeliest.
    pub value: f64,
    /// How surely, from 0 (a mere guess) to 1.
    pub known: f64,
}

/// Whose side somebody is on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The buyer's.
    #[default]
    Theirs,
    /// Of neither firm: an adviser, an investor, somebody at home, the parent firm.
    Outside,
    /// A colleague of the seller.
    Ours,
}

/// Somebody, as far as known.
#[expect(clippy::struct_excessive_bools, reason = "independent findings about one person")]
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Person {
    /// What they are called by in ties: an address, where there is one.
    pub id: String,
    /// The name as shown.
    pub name: String,
    /// The title, where one is known.
    pub title: Option<String>,
    /// The part in the purchase, where one is known.
    pub part: Option<Part>,
    /// Whose side.
    pub side: Side,
    /// The one we deal with most.
    pub is_contact: bool,
    /// We wrote or spoke with them.
    pub is_met: bool,
    /// Left the firm, or cannot be reached there any more: has no part in it.
    pub is_gone: bool,
    /// May be asked or written to: not gone, and has not asked for peace.
    pub may_be_asked: bool,
    /// What they can bring to bear in this decision, from 0 to 1.
    pub weight: Guess,
    /// From -1 (against it) to 1 (for it).
    pub stance: Guess,
    /// How openly they talk with us, or would; from 0 to 1.
    pub openness: f64,
    /// How much they fear for themselves, from 0 to 1.
    pub fear: f64,
    /// How likely nobody can overrule their no, from 0 to 1.
    pub veto: f64,
    /// The camp they are counted to, where one is known.
    pub camp: Option<String>,
    /// What they want for themselves, where it is known.
    pub agenda: Option<String>,
}

impl Person {
    /// Somebody of whom nothing is known but the name.
    pub fn unknown(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            title: None,
            part: None,
            side: Side::Theirs,
            is_contact: false,
            is_met: false,
            is_gone: false,
            may_be_asked: true,
            weight: Guess { value: 0.3, known: 0.2 },
            stance: Guess { value: 0.0, known: 0.1 },
            openness: 0.4,
            fear: 0.2,
            veto: 0.05,
            camp: None,
            agenda: None,
        }
    }

    pub(super) fn check(&self) -> Result<(), MapError> {
        let unit = [
            ("weight", self.weight.value),
            ("weight_known", self.weight.known),
            ("stance_known", self.stance.known),
            ("openness", self.openness),
            ("fear", self.fear),
            ("veto", self.veto),
        ];
        let wrong = |(what, value): &(&'static str, f64)| {
            (!(0.0..=1.0).contains(value)).then_some((*what, 0_i8))
        };
        let stance = (!(-1.0..=1.0).contains(&self.stance.value)).then_some(("stance", -1));
        match unit.iter().find_map(wrong).or(stance) {
            Some((what, least)) => Err(MapError::OutOfRange { of: self.id.clone(), what, least }),
            None => Ok(()),
        }
    }
}
