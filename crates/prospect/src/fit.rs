//! How well a firm fits the ideal client, qualifier by qualifier.
//!
//! The score weighs only what is known: the share of the weight that speaks for them. What is not
//! known lowers [`Fit::known`], never the score, so that a firm of which little is known is told as
//! that and not as a bad one.

mod code;
mod number;
mod spelling;
mod units;
mod words;

use inroad_model::{IdealClient, Level, Qualifier, Topic, Wanted};

use self::code::Coded;
pub use self::number::typed_number;
use self::words::Said;
use crate::Held;

/// What is known of one qualifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is there.
    There,
    /// It is not there.
    NotThere,
    /// Nobody knows.
    Unknown,
}

/// One qualifier, held against what is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged<'a> {
    /// The qualifier.
    pub qualifier: &'a Qualifier,
    /// Whether it is there.
    pub verdict: Verdict,
    /// What says so; `None` where nothing does.
    pub by: Option<&'a Held>,
}

impl Judged<'_> {
    /// Whether it speaks for them; `None` where nobody knows.
    pub fn speaks_for(&self) -> Option<bool> {
        let is_avoided = self.qualifier.level == Level::Avoid;
        match self.verdict {
            Verdict::There => Some(!is_avoided),
            Verdict::NotThere => Some(is_avoided),
            Verdict::Unknown => None,
        }
    }

    /// Whether it rules them out: what must be is not there, or what must not be is.
    pub fn rules_out(&self) -> bool {
        self.qualifier.level != Level::Want && self.speaks_for() == Some(false)
    }
}

/// How well a firm fits.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit<'a> {
    /// Each qualifier, in the order of the ideal client.
    pub lines: Vec<Judged<'a>>,
    /// The share of the known weight that speaks for them, 0 to 1; `None` where nothing is known.
    pub score: Option<f64>,
    /// The share of the weight of which something is known, 0 to 1.
    pub known: f64,
    /// The share of the weight of which something was verified, 0 to 1.
    pub verified: f64,
}

impl Fit<'_> {
    /// Whether something rules them out.
    pub fn is_ruled_out(&self) -> bool {
        self.lines.iter().any(Judged::rules_out)
    }

    /// What nobody knows yet, the weightiest first; of what must be before what is wanted.
    pub fn unknown(&self) -> Vec<&Qualifier> {
        let unknown = self.lines.iter().filter(|line| line.verdict == Verdict::Unknown);
        let mut unknown: Vec<&Qualifier> = unknown.map(|line| line.qualifier).collect();
        unknown.sort_by_key(|one| (one.level == Level::Want, std::cmp::Reverse(one.weight)));
        unknown
    }
}

/// Holds what is known of a firm against the ideal client.
///
/// ```
/// use inroad_model::IdealClient;
/// let ideal = IdealClient::default();
/// let fit = inroad_prospect::fit(&ideal, &[]);
/// assert_eq!((fit.score, fit.known), (None, 0.0));
/// ```
pub fn fit<'a>(ideal: &'a IdealClient, held: &'a [Held]) -> Fit<'a> {
    let lines: Vec<Judged<'a>> = ideal.qualifiers.iter().map(|one| judge(one, held)).collect();
    let weight = |lines: &mut dyn Iterator<Item = &Judged<'a>>| -> f64 {
        lines.map(|line| f64::from(line.qualifier.weight.get())).sum()
    };
    let all = weight(&mut lines.iter());
    let known = weight(&mut lines.iter().filter(|line| line.verdict != Verdict::Unknown));
    let for_them = weight(&mut lines.iter().filter(|line| line.speaks_for() == Some(true)));
    let is_verified = |line: &&Judged<'a>| line.by.is_some_and(|held| held.is_verified);
    let verified = weight(&mut lines.iter().filter(is_verified));
    let share = |part: f64| if all > 0.0 { part / all } else { 0.0 };
    Fit {
        score: (known > 0.0).then(|| for_them / known),
        known: share(known),
        verified: share(verified),
        lines,
    }
}

/// What was verified speaks before what is assumed, and the newer before the older.
fn judge<'a>(qualifier: &'a Qualifier, held: &'a [Held]) -> Judged<'a> {
    let about = held.iter().filter(|held| held.topic == qualifier.topic && held.counts());
    let telling = about.zip(0_usize..).filter_map(|(held, told)| {
        let tells = tells(qualifier, held);
        // Of one day, words that name it speak before words that name something else: a firm does
        // many things. Of two that name it, the one told last.
        let rank = (held.is_verified, held.day, tells != Tells::Another, told);
        Some((rank, tells.verdict()?, held))
    });
    match telling.max_by_key(|(rank, ..)| *rank) {
        Some((_, verdict, by)) => Judged { qualifier, verdict, by: Some(by) },
        None => Judged { qualifier, verdict: Verdict::Unknown, by: None },
    }
}

/// What one text says of a qualifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tells {
    /// That it is there.
    There,
    /// That it is not there, by name.
    NotThere,
    /// That something else is there, in its place.
    Another,
    /// Nothing.
    Nothing,
}

impl Tells {
    fn verdict(self) -> Option<Verdict> {
        match self {
            Self::There => Some(Verdict::There),
            Self::NotThere | Self::Another => Some(Verdict::NotThere),
            Self::Nothing => None,
        }
    }
}

fn tells(qualifier: &Qualifier, held: &Held) -> Tells {
    let text = held.text.as_str();
    match &qualifier.wanted {
        Wanted::Words { any } => {
            let text = words::words(text);
            let said: Vec<Said> = any.iter().map(|phrase| words::says(&text, phrase)).collect();
            if said.contains(&Said::Yes) {
                Tells::There
            } else if said.contains(&Said::Denied) {
                Tells::NotThere
            } else if says_all(held) {
                Tells::Another
            } else {
                Tells::Nothing
            }
        }
        Wanted::Code { system, any } => match code::coded(text, *system, any) {
            Coded::Yes => Tells::There,
            Coded::No => Tells::Another,
            Coded::Nothing => Tells::Nothing,
        },
        Wanted::Number { at_least, at_most, of } => {
            let (low, high) =
                (at_least.unwrap_or(f64::NEG_INFINITY), at_most.unwrap_or(f64::INFINITY));
            match number::lies_within(text, of, low, high) {
                Some(true) => Tells::There,
                Some(false) => Tells::NotThere,
                None => Tells::Nothing,
            }
        }
    }
}

/// Whether what is said of a topic says all of it: who is told to be in one trade, or to buy through
/// one department, is not in another; what they work with, nobody lists whole.
///
/// Codes alone say nothing in words. A place says where else they are not only if somebody verified
/// it and told it in several steps (`Hamburg, Germany`): nobody here knows which town lies in which
/// country.
fn says_all(held: &Held) -> bool {
    match held.topic {
        Topic::Industry | Topic::Department => code::has_words(&held.text),
        Topic::Region => held.is_verified && names_levels(&held.text),
        _ => false,
    }
}

/// Whether a place is told in several steps.
fn names_levels(place: &str) -> bool {
    let named = |part: &&str| part.chars().any(char::is_alphabetic);
    place.split(',').filter(named).nth(1).is_some()
}
