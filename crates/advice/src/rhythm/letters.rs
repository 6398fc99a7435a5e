//! A correspondence as a log of who wrote to whom and when.

use std::collections::BTreeMap;

use inroad_model::{EmailAddress, Moment};

use super::log::{Entry, EventLog, Person};
use crate::correspondence::{Correspondence, Letter, Number};

/// The seller and everybody beside him: whoever of them writes, it is one side.
pub const WE: Person = 0;

/// What people wrote to each other, with their numbers in the log.
#[derive(Debug)]
pub struct Letters {
    /// The letters.
    pub log: EventLog,
    /// The numbers of those on the other side.
    pub people: BTreeMap<EmailAddress, Person>,
}

impl Letters {
    /// Takes in what people wrote: letters of a correspondence with their places in it. What
    /// machines wrote does not count.
    pub fn of<'c, 'a: 'c>(
        letters: impl IntoIterator<Item = (usize, &'c Letter<'a>)>,
        correspondence: &Correspondence<'a>,
    ) -> Self {
        let mut persons: BTreeMap<Number, Person> = BTreeMap::new();
        let mut others: Vec<Number> = Vec::new();
        let mut entry_at: BTreeMap<usize, u32> = BTreeMap::new();
        let mut entries: Vec<Entry> = Vec::new();
        for (place, letter) in letters {
            let Some(from) = letter.from else { continue };
            if !letter.touch.message.nature.is_correspondence() {
                continue;
            }
            let mut person = |number: &Number| {
                if correspondence.is_ours(*number) {
                    return WE;
                }
                *persons.entry(*number).or_insert_with(|| {
                    others.push(*number);
                    Person::try_from(others.len()).unwrap_or(Person::MAX)
                })
            };
            entries.push(Entry {
                time: seconds(letter.at),
                from: person(&from),
                to: letter.to().iter().map(&mut person).collect(),
                cc: letter.cc().iter().map(person).collect(),
                parent: letter.answers.and_then(|place| entry_at.get(&place)).copied(),
                is_reply: !letter.touch.message.in_reply_to.is_empty(),
            });
            if let Ok(entry) = u32::try_from(entries.len() - 1) {
                entry_at.insert(place, entry);
            }
        }
        let log = EventLog::of_one(WE, &entries, others.len() + 1);
        let people = (WE + 1..)
            .zip(others)
            .filter_map(|(person, number)| Some((correspondence.address(number)?.clone(), person)));
        Self { log, people: people.collect() }
    }
}

/// Seconds since 1970.
pub(super) fn seconds(moment: Moment) -> f64 {
    moment.timestamp().as_duration().as_secs_f64()
}

/// The moment so many seconds after the beginning of 1970; `None` far outside of the calendar.
pub fn moment(seconds: f64) -> Option<Moment> {
    let since = jiff::SignedDuration::try_from_secs_f64(seconds).ok()?;
    jiff::Timestamp::from_duration(since).ok().map(Moment::utc)
}
