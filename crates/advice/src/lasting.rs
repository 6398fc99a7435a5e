//! States that last: what a silence brought is not undone by what we write ourselves.
//!
//! Who was called dark on Monday is not called warm on Tuesday because a letter went to a slower
//! colleague in between: a state that silence brought is left when one of them writes, when
//! something is stated, or when the figure falls clearly below where it was entered. As time goes
//! by alone, silence only grows, so it is enough to look at the moments just before each of our
//! letters that wait. All is asked with what is known now: who turns out to have been away was not
//! silent.

use std::collections::BTreeSet;

use inroad_model::{EmailAddress, Moment};

use crate::dealings::{Dealings, Direction, Exchange, with_person};
use crate::rhythm::clock::Clock;
use crate::rhythm::{self, Rhythm};
use crate::standing::{is_slow, stopped};

/// Below this chance of being dark nobody stays dark; entered from one half on.
const DARK_LEFT_BELOW: f64 = 0.35;
/// Within this share of the usual days nobody stays slow; entered from the whole on.
const SLOW_LEFT_WITHIN: f64 = 0.6;

/// What silence had brought before we wrote last, and brings still.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Lasting {
    /// They had stopped answering.
    pub stopped: bool,
    /// They were slower than their habit.
    pub slow: bool,
}

/// What lasts of the states that were entered since they last wrote. `rhythm` is how it is now.
pub(crate) fn lasting(dealings: &Dealings<'_>, rhythm: &Rhythm) -> Lasting {
    let mut lasting = Lasting::default();
    let now = dealings.counterparts();
    let waiting = dealings.unanswered().len();
    let first = dealings.exchanges.len() - waiting;
    for last in (first + 1)..dealings.exchanges.len() {
        let Some((written, [next, ..])) = dealings.exchanges.split_at_checked(last) else { break };
        let waited_for = dealings.counterparts_by(written);
        // Of the same people the figure can only have grown.
        if waited_for != now {
            let then = rhythm_by(dealings, written, &waited_for, next.at);
            lasting.stopped |= stopped(&then);
            lasting.slow |= is_slow(&then);
        }
    }
    Lasting {
        stopped: lasting.stopped && rhythm.dark.get() >= DARK_LEFT_BELOW,
        slow: (lasting.stopped || lasting.slow)
            && rhythm.silent_days >= SLOW_LEFT_WITHIN * rhythm.usual_days.1,
    }
}

fn rhythm_by(
    dealings: &Dealings<'_>,
    exchanges: &[Exchange<'_>],
    waited_for: &BTreeSet<EmailAddress>,
    as_of: Moment,
) -> Rhythm {
    rhythm_of(dealings, exchanges, waited_for, &Clock::of(dealings, waited_for), as_of)
}

/// The rhythm that some of a deal's letters show, measured against the habit of those who are
/// waited for where they ever answered, and of everybody on their side where not.
pub(crate) fn rhythm_of(
    dealings: &Dealings<'_>,
    exchanges: &[Exchange<'_>],
    waited_for: &BTreeSet<EmailAddress>,
    clock: &Clock,
    as_of: Moment,
) -> Rhythm {
    let mut habit: Vec<Exchange<'_>> =
        waited_for.iter().flat_map(|person| with_person(exchanges, person)).copied().collect();
    habit.sort_by(|a, b| (a.at, &a.touch.message.id).cmp(&(b.at, &b.touch.message.id)));
    habit.dedup_by(|a, b| a.touch.message.id == b.touch.message.id);
    let answered = habit.iter().any(|e| e.direction == Direction::Inbound);
    let habit = if answered { &habit } else { exchanges };
    rhythm::weigh(exchanges, habit, dealings.met_at, as_of, clock)
}
