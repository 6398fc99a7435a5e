//! Logs, cases and outcomes from CSV.

use std::collections::BTreeMap;
use std::path::Path;

use inroad_advice::rhythm::log::{DAY, Entry, EventLog, Person};
use inroad_advice::rhythm::outcomes::{Asked, Outcome};

/// A case with the part of the log to which it belongs.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub id: String,
    pub is_test: bool,
    /// Whose letters with whom, in either order.
    pub pair: (String, String),
    pub outcome: Outcome,
}

/// A log with the cases asked of it.
#[derive(Debug, Default)]
pub(crate) struct Archive {
    pub log: EventLog,
    pub cases: Vec<Case>,
}

/// Lines of a file without the head, by their cells.
pub(crate) fn table(file: &Path) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(file).unwrap();
    let cells = |line: &str| line.split(',').map(str::to_owned).collect();
    text.lines().skip(1).map(cells).collect()
}

/// Reads `id,time,from,to,cc,in_reply_to` (lists are separated by spaces), and of a folder the
/// cases of one kind with their labels.
pub(crate) fn read(events: &Path, folder: &Path, kind: &str) -> Archive {
    let rows = table(events);
    let places: BTreeMap<&str, usize> =
        (0..).zip(&rows).map(|(at, r)| (r[0].as_str(), at)).collect();
    let mut people: BTreeMap<&str, Person> = BTreeMap::new();
    let mut entries = Vec::new();
    for row in &rows {
        let mut number = |name| {
            let next = Person::try_from(people.len()).unwrap();
            *people.entry(name).or_insert(next)
        };
        entries.push(Entry {
            time: row[1].parse().unwrap(),
            from: number(&row[2]),
            to: row[3].split_whitespace().map(&mut number).collect(),
            cc: row[4].split_whitespace().map(&mut number).collect(),
            parent: places.get(row[5].as_str()).map(|at| u32::try_from(*at).unwrap()),
            is_reply: !row[5].is_empty(),
        });
    }
    let log = EventLog::new(&entries, people.len());
    let labels = table(&folder.join(format!("labels_{kind}.csv")));
    let cases = table(&folder.join(format!("cases_{kind}.csv"))).into_iter().zip(labels);
    let cases = cases.map(|(case, label)| {
        assert_eq!(case[0], label[0], "cases and labels in the same order");
        let cut: f64 = case[5].parse().unwrap();
        let (asked, days) = if kind == "A" {
            let letter = log.place_of(places[case[6].as_str()]).unwrap();
            (Asked::Reply { letter, elapsed_days: case[7].parse().unwrap() }, case[8].parse())
        } else {
            let horizon_days: f64 = case[6].parse().unwrap();
            (Asked::Silence { horizon_days }, Ok(horizon_days))
        };
        let known_from = cut + DAY * days.unwrap();
        let (me, them) = (people[case[3].as_str()], people[case[4].as_str()]);
        let came = label[1] == "1";
        Case {
            id: case[0].clone(),
            is_test: case[2] == "test",
            pair: ordered(&case[3], &case[4]),
            outcome: Outcome { me, them, cut, known_from, asked, came },
        }
    });
    let cases = cases.collect();
    Archive { log, cases }
}

pub(crate) fn ordered(a: &str, b: &str) -> (String, String) {
    if a < b { (a.to_owned(), b.to_owned()) } else { (b.to_owned(), a.to_owned()) }
}
