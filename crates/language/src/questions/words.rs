//! The words by which a question is told, each with what it may be.
//!
//! A word is a number, its bytes in small letters, so that to compare two is one instruction. Must
//! not: know a rule.

use std::sync::LazyLock;

/// What a word may be; several at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Classes(u32);

impl Classes {
    /// What a word is of which no table knows.
    pub(super) const UNKNOWN: Self = Self(0);

    /// Whether it is any of these.
    pub(super) const fn any(self, of: Self) -> bool {
        self.0 & of.0 != 0
    }

    /// Either.
    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Says nothing and is left out: "uh".
pub(super) const HESITATION: Classes = Classes(1);
/// May stand before what is said: "well".
pub(super) const OPENER: Classes = Classes(1 << 1);
/// Joins what is said to what was said: "and".
pub(super) const JOINS: Classes = Classes(1 << 2);
/// Asks for what it stands for: "what".
pub(super) const WH: Classes = Classes(1 << 3);
/// Carries a verb behind its apostrophe: "what's", "it's".
pub(super) const CONTRACTED: Classes = Classes(1 << 4);
/// A form of "to be".
pub(super) const BE: Classes = Classes(1 << 5);
/// A form of "to do".
pub(super) const DO: Classes = Classes(1 << 6);
/// A form of "to have".
pub(super) const HAVE: Classes = Classes(1 << 7);
/// "can" and its kin.
pub(super) const MODAL: Classes = Classes(1 << 8);
/// An auxiliary that also begins a command: "do it", "have a seat".
pub(super) const BASE: Classes = Classes(1 << 9);
/// Says no: "isn't".
pub(super) const NEGATIVE: Classes = Classes(1 << 10);
/// A pronoun that can only be a subject, or nearly: "they".
pub(super) const PERSON: Classes = Classes(1 << 11);
/// A pronoun that may be a subject: "that".
pub(super) const THING: Classes = Classes(1 << 12);
/// A subject that names nobody: "anybody".
pub(super) const ANYBODY: Classes = Classes(1 << 13);
/// Begins the name of a thing: "the".
pub(super) const DETERMINER: Classes = Classes(1 << 14);
/// Before a wh-word it makes a clause that does not ask: "know what".
pub(super) const EMBEDS: Classes = Classes(1 << 15);
/// Before a question it reports one: "he said do you".
pub(super) const SAYS: Classes = Classes(1 << 16);
/// Before a wh-word it may begin a question: "at what time".
pub(super) const PREPOSITION: Classes = Classes(1 << 17);
/// Behind "how" it asks for a number: "many".
pub(super) const MEASURE: Classes = Classes(1 << 18);
/// Behind "what" it is one datum: "time".
pub(super) const DATUM: Classes = Classes(1 << 19);
/// A day or a time of it.
pub(super) const DAY: Classes = Classes(1 << 20);
/// What is wondered at: "isn't that funny".
pub(super) const WONDERED_AT: Classes = Classes(1 << 21);

/// Any auxiliary verb.
pub(super) const AUXILIARY: Classes = BE.or(DO).or(HAVE).or(MODAL);
/// Any subject of one word.
pub(super) const SUBJECT: Classes = PERSON.or(THING).or(ANYBODY);

/// A word may stand in several rows.
const ROWS: &[(Classes, &str)] = &[
    (HESITATION, "uh um er erm eh hm hmm mm mhm uhm"),
    (
        OPENER,
        "well so oh ah okay ok yeah yes yep no now then like also anyway hey hi hello right \
         actually just huh alright basically first sorry please wow gosh really maybe otherwise \
         alternatively mean thanks great perfect good sure",
    ),
    (OPENER.or(JOINS), "and but or because cause plus"),
    (WH, "what who whom whose which when where why how"),
    (
        WH.or(CONTRACTED),
        "what's who's where's when's how's why's what're who're where're how're what'd who'd \
         where'd how'd why'd when'd what'll who'll whats wheres hows whos",
    ),
    (BE, "is are am was were"),
    (BE.or(NEGATIVE), "isn't aren't ain't wasn't weren't isnt arent aint wasnt werent"),
    (DO, "does did"),
    (DO.or(BASE), "do"),
    (DO.or(BASE).or(NEGATIVE), "don't dont"),
    (DO.or(NEGATIVE), "doesn't didn't doesnt didnt"),
    (HAVE, "has had"),
    (HAVE.or(BASE), "have"),
    (HAVE.or(NEGATIVE), "haven't hasn't hadn't havent hasnt hadnt"),
    (MODAL, "can could will would shall should may might must"),
    (
        MODAL.or(NEGATIVE),
        "can't couldn't won't wouldn't shouldn't cant couldnt wont wouldnt shouldnt",
    ),
    (PERSON, "i you he she we they y'all ya"),
    (
        PERSON.or(CONTRACTED),
        "i'm you're he's she's we're they're i've you've we've they've i'd you'd he'd she'd we'd \
         they'd i'll you'll he'll she'll we'll they'll",
    ),
    (THING, "it this that these those there"),
    (THING.or(CONTRACTED), "it's that's there's it'd it'll that'd that'll there're"),
    (
        ANYBODY,
        "anyone anybody everyone everybody someone somebody anything everything something nothing \
         nobody people",
    ),
    (
        DETERMINER,
        "the a an my your his her its our their some any every each all both another most many \
         few several",
    ),
    (
        EMBEDS,
        "know knows knew wonder wondering wondered remember forget forgot see sees seen understand \
         understood figure decide sure guess matter idea explain depends depending learn learned \
         find found realize notice show shows care imagine heard hear thinking",
    ),
    (SAYS, "say said says saying ask asked asks asking goes tell told tells telling thought"),
    (PREPOSITION, "in at on to for from of with by about into than over under as"),
    (
        MEASURE,
        "many much long often old far big large small tall high soon late early fast quickly heavy \
         hot cold deep wide few little close",
    ),
    (
        DATUM,
        "time day days date year month week number percent percentage price size age color colour \
         address rate name salary deadline budget cost extension email",
    ),
    (
        DAY,
        "monday tuesday wednesday thursday friday saturday sunday tomorrow today tonight noon \
         morning afternoon",
    ),
    (
        WONDERED_AT,
        "funny interesting awful amazing great terrible something nice wonderful shame truth crazy \
         weird neat incredible fun horrible strange wild ridiculous pathetic sad cute good",
    ),
];

static TABLE: LazyLock<Vec<(u128, Classes)>> = LazyLock::new(|| {
    let row = |(classes, words): &(Classes, &'static str)| {
        let classes = *classes;
        words.split_whitespace().map(move |word| (key(word), classes))
    };
    let mut table: Vec<(u128, Classes)> = ROWS.iter().flat_map(row).collect();
    table.sort_by_key(|(key, _)| *key);
    table.dedup_by(|later, kept| {
        let same = later.0 == kept.0;
        if same {
            kept.1 = kept.1.or(later.1);
        }
        same
    });
    table
});

/// What the word of that number may be.
pub(super) fn classes(key: u128) -> Classes {
    let table = &*TABLE;
    let at = table.binary_search_by_key(&key, |(key, _)| *key);
    at.ok().and_then(|at| table.get(at)).map_or(Classes::UNKNOWN, |(_, classes)| *classes)
}

/// A word as a number; of a long one the last sixteen bytes count.
pub(super) const fn key(word: &str) -> u128 {
    let mut bytes = word.as_bytes();
    let mut key = 0;
    while let [byte, rest @ ..] = bytes {
        key = with_byte(key, *byte);
        bytes = rest;
    }
    key
}

/// The number of a word with one more byte.
pub(super) const fn with_byte(key: u128, byte: u8) -> u128 {
    key << 8 | byte.to_ascii_lowercase() as u128
}

/// A list of words as numbers, made when the program is built.
macro_rules! words {
    ($($word:literal)+) => {
        const { &[$(crate::questions::words::key($word)),+] }
    };
}
pub(super) use words;
