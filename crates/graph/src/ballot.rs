//! What a committee will do, and what it is worth to learn how one member votes.
//!
//! Computes, if members say yes independently of each other, each with a known probability:
//! - the probability that the committee says yes, and how it would be if a member said yes or no;
//! - the member's swing (the difference of the two), and the mutual information between the member's
//!   vote and the outcome, in bits;
//! - what it is worth, for who stakes `cost` to gain `gain` if the answer is yes, to learn the
//!   member's vote before staking (perfect information, EVPI), or to ask and get an answer that is
//!   right with some probability (sample information, EVSI). In units of `gain`.
//!
//! Assumes: independence; in truth members follow each other, and then the one who is followed is
//! worth more. Misleads: a value of 0 does not say that a member does not matter, but that whatever
//! he says would not change what to do.
//!
//! Exact, by going through all groups. Source: Raiffa and Schlaifer (1961), Applied statistical
//! decision theory, chapter 4; Shannon (1948). Checked against: enumeration in Python 3.11
//! (tests/oracles/power.py, 1e-12).

use crate::GraphError;
use crate::committee::Committee;
use crate::error;

/// A committee and how likely each member says yes.
#[derive(Debug, Clone, PartialEq)]
pub struct Ballot {
    win: f64,
    members: Vec<Member>,
}

/// One member's vote and what hangs on it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Member {
    /// The probability that he says yes.
    pub yes: f64,
    /// The probability that the committee says yes if he does.
    pub win_if_yes: f64,
    /// The probability that the committee says yes if he says no.
    pub win_if_no: f64,
}

/// What can be won, and what must be staked for it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stake {
    /// What a yes of the committee brings; above 0.
    pub gain: f64,
    /// What it costs to try; not below 0.
    pub cost: f64,
}

impl Stake {
    /// What it is worth to try or to let it be, whichever is better.
    fn value(self, win: f64) -> f64 {
        (self.gain * win - self.cost).max(0.0)
    }

    fn check(self) -> Result<(), GraphError> {
        error::positive("gain", &[self.gain])?;
        error::not_negative("cost", &[self.cost])
    }
}

impl Ballot {
    /// Goes through all groups of a committee.
    ///
    /// Errors: [`GraphError`] on probabilities that do not fit the members or are not from 0 to 1,
    /// and on more than [`crate::ENUMERATED_MAX`] members.
    ///
    /// ```
    /// use inroad_graph::{Ballot, Committee, Stake};
    /// let committee = Committee::weighted(&[2, 1, 1], 3)?;
    /// let ballot = Ballot::new(&committee, &[0.5, 0.5, 0.5])?;
    /// assert_eq!((ballot.win(), ballot.members()[0].swing()), (0.375, 0.75));
    /// let stake = Stake { gain: 100.0, cost: 40.0 };
    /// assert_eq!(ballot.perfect_information(stake)?[0], 17.5);
    /// # Ok::<(), inroad_graph::GraphError>(())
    /// ```
    pub fn new(committee: &Committee, yes: &[f64]) -> Result<Ballot, GraphError> {
        error::length("probabilities", yes.len(), committee.members())?;
        error::share("probability", yes)?;
        let wins = committee.outcomes()?;
        let members = yes.iter().enumerate().map(|(at, own)| {
            let given = |certain: f64| {
                let mut yes = yes.to_vec();
                yes[at] = certain;
                chance(&wins, &yes)
            };
            Member { yes: *own, win_if_yes: given(1.0), win_if_no: given(0.0) }
        });
        Ok(Ballot { win: chance(&wins, yes), members: members.collect() })
    }

    /// The probability that the committee says yes.
    pub fn win(&self) -> f64 {
        self.win
    }

    /// Each member.
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// For each member, what it is worth to know his vote.
    ///
    /// Errors: [`GraphError::OutOfRange`] on a gain that is not above 0 or a cost below 0.
    pub fn perfect_information(&self, stake: Stake) -> Result<Vec<f64>, GraphError> {
        self.sample_information(stake, 1.0)
    }

    /// For each member, what it is worth to ask him, if his answer is what he will vote with a
    /// probability `right`.
    ///
    /// Errors: as [`Ballot::perfect_information`], and on a probability outside of 0 to 1.
    pub fn sample_information(&self, stake: Stake, right: f64) -> Result<Vec<f64>, GraphError> {
        stake.check()?;
        error::share("probability of a right answer", &[right])?;
        let without = stake.value(self.win);
        let worth = |member: &Member| {
            let answer = |yes_told: bool| {
                let told_if_yes = if yes_told { right } else { 1.0 - right };
                let (yes, no) =
                    (member.yes * told_if_yes, (1.0 - member.yes) * (1.0 - told_if_yes));
                let told = yes + no;
                let win = yes * member.win_if_yes + no * member.win_if_no;
                if told > 0.0 { told * stake.value(win / told) } else { 0.0 }
            };
            (answer(true) + answer(false) - without).max(0.0)
        };
        Ok(self.members.iter().map(worth).collect())
    }
}

impl Member {
    /// By how much his yes makes the committee's likelier than his no.
    pub fn swing(&self) -> f64 {
        self.win_if_yes - self.win_if_no
    }

    /// The mutual information between his vote and the outcome, in bits.
    pub fn information_bits(&self) -> f64 {
        let win = self.yes * self.win_if_yes + (1.0 - self.yes) * self.win_if_no;
        let left = self.yes * entropy_bits(self.win_if_yes)
            + (1.0 - self.yes) * entropy_bits(self.win_if_no);
        (entropy_bits(win) - left).max(0.0)
    }
}

/// How open a question of yes or no is, in bits.
fn entropy_bits(p: f64) -> f64 {
    let part = |p: f64| if p > 0.0 { -p * p.log2() } else { 0.0 };
    part(p) + part(1.0 - p)
}

/// The probability of all groups that win: halves are folded together, member by member.
fn chance(wins: &[bool], yes: &[f64]) -> f64 {
    let mut chances: Vec<f64> = wins.iter().map(|wins| f64::from(u8::from(*wins))).collect();
    for p in yes.iter().rev() {
        let half = chances.len() / 2;
        for at in 0..half {
            chances[at] = (1.0 - p) * chances[at] + p * chances[half + at];
        }
        chances.truncate(half);
    }
    chances.first().copied().unwrap_or(0.0)
}
