//! Event logs from CSV.

use std::collections::BTreeMap;

use inroad_advice::rhythm::log::{Entry, EventLog, Person};

/// A log, with the names of the people in it.
#[derive(Debug)]
pub(crate) struct Named {
    pub log: EventLog,
    pub names: BTreeMap<Person, String>,
}

/// Reads `id,time,from,to,cc,in_reply_to`; lists are separated by spaces.
pub(crate) fn read(text: &str) -> Named {
    let rows: Vec<Vec<&str>> = text.lines().skip(1).map(|line| line.split(',').collect()).collect();
    let places: BTreeMap<&str, u32> = (0..).zip(&rows).map(|(at, row)| (row[0], at)).collect();
    let mut people: BTreeMap<&str, Person> = BTreeMap::new();
    let mut entries = Vec::new();
    for row in &rows {
        let mut number = |name| {
            let next = Person::try_from(people.len()).unwrap();
            *people.entry(name).or_insert(next)
        };
        entries.push(Entry {
            time: row[1].parse().unwrap(),
            from: number(row[2]),
            to: row[3].split_whitespace().map(&mut number).collect(),
            cc: row[4].split_whitespace().map(&mut number).collect(),
            parent: places.get(row[5]).copied(),
            is_reply: !row[5].is_empty(),
        });
    }
    let log = EventLog::new(&entries, people.len());
    let names = people.into_iter().map(|(name, number)| (number, name.to_owned())).collect();
    Named { log, names }
}
