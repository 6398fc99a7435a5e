//! A log of letters from its file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use inroad_advice::rhythm::log::{Entry, EventLog, Person};
use inroad_ingest::Limits;
use inroad_ingest::event_log::{LoggedLetter, letters};
use inroad_model::Issue;

use crate::{Error, Result};

/// A log with the names that its file gives to people and letters.
pub(crate) struct LogFile {
    pub(crate) log: EventLog,
    people: BTreeMap<String, Person>,
    /// The place of each letter among those of the file.
    letters: BTreeMap<String, usize>,
    pub(crate) issues: Vec<Issue>,
}

impl LogFile {
    /// Reads `events.csv` of a folder, or the file itself.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let file: PathBuf = if path.is_dir() { path.join("events.csv") } else { path.to_owned() };
        let bytes = std::fs::read(&file).map_err(|cause| Error::file(&file, cause))?;
        let (letters, mut issues) = letters(&bytes, &Limits::default());
        let name = file.display().to_string();
        issues = issues.into_iter().map(|issue| issue.in_file(&name)).collect();
        if letters.is_empty() {
            let why = issues.first().map_or_else(String::new, |issue| format!(": {issue}"));
            return Err(Error::Invalid { what: format!("{name} holds no letters{why}") });
        }
        Ok(Self::new(&letters, issues))
    }

    fn new(letters: &[LoggedLetter], issues: Vec<Issue>) -> Self {
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        for (place, letter) in letters.iter().enumerate() {
            places.insert(letter.id.clone(), place);
        }
        let mut people: BTreeMap<String, Person> = BTreeMap::new();
        let entries: Vec<Entry> = letters
            .iter()
            .map(|letter| {
                let mut person = |name: &String| {
                    let next = Person::try_from(people.len()).unwrap_or(Person::MAX);
                    *people.entry(name.clone()).or_insert(next)
                };
                let parent = places.get(&letter.in_reply_to).copied();
                Entry {
                    time: letter.time,
                    from: person(&letter.from),
                    to: letter.to.iter().map(&mut person).collect(),
                    cc: letter.cc.iter().map(&mut person).collect(),
                    parent: parent.and_then(|place| u32::try_from(place).ok()),
                    is_reply: !letter.in_reply_to.is_empty(),
                }
            })
            .collect();
        let log = EventLog::new(&entries, people.len());
        Self { log, people, letters: places, issues }
    }

    /// The number of a person.
    pub(crate) fn person(&self, name: &str) -> Option<Person> {
        self.people.get(name).copied()
    }

    /// Everybody's name.
    pub(crate) fn names(&self) -> BTreeMap<Person, String> {
        self.people.iter().map(|(name, person)| (*person, name.clone())).collect()
    }

    /// The place of a letter in the log.
    pub(crate) fn letter(&self, id: &str) -> Option<u32> {
        self.log.place_of(*self.letters.get(id)?)
    }
}
