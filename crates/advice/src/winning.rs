//! The chance of winning a deal, from how deals with the same attributes ended.
//!
//! [`learn`] weighs the attributes of closed deals by a regression that is shrunk towards the base
//! rate, judges it on deals that it did not see, and says "nothing usable" where it is no better than
//! the base rate. Attributes that seem to be filled after the outcome are set aside first ([`guard`]).
//! [`Learnt::chance`] then tells of an open deal a range, what moved it, and on how many closed deals
//! it rests.
//!
//! The order of the rows does not matter, and a column in which nothing is known changes nothing.
//! Must not: know which program a table comes from, or name a column that only one of them has.

mod ending_words;
pub mod guard;
mod levels;
mod model;
pub mod of_deals;
mod telling;

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;

pub use guard::{SetAside, Sign};
pub use model::Learnt;

/// Deals with their attributes, closed ones and open ones.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// The attributes, each with a cell for each deal.
    pub columns: Vec<Column>,
    /// How each deal ended: won, lost, or not yet.
    pub outcomes: Vec<Option<bool>>,
}

/// One attribute of all deals.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// How it is called.
    pub name: String,
    /// What is known.
    pub cells: Cells,
}

/// The cells of an attribute; what is unknown is `None`, and counts as a value of its own.
#[derive(Debug, Clone, PartialEq)]
pub enum Cells {
    /// Names of values.
    Words(Vec<Option<String>>),
    /// Numbers.
    Numbers(Vec<Option<f64>>),
    /// Days. A day tells nothing of the next deal, so it is never weighed.
    Days(Vec<Option<Date>>),
}

/// What the user says about columns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Declared {
    /// Known before the outcome, whatever it looks like.
    pub before: BTreeSet<String>,
    /// Known only after it.
    pub after: BTreeSet<String>,
}

/// Whether the attributes tell more than the base rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// They do.
    Usable,
    /// They do not.
    NoSignal,
    /// There are too few closed deals to say.
    TooFew,
}

/// How many closed deals were won.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct BaseRate {
    /// Deals won.
    pub won: u64,
    /// Deals won or lost.
    pub closed: u64,
    /// The share won, from 0 to 1.
    pub share: f64,
    /// Its exact interval at 95 % (Clopper and Pearson).
    pub range: (f64, f64),
}

/// What was found in the closed deals.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Summary {
    /// The base rate.
    pub base: BaseRate,
    /// Whether anything is usable.
    pub verdict: Verdict,
    /// How the forecasts did on deals that they had not seen; `None` where nothing was weighed.
    pub judged: Option<Judged>,
    /// The columns that were weighed.
    pub weighed: Vec<String>,
    /// Columns that seem to be filled after the outcome.
    pub set_aside: Vec<SetAside>,
    /// Columns that cannot be weighed, and why.
    pub unused: Vec<Unused>,
    /// What raises the chance most, and what lowers it most; empty unless usable.
    pub up: Vec<Mover>,
    /// What lowers it.
    pub down: Vec<Mover>,
}

/// Figures by cross-validation: five parts, equal deals in one part, all choices made without the
/// part that is judged.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Judged {
    /// Closed deals that were weighed; of very many, some taken evenly.
    pub deals: u64,
    /// Different profiles of attributes among them.
    pub profiles: u64,
    /// How often the forecasts were made anew with other parts; figures are means.
    pub repeats: u64,
    /// The area under the ROC curve: how often a won deal had the higher chance than a lost one.
    pub auc: f64,
    /// The mean distance between chance and share won, in ten bins.
    pub calibration_error: f64,
    /// How much lower the logarithmic score is than that of the base rate, a deal.
    pub gain: f64,
    /// Its standard error, by profile.
    pub gain_error: f64,
    /// The precision that each coefficient was believed to have around 0.
    pub strength: f64,
}

/// A column that cannot be weighed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unused {
    /// Which.
    pub column: String,
    /// Why.
    pub why: &'static str,
}

/// A value that moves the chance.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mover {
    /// The attribute.
    pub column: String,
    /// Its value.
    pub value: String,
    /// By how much it moves the log-odds, other things equal, from the mean of the closed deals.
    pub effect: f64,
    /// Closed deals with this value that were won.
    pub won: u64,
    /// Closed deals with this value.
    pub of: u64,
}

/// The chance of one open deal.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Chance {
    /// The base rate of all closed deals.
    pub base: BaseRate,
    /// What this deal's attributes say; `None` where they are not usable.
    pub likely: Option<Likely>,
}

/// What the attributes of a deal say.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Likely {
    /// The middle.
    pub probability: f64,
    /// Where it lies at 80 %, as far as the number of closed deals can tell.
    pub range: (f64, f64),
    /// What raised it most, the strongest first.
    pub up: Vec<Mover>,
    /// What lowered it most, the strongest first.
    pub down: Vec<Mover>,
}

/// Learns from the closed deals of a table.
pub fn learn(table: &Table, declared: &Declared) -> Learnt {
    model::learn(table, declared)
}

impl Cells {
    /// Whether anything is known of a deal.
    fn is_known(&self, row: usize) -> bool {
        match self {
            Self::Words(cells) => cells.get(row).is_some_and(Option::is_some),
            Self::Numbers(cells) => cells.get(row).is_some_and(Option::is_some),
            Self::Days(cells) => cells.get(row).is_some_and(Option::is_some),
        }
    }

    /// The value of a deal as a text that is the same for equal values.
    fn value(&self, row: usize) -> Option<String> {
        match self {
            Self::Words(cells) => cells.get(row)?.as_ref().map(|word| word.to_lowercase()),
            Self::Numbers(cells) => cells.get(row)?.map(levels::number),
            Self::Days(cells) => cells.get(row)?.map(|day| day.to_string()),
        }
    }
}
