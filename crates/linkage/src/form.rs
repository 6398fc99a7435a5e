//! What a kind of record must be able to do, so that everything else holds for persons and organisations
//! alike.

use std::fmt::Debug;

use crate::candidates::Keys;
use crate::levels::{Field, Pattern, Story};
use crate::text::Word;

/// A record, read and folded, ready to be compared.
pub trait Form: Clone + Debug {
    /// The record as it comes.
    type Record: Debug;

    /// The fields on which two are compared.
    fn fields() -> &'static [Field];
    /// What may stand behind two that are not the same but share something.
    fn stories() -> &'static [Story];
    /// How many records a file has from whose number the share of doubles is told, at the least: in a file of
    /// three, two alike records are no less likely the same than in a usual one.
    fn records_min() -> usize;
    /// Reads a record.
    fn read(record: &Self::Record) -> Self;
    /// Shows each word whose rarity counts: its field, the share of records that have it where nobody
    /// counted, and the word.
    fn words(&mut self, see: &mut dyn FnMut(usize, f64, &mut Word));
    /// By what records like this one are found.
    fn keys(&self, keys: &mut Keys);
    /// Holds two against each other. The order does not matter.
    fn compare(&self, other: &Self) -> Pattern;

    /// Whether records that were found to be one count once where rarities are counted, for which all is
    /// done twice: an organisation with a hundred records is not a hundred organisations, and its name is
    /// no frequent word.
    fn counts_groups_once() -> bool {
        false
    }

    /// What is equal for records that are equal in everything that is compared; 0 where nobody looks.
    fn fingerprint(&self) -> u64 {
        0
    }
}
