//! What one person wrote to another, and how the other answered.

use super::log::DAY;

/// Letters to the same person within an hour are one turn, unless that person wrote in between.
const TURN_SECONDS: f64 = 3_600.0;
/// An answer is looked for within so many days.
pub const ANSWER_DAYS: f64 = 7.0;

/// The letters of one person to another, oldest first.
#[derive(Debug, Default, Clone)]
pub struct Pair {
    /// When letters were written that ask the other for an answer, in seconds since 1970.
    pub direct: Vec<f64>,
    /// When letters were written that the other received in any part.
    pub received: Vec<f64>,
    /// The first letter of each turn, with the answer to it.
    pub turns: Vec<Turn>,
}

/// The first of some letters written in a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Turn {
    /// When it was written.
    pub start: f64,
    /// When the other wrote next; infinite if never.
    pub answer: f64,
}

impl Turn {
    /// Days that the answer took; infinite if none came.
    pub fn days(&self) -> f64 {
        (self.answer - self.start) / DAY
    }

    /// Whether it was still open after some days.
    pub fn open_after(&self, days: f64) -> bool {
        self.days() > days
    }

    /// Whether the answer came within the week after those days.
    pub fn answered_after(&self, days: f64) -> bool {
        self.open_after(days) && self.days() <= days + ANSWER_DAYS
    }

    /// Whether one could tell at a moment what became of it in the week after those days.
    pub fn is_settled(&self, days: f64, cut: f64) -> bool {
        self.start < cut - (days + ANSWER_DAYS) * DAY
            || self.answered_after(days) && self.answer <= cut
    }
}

impl Pair {
    /// Finds the turns, by when the other wrote directly.
    pub(super) fn take_turns(&mut self, inbound: &[f64]) {
        let mut previous: Option<f64> = None;
        for &time in &self.direct {
            let last_in = inbound.get(before(inbound, time).wrapping_sub(1));
            let starts = previous.is_none_or(|previous| {
                time - previous >= TURN_SECONDS || last_in.is_some_and(|last| *last > previous)
            });
            if starts {
                let answer = inbound.get(until(inbound, time)).copied().unwrap_or(f64::INFINITY);
                self.turns.push(Turn { start: time, answer });
            }
            previous = Some(time);
        }
    }

    /// The turns begun up to a moment.
    pub fn turns_until(&self, cut: f64) -> &[Turn] {
        self.turns.get(..self.turns.partition_point(|turn| turn.start <= cut)).unwrap_or_default()
    }
}

/// Who writes after so many days in which neither did is the one who begins.
const BEGINS_AFTER_DAYS: f64 = 3.0;

/// For each of their letters, whether they began with it: neither had written for days.
pub fn begun<'t>(wrote: &'t [f64], heard: &'t [f64]) -> impl Iterator<Item = bool> + 't {
    let mut previous = f64::NEG_INFINITY;
    heard.iter().map(move |&time| {
        let own = wrote.get(before(wrote, time).wrapping_sub(1)).copied();
        let last = own.unwrap_or(f64::NEG_INFINITY).max(previous);
        previous = time;
        time - last > BEGINS_AFTER_DAYS * DAY
    })
}

/// How many moments are at or before another.
pub fn until(times: &[f64], moment: f64) -> usize {
    times.partition_point(|time| *time <= moment)
}

/// How many moments are before another.
pub fn before(times: &[f64], moment: f64) -> usize {
    times.partition_point(|time| *time < moment)
}

/// The moments at or before another.
pub fn known(times: &[f64], moment: f64) -> &[f64] {
    times.get(..until(times, moment)).unwrap_or_default()
}

/// How many moments lie in the days up to another.
pub fn count_within(times: &[f64], moment: f64, days: f64) -> usize {
    until(times, moment) - before(times, moment - days * DAY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_in_a_row_are_one_turn() {
        let mut pair = Pair { direct: vec![0.0, 600.0, 9_000.0, 10_000.0], ..Pair::default() };
        pair.take_turns(&[9_500.0, 90_000.0]);
        let turns: Vec<(f64, f64)> = pair.turns.iter().map(|t| (t.start, t.answer)).collect();
        // The last begins a turn although it came soon: they had written in between.
        assert_eq!(turns, [(0.0, 9_500.0), (9_000.0, 9_500.0), (10_000.0, 90_000.0)]);
    }

    #[test]
    fn what_is_not_known_yet_is_not_settled() {
        let turn = Turn { start: 0.0, answer: 3.0 * DAY };
        assert!(turn.answered_after(1.0) && !turn.answered_after(3.0));
        assert!(!turn.is_settled(1.0, 2.0 * DAY));
        assert!(turn.is_settled(1.0, 3.0 * DAY));
        assert!(turn.is_settled(14.0, 22.0 * DAY), "after three weeks all is known");
    }
}
