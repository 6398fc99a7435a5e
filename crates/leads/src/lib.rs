//! Leads between marketing and sales: what both sides agreed a qualified lead is, what happened to each
//! lead, whom it waits for, and where the two sides disagree.
//!
//! Everything is a pure function of what was agreed, of what people did, and of a moment.
//! Must not: read a clock or a time zone from the machine, know who may see what, or give a person a mark.

mod case;
mod change;
mod clock;
mod definition;
mod definition_file;
mod disagreement;
mod due;
mod event;
mod fold;
mod gap;
mod hours;
mod lead;
mod rate;
mod version;
mod who;

pub use case::{Came, Case};
pub use change::{Change, Effect, InvalidChange};
pub use clock::Clock;
pub use definition::{
    Answer, Criterion, Definition, Given, InvalidDefinition, Met, Need, Qualifies, Territory, Told,
};
pub use definition_file::{InvalidDefinitionFile, read_definition_file, write_definition_file};
pub use disagreement::{Disagreements, Group};
pub use due::{Due, Waits};
pub use event::{
    HandOver, Held, Kept, KeptLeadEvent, LeadEvent, LeadPerson, Outcome, PROMISES_MAX,
};
pub use fold::Refused;
pub use gap::{CriterionGap, Separation};
pub use hours::{Hours, InvalidHours, Workday};
pub use lead::{Feedback, FeedbackKind, Lead, LeadState, Reply, Return};
pub use rate::{Rate, TOO_FEW};
pub use version::{Side, Signature, Version, in_force};
pub use who::{To, Who};
