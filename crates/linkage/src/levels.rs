//! Fields, the levels at which two records may agree on each, and the stories that may stand behind a
//! pair.
//!
//! A field says nothing where either record is silent on it. Where both speak, it stands at one level,
//! the best first. A level has two shipped chances: among pairs that are the same and among strangers
//! (m and u of Fellegi and Sunter 1969). They hold alone while a file is small, and are what learning
//! starts from.
//!
//! Between "the same" and "strangers" stand other stories: two of one family share a house and a
//! name, two colleagues a firm and a switchboard, two neighbours a place. Each says which fields it
//! explains, so that ten fields that follow from one fact are not counted as ten facts. Without them the
//! independence of fields, which the method assumes, would make one person of every couple.

/// Most fields of a kind of record.
pub(crate) const FIELDS_MAX: usize = 13;
/// Most levels of a field.
pub(crate) const LEVELS_MAX: usize = 8;
/// The level of a field on which a record is silent.
pub(crate) const SILENT: u8 = u8::MAX;

/// One level of a field.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Level {
    /// What is said of it to a person.
    pub(crate) words: &'static str,
    /// Share of pairs of the same that stand here, of those where both speak.
    pub(crate) same: f64,
    /// Share of pairs of strangers that stand here.
    pub(crate) strangers: f64,
}

/// One field with its levels.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    pub(crate) name: &'static str,
    pub(crate) levels: &'static [Level],
    /// Whether the chances of the same are moved towards a file. Not so where a field is often the only one
    /// and a file does not show how often its levels are the same.
    pub(crate) learns: bool,
}

/// How often levels of a field come about in a story.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Explains {
    /// As in pairs that are the same: the story explains that they agree.
    AsSame,
    /// As in pairs of strangers.
    AsStrangers,
    /// With chances of its own, a level each.
    Own(&'static [f64]),
}

/// What a file may change of the rate of a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Share {
    /// Everything.
    Learned,
    /// It only makes it greater: whoever is not found to be a relative may have been taken for the same.
    AtLeast,
    /// There are always as many for each pair of the same as the rates say, since no field tells the two
    /// apart well enough to learn how many there are.
    Tied,
}

/// What may stand behind a pair that is not the same.
#[derive(Debug, Clone, Copy)]
pub struct Story {
    /// What is said of it to a person.
    pub(crate) words: &'static str,
    /// How many pairs of this kind there are for each record, where nobody counted.
    pub(crate) rate: f64,
    /// What a file may change of that.
    pub(crate) share: Share,
    /// For each field.
    pub(crate) fields: &'static [Explains],
}

/// How a pair stands on each field.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pattern {
    /// Levels, or [`SILENT`].
    pub(crate) levels: [u8; FIELDS_MAX],
    /// Logarithm to base 2 of the chance that a stranger shares just what is shared here; 0 where the
    /// table's chance of the level holds.
    pub(crate) rarity: [f32; FIELDS_MAX],
}

impl Default for Pattern {
    fn default() -> Self {
        Self { levels: [SILENT; FIELDS_MAX], rarity: [0.0; FIELDS_MAX] }
    }
}

impl Pattern {
    /// Puts a field at a level.
    pub(crate) fn put(&mut self, field: usize, level: u8) {
        if let Some(place) = self.levels.get_mut(field) {
            *place = level;
        }
    }

    /// Puts a field at its best level, with the rarity of what is shared.
    pub(crate) fn put_same(&mut self, field: usize, rarity: f32) {
        self.put_rare(field, 0, rarity);
    }

    /// Puts a field at a level, with the rarity of what is shared.
    pub(crate) fn put_rare(&mut self, field: usize, level: u8, rarity: f32) {
        self.put(field, level);
        if let Some(place) = self.rarity.get_mut(field) {
            *place = rarity;
        }
    }

    /// The level of a field, if both speak.
    pub(crate) fn level(&self, field: usize) -> Option<u8> {
        self.levels.get(field).copied().filter(|level| *level != SILENT)
    }
}

/// Writes a level shortly.
pub(crate) const fn level(words: &'static str, same: f64, strangers: f64) -> Level {
    Level { words, same, strangers }
}
