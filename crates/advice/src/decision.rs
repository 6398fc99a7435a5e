//! What to do when nothing is certain: the choice that would be regretted least, over all that may
//! be the matter.
//!
//! Each cause has an advice of its own (its file says which). How likely an advice is the right one
//! is the sum over the causes that ask for it. A choice costs something wherever another would have
//! been right; the numbers below say how much, in parts of "pressed somebody who deserved patience".
//!
//! Must not: end in "stop" on anything but what somebody seems to have said.

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

/// Who seems this likely to have asked for no more mail is believed: to write on would hurt them, and
/// whoever reads their words can decide otherwise.
const UNWANTED_FROM: f64 = 0.4;

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
    /// The part of `let_go` in which they want no more mail.
    pub unwanted: f64,
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
        let unwanted = likely(Advice::Stop);
        let let_go = likely(Advice::LetGo) + unwanted;
        Self { pursue: 1.0 - wait - let_go, wait, let_go, unwanted }
    }

    /// Whether to be patient would be regretted less than to write for the deal's sake.
    pub(crate) fn asks_for_patience(&self) -> bool {
        self.regret_of_waiting() < self.regret_of_pursuing() && self.wait > self.let_go
    }

    /// Whether they seem to want no more mail.
    pub(crate) fn is_unwanted(&self) -> bool {
        self.unwanted >= UNWANTED_FROM
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn outlook(wait: f64, let_go: f64) -> Outlook {
        Outlook { pursue: 1.0 - wait - let_go, wait, let_go, unwanted: 0.0 }
    }

    #[test]
    fn where_nothing_is_known_the_step_is_to_ask() {
        let unknown = outlook(0.0, 0.0);
        assert!(!unknown.asks_for_patience());
        assert!(!unknown.is_over(State::Dark, 1.0));
    }

    #[test]
    fn a_likely_reason_asks_for_patience_and_a_likely_end_for_letting_go() {
        assert!(outlook(0.4, 0.1).asks_for_patience());
        assert!(!outlook(0.1, 0.4).asks_for_patience());
        assert!(outlook(0.05, 0.5).is_over(State::Dark, 1.0));
        assert!(!outlook(0.05, 0.5).is_over(State::Warm, 1.0), "it can still be won");
    }

    #[test]
    fn who_seems_to_want_no_more_mail_is_believed() {
        assert!(Outlook { unwanted: 0.45, ..outlook(0.0, 0.45) }.is_unwanted());
        assert!(!Outlook { unwanted: 0.2, ..outlook(0.0, 0.6) }.is_unwanted());
    }

    #[test]
    fn a_large_deal_is_let_go_later() {
        assert!((worth(Some(100.0), Some(100.0)) - 1.0).abs() < 1e-12);
        assert!(worth(Some(1e9), Some(1.0)) <= WORTH_MAX);
        assert!((worth(None, Some(1.0)) - 1.0).abs() < 1e-12);
        assert!((worth(Some(-5.0), Some(1.0)) - 1.0).abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn no_worth_stands_against_patience(
            wait in 0.0..1.0_f64, share in 0.0..1.0_f64, worth in 0.6..1.5_f64,
        ) {
            // Nobody who deserves patience is let go, however small the deal.
            let outlook = outlook(wait, (1.0 - wait) * share);
            if outlook.asks_for_patience() {
                for state in [State::Cold, State::Dark] {
                    prop_assert!(!outlook.is_over(state, worth));
                }
            }
        }

        #[test]
        fn more_worth_never_lets_go_sooner(
            wait in 0.0..1.0_f64, share in 0.0..1.0_f64, small in 0.6..1.0_f64, more in 0.0..0.5_f64,
        ) {
            let outlook = outlook(wait, (1.0 - wait) * share);
            if outlook.is_over(State::Cold, small + more) {
                prop_assert!(outlook.is_over(State::Cold, small));
            }
        }
    }
}
