//! The map of an account: who is there, what each could bring to bear and would like, who is tied
//! to whom, each with how surely it is known.
//!
//! One shape for whatever is known, read from mail or typed, so that the engines beside it (the way
//! around, what would tip it, what to ask next) need not know where it came from. A file may
//! hold one as TOML.
//!
//! Must not: claim a figure without saying how surely it is known.

mod bond;
mod file;
pub(super) mod of_deal;
mod person;

use inroad_model::TieKind;
use serde::{Deserialize, Serialize};

pub use self::bond::{Bond, Learnt};
pub use self::file::{MapFile, MapFileError};
pub use self::person::{Guess, Person, Side};

/// Kinds of resistance inside a buyer, by who resists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Resistance {
    /// Who buys on others' behalf.
    Purchaser,
    /// Who would use it.
    EndUser,
    /// Who has the problem.
    ProblemOwner,
    /// Who decides.
    DecisionMaker,
    /// Somebody of another firm, or at home.
    Outsider,
    /// A colleague without a part in the purchase.
    Insider,
    /// A camp.
    Faction,
}

/// How much risk the seller is comfortable with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Comfort {
    /// Would rather lose a deal than step on toes.
    Careful,
    /// As most.
    #[default]
    Even,
    /// Would rather step on toes than lose a deal.
    Bold,
}

impl Comfort {
    /// All, from careful to bold.
    pub const ALL: [Self; 3] = [Self::Careful, Self::Even, Self::Bold];

    /// The name in files and addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Careful => "careful",
            Self::Even => "even",
            Self::Bold => "bold",
        }
    }

    /// The one of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|comfort| comfort.as_str() == name)
    }
}

/// An account as far as it is known; made by [`Map::new`], which checks it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Map {
    people: Vec<Person>,
    bonds: Vec<Bond>,
    /// Who is against it or holds it up, by place among the people; `None` where nobody is.
    pub in_the_way: Option<usize>,
    /// Which kind of resistance that is, where it is known.
    pub resistance: Option<Resistance>,
    /// The account goes on for years and must be handled with care.
    pub ongoing: bool,
    /// The seller's comfort with risk.
    pub comfort: Comfort,
}

/// Why people and ties make no map.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MapError {
    /// Too many to draw or to think about.
    #[error("A map holds at most {PEOPLE_MAX} people and {BONDS_MAX} ties")]
    TooLarge,
    /// Two people of one name.
    #[error("'{0}' is there twice")]
    Twice(String),
    /// A name that nobody has.
    #[error("There is nobody called '{0}' among the people")]
    Unknown(String),
    /// A tie from somebody to themselves.
    #[error("'{0}' is tied to themselves")]
    Loop(String),
    /// A number out of range.
    #[error("'{what}' of '{of}' has to lie between {least} and 1")]
    OutOfRange {
        /// Whose.
        of: String,
        /// Which number.
        what: &'static str,
        /// The least it may be.
        least: i8,
    },
}

/// So many people are the most.
pub const PEOPLE_MAX: usize = 1000;
/// So many ties are the most.
pub const BONDS_MAX: usize = 20_000;

impl Map {
    /// Takes people and the ties between them, and checks that they fit.
    ///
    /// # Errors
    /// [`MapError`], which names who or what does not fit.
    pub fn new(people: Vec<Person>, bonds: Vec<Bond>) -> Result<Self, MapError> {
        if people.len() > PEOPLE_MAX || bonds.len() > BONDS_MAX {
            return Err(MapError::TooLarge);
        }
        let mut ids: Vec<&str> = people.iter().map(|person| person.id.as_str()).collect();
        ids.sort_unstable();
        if let Some(two) = ids.windows(2).find(|two| two[0] == two[1]) {
            return Err(MapError::Twice(two[0].to_owned()));
        }
        for person in &people {
            person.check()?;
        }
        for bond in &bonds {
            bond.check(&people)?;
        }
        Ok(Self {
            people,
            bonds,
            in_the_way: None,
            resistance: None,
            ongoing: false,
            comfort: Comfort::Even,
        })
    }

    /// Everybody.
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// All ties; their ends are places among the people.
    pub fn bonds(&self) -> &[Bond] {
        &self.bonds
    }

    /// The place of whoever has that id.
    pub fn place(&self, id: &str) -> Option<usize> {
        self.people.iter().position(|person| person.id == id)
    }

    /// The person we deal with most, on their side.
    pub fn contact(&self) -> Option<usize> {
        self.people.iter().position(|person| person.is_contact)
    }

    /// Whom somebody reports to, the surest first.
    pub fn bosses(&self, of: usize) -> impl Iterator<Item = usize> + '_ {
        let bonds = self.bonds.iter();
        let is_up = |b: &&Bond| b.from == of && b.kind == TieKind::ReportsTo && b.known > 0.0;
        let mut up: Vec<&Bond> = bonds.filter(is_up).collect();
        up.sort_by(|a, b| b.known.total_cmp(&a.known));
        up.into_iter().map(|bond| bond.to)
    }

    /// The same map with something else taken for true: what an answer would change.
    pub(super) fn with(&self, change: impl FnOnce(&mut [Person], &mut [Bond])) -> Self {
        let mut other = self.clone();
        change(&mut other.people, &mut other.bonds);
        other
    }

    /// The map without ties that are only supposed: what a picture shows.
    #[must_use]
    pub fn without_supposed(&self) -> Self {
        let mut seen = self.clone();
        seen.bonds.retain(|bond| bond.learnt != Learnt::Supposed);
        seen
    }

    /// The words in which ties were read or told, and what was told of people in words.
    pub(crate) fn words_mut(&mut self) -> impl Iterator<Item = &mut Option<String>> {
        let of_people = self.people.iter_mut().flat_map(|p| [&mut p.agenda, &mut p.camp]);
        self.bonds.iter_mut().map(|bond| &mut bond.quote).chain(of_people)
    }
}
