//! What one person sent and received.

use std::collections::BTreeMap;

use super::log::{DAY, Event, Person};
use super::pair::{ANSWER_DAYS, Pair, Turn};

/// After so many days without an answer it is asked again how likely one is.
pub const ELAPSED_DAYS: [f64; 5] = [0.0, 1.0, 3.0, 7.0, 14.0];

/// One person's view of the log: nothing here was sent and received by others only.
#[derive(Debug, Default, Clone)]
pub struct Mailbox {
    /// Places in the log, oldest first.
    pub visible: Vec<u32>,
    /// The thread of each of them, by number.
    pub thread_of: Vec<u32>,
    /// The places of each thread's letters, oldest first.
    pub threads: Vec<Vec<u32>>,
    /// When letters were sent, in seconds since 1970.
    pub sent: Vec<f64>,
    /// When letters came in.
    pub received: Vec<f64>,
    /// When letters came in that answer another.
    first_reply: Option<f64>,
    /// The turns with everybody, by their start.
    turns: Vec<Turn>,
    /// Sums over the turns before each, for each of [`ELAPSED_DAYS`].
    sums: [Vec<Answered>; ELAPSED_DAYS.len()],
}

/// How many of some turns were still open, and how many of these were answered within a week.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
pub struct Answered {
    /// Still open at the start of the week.
    pub open: f64,
    /// Answered within it.
    pub answered: f64,
    /// The sum of the logarithms of the hours that these answers took.
    pub ln_hours: f64,
}

impl Answered {
    /// Adds a turn, counted `weight` times, if it was open after those days.
    pub fn add(&mut self, turn: &Turn, days: f64, weight: f64) {
        if !turn.open_after(days) {
            return;
        }
        self.open += weight;
        if turn.answered_after(days) {
            self.answered += weight;
            self.ln_hours += weight * ln_hours(turn);
        }
    }
}

/// The logarithm of the hours that an answer took; what came within a minute took a minute.
pub fn ln_hours(turn: &Turn) -> f64 {
    ((turn.answer - turn.start).max(60.0) / 3_600.0).ln()
}

impl Mailbox {
    /// Everybody's view; empty for all but one, if `whose` names somebody. Finds the turns of all
    /// pairs on the way.
    pub(super) fn of_everybody(
        whose: Option<Person>,
        events: &[Event],
        people: usize,
        pairs: &mut BTreeMap<(Person, Person), Pair>,
    ) -> Vec<Self> {
        let mut mailboxes = vec![Self::default(); people];
        for (place, event) in (0..).zip(events) {
            let all = event.received.iter().chain([&event.from]);
            for person in all.filter(|person| whose.is_none_or(|me| me == **person)) {
                if let Some(mailbox) = mailboxes.get_mut(*person as usize) {
                    mailbox.take(place, event, *person);
                }
            }
        }
        let inbound: BTreeMap<(Person, Person), Vec<f64>> =
            pairs.iter().map(|((from, to), pair)| ((*to, *from), pair.direct.clone())).collect();
        for (people, pair) in pairs {
            pair.take_turns(inbound.get(people).map(Vec::as_slice).unwrap_or_default());
            if let Some(mailbox) = mailboxes.get_mut(people.0 as usize) {
                mailbox.turns.extend(&pair.turns);
            }
        }
        mailboxes.iter_mut().filter(|mailbox| !mailbox.turns.is_empty()).for_each(Self::sum_up);
        mailboxes
    }

    fn take(&mut self, place: u32, event: &Event, person: Person) {
        if event.from == person {
            self.sent.push(event.time);
        } else {
            self.received.push(event.time);
        }
        if event.is_reply && self.first_reply.is_none() {
            self.first_reply = Some(event.time);
        }
        let thread = self.thread_to_join(event.parent).unwrap_or_else(|| {
            self.threads.push(Vec::new());
            u32::try_from(self.threads.len() - 1).unwrap_or(u32::MAX)
        });
        if let Some(letters) = self.threads.get_mut(thread as usize) {
            letters.push(place);
        }
        self.visible.push(place);
        self.thread_of.push(thread);
    }

    fn thread_to_join(&self, parent: Option<u32>) -> Option<u32> {
        self.thread_of.get(self.visible.binary_search(&parent?).ok()?).copied()
    }

    fn sum_up(&mut self) {
        self.turns.sort_by(|a, b| a.start.total_cmp(&b.start));
        for (sums, days) in self.sums.iter_mut().zip(ELAPSED_DAYS) {
            let mut sum = Answered::default();
            *sums = Vec::with_capacity(self.turns.len() + 1);
            sums.push(sum);
            for turn in &self.turns {
                sum.add(turn, days, 1.0);
                sums.push(sum);
            }
        }
    }

    /// How this person's letters were answered after some days of waiting, over all pairs, as far
    /// as it was settled at `cut`. `elapsed` is the place of the days in [`ELAPSED_DAYS`].
    pub fn answered(&self, elapsed: usize, cut: f64) -> Answered {
        let days = ELAPSED_DAYS.get(elapsed).copied().unwrap_or_default();
        let settled = cut - (days + ANSWER_DAYS) * DAY;
        let turns = self.turns.partition_point(|turn| turn.start < settled);
        self.sums.get(elapsed).and_then(|sums| sums.get(turns)).copied().unwrap_or_default()
    }

    /// Whether letters say which letter they answer, as far as was seen at a moment. Some archives
    /// do not keep it.
    pub fn knows_replies(&self, cut: f64) -> bool {
        self.first_reply.is_some_and(|first| first <= cut)
    }

    /// The thread of a letter: the places of its letters, oldest first.
    pub fn thread(&self, letter: u32) -> &[u32] {
        let number = self.visible.binary_search(&letter).ok();
        let thread = number.and_then(|at| self.threads.get(*self.thread_of.get(at)? as usize));
        thread.map(Vec::as_slice).unwrap_or_default()
    }
}
