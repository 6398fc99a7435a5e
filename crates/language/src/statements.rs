//! What a page tells about one firm, proposed for the rows of a prospect analysis form.
//!
//! A page is any text that somebody pasted: an "about us", a press release, a chapter of a report, a
//! profile, a job advertisement, a notice of a tender. [`propose`] finds the sentences and lines that
//! state something about the firm and says of each what it is about; a person accepts it or does not.
//! What to look for is data in `playbook/research`, one file a topic, each rule with examples that are
//! its tests. A wrong proposal costs more than a missed one, so what may be about another firm, is denied,
//! supposed, asked or long past is left out.
//!
//! Must not: say in words of its own what a page does not say, follow a link, or decide that anything is so.

mod choose;
mod guards;
mod layout;
pub mod pack;
mod rule;
mod whose;
mod wording;

use std::ops::Range;

use inroad_model::Topic;
use jiff::civil::Date;

pub use pack::{Pack, PackError};

use crate::voice;

/// How much of a page is read, in bytes; what stands behind is told by [`Proposed::is_cut`].
pub const BYTES_MAX: usize = 1 << 20;
/// No more is proposed of one page: a person looks at each.
pub const STATEMENTS_MAX: usize = 40;

/// The last of the usual Latin letters.
const LAST_OF_LATIN: char = '\u{24f}';

/// A page about a firm.
#[derive(Debug, Clone, Copy)]
pub struct Page<'t> {
    /// Its text, as it was pasted.
    pub text: &'t str,
    /// What the firm is called, if that is known. With it sentences about other firms are told apart;
    /// without, only those that say so.
    pub firm: Option<&'t str>,
    /// The day on which it was read: what it dates years before is history.
    pub on: Date,
}

/// Something that a page states about the firm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The row of the form on which it belongs.
    pub topic: Topic,
    /// Where it stands, in bytes of the text.
    pub range: Range<usize>,
    /// The sentence or line as it stands there.
    pub quote: String,
    /// The part of it that tells, in its own words, in one line, at most 240 letters.
    pub text: String,
    /// The day that the sentence names with its year, if it names one; of a month the first.
    pub day: Option<Date>,
}

/// Why nothing is proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Silence {
    /// The page is not in English, which is all that the rules read.
    NotEnglish,
    /// No sentence states anything that belongs on the form.
    NothingStated,
}

/// What is proposed of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    /// In order of their places; no two of one topic overlap or say the same.
    pub statements: Vec<Statement>,
    /// Why there are none.
    pub silence: Option<Silence>,
    /// How many more there were, which tell less than these.
    pub left_out: usize,
    /// Whether the page is longer than [`BYTES_MAX`], so that its end was not read.
    pub is_cut: bool,
}

/// What a page states about the firm, by the rules that come with the program.
///
/// ```
/// use inroad_language::statements::{Page, propose};
/// use inroad_model::Topic;
///
/// let text = "Norvik is based in Linz. It employs about 350 people.";
/// let page = Page { text, firm: Some("Norvik"), on: jiff::civil::date(2026, 6, 1) };
/// let topics: Vec<Topic> = propose(&page).statements.iter().map(|found| found.topic).collect();
/// assert_eq!(topics, [Topic::Region, Topic::Size]);
/// ```
pub fn propose(page: &Page<'_>) -> Proposed {
    propose_by(Pack::shipped(), page)
}

/// The same by other rules.
pub fn propose_by(pack: &Pack, page: &Page<'_>) -> Proposed {
    let text = page.text.get(..page.text.floor_char_boundary(BYTES_MAX)).unwrap_or("");
    let is_cut = text.len() < page.text.len();
    if voice::is_english(text) == Some(false) || is_of_another_script(text) {
        let silence = Some(Silence::NotEnglish);
        return Proposed { statements: Vec::new(), silence, left_out: 0, is_cut };
    }
    let read = Page { text, ..*page };
    let found = pack.rules.held_against(&pack.page, &read);
    let (statements, left_out) = choose::most_telling(found);
    let silence = statements.is_empty().then_some(Silence::NothingStated);
    Proposed { statements, silence, left_out, is_cut }
}

/// Whether most letters of a text are none of the Latin alphabet.
fn is_of_another_script(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic());
    let (others, all) = letters.fold((0_usize, 0_usize), |(others, all), c| {
        (others + usize::from(c > LAST_OF_LATIN), all + 1)
    });
    others * 2 > all
}
