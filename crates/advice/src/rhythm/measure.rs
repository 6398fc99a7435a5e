//! What is known of a pair at a moment, in numbers.
//!
//! Only letters that the first of the two sent or received are looked at, and only those up to the
//! moment.

mod answers;
mod gaps;
mod letter;
mod surroundings;
mod traffic;

use std::sync::LazyLock;

use super::log::{DAY, EventLog, Person};
use super::mailbox::Mailbox;
use super::pair::{Pair, known};
use super::term::{Measures, Term};

pub use letter::TERMS_OF_CONVERSATION;

/// What is said of days since something that never was.
const NEVER_DAYS: f64 = 999.0;

static NOTHING: LazyLock<(Pair, Mailbox)> = LazyLock::new(Default::default);

/// A pair as one of the two sees it at a moment.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    log: &'a EventLog,
    me: Person,
    them: Person,
    /// The moment; nothing later is looked at.
    cut: f64,
    /// What I wrote to them.
    outbound: &'a Pair,
    /// What they wrote to me.
    inbound: &'a Pair,
    mailbox: &'a Mailbox,
}

impl<'a> View<'a> {
    /// `me` and `them` as known at `cut`, in seconds since 1970.
    pub fn new(log: &'a EventLog, me: Person, them: Person, cut: f64) -> Self {
        Self {
            log,
            me,
            them,
            cut,
            outbound: log.pair(me, them).unwrap_or(&NOTHING.0),
            inbound: log.pair(them, me).unwrap_or(&NOTHING.0),
            mailbox: log.mailbox(me).unwrap_or(&NOTHING.1),
        }
    }

    /// When I wrote to them.
    fn wrote(&self) -> &'a [f64] {
        known(&self.outbound.direct, self.cut)
    }

    /// When they wrote to me.
    fn heard(&self) -> &'a [f64] {
        known(&self.inbound.direct, self.cut)
    }

    /// When they wrote anything that I received.
    fn seen(&self) -> &'a [f64] {
        known(&self.inbound.received, self.cut)
    }

    fn days_since(&self, time: Option<f64>) -> f64 {
        time.map_or(NEVER_DAYS, |time| (self.cut - time) / DAY)
    }

    /// How many were written or received after another moment, up to now.
    fn since(&self, times: &[f64], moment: f64) -> f64 {
        known(times, self.cut).iter().rev().take_while(|time| **time > moment).count() as f64
    }

    /// What tells whether a letter will be answered within a week. `letter` is its place in the
    /// log; `elapsed_days` how long it has waited, without days that do not count.
    pub fn of_reply(&self, letter: u32, elapsed_days: f64) -> Measures {
        let mut measures = self.common();
        measures.put(Term::ElapsedDays, elapsed_days);
        letter::measure(self, letter, elapsed_days, &mut measures);
        measures
    }

    /// What tells whether they stay silent for so many days more.
    pub fn of_silence(&self, horizon_days: f64) -> Measures {
        let mut measures = self.common();
        measures.put(Term::HorizonDays, horizon_days);
        gaps::measure_silence(self, horizon_days, &mut measures);
        surroundings::measure_silence(self, &mut measures);
        measures
    }

    fn common(&self) -> Measures {
        let mut measures = Measures::default();
        traffic::measure(self, &mut measures);
        gaps::measure(self, &mut measures);
        answers::measure(self, &mut measures);
        surroundings::measure(self, &mut measures);
        measures
    }
}

/// The mean; not a number of nothing.
fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The standard deviation; not a number of nothing.
fn spread(values: &[f64]) -> f64 {
    let mean = mean(values);
    let squares = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>();
    (squares / values.len() as f64).sqrt()
}

fn last_three(values: &[f64]) -> &[f64] {
    values.get(values.len().saturating_sub(3)..).unwrap_or_default()
}

/// Monday 0 to Sunday 6, in UTC.
fn weekday(time: f64) -> f64 {
    ((time / DAY).floor() + 3.0).rem_euclid(7.0)
}
