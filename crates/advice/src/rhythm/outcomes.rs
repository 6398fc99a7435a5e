//! What a log shows of how letters were answered and silences ended, as cases to learn from.
//!
//! A letter is looked at when it was written and after 1, 3, 7 and 14 days without an answer: was
//! it answered within the week after? A pair that wrote each other before is looked at each
//! Monday: was there no letter of theirs within the horizon?

use super::log::{DAY, EventLog, Person};
use super::mailbox::ELAPSED_DAYS;
use super::pair::{ANSWER_DAYS, Pair, until};

/// Days of a week.
const WEEK: f64 = 7.0 * DAY;
/// Monday, 5 January 1970.
const FIRST_MONDAY: f64 = 4.0 * DAY;
/// Who was silent for longer is not asked about any more.
pub const SILENT_DAYS_MAX: f64 = 60.0;
/// Answers of theirs before a silence says anything.
const ANSWERS_MIN: usize = 3;

/// One case: a pair at a moment, with what became of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outcome {
    /// Whose letter, or who waits.
    pub me: Person,
    /// Of whom something is expected.
    pub them: Person,
    /// The moment at which it is asked.
    pub cut: f64,
    /// From when on it is known.
    pub known_from: f64,
    /// What is asked.
    pub asked: Asked,
    /// Whether it came about.
    pub came: bool,
}

/// What is asked of a pair.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Asked {
    /// Whether this letter, by its place in the log, is answered within a week after so many days.
    Reply {
        /// The letter.
        letter: u32,
        /// How long it has waited.
        elapsed_days: f64,
    },
    /// Whether they stay silent for so many days.
    Silence {
        /// Days that are looked ahead.
        horizon_days: f64,
    },
}

/// Everything that letters and answers show, by when it became known; of one person's letters
/// only, if `whose` names somebody.
pub fn replies(log: &EventLog, whose: Option<Person>) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    for ((me, them), pair) in log.pairs() {
        if whose.is_some_and(|person| person != me) {
            continue;
        }
        let Some(first_heard) = log.pair(them, me).and_then(|back| back.direct.first()) else {
            continue;
        };
        // Before both wrote once there is no pair.
        let turns = pair.turns.iter().skip(1).filter(|turn| turn.start > *first_heard);
        for turn in turns {
            let Some(letter) = letter_at(log, me, them, turn.start) else { continue };
            for elapsed_days in ELAPSED_DAYS {
                let cut = turn.start + elapsed_days * DAY;
                if turn.answer <= cut {
                    break;
                }
                let known_from = cut + ANSWER_DAYS * DAY;
                let asked = Asked::Reply { letter, elapsed_days };
                let came = turn.answer <= known_from;
                outcomes.push(Outcome { me, them, cut, known_from, asked, came });
            }
        }
    }
    in_order(outcomes)
}

/// Somebody's silence from a Monday on, with when it ended and whether it counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Window {
    pub me: Person,
    pub them: Person,
    /// The Monday.
    pub cut: f64,
    /// When they wrote next; infinite if never.
    pub ended: f64,
    /// When the one who waits next sent anything to anybody; infinite if never. Whoever sends
    /// nothing was away himself.
    pub sent: f64,
}

/// Everything that silences show, by when it became known: for pairs that answered each other
/// some times, on each Monday until the log ends; of one person's correspondence only, if `whose`
/// names somebody. A horizon below 0 has no silences.
pub fn silences(log: &EventLog, whose: Option<Person>, horizon_days: f64) -> Vec<Outcome> {
    let Some(last) = log.events().last().filter(|_| horizon_days >= 0.0) else {
        return Vec::new();
    };
    let closed = |window: Window| {
        let known_from = window.cut + horizon_days * DAY;
        (known_from <= last.time && window.sent <= known_from).then_some(Outcome {
            me: window.me,
            them: window.them,
            cut: window.cut,
            known_from,
            asked: Asked::Silence { horizon_days },
            came: window.ended > known_from,
        })
    };
    in_order(windows(log, whose).into_iter().filter_map(closed).collect())
}

/// The silences of all pairs that answered each other some times, on each Monday until the log
/// ends.
pub(super) fn windows(log: &EventLog, whose: Option<Person>) -> Vec<Window> {
    let Some(last) = log.events().last() else { return Vec::new() };
    let mut windows = Vec::new();
    for ((me, them), pair) in log.pairs() {
        if whose.is_some_and(|person| person != me) {
            continue;
        }
        let Some(back) = log.pair(them, me) else { continue };
        let Some(known_since) = known_since(pair, back) else { continue };
        let sent = log.mailbox(me).map(|mailbox| mailbox.sent.as_slice()).unwrap_or_default();
        let next = |times: &[f64], at: usize| times.get(at).copied().unwrap_or(f64::INFINITY);
        let mut cut = next_monday(known_since);
        while cut <= last.time {
            let heard = until(&back.direct, cut);
            let Some(last_heard) = back.direct.get(heard.wrapping_sub(1)) else { break };
            let ended = next(&back.direct, heard);
            if cut - last_heard > SILENT_DAYS_MAX * DAY {
                // On to their next letter, be that years away.
                if ended.is_infinite() {
                    break;
                }
                cut = next_monday(ended);
                continue;
            }
            windows.push(Window { me, them, cut, ended, sent: next(sent, until(sent, cut)) });
            cut += WEEK;
        }
    }
    windows
}

/// From when on a pair has answered each other often enough.
fn known_since(pair: &Pair, back: &Pair) -> Option<f64> {
    let mut answers: Vec<f64> = Vec::new();
    for turn in &pair.turns {
        if turn.answer.is_finite() && answers.last() != Some(&turn.answer) {
            answers.push(turn.answer);
        }
    }
    let both = pair.direct.len() >= ANSWERS_MIN && back.direct.len() >= ANSWERS_MIN;
    answers.get(ANSWERS_MIN - 1).copied().filter(|_| both)
}

/// The Monday at or after a moment, at midnight UTC.
pub fn next_monday(moment: f64) -> f64 {
    ((moment - FIRST_MONDAY) / WEEK).ceil() * WEEK + FIRST_MONDAY
}

/// The letter that one wrote to another at that second.
pub(super) fn letter_at(log: &EventLog, me: Person, them: Person, time: f64) -> Option<u32> {
    let mailbox = log.mailbox(me)?;
    let place_time = |place: &u32| log.event(*place).map_or(f64::NAN, |event| event.time);
    let first = mailbox.visible.partition_point(|place| place_time(place) < time);
    let places = mailbox.visible.get(first..)?.iter().take_while(|place| place_time(place) <= time);
    places.copied().find(|place| {
        log.event(*place).is_some_and(|event| event.from == me && event.direct.contains(&them))
    })
}

fn in_order(mut outcomes: Vec<Outcome>) -> Vec<Outcome> {
    outcomes.sort_by(|a, b| a.known_from.total_cmp(&b.known_from));
    outcomes
}
