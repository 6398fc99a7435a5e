//! A map as a file: TOML with `[[person]]` and `[[tie]]`.

use inroad_model::TieKind;
use serde::Deserialize;

use super::{Bond, Comfort, Guess, Learnt, Map, MapError, Person, Resistance, Side};
use crate::politics::Part;

/// What a file holds; see `crates/advice/tests/situations` for examples.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MapFile {
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    in_the_way: Option<String>,
    #[serde(default)]
    scenario: Option<Resistance>,
    #[serde(default)]
    ongoing: bool,
    #[serde(default)]
    comfort: Comfort,
    #[serde(default)]
    person: Vec<PersonEntry>,
    #[serde(default)]
    tie: Vec<TieEntry>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct PersonEntry {
    id: String,
    name: String,
    title: Option<String>,
    part: Option<Part>,
    #[serde(default)]
    side: Side,
    #[serde(default)]
    contact: bool,
    #[serde(default)]
    met: bool,
    weight: Option<f64>,
    weight_known: Option<f64>,
    stance: Option<f64>,
    stance_known: Option<f64>,
    openness: Option<f64>,
    fear: Option<f64>,
    veto: Option<f64>,
    camp: Option<String>,
    agenda: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct TieEntry {
    from: String,
    to: String,
    kind: TieKind,
    #[serde(default = "half")]
    strength: f64,
    #[serde(default = "half")]
    known: f64,
    #[serde(default, rename = "source")]
    learnt: Learnt,
}

/// What a person writes down is nearly sure, unless the file says otherwise.
const KNOWN: f64 = 0.85;

fn half() -> f64 {
    0.5
}

/// Why a text is no map.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MapFileError {
    /// It cannot be read.
    #[error("line {line}: {what}")]
    Text {
        /// The line, from 1.
        line: usize,
        /// What is wrong there.
        what: String,
    },
    /// What it says does not fit together.
    #[error(transparent)]
    Map(#[from] MapError),
}

impl Map {
    /// Reads a map from TOML, with its name, if it has one. Keys that mean nothing are refused.
    ///
    /// # Errors
    /// [`MapFileError`] with the line, or with who or what does not fit.
    pub fn read(text: &str) -> Result<(Option<String>, Self), MapFileError> {
        let file: MapFile = toml::from_str(text).map_err(|cause| {
            let before = cause.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            MapFileError::Text { line, what: cause.message().trim().to_owned() }
        })?;
        let name = file.name.clone();
        Ok((name, file.map()?))
    }
}

impl MapFile {
    /// The map it holds.
    ///
    /// # Errors
    /// [`MapError`], which names who or what does not fit.
    pub fn map(self) -> Result<Map, MapError> {
        let people: Vec<Person> = self.person.into_iter().map(PersonEntry::person).collect();
        let place = |id: &str| {
            let found = people.iter().position(|person| person.id == id);
            found.ok_or_else(|| MapError::Unknown(id.to_owned()))
        };
        let in_the_way = self.in_the_way.as_deref().map(place).transpose()?;
        let bond = |tie: &TieEntry| {
            Ok(Bond {
                from: place(&tie.from)?,
                to: place(&tie.to)?,
                kind: tie.kind,
                strength: tie.strength,
                known: tie.known,
                learnt: tie.learnt,
                date: None,
                quote: None,
            })
        };
        let bonds = self.tie.iter().map(bond).collect::<Result<Vec<_>, MapError>>()?;
        let map = Map::new(people, bonds)?;
        Ok(Map {
            in_the_way,
            resistance: self.scenario,
            ongoing: self.ongoing,
            comfort: self.comfort,
            ..map
        })
    }
}

impl PersonEntry {
    fn person(self) -> Person {
        let unknown = Person::unknown(self.id, self.name);
        let guess = |value: Option<f64>, known: Option<f64>, or: Guess| match value {
            Some(value) => Guess { value, known: known.unwrap_or(KNOWN) },
            None => or,
        };
        Person {
            title: self.title,
            part: self.part,
            side: self.side,
            is_contact: self.contact,
            is_met: self.met,
            weight: guess(self.weight, self.weight_known, unknown.weight),
            stance: guess(self.stance, self.stance_known, unknown.stance),
            openness: self.openness.unwrap_or(unknown.openness),
            fear: self.fear.unwrap_or(unknown.fear),
            veto: self.veto.unwrap_or(unknown.veto),
            camp: self.camp,
            agenda: self.agenda,
            ..unknown
        }
    }
}
