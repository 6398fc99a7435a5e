//! Who wrote to whom and when: all that rhythm is read from.
//!
//! No words and no subjects, only people and times. The log is put in order once; after that any
//! past moment is a binary search away, and nothing later than that moment is looked at.

use std::collections::BTreeMap;

use super::mailbox::Mailbox;
use super::pair::Pair;

/// Seconds of a day.
pub const DAY: f64 = 86_400.0;
/// A letter to more people than this asks nobody in particular for an answer.
const DIRECT_RECIPIENTS_MAX: usize = 5;

/// A person, by number.
pub type Person = u32;

/// One message, as it is handed in.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    /// When, in seconds since 1970.
    pub time: f64,
    /// Who wrote it.
    pub from: Person,
    /// To whom.
    pub to: Vec<Person>,
    /// Who got a copy.
    pub cc: Vec<Person>,
    /// The message that it answers, by its place among the entries.
    pub parent: Option<u32>,
    /// Whether it answers anything at all, be that in the log or not.
    pub is_reply: bool,
}

/// One message of the log.
#[derive(Debug, Clone)]
pub struct Event {
    /// When, in seconds since 1970.
    pub time: f64,
    /// Who wrote it.
    pub from: Person,
    /// Whose answer it asks for: few recipients, and whomever it answers.
    pub direct: Box<[Person]>,
    /// Everybody who received it, whomever it answers among them.
    pub received: Box<[Person]>,
    /// How many it was sent to.
    pub to_count: u32,
    /// The message that it answers, by its place in the log.
    pub parent: Option<u32>,
    /// Whether it answers anything at all.
    pub is_reply: bool,
}

/// All messages, oldest first, with what each person and each pair makes of them.
#[derive(Debug, Default)]
pub struct EventLog {
    events: Vec<Event>,
    place_of: Vec<u32>,
    pairs: BTreeMap<(Person, Person), Pair>,
    mailboxes: Vec<Mailbox>,
}

impl EventLog {
    /// Takes in messages in any order. Whoever is written with a number beyond `people` counts
    /// all the same. Messages of the same second keep their order.
    pub fn new(entries: &[Entry], people: usize) -> Self {
        Self::seen_by(None, entries, people)
    }

    /// The same as one person sees it: of pairs without that person, and of other mailboxes,
    /// nothing is made, which takes far less time.
    pub fn of_one(whose: Person, entries: &[Entry], people: usize) -> Self {
        Self::seen_by(Some(whose), entries, people)
    }

    fn seen_by(whose: Option<Person>, entries: &[Entry], people: usize) -> Self {
        let mut order: Vec<u32> = (0..).take(entries.len()).collect();
        let time = |at: &u32| entries.get(*at as usize).map_or(0.0, |entry| entry.time);
        order.sort_by(|a, b| time(a).total_cmp(&time(b)));
        let mut place_of = vec![0; entries.len()];
        for (place, entry) in (0..).zip(&order) {
            if let Some(slot) = place_of.get_mut(*entry as usize) {
                *slot = place;
            }
        }
        let events: Vec<Event> = order
            .iter()
            .filter_map(|at| Some(event(entries.get(*at as usize)?, entries, &place_of)))
            .collect();
        let everybody = events.iter().flat_map(|e| e.received.iter().chain([&e.from]));
        let people = everybody.max().map_or(0, |most| *most as usize + 1).max(people);
        let mut pairs = pairs(whose, &events);
        let mailboxes = Mailbox::of_everybody(whose, &events, people, &mut pairs);
        Self { events, place_of, pairs, mailboxes }
    }

    /// Where an entry, by its place among those handed in, stands in the log.
    pub fn place_of(&self, entry: usize) -> Option<u32> {
        self.place_of.get(entry).copied()
    }

    /// A message by its place.
    pub fn event(&self, place: u32) -> Option<&Event> {
        self.events.get(place as usize)
    }

    /// All messages, oldest first.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// What one wrote to another; `None` if nothing.
    pub fn pair(&self, from: Person, to: Person) -> Option<&Pair> {
        self.pairs.get(&(from, to))
    }

    /// All pairs that wrote, in their order.
    pub fn pairs(&self) -> impl Iterator<Item = ((Person, Person), &Pair)> {
        self.pairs.iter().map(|(people, pair)| (*people, pair))
    }

    /// What one person sent and received; `None` for somebody who is not in the log.
    pub fn mailbox(&self, person: Person) -> Option<&Mailbox> {
        self.mailboxes.get(person as usize)
    }
}

fn event(entry: &Entry, entries: &[Entry], place_of: &[u32]) -> Event {
    let not_self = |person: &&Person| **person != entry.from;
    let parent = entry.parent.map(|at| at as usize);
    let answered = parent.and_then(|at| entries.get(at)).map(|parent| parent.from);
    let answered = answered.filter(|person| *person != entry.from);
    let mut direct: Vec<Person> = entry.to.iter().filter(not_self).copied().collect();
    direct.sort_unstable();
    direct.dedup();
    if direct.len() > DIRECT_RECIPIENTS_MAX {
        direct.clear();
    }
    direct.extend(answered.filter(|person| !direct.contains(person)));
    let mut received: Vec<Person> =
        entry.to.iter().chain(&entry.cc).filter(not_self).copied().chain(answered).collect();
    received.sort_unstable();
    received.dedup();
    Event {
        time: entry.time,
        from: entry.from,
        direct: direct.into(),
        received: received.into(),
        to_count: u32::try_from(entry.to.len()).unwrap_or(u32::MAX),
        parent: parent.and_then(|at| place_of.get(at)).copied(),
        is_reply: entry.is_reply || entry.parent.is_some(),
    }
}

/// What each wrote to each, oldest first; of one person's pairs only, if `whose` names somebody.
/// Turns are added when the mailboxes are made.
fn pairs(whose: Option<Person>, events: &[Event]) -> BTreeMap<(Person, Person), Pair> {
    let mut letters: Vec<(Person, Person, f64, bool)> = Vec::new();
    for event in events {
        let is_direct = |to: &Person| event.direct.contains(to);
        let counts = |to: &&Person| whose.is_none_or(|me| me == **to || me == event.from);
        let received = event.received.iter().filter(counts);
        letters.extend(received.map(|to| (event.from, *to, event.time, is_direct(to))));
    }
    // Stable, so each pair stays in order of time.
    letters.sort_by_key(|(from, to, ..)| (*from, *to));
    let mut pairs: Vec<((Person, Person), Pair)> = Vec::new();
    for (from, to, time, is_direct) in letters {
        if pairs.last().is_none_or(|(people, _)| *people != (from, to)) {
            pairs.push(((from, to), Pair::default()));
        }
        if let Some((_, pair)) = pairs.last_mut() {
            pair.received.push(time);
            if is_direct {
                pair.direct.push(time);
            }
        }
    }
    pairs.into_iter().collect()
}
