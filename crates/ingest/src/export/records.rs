//! What the rows of exported tables give.
//!
//! Must not: hold anything but values; contacts and accounts are the model's own.

use inroad_model::{EmailAddress, Stage};
use jiff::civil::Date;

/// What one row gave, and where it stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportRow<T> {
    /// The line on which the row starts, from 1.
    pub line: u64,
    /// What it gave.
    pub value: T,
}

/// A deal as another program knows it. Empty cells are `None`.
#[derive(Debug, Clone, PartialEq)]
pub struct ExportedDeal {
    /// Its name, or that of the organisation where it has none.
    pub name: String,
    /// The organisation on the other side.
    pub organization: Option<String>,
    /// Its mail domain, taken from a web address.
    pub domain: Option<String>,
    /// How far it is; `None` where the words do not tell.
    pub stage: Option<Stage>,
    /// The stage as written.
    pub stage_text: Option<String>,
    /// Whether it is over, even where it is unknown how it ended.
    pub closed: bool,
    /// What it is worth, in `currency`.
    pub value: Option<f64>,
    /// ISO 4217 code.
    pub currency: Option<String>,
    /// Where it came from, as written.
    pub source: Option<String>,
    /// The trade of the organisation, as written.
    pub industry: Option<String>,
    /// The day on which it was opened.
    pub opened: Option<Date>,
    /// The day on which it is to be closed, or was.
    pub close_date: Option<Date>,
    /// Whose deal it is in the seller's own firm.
    pub owner: Option<String>,
    /// The addresses of people named beside it.
    pub people: Vec<EmailAddress>,
    /// The names of people named beside it.
    pub people_names: Vec<String>,
    /// The identifiers of people in the same program, to be matched with exported contacts.
    pub people_ids: Vec<String>,
    /// Free text.
    pub note: Option<String>,
    /// Its identifier in the program it comes from.
    pub external_id: Option<String>,
}

/// A note, call, meeting or task as another program knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportedActivity {
    /// What it is, as written.
    pub kind: Option<String>,
    /// Its heading.
    pub subject: Option<String>,
    /// Its words.
    pub body: Option<String>,
    /// Its day.
    pub date: Option<Date>,
    /// The addresses of people named beside it.
    pub people: Vec<EmailAddress>,
    /// The names of people named beside it.
    pub people_names: Vec<String>,
    /// The organisation.
    pub organization: Option<String>,
    /// The deal, by name.
    pub deal: Option<String>,
    /// Whose activity it is in the seller's own firm.
    pub owner: Option<String>,
    /// Its identifier in the program it comes from.
    pub external_id: Option<String>,
}
