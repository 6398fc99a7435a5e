//! From what was read to what to do: the morning review.
//!
//! [`review()`] is a pure function of its [`Input`]: the same mail, deals and moment give the same
//! bytes. It looks only at what was known at that moment, so any past day can be reviewed.
//!
//! The way through: [`dealings`] gathers what passed between the seller and the people of a deal,
//! [`rhythm`] weighs the silence against their own habit, [`absence`] looks for a known reason,
//! [`standing`] names the state, [`counsel`] the next step. Each later engine takes the place of
//! one of these files.
//!
//! Must not: read a clock, a file or a database, or write to anybody.

pub mod absence;
pub mod acquaintance;
pub mod agenda;
mod beside;
mod called_by;
pub mod correspondence;
pub mod counsel;
pub mod dealings;
mod decision;
pub mod discreet;
pub mod do_not_contact;
pub mod evidence;
mod input;
mod lasting;
pub mod meetings;
pub mod of_deal;
mod opt_outs;
pub mod overruled;
pub mod people;
pub mod playbook;
pub mod plays;
pub mod politics;
pub mod propose;
pub mod read_again;
mod reasons;
pub mod review;
pub mod rhythm;
pub mod same_person;
pub mod seller_habits;
pub mod standing;
pub mod texts_wanted;
mod titles;
pub mod touch_plan;
mod turned;
pub mod win_rates;
pub mod winning;
mod wording;

pub use input::Input;
pub use review::{DealReview, Review, review};
