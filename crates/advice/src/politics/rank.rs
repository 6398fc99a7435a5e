//! Who stands above whom, from a log of who wrote to whom, and how surely.
//!
//! Estimates: of two people of whom one stands above the other in line, the probability that it is
//! the first. A log says nothing of people in different lines: between those it is little better
//! than a coin.
//!
//! How: who stands high is put together with others who stand high, on letters to several. In each
//! letter to two to ten readers all who are on it, with its writer, are counted as put together; a
//! person counts for what the letters weigh, a letter for how often its people are on letters. That
//! is hubs and authorities between letters and people after two rounds, not to the end: the end
//! gives all weight to the one tightest circle. How much was written says less: it measures work.
//! A whole firm's log ([`View::Firm`]) and one's own mailbox ([`View::Mailbox`]) are read alike, only
//! that the owner of a mailbox, who is on every letter of it, is left out.
//!
//! From ranks to probabilities: by a curve of three round numbers that are a prior, not a fit
//! (`curve.rs`). Nothing here is learned from the organisation chart of any firm. But the measure
//! and the round numbers were chosen among some dozens with tables of one manufacturing company in
//! sight, so its figures in docs/benchmarks/politics.md flatter a little; beside them stands the error of a
//! curve that is learned honestly, for each pair without anybody of that pair.
//!
//! What people say (`reports to`, `goes to ... for advice`) is worth far more than mail, and is
//! added to it (`reported.rs`, `asked.rs`).
//!
//! Must not: say above 0.7 that one is another's boss from mail alone, or say anything of people of
//! whom little was seen.

mod asked;
mod curve;
mod letters;
mod reported;
mod said;
mod together;

use std::collections::{BTreeMap, BTreeSet};

use inroad_model::TieKind;
use inroad_model::{Moment, Probability};

use self::asked::Asked;
pub use self::curve::SEEN_MIN;
pub use self::letters::{READERS_MAX, READERS_MIN};
use self::reported::Reported;

use super::ties::BOSS_MAX;

/// That one wrote to another; a letter to several is several rows of one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<P> {
    /// Who wrote.
    pub from: P,
    /// One of those who got it, be it in copy.
    pub to: P,
    /// When.
    pub at: Moment,
}

/// What was said of two people.
#[derive(Debug, Clone, PartialEq)]
pub struct Said<P> {
    /// Who looks up.
    pub from: P,
    /// To whom.
    pub to: P,
    /// How; only reports and advice count here.
    pub kind: TieKind,
    /// How surely it is so.
    pub confidence: Probability,
}

/// Whose letters the log holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View<P> {
    /// Those of everybody.
    Firm,
    /// Those that one sent or got.
    Mailbox(P),
}

/// What is known before ranks are read.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'s, P> {
    /// Who wrote to whom.
    pub rows: &'s [Row<P>],
    /// People who may be ranked. Letters of others, such as technical accounts, are left out.
    pub known: &'s BTreeSet<P>,
    /// What was said of them.
    pub said: &'s [Said<P>],
    /// Whose letters they are.
    pub view: View<P>,
}

/// How surely one stands above another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Above {
    /// That the first stands above the second, if one of them stands above the other.
    pub probability: Probability,
    /// Where it may lie: what mail and sayings show may be worth half as much, or half as much
    /// again. Holds the probability.
    pub between: (Probability, Probability),
    /// The surest saying that the second reports to the first.
    said_boss: Option<Probability>,
}

impl Above {
    /// The most that may be told of "the first is the second's boss": from mail alone never above
    /// 0.7. Many stand above somebody whose boss they are not.
    pub fn boss_at_most(self) -> Probability {
        let most = self.said_boss.map_or(BOSS_MAX, |said| said.get().max(BOSS_MAX));
        Probability::clamped(self.probability.get().min(most))
    }
}

/// The ranks of people.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranks<P> {
    shown: BTreeMap<P, Shown>,
    reported: Reported<P>,
    asked: Asked<P>,
    worth: f64,
}

/// What mail shows of somebody.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Shown {
    /// How much somebody is put together with others.
    score: f64,
    /// On how many letters to several.
    letters: f64,
    /// The log-odds of the share of people who stand lower.
    place: f64,
}

/// Reads the ranks of the people that are known.
///
/// ```
/// use std::collections::BTreeSet;
/// use inroad_advice::politics::rank::{Row, Seen, View, ranks};
/// let at = "2026-03-02T09:00:00Z".parse()?;
/// let rows = ["ann", "bob"].map(|to| Row { from: "cleo", to, at });
/// let known = BTreeSet::from(["ann", "bob", "cleo"]);
/// let found = ranks(&Seen { rows: &rows, known: &known, said: &[], view: View::Firm });
/// assert_eq!(found.above(&"ann", &"bob"), None, "one letter is too little");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn ranks<P: Ord + Clone>(seen: &Seen<'_, P>) -> Ranks<P> {
    let letters = letters::gathered(seen);
    let scores = together::scores(&letters);
    let places = curve::places(&scores.iter().map(|found| found.score).collect::<Vec<f64>>());
    let shown = letters.people.into_iter().zip(scores.iter().zip(places));
    let shown = shown.map(|(who, (found, place))| {
        (who.clone(), Shown { score: found.score, letters: found.letters, place })
    });
    Ranks {
        shown: shown.collect(),
        reported: Reported::of(seen),
        asked: Asked::of(seen),
        worth: match seen.view {
            View::Firm => curve::WORTH_FIRM,
            View::Mailbox(_) => curve::WORTH_MAILBOX,
        },
    }
}

impl<P: Ord + Clone> Ranks<P> {
    /// How much somebody is put together with others: the more, the higher. `None` for who is on no
    /// letter. Only the order counts.
    pub fn score(&self, who: &P) -> Option<f64> {
        self.shown.get(who).map(|shown| shown.score)
    }

    /// How surely the first stands above the second; `None` if too little was seen to tell. Of the
    /// two in the other order the probability is what is missing to 1.
    pub fn above(&self, first: &P, second: &P) -> Option<Above> {
        let shown = self.shown.get(first).zip(self.shown.get(second));
        let shown = shown.filter(|(first, second)| {
            first.letters + second.letters >= SEEN_MIN
                && first.score.total_cmp(&second.score).is_ne()
        });
        let reported = self.reported.log_odds(first, second);
        let mail = |part: f64| {
            let (first, second) = shown?;
            let worth = curve::worth(part * self.worth, first.letters + second.letters);
            Some(curve::log_odds(first.place - second.place, worth))
        };
        // What is shown may be worth less or more than is believed, all of it together.
        let all = |part: f64| {
            let asked = self.asked.log_odds(first, second, part);
            [mail(part), asked, reported.map(|sure| part * sure)]
        };
        if first == second || all(1.0).iter().all(Option::is_none) {
            return None;
        }
        let at = |part: f64| {
            Probability::clamped(curve::chance(all(part).into_iter().flatten().sum::<f64>()))
        };
        // Mail and sayings may contradict each other: then less of both may say more of one.
        let mut likely = [at(0.5), at(1.0), at(1.5)];
        let probability = likely[1];
        likely.sort_by(|a, b| a.get().total_cmp(&b.get()));
        Some(Above {
            probability,
            between: (likely[0], likely[2]),
            said_boss: self.reported.boss(first, second),
        })
    }
}

#[cfg(test)]
mod tests;
