//! The fields of a person, and what may stand behind two records of persons.
//!
//! The shipped chances are judgements: of pairs that are the same, how often is a family name typed
//! badly, a house moved out of, a firm left. Christen (2012, chapter 6) and Herzog, Scheuren and
//! Winkler (2007, chapter 8) give chances of this size for such fields. Learning moves them towards the
//! file.

use crate::levels::Explains::{AsSame, AsStrangers, Own};
use crate::levels::Share::{AtLeast, Learned};
use crate::levels::{Field, Level, Story, level};

pub(crate) const GIVEN: usize = 0;
pub(crate) const FAMILY: usize = 1;
pub(crate) const STREET: usize = 2;
pub(crate) const NUMBER: usize = 3;
pub(crate) const LINES: usize = 4;
pub(crate) const PLACE: usize = 5;
pub(crate) const POSTCODE: usize = 6;
pub(crate) const REGION: usize = 7;
pub(crate) const EMAIL: usize = 8;
pub(crate) const PHONE: usize = 9;
pub(crate) const ORGANISATION: usize = 10;
pub(crate) const TITLE: usize = 11;
pub(crate) const STYLE: usize = 12;

const GIVEN_LEVELS: [Level; 7] = [
    level("same given name", 0.725, 0.008),
    level("given names are forms of one name", 0.06, 0.005),
    level("given names differ by a letter or two", 0.08, 0.003),
    level("an initial fits the given name", 0.06, 0.02),
    level("given names are alike", 0.02, 0.02),
    level("given and family name are swapped", 0.015, 0.000_5),
    level("other given name", 0.04, 0.943_5),
];
const FAMILY_LEVELS: [Level; 6] = [
    level("same family name", 0.78, 0.003),
    level("family names differ by a letter or two", 0.09, 0.002),
    level("family names share a part", 0.03, 0.001),
    level("family names are alike", 0.02, 0.015),
    level("given and family name are swapped", 0.015, 0.000_5),
    level("other family name", 0.065, 0.978_5),
];
const STREET_LEVELS: [Level; 5] = [
    level("same street", 0.62, 0.002),
    level("streets differ by a letter or two", 0.10, 0.001_5),
    level("streets share a word", 0.04, 0.01),
    level("the street stands in another line", 0.02, 0.000_5),
    level("other street", 0.22, 0.986),
];
const NUMBER_LEVELS: [Level; 3] = [
    level("same house number", 0.76, 0.02),
    level("house numbers differ by a digit", 0.09, 0.08),
    level("other house number", 0.15, 0.90),
];
const LINES_LEVELS: [Level; 4] = [
    level("same further line of the address", 0.55, 0.003),
    level("further lines differ by a letter or two", 0.14, 0.002),
    level("further lines share a word", 0.06, 0.02),
    level("other further lines of the address", 0.25, 0.975),
];
const PLACE_LEVELS: [Level; 4] = [
    level("same place", 0.76, 0.02),
    level("places differ by a letter or two", 0.08, 0.003),
    level("places share a word", 0.03, 0.012),
    level("other place", 0.13, 0.965),
];
const POSTCODE_LEVELS: [Level; 4] = [
    level("same postcode", 0.72, 0.008),
    level("postcodes differ by a digit", 0.09, 0.02),
    level("postcodes begin alike", 0.05, 0.08),
    level("other postcode", 0.14, 0.892),
];
const REGION_LEVELS: [Level; 2] =
    [level("same region", 0.92, 0.25), level("other region", 0.08, 0.75)];
const EMAIL_LEVELS: [Level; 6] = [
    level("same e-mail", 0.52, 0.000_02),
    level("same e-mail, but one of a desk", 0.02, 0.000_05),
    level("same e-mail at another domain", 0.10, 0.000_4),
    level("e-mails differ by a letter", 0.04, 0.000_1),
    level("e-mails at one firm", 0.12, 0.01),
    level("other e-mail", 0.20, 0.989_43),
];
const PHONE_LEVELS: [Level; 4] = [
    level("same phone", 0.62, 0.000_1),
    level("phones differ in the last two digits", 0.03, 0.001),
    level("phones differ by a digit", 0.05, 0.000_5),
    level("other phone", 0.30, 0.998_4),
];
const ORGANISATION_LEVELS: [Level; 3] = [
    level("same firm", 0.58, 0.005),
    level("firms are alike", 0.14, 0.01),
    level("other firm", 0.28, 0.985),
];
const TITLE_LEVELS: [Level; 3] = [
    level("same title", 0.45, 0.03),
    level("titles share a word", 0.2, 0.15),
    level("other title", 0.35, 0.82),
];
/// Whoever is called senior is hardly ever called junior elsewhere; Mr and Ms are mixed up more easily.
const STYLE_LEVELS: [Level; 3] = [
    level("same form of address", 0.979_9, 0.5),
    level("one is addressed as a man, one as a woman", 0.02, 0.4),
    level("other generation of the name", 0.000_1, 0.1),
];

const fn field(name: &'static str, levels: &'static [Level]) -> Field {
    Field { name, levels, learns: true }
}

pub(super) const FIELDS: [Field; 13] = [
    // Two of one family differ in nothing but this: learning could not tell a file of many slips from one of
    // many families.
    Field { name: "given name", levels: &GIVEN_LEVELS, learns: false },
    field("family name", &FAMILY_LEVELS),
    field("street", &STREET_LEVELS),
    field("house number", &NUMBER_LEVELS),
    field("further lines", &LINES_LEVELS),
    field("place", &PLACE_LEVELS),
    field("postcode", &POSTCODE_LEVELS),
    field("region", &REGION_LEVELS),
    field("e-mail", &EMAIL_LEVELS),
    field("phone", &PHONE_LEVELS),
    field("firm", &ORGANISATION_LEVELS),
    field("title", &TITLE_LEVELS),
    field("form of address", &STYLE_LEVELS),
];

/// Given names in one family: a son may be called as his father.
const GIVEN_IN_FAMILY: [f64; 7] = [0.02, 0.004, 0.006, 0.08, 0.03, 0.000_5, 0.859_5];
const EMAIL_IN_FAMILY: [f64; 6] = [0.03, 0.04, 0.01, 0.02, 0.05, 0.85];
const PHONE_IN_FAMILY: [f64; 4] = [0.60, 0.01, 0.01, 0.38];
const STYLE_IN_FAMILY: [f64; 3] = [0.45, 0.50, 0.05];
const EMAIL_OF_COLLEAGUES: [f64; 6] = [0.01, 0.12, 0.002, 0.008, 0.76, 0.10];
const PHONE_OF_COLLEAGUES: [f64; 4] = [0.15, 0.25, 0.02, 0.58];
const TITLE_OF_COLLEAGUES: [f64; 3] = [0.10, 0.25, 0.65];

/// Those that are no strangers and yet not the same; the rates are pairs for each record.
pub(super) const STORIES: [Story; 4] = [
    Story {
        words: "they may be two of one family",
        rate: 0.1,
        share: AtLeast,
        fields: &[
            Own(&GIVEN_IN_FAMILY),
            AsSame,
            AsSame,
            AsSame,
            AsSame,
            AsSame,
            AsSame,
            AsSame,
            Own(&EMAIL_IN_FAMILY),
            Own(&PHONE_IN_FAMILY),
            AsStrangers,
            AsStrangers,
            Own(&STYLE_IN_FAMILY),
        ],
    },
    Story {
        words: "they may be two of one family in one firm",
        rate: 0.04,
        share: AtLeast,
        fields: &[
            Own(&GIVEN_IN_FAMILY),
            AsSame,
            AsSame,
            AsSame,
            AsSame,
            AsSame,
            AsSame,
            AsSame,
            Own(&EMAIL_OF_COLLEAGUES),
            Own(&PHONE_OF_COLLEAGUES),
            AsSame,
            Own(&TITLE_OF_COLLEAGUES),
            Own(&STYLE_IN_FAMILY),
        ],
    },
    Story {
        words: "they may be colleagues",
        rate: 1.5,
        share: Learned,
        fields: &[
            AsStrangers,
            AsStrangers,
            AsSame,
            AsSame,
            AsSame,
            AsSame,
            AsSame,
            AsSame,
            Own(&EMAIL_OF_COLLEAGUES),
            Own(&PHONE_OF_COLLEAGUES),
            AsSame,
            Own(&TITLE_OF_COLLEAGUES),
            AsStrangers,
        ],
    },
    Story {
        words: "they may only live in one place",
        rate: 3.0,
        share: Learned,
        fields: &[
            AsStrangers,
            AsStrangers,
            AsStrangers,
            AsStrangers,
            AsStrangers,
            AsSame,
            AsSame,
            AsSame,
            AsStrangers,
            AsStrangers,
            AsStrangers,
            AsStrangers,
            AsStrangers,
        ],
    },
];
