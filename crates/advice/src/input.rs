//! What a review is made from.

use inroad_model::{CalendarEvent, Deal, Moment, Seller, Touch};

use crate::dealings::Stated;
use crate::playbook::Playbook;
use crate::playbook::second::SecondReadings;

/// Everything that a review looks at. Order does not matter; what is dated after `as_of` is
/// ignored.
#[derive(Debug, Clone)]
pub struct Input<'a> {
    /// Whose deals these are.
    pub seller: &'a Seller,
    /// The deals.
    pub deals: &'a [Deal],
    /// The seller's other deals, which are not reviewed now: what is usual is told by them too.
    pub beside: &'a [Deal],
    /// Every message that may concern them.
    pub touches: &'a [Touch],
    /// The seller's calendar.
    pub events: &'a [CalendarEvent],
    /// Who asked for no more mail, wherever it was said: in any mail, whomever it concerns, or in
    /// an address book.
    pub opted_out: &'a [Stated],
    /// What is known of causes.
    pub playbook: &'a Playbook,
    /// What language models made of some of the deals, where the user had them asked.
    pub second_readings: &'a SecondReadings,
    /// The moment at which advice is asked.
    pub as_of: Moment,
}
