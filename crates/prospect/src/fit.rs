//! How well a firm fits the ideal client, qualifier by qualifier.
//!
//! The score weighs only what is known: the share of the weight that speaks for them. What is not
//! known lowers [`Fit::known`], never the score, so that a firm of which little is known is told as
//! that and not as a bad one.

mod code;
mod number;
mod words;

use inroad_model::{IdealClient, Level, Qualifier, Topic, Wanted};

use self::code::Coded;
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
    let mut about: Vec<&Held> = about.collect();
    about.sort_by_key(|held| std::cmp::Reverse((held.is_verified, held.day)));
    // One word for it is enough: of many things that are so of a firm, others do not deny it.
    for verified in [true, false] {
        let of_kind = || about.iter().copied().filter(|held| held.is_verified == verified);
        for verdict in [Verdict::There, Verdict::NotThere] {
            let by = of_kind().find(|held| tells(qualifier, &held.text) == verdict);
            if by.is_some() {
                return Judged { qualifier, verdict, by };
            }
        }
    }
    Judged { qualifier, verdict: Verdict::Unknown, by: None }
}

/// What one text says of a qualifier.
fn tells(qualifier: &Qualifier, text: &str) -> Verdict {
    match &qualifier.wanted {
        Wanted::Words { any } => {
            let text = words::words(text);
            let said: Vec<Said> = any.iter().map(|phrase| words::says(&text, phrase)).collect();
            if said.contains(&Said::Yes) {
                Verdict::There
            } else if said.contains(&Said::Denied) || says_all(qualifier.topic) {
                Verdict::NotThere
            } else {
                Verdict::Unknown
            }
        }
        Wanted::Code { system, any } => match code::coded(text, *system, any) {
            Coded::Yes => Verdict::There,
            Coded::No => Verdict::NotThere,
            Coded::Nothing => Verdict::Unknown,
        },
        Wanted::Number { at_least, at_most, of } => {
            let (low, high) =
                (at_least.unwrap_or(f64::NEG_INFINITY), at_most.unwrap_or(f64::INFINITY));
            let counted = number::amounts(text).into_iter().find(|amount| amount.is_of(of));
            match counted {
                Some(amount) if amount.low >= low && amount.high <= high => Verdict::There,
                Some(amount) if amount.high < low || amount.low > high => Verdict::NotThere,
                _ => Verdict::Unknown,
            }
        }
    }
}

/// Whether what is said of a topic says all of it: who is told to be in one trade, in one place, is
/// not in another; what they work with, nobody lists whole.
fn says_all(topic: Topic) -> bool {
    matches!(topic, Topic::Industry | Topic::Region | Topic::Department)
}
