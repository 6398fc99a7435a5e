//! What to do when nothing is certain: the choice that would be regretted least, over all that may
//! be the matter.
//!
//! Each cause has an advice of its own (its file says which). How likely an advice is the right one
//! is the sum over the causes that ask for it. A choice costs something wherever another would have
//! been right; the numbers below say how much, in parts of "pressed somebody who deserved patience".
//!
//! Must not: end in "stop", which only the words of a person can bring.

use inroad_model::{Advice, State};

use crate::playbook::diagnosis::Diagnosis;

/// Wrote for the deal's sake to somebody who is ill, mourns or waits for others. Nothing that a deal
/// is worth stands against it.
const PRESSED: f64 = 1.0;
/// Waited although they wanted to hear from us.
const LATE: f64 = 0.4;
/// Wrote once more to somebody who had gone.
const TOUCHED_IN_VAIN: f64 = 0.5;
/// Waited for somebody who had gone: it only costs a place in the list.
const WAITED_IN_VAIN: f64 = 0.2;
/// Let go of a deal that could be won, for a deal of the usual worth that was sure to be won.
const LOST: f64 = 1.5;
/// A large deal weighs so many times a usual one at the most; a small one the inverse.
const WORTH_MAX: f64 = 1.5;

/// A cause less likely than this is no ground for anything: to ask is right while so little is known.
const GROUND_FROM: f64 = 0.08;

/// How likely each advice is the right one; together they are one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Outlook {
    /// Nothing is wrong, there is a way to move it, or it is not known what is the matter.
    pub pursue: f64,
    /// There is a reason that deserves patience.
    pub wait: f64,
    /// They are on the way out.
    pub let_go: f64,
}

impl Outlook {
    /// What the causes ask for.
    pub(crate) fn of(diagnosis: &Diagnosis<'_>) -> Self {
        let likely = |advice: Advice| -> f64 {
            let grounds = diagnosis.likely.iter().filter(|(_, p)| *p >= GROUND_FROM);
            grounds.filter(|(scenario, _)| scenario.advice == advice).map(|(_, p)| p).sum()
        };
        let wait = likely(Advice::Wait);
        // Who may want no more mail, but has not said so, is left alone as kindly.
        let let_go = likely(Advice::LetGo) + likely(Advice::Stop);
        Self { pursue: 1.0 - wait - let_go, wait, let_go }
    }

    /// Whether to be patient would be regretted less than to write for the deal's sake.
    pub(crate) fn asks_for_patience(&self) -> bool {
        self.regret_of_waiting() < self.regret_of_pursuing() && self.wait > self.let_go
    }

    /// Whether letting go would be regretted least.
    pub(crate) fn is_over(&self, state: State, worth: f64) -> bool {
        let regret = self.regret_of_letting_go(chance(state), worth);
        regret < self.regret_of_pursuing() && regret < self.regret_of_waiting()
    }

    fn regret_of_pursuing(&self) -> f64 {
        PRESSED * self.wait + TOUCHED_IN_VAIN * self.let_go
    }

    fn regret_of_waiting(&self) -> f64 {
        LATE * self.pursue + WAITED_IN_VAIN * self.let_go
    }

    /// `chance` is how likely such a deal still comes to a good end, `worth` what it is worth beside
    /// the others.
    fn regret_of_letting_go(&self, chance: f64, worth: f64) -> f64 {
        let lost = LOST * chance * worth;
        lost * self.pursue + (PRESSED + lost) * self.wait
    }
}

/// How likely a deal in that state still comes to a good end, where it could be moved at all: what
/// sellers see, by and large, set by hand.
fn chance(state: State) -> f64 {
    match state {
        State::Warm => 0.9,
        State::Cooling | State::Paused => 0.6,
        State::Cold => 0.25,
        State::Dark => 0.15,
        State::Closed => 0.05,
    }
}

/// What a deal is worth beside a usual one of the same seller; 1 where either is not known.
pub(crate) fn worth(value: Option<f64>, usual: Option<f64>) -> f64 {
    match (value, usual) {
        (Some(value), Some(usual)) if value > 0.0 && usual > 0.0 => {
            (value / usual).sqrt().clamp(1.0 / WORTH_MAX, WORTH_MAX)
        }
        _ => 1.0,
    }
}
