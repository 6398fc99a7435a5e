//! What a review is made from.

use inroad_model::{CalendarEvent, Deal, Moment, Seller, Touch};

/// Everything that a review looks at. Order does not matter; what is dated after `as_of` is
/// ignored.
#[derive(Debug, Clone)]
pub struct Input<'a> {
    /// Whose deals these are.
    pub seller: &'a Seller,
    /// The deals.
    pub deals: &'a [Deal],
    /// Every message that may concern them.
    pub touches: &'a [Touch],
    /// The seller's calendar.
    pub events: &'a [CalendarEvent],
    /// The moment at which advice is asked.
    pub as_of: Moment,
}
