//! Silence, weighed against the habit of those who are silent.
//!
//! The seam for a richer engine: everything the review knows about rhythm is in [`Rhythm`].

pub mod backtest;
pub mod calendar;
pub mod clock;
pub mod country;
pub mod curve;
pub mod fit;
pub mod forecast;
pub mod learn;
pub mod letters;
pub mod log;
pub mod mailbox;
pub mod measure;
pub mod outcomes;
pub mod pair;
pub mod prior;
pub mod pulse;
mod shift;
mod shipped;
pub mod term;
pub mod turn;
mod watch;

use std::collections::BTreeSet;

use inroad_model::{EmailAddress, Moment, Probability};
use inroad_stats::{CureModel, LogNormalPredictive, LogNormalPrior};
use serde::Serialize;

use self::clock::Clock;
use self::curve::{log_odds, probability};
use self::pulse::Pulse;
use crate::dealings::{Direction, Exchange, unanswered};

/// What is expected of somebody whom we do not know yet: half of all answers within two days,
/// and a broad spread. Held as firmly as two observed answers.
pub const PRIOR: LogNormalPrior =
    LogNormalPrior { median: 2.0, weight: 2.0, spread: 1.2, spread_weight: 4.0 };

/// The share of our messages that nobody ever means to answer.
pub const NEVER: CureModel = CureModel { never: 0.12 };

/// Who has to write next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Owes {
    /// We wrote last.
    They,
    /// They wrote last.
    We,
    /// Nothing is open: nobody wrote yet, or they were met since.
    Nobody,
}

/// How the other side answers, and how long it has been silent.
#[derive(Debug, Clone, PartialEq)]
pub struct Rhythm {
    /// Who has to write next.
    pub owes: Owes,
    /// When they last wrote.
    pub heard_at: Option<Moment>,
    /// When we last wrote.
    pub wrote_at: Option<Moment>,
    /// Days since our first unanswered message, without known absences and holidays; 0 if none is
    /// unanswered.
    pub silent_days: f64,
    /// How many of our messages are unanswered.
    pub unanswered: usize,
    /// Whether their latest answers took longer than nearly all before them.
    pub slowed: bool,
    /// Days that their answers took, oldest first.
    pub answer_days: Vec<f64>,
    /// The days within which half and nine tenths of their answers are expected.
    pub usual_days: (f64, f64),
    /// How likely it is that they have stopped answering.
    pub dark: Probability,
    /// How likely an answer is within the next seven days.
    pub reply_7d: Probability,
}

/// What to expect of those who are waited for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chances {
    /// That nothing comes from them in the next [`pulse::DARK_DAYS`].
    pub dark: Probability,
    /// That an answer comes within seven days.
    pub reply_7d: Probability,
    /// Of our letters in this deal that had waited as long: how many were answered within a week
    /// after, and how many there were. `None` where none waits, or too few did.
    pub waited_as_long: Option<(u32, u32)>,
}

/// Weighs what passed between us and somebody, by the habit that `habit` shows (the same
/// exchanges, or those with the person waited for). `met_at` is when they were met last: what was
/// written before that waits no longer. `clock` is the clock of whoever is waited for.
pub fn weigh(
    exchanges: &[Exchange<'_>],
    habit: &[Exchange<'_>],
    met_at: Option<Moment>,
    as_of: Moment,
    clock: &Clock,
) -> Rhythm {
    let answer_days = answer_days(habit, clock);
    let predictive = PRIOR.predict(&answer_days);
    let unanswered = unanswered(exchanges, met_at);
    let waits: Vec<f64> = unanswered.iter().map(|e| clock.days(e.at, as_of)).collect();
    let survival = joint_survival(&predictive, &waits, 0.0);
    let survival_in_7d = joint_survival(&predictive, &waits, 7.0);
    let last = |direction| exchanges.iter().rev().find(|e| e.direction == direction).map(|e| e.at);
    let owes = match exchanges.last() {
        Some(_) if !unanswered.is_empty() => Owes::They,
        Some(last)
            if last.direction == Direction::Inbound && met_at.is_none_or(|met| met < last.at) =>
        {
            Owes::We
        }
        _ => Owes::Nobody,
    };
    let dark = if waits.is_empty() { 0.0 } else { NEVER.never_after(survival) };
    Rhythm {
        owes,
        heard_at: last(Direction::Inbound),
        wrote_at: last(Direction::Outbound),
        silent_days: waits.first().copied().unwrap_or(0.0),
        unanswered: waits.len(),
        usual_days: (predictive.quantile(0.5), predictive.quantile(0.9)),
        slowed: slowed(&answer_days),
        answer_days,
        dark: Probability::clamped(dark),
        reply_7d: Probability::clamped(NEVER.within(survival, survival_in_7d)),
    }
}

impl Rhythm {
    /// The chances as the habit alone tells them.
    pub fn chances_by_habit(&self) -> Chances {
        Chances { dark: self.dark, reply_7d: self.reply_7d, waited_as_long: None }
    }

    /// The chances for those who are waited for. Two readings are pooled, the habit of this person
    /// and the curves that were learnt from thousands of others: few of those were as regular as a
    /// good customer, and one person's habit is only a few letters long. Who is likeliest to answer
    /// counts: one answer is enough.
    pub fn chances(
        &self,
        pulse: &Pulse,
        waited_for: &BTreeSet<EmailAddress>,
        clock: &Clock,
    ) -> Chances {
        if self.owes != Owes::They {
            return self.chances_by_habit();
        }
        let replies = waited_for.iter().filter_map(|email| pulse.reply_7d(email, clock));
        let silences = waited_for.iter().filter_map(|email| pulse.dark(email));
        Chances {
            reply_7d: pooled(self.reply_7d, replies.max_by(f64::total_cmp)),
            dark: pooled(self.dark, silences.min_by(f64::total_cmp)),
            waited_as_long: pulse.waited_as_long(self.silent_days),
        }
    }

    /// The days within which that share of their answers came (0 to 1), by nearest rank; `None`
    /// before the first answer.
    pub fn observed(&self, share: f64) -> Option<f64> {
        let mut sorted = self.answer_days.clone();
        sorted.sort_by(f64::total_cmp);
        let last = sorted.len().checked_sub(1)?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a share of a length"
        )]
        let rank = (share.clamp(0.0, 1.0) * last as f64).round() as usize;
        sorted.get(rank).copied()
    }
}

/// The mean of two chances as log-odds; the first alone where there is no second.
fn pooled(habit: Probability, curves: Option<f64>) -> Probability {
    curves.map_or(habit, |curves| {
        let mean = f64::midpoint(log_odds(habit.get()), log_odds(curves));
        Probability::clamped(probability(mean))
    })
}

/// Whether their last two answers both took longer than nearly all answers before them.
fn slowed(answer_days: &[f64]) -> bool {
    let Some((earlier, last_two)) = answer_days.split_at_checked(answer_days.len().wrapping_sub(2))
    else {
        return false;
    };
    let habit = PRIOR.predict(earlier);
    earlier.len() >= 3 && last_two.iter().all(|days| habit.survival(*days) < 0.2)
}

/// How long each of their answers took, counted from the first message that it could answer,
/// by the clock of those who answer.
fn answer_days(exchanges: &[Exchange<'_>], clock: &Clock) -> Vec<f64> {
    let mut days = Vec::new();
    let mut waiting_since: Option<Moment> = None;
    for exchange in exchanges {
        match exchange.direction {
            Direction::Outbound => waiting_since = waiting_since.or(Some(exchange.at)),
            Direction::Inbound => {
                if let Some(since) = waiting_since.take() {
                    days.push(clock.days(since, exchange.at));
                }
            }
        }
    }
    days
}

/// How likely all these messages would still be unanswered `ahead` days from now, if they were
/// going to be answered. The first counts in full; a reminder is only half a new question.
fn joint_survival(habit: &LogNormalPredictive, waits: &[f64], ahead: f64) -> f64 {
    waits.iter().enumerate().fold(1.0, |joint, (n, wait)| {
        let survival = habit.survival(wait + ahead);
        joint * if n == 0 { survival } else { survival.sqrt() }
    })
}
