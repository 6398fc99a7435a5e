//! Record linkage: which records are the same person, or the same organisation.
//!
//! A seller's contacts come from an address book, a CRM export, a mailbox and by hand, and one person comes in
//! four times. This crate tells which records are likely one, how likely, and why in words that a person can
//! check, since nothing is made one without being asked.
//!
//! | to learn | take |
//! | --- | --- |
//! | which records of a list may be doubles | [`Register::doubles`], [`Register::groups`] |
//! | what is known like this new one | [`Register::like`] |
//! | which records of two lists are one | [`link()`] |
//! | why | [`Register::why`], [`Register::why_like`] |
//!
//! ```
//! use inroad_linkage::{Person, Register};
//!
//! let person = |given: &str, family: &str, email: &str| Person {
//!     given: given.to_owned(),
//!     family: family.to_owned(),
//!     emails: vec![email.to_owned()],
//!     ..Person::default()
//! };
//! let list = [
//!     person("Anna", "Berg", "anna.berg@lindner.example"),
//!     person("Jan", "Kessler", "jan@kessler.example"),
//!     person("A.", "Berg", "anna.berg@lindner.example"),
//! ];
//! let register = Register::new(&list);
//! assert_eq!(register.groups(), [[0, 2]]);
//! let why = register.why(0, 2).unwrap();
//! assert_eq!(why.reasons_for[0].words, "same e-mail");
//! ```
//!
//! How: records that share something rare are compared (`candidates`) field by field (`levels`); how much
//! a level tells is learned from the file itself, starting from shipped chances (`learning`); the chance of a
//! pair weighs "the same" against other stories, as two of one family (`weights`); groups resist chains
//! (`clusters`). After Fellegi and Sunter (1969), Winkler (1990), Herzog, Scheuren and Winkler (2007), Christen
//! (2012).
//!
//! Must not: read a file or a clock, decide for a person, or know how records are kept.

mod address;
mod address_levels;
mod candidates;
mod clusters;
mod contact;
mod form;
mod learning;
mod levels;
mod link;
mod name_levels;
mod names;
mod near;
mod organisation;
mod partners;
mod person;
mod phone_levels;
mod rarity;
mod register;
mod text;
mod weights;
mod why;

pub use link::link;
pub use organisation::Organisation;
pub use person::Person;
pub use register::{Like, Pair, Record, Register};
pub use why::{Reason, Verdict, Why};

/// Known persons.
pub type People = Register<Person>;
/// Known organisations.
pub type Organisations = Register<Organisation>;

impl Record for Person {
    type Form = person::PersonForm;
}

impl Record for Organisation {
    type Form = organisation::OrganisationForm;
}
