//! The fields of an organisation, and what may stand behind two records of organisations.
//!
//! The shipped chances are judgements, as those of persons are; learning moves them towards the file.

use crate::levels::Explains::{AsSame, AsStrangers, Own};
use crate::levels::Share::{Learned, Tied};
use crate::levels::{Field, Level, Story, level};

pub(super) const NAME: usize = 0;
pub(super) const NUMERAL: usize = 1;
pub(super) const LEGAL: usize = 2;
pub(super) const DOMAIN: usize = 3;
pub(super) const PHONE: usize = 4;
pub(super) const STREET: usize = 5;
pub(super) const NUMBER: usize = 6;
pub(super) const PLACE: usize = 7;
pub(super) const POSTCODE: usize = 8;

const NAME_LEVELS: [Level; 7] = [
    level("same name", 0.50, 0.000_02),
    level("names differ in spelling", 0.16, 0.000_02),
    level("names differ by words that tell little", 0.14, 0.000_1),
    level("one name holds the other", 0.12, 0.000_8),
    level("names share much", 0.03, 0.002),
    level("names share something", 0.015, 0.02),
    level("other name", 0.03, 0.977),
];
const NUMERAL_LEVELS: [Level; 2] =
    [level("same number in the name", 0.97, 0.2), level("other number in the name", 0.03, 0.8)];
const LEGAL_LEVELS: [Level; 2] =
    [level("same legal form", 0.85, 0.25), level("other legal form", 0.15, 0.75)];
const DOMAIN_LEVELS: [Level; 3] = [
    level("same domain", 0.80, 0.000_02),
    level("domains of one name", 0.05, 0.000_2),
    level("other domain", 0.15, 0.999_6),
];
const PHONE_LEVELS: [Level; 4] = [
    level("same phone", 0.62, 0.000_03),
    level("phones differ in the last two digits", 0.09, 0.001),
    level("phones differ by a digit", 0.04, 0.000_5),
    level("other phone", 0.25, 0.998_3),
];
const STREET_LEVELS: [Level; 4] = [
    level("same street", 0.68, 0.004),
    level("streets differ by a letter or two", 0.08, 0.002),
    level("streets share a word", 0.06, 0.01),
    level("other street", 0.18, 0.984),
];
const NUMBER_LEVELS: [Level; 3] = [
    level("same house number", 0.76, 0.02),
    level("house numbers differ by a digit", 0.06, 0.08),
    level("other house number", 0.18, 0.90),
];
const PLACE_LEVELS: [Level; 4] = [
    level("same place", 0.80, 0.03),
    level("places differ by a letter or two", 0.04, 0.003),
    level("places share a word", 0.04, 0.012),
    level("other place", 0.12, 0.955),
];
const POSTCODE_LEVELS: [Level; 4] = [
    level("same postcode", 0.76, 0.01),
    level("postcodes differ by a digit", 0.04, 0.02),
    level("postcodes begin alike", 0.06, 0.10),
    level("other postcode", 0.14, 0.87),
];

const fn field(name: &'static str, levels: &'static [Level]) -> Field {
    Field { name, levels, learns: true }
}

pub(super) const FIELDS: [Field; 9] = [
    Field { name: "name", levels: &NAME_LEVELS, learns: false },
    field("number in the name", &NUMERAL_LEVELS),
    field("legal form", &LEGAL_LEVELS),
    field("domain", &DOMAIN_LEVELS),
    field("phone", &PHONE_LEVELS),
    field("street", &STREET_LEVELS),
    field("house number", &NUMBER_LEVELS),
    field("place", &PLACE_LEVELS),
    field("postcode", &POSTCODE_LEVELS),
];

/// Names of two that belong to one group.
const NAME_OF_SISTERS: [f64; 7] = [0.01, 0.01, 0.07, 0.25, 0.26, 0.22, 0.18];
const NUMERAL_OF_SISTERS: [f64; 2] = [0.2, 0.8];
const LEGAL_OF_SISTERS: [f64; 2] = [0.5, 0.5];
const DOMAIN_OF_SISTERS: [f64; 3] = [0.15, 0.15, 0.70];
const PHONE_OF_SISTERS: [f64; 4] = [0.15, 0.10, 0.01, 0.74];
const STREET_OF_SISTERS: [f64; 4] = [0.30, 0.02, 0.02, 0.66];
const NUMBER_OF_SISTERS: [f64; 3] = [0.32, 0.08, 0.60];
const PLACE_OF_SISTERS: [f64; 4] = [0.40, 0.01, 0.02, 0.57];
const POSTCODE_OF_SISTERS: [f64; 4] = [0.34, 0.02, 0.08, 0.56];
const PHONE_IN_ONE_HOUSE: [f64; 4] = [0.015, 0.03, 0.001, 0.954];

pub(super) const STORIES: [Story; 3] = [
    Story {
        words: "they may be two of one group",
        rate: 0.1,
        share: Tied,
        fields: &[
            Own(&NAME_OF_SISTERS),
            Own(&NUMERAL_OF_SISTERS),
            Own(&LEGAL_OF_SISTERS),
            Own(&DOMAIN_OF_SISTERS),
            Own(&PHONE_OF_SISTERS),
            Own(&STREET_OF_SISTERS),
            Own(&NUMBER_OF_SISTERS),
            Own(&PLACE_OF_SISTERS),
            Own(&POSTCODE_OF_SISTERS),
        ],
    },
    Story {
        words: "they may only have one house",
        rate: 0.5,
        share: Learned,
        fields: &[
            AsStrangers,
            AsStrangers,
            AsStrangers,
            AsStrangers,
            Own(&PHONE_IN_ONE_HOUSE),
            AsSame,
            AsSame,
            AsSame,
            AsSame,
        ],
    },
    Story {
        words: "they may only be in one place",
        rate: 4.0,
        share: Learned,
        fields: &[
            AsStrangers,
            AsStrangers,
            AsStrangers,
            AsStrangers,
            AsStrangers,
            AsStrangers,
            AsStrangers,
            AsSame,
            AsSame,
        ],
    },
];
