//! Learning to tell sentences apart: from sentences that somebody labelled to a file of weights, and how well
//! that reads sentences it has not seen. Cues and the sayings of the coach are learnt so.
//!
//! Must not: know what is told, or depend on the order of threads or maps.

pub(crate) mod keep;
pub(crate) mod set_aside;
pub(crate) mod train;

use inroad_language::linear::Label;

/// A sentence that somebody labelled.
pub(crate) trait Lesson<L: Label>: Sync {
    /// The sentence.
    fn text(&self) -> &str;

    /// Whether it carries a label.
    fn carries(&self, label: &L) -> bool;

    /// How much it counts when that label is learnt: nothing where it is not known whether it carries it.
    fn weight(&self, _label: &L) -> f64 {
        1.0
    }
}
