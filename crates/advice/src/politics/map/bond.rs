//! A tie between two people on the map.

use inroad_model::TieKind;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{MapError, Person};

/// How a tie was learnt.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Learnt {
    /// Somebody told it, or the seller typed it: worth far more than mail.
    #[default]
    Told,
    /// Read from letters.
    Mail,
    /// Nothing shows it; it is only usual among people of one house.
    Supposed,
}

/// A tie from one to another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bond {
    /// From whom, by place among the people.
    pub from: usize,
    /// To whom, by place among the people.
    pub to: usize,
    /// What the second is to the first.
    pub kind: TieKind,
    /// How strong, from 0 to 1.
    pub strength: f64,
    /// How surely it is there, from 0 to 1.
    pub known: f64,
    /// How it was learnt.
    pub learnt: Learnt,
    /// When it was seen or told last.
    pub date: Option<Date>,
    /// In which words, where they are known.
    pub quote: Option<String>,
}

impl Bond {
    pub(super) fn check(&self, people: &[Person]) -> Result<(), MapError> {
        let name = |at: usize| people.get(at).map(|person| person.id.clone());
        let (Some(from), Some(_)) = (name(self.from), name(self.to)) else {
            return Err(MapError::Unknown(format!("{} or {}", self.from, self.to)));
        };
        if self.from == self.to {
            return Err(MapError::Loop(from));
        }
        let numbers = [("strength", self.strength), ("known", self.known)];
        match numbers.iter().find(|(_, value)| !(0.0..=1.0).contains(value)) {
            Some((what, _)) => Err(MapError::OutOfRange { of: from, what, least: 0 }),
            None => Ok(()),
        }
    }
}
