//! What is known of a person, each with the place that a page leads to.

use inroad_coach::audience::KnownFact;
use inroad_model::{DealId, EmailAddress, MessageId};

/// Where a fact can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactPlace {
    /// In a letter.
    Letter(MessageId),
    /// On the page of a deal: its name, or a note.
    Deal(DealId),
    /// On the page of a person: a note.
    Person(EmailAddress),
}

/// What sort of thing is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FactKindKnown {
    /// What the deal is called.
    Deal,
    /// The user's own note.
    Note,
    /// What changed at their firm.
    Change,
    /// Anything else that a letter states.
    Stated,
    /// What their last letter was about.
    LastLetter,
}

/// A fact with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedFact {
    /// The fact.
    pub fact: KnownFact,
    /// Where it can be read.
    pub place: FactPlace,
    pub(crate) kind: FactKindKnown,
}
