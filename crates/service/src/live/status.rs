//! How each connection is: what is being done, when it last worked, and what stands in the way. It lies in a
//! small file beside the data file, written by the program that reads and shown by every other, since a word a
//! minute must not count as a change of the data.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use inroad_model::{ConnectionName, Moment};
use serde::{Deserialize, Serialize};

use super::beside::beside;
use crate::{Error, Result};

/// How a connection is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiveStatus {
    /// What is being done.
    #[serde(flatten)]
    pub state: LiveState,
    /// Since when.
    pub since: Moment,
    /// When the other side last answered all that was asked; `None` if it never did.
    pub worked_at: Option<Moment>,
    /// What of it could not be taken, each with its name and the way out; the first few.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<Trouble>,
}

/// So many things that could not be taken are told.
const LEFT_OUT_MAX: usize = 20;

/// What is being done about a connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum LiveState {
    /// Nobody reads it: no program is running that would.
    Off {
        /// What stood in the way when it was last tried.
        trouble: Option<Trouble>,
    },
    /// It is being reached.
    Reaching,
    /// It is being read.
    Reading {
        /// Which part of it.
        part: String,
        /// How many items were read.
        done: u64,
        /// How many there are to read.
        total: u64,
    },
    /// All is read, and the server tells of what is new at once.
    Listening,
    /// All is read; it is asked again at that time.
    Asking {
        /// When.
        next_at: Moment,
    },
    /// It did not work, and is tried again by itself.
    TryingAgain {
        /// What stands in the way.
        trouble: Trouble,
        /// When.
        next_at: Moment,
    },
    /// It does not work before a person does something.
    NeedsYou {
        /// What stands in the way.
        trouble: Trouble,
    },
}

/// What stands in the way, and the way out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// What happened.
    pub what: String,
    /// What may be done about it.
    pub way_out: String,
}

impl LiveStatus {
    /// The program that read it is gone. What needs a person needs them still.
    fn is_left(&mut self) {
        let trouble = match &mut self.state {
            LiveState::NeedsYou { .. } => return,
            LiveState::TryingAgain { trouble, .. } => Some(trouble.clone()),
            LiveState::Off { trouble } => trouble.take(),
            _ => None,
        };
        self.state = LiveState::Off { trouble };
    }
}

/// The word on all connections of a data file, kept by the program that reads them.
#[derive(Debug, Clone)]
pub(crate) struct Board {
    path: PathBuf,
    all: Arc<Mutex<BTreeMap<ConnectionName, LiveStatus>>>,
}

impl Board {
    /// With what was last said before; whoever said it reads no more.
    pub(crate) fn of(data: &Path) -> Self {
        let path = beside(data, "live.json");
        let mut all = read(&path);
        all.values_mut().for_each(LiveStatus::is_left);
        Self { all: Arc::new(Mutex::new(all)), path }
    }

    /// Says what is being done about a connection.
    pub(crate) fn say(&self, name: &ConnectionName, state: LiveState, at: Moment) -> Result<()> {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        let was = all.get(name);
        let worked = matches!(state, LiveState::Listening | LiveState::Asking { .. });
        let worked_at = if worked { Some(at) } else { was.and_then(|was| was.worked_at) };
        let kind = |state: &LiveState| std::mem::discriminant(state);
        let since = was.filter(|was| kind(&was.state) == kind(&state)).map_or(at, |was| was.since);
        let left_out = was.map(|was| was.left_out.clone()).unwrap_or_default();
        all.insert(name.clone(), LiveStatus { state, since, worked_at, left_out });
        write(&self.path, &all)
    }

    /// Says what of a connection could not be taken; nothing any more where it is empty.
    pub(crate) fn leave_out(
        &self,
        name: &ConnectionName,
        mut left_out: Vec<Trouble>,
    ) -> Result<()> {
        left_out.truncate(LEFT_OUT_MAX);
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        match all.get_mut(name) {
            Some(status) if status.left_out != left_out => status.left_out = left_out,
            _ => return Ok(()),
        }
        write(&self.path, &all)
    }

    /// Forgets a connection that is read no more.
    pub(crate) fn forget(&self, name: &ConnectionName) -> Result<()> {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        all.remove(name);
        write(&self.path, &all)
    }
}

/// How the connections of a data file are by the last word on them; off where no program reads them.
pub(crate) fn statuses(data: &Path, are_read: bool) -> BTreeMap<ConnectionName, LiveStatus> {
    let mut all = read(&beside(data, "live.json"));
    if !are_read {
        all.values_mut().for_each(LiveStatus::is_left);
    }
    all
}

/// Forgets what was last said of a connection, which is another one from now on or none.
pub(crate) fn forget(data: &Path, name: &ConnectionName) -> Result<()> {
    let path = beside(data, "live.json");
    let mut all = read(&path);
    if all.remove(name).is_none() { Ok(()) } else { write(&path, &all) }
}

/// What stands in the file; nothing where it is missing or cut, since it is said anew in a moment.
fn read(path: &Path) -> BTreeMap<ConnectionName, LiveStatus> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

fn write(path: &Path, all: &BTreeMap<ConnectionName, LiveStatus>) -> Result<()> {
    let text = serde_json::to_string(all).map_err(|e| Error::Internal { what: e.to_string() })?;
    let mut new = path.as_os_str().to_owned();
    new.push(".new");
    let new = PathBuf::from(new);
    // It names addresses and folders, as the data file does.
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(&new).and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|cause| Error::file(&new, cause))?;
    std::fs::rename(&new, path).map_err(|cause| Error::file(path, cause))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: u8) -> Moment {
        format!("2026-06-01T09:{minute:02}:00Z").parse().unwrap()
    }

    #[test]
    fn it_says_since_when_and_when_it_last_worked() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data.db");
        let name = ConnectionName::new("mine").unwrap();
        let board = Board::of(&data);
        let told_by = |are_read| statuses(&data, are_read).remove(&name).unwrap();
        let told = || told_by(true);
        board.say(&name, LiveState::Reaching, at(1)).unwrap();
        assert_eq!((told().since, told().worked_at), (at(1), None));
        board.say(&name, LiveState::Listening, at(2)).unwrap();
        board.say(&name, LiveState::Listening, at(7)).unwrap();
        assert_eq!((told().since, told().worked_at), (at(2), Some(at(7))));
        let trouble = Trouble { what: "No answer".to_owned(), way_out: "Wait".to_owned() };
        let again = LiveState::TryingAgain { trouble: trouble.clone(), next_at: at(9) };
        board.say(&name, again.clone(), at(8)).unwrap();
        assert_eq!(
            told(),
            LiveStatus { state: again, since: at(8), worked_at: Some(at(7)), left_out: Vec::new() }
        );
        let left_out = vec![Trouble { what: "a.vtt".to_owned(), way_out: "Name it".to_owned() }];
        board.leave_out(&name, left_out.clone()).unwrap();
        assert_eq!(told().left_out, left_out);

        // A program that is gone reads nothing, whatever it said last.
        let again = Trouble { what: "No answer".to_owned(), way_out: "Wait".to_owned() };
        assert_eq!(told_by(false).state, LiveState::Off { trouble: Some(again) });
        board.say(&name, LiveState::NeedsYou { trouble }, at(9)).unwrap();
        assert!(matches!(told_by(false).state, LiveState::NeedsYou { .. }));
        board.forget(&name).unwrap();
        assert!(statuses(&data, false).is_empty());
        std::fs::write(beside(&data, "live.json"), "{\"mine").unwrap();
        assert!(statuses(&data, false).is_empty(), "a cut file says nothing");
    }
}
