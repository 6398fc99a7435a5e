//! A correspondence as a log of who wrote to whom and when.

use std::collections::BTreeMap;

use inroad_model::{EmailAddress, MessageId, Moment, Seller, Touch};

use super::log::{Entry, EventLog, Person};

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
    /// Takes in what people wrote. What machines wrote does not count.
    pub fn of<'a>(letters: impl IntoIterator<Item = (Moment, &'a Touch)>, seller: &Seller) -> Self {
        let mut numbers: BTreeMap<&EmailAddress, Person> = BTreeMap::new();
        let mut others: Vec<&EmailAddress> = Vec::new();
        let mut places: BTreeMap<&MessageId, u32> = BTreeMap::new();
        let mut entries: Vec<Entry> = Vec::new();
        for (at, touch) in letters {
            let message = &touch.message;
            let Some(from) = &message.from else { continue };
            if !message.nature.is_correspondence() {
                continue;
            }
            let mut number = |address: &'a EmailAddress| {
                *numbers.entry(address).or_insert_with(|| {
                    if seller.is_ours(address) {
                        return WE;
                    }
                    others.push(address);
                    Person::try_from(others.len()).unwrap_or(Person::MAX)
                })
            };
            let parent = message.in_reply_to.last();
            entries.push(Entry {
                time: seconds(at),
                from: number(&from.address),
                to: message.to.iter().map(|to| number(&to.address)).collect(),
                cc: message.cc.iter().map(|cc| number(&cc.address)).collect(),
                parent: parent.and_then(|id| places.get(id)).copied(),
                is_reply: parent.is_some(),
            });
            if let Ok(place) = u32::try_from(entries.len() - 1) {
                places.insert(&message.id, place);
            }
        }
        let log = EventLog::of_one(WE, &entries, others.len() + 1);
        let people = (WE + 1..).zip(others).map(|(person, address)| (address.clone(), person));
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
