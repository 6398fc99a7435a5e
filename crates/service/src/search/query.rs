//! What somebody typed into the search box, as a question: words, and operators that narrow.
//!
//! Any text is a question. What cannot be understood is told, with its place, and left out; the rest
//! counts. The same operator twice: of `kind:`, `state:` and `deal:` either will do, of all others
//! both must hold.
//!
//! Must not: look anything up, or know how anything is found.

mod day;
mod reader;

use std::fmt;
use std::ops::Range;

use inroad_model::State;
use serde::Serialize;

pub use day::{Days, When};

use super::fold::tokens;

/// A question: every word must be there, none of those without, and everything else must hold.
///
/// ```
/// use inroad_service::search::{LastWord, Query};
/// let (query, problems) = Query::parse("from:jana \"side letter\" -draft quart", LastWord::Open);
/// assert!(problems.is_empty());
/// assert_eq!(query.to_string(), "\"side letter\" \"quart\"* -\"draft\" from:\"jana\"");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// Words and runs of words that must be there.
    pub words: Vec<Term>,
    /// Words and runs of words that must not be there.
    pub without: Vec<Term>,
    /// Parts of the name, the address or the domain of who wrote.
    pub from: Vec<String>,
    /// The same of who was written to, also as a copy.
    pub to: Vec<String>,
    /// The same of either.
    pub with: Vec<String>,
    /// Parts of the names of deals; one of them is meant.
    pub deals: Vec<String>,
    /// States of deals; in one of them.
    pub states: Vec<State>,
    /// When it was written.
    pub when: Vec<When>,
    /// What it brings.
    pub has: Vec<Has>,
    /// What is looked for; everything if empty.
    pub kinds: Vec<Kind>,
}

/// A word, or several side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// As typed, without quotation marks.
    pub text: String,
    /// Whether its last word may go on: `quart` finds quarter.
    pub open: bool,
}

/// What a message can bring.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Has {
    /// A file.
    Attachment,
    /// A dated statement: away until, left, come back on.
    Fact,
    /// An invitation to a meeting, or an answer to one.
    Invitation,
    /// Words about the price: what it costs, too dear, too cheap.
    Price,
}

/// What can be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A message.
    Message,
    /// A person.
    Person,
    /// A deal.
    Deal,
    /// A note of a deal.
    Note,
}

/// Whether the last word is whole, or somebody is still typing it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LastWord {
    /// It stands as it is.
    Whole,
    /// It may go on, unless a blank or a quotation mark ends it.
    Open,
}

/// A part of what was typed that could not be understood, and was left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Where it stands: bytes of what was typed.
    pub place: Range<usize>,
    /// What is wrong, and the way out.
    pub what: String,
}

/// More letters than this in a search box are a mistake.
pub const CHARS_MAX: usize = 1000;
/// Nobody types more words into a search box, and no more operators; further ones are told.
pub const PARTS_MAX: usize = 32;

impl Query {
    /// Reads what was typed. Any text will do.
    pub fn parse(typed: &str, last_word: LastWord) -> (Self, Vec<Problem>) {
        reader::read(typed, last_word)
    }

    /// Whether nothing was asked. Words that must not be there answer nothing by themselves.
    pub fn is_empty(&self) -> bool {
        Self { without: Vec::new(), ..self.clone() } == Self::default()
    }

    /// Whether the states of deals are needed to answer.
    pub fn asks_states(&self) -> bool {
        !self.states.is_empty()
    }

    /// Whether what is looked for can be of a kind: people and deals were not written on a day, and
    /// only messages have a writer.
    pub fn wants(&self, kind: Kind) -> bool {
        let is_asked = [&self.from, &self.to, &self.with].iter().any(|parts| !parts.is_empty());
        let of_messages = is_asked || !self.has.is_empty();
        let fits = match kind {
            Kind::Message => true,
            Kind::Note => !of_messages,
            Kind::Person | Kind::Deal => !of_messages && self.when.is_empty(),
        };
        fits && (self.kinds.is_empty() || self.kinds.contains(&kind))
    }
}

impl Term {
    /// The term of a text, if it holds any letter or digit.
    fn new(text: &str, open: bool) -> Option<Self> {
        let has_words = tokens(text).next().is_some();
        has_words.then(|| Self { text: text.to_owned(), open })
    }
}

impl Has {
    const NAMES: [(&'static str, Self); 4] = [
        ("attachment", Self::Attachment),
        ("fact", Self::Fact),
        ("invitation", Self::Invitation),
        ("price", Self::Price),
    ];
}

impl Kind {
    const NAMES: [(&'static str, Self); 4] = [
        ("message", Self::Message),
        ("person", Self::Person),
        ("deal", Self::Deal),
        ("note", Self::Note),
    ];
}

const STATES: [(&str, State); 6] = [
    ("warm", State::Warm),
    ("cooling", State::Cooling),
    ("cold", State::Cold),
    ("dark", State::Dark),
    ("paused", State::Paused),
    ("closed", State::Closed),
];

/// The name of a value in such a list.
fn name_of<T: PartialEq>(names: &[(&'static str, T)], value: &T) -> &'static str {
    names.iter().find(|(_, known)| known == value).map_or("", |(name, _)| name)
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"{}", self.text, if self.open { "*" } else { "" })
    }
}

/// As it may be typed again, with the last word whole: it reads as the same question.
impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = self.words.iter().map(Term::to_string);
        let without = self.without.iter().map(|term| format!("-{term}"));
        let named =
            [("from", &self.from), ("to", &self.to), ("with", &self.with), ("deal", &self.deals)];
        let named = named.into_iter().flat_map(|(operator, values)| {
            values.iter().map(move |value| format!("{operator}:\"{value}\""))
        });
        let states = self.states.iter().map(|state| format!("state:{}", name_of(&STATES, state)));
        let when = self.when.iter().map(When::to_string);
        let has = self.has.iter().map(|has| format!("has:{}", name_of(&Has::NAMES, has)));
        let kinds = self.kinds.iter().map(|kind| format!("kind:{}", name_of(&Kind::NAMES, kind)));
        let parts = words.chain(without).chain(named).chain(states).chain(when);
        let parts: Vec<String> = parts.chain(has).chain(kinds).collect();
        f.write_str(&parts.join(" "))
    }
}
