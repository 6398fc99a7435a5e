//! A folder where notes and transcripts of calls are put: each file is read once by its content, when it has
//! stopped growing, and becomes a note of the deal that its name names.
//!
//! What names no deal, or cannot be read, is told with its name, and tried again when it is called otherwise
//! or a deal was added.
//!
//! Must not: move, change or remove a file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use inroad_model::{Moment, NotesFolder};
use inroad_store::{ContentHash, KeptConnection, SyncStep};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use tokio::task::spawn_blocking;
use tokio::time::{Instant, sleep};

use super::fault::Fault;
use super::status::Trouble;
use crate::calls::file::{self, FileNote, KeptFile};
use crate::import::{ImportReport, Stop};
use crate::{Error, Inroad, Result};

/// So many files of a folder are looked at.
const FILES_MAX: usize = 10_000;
/// Folders in it are looked into so deep: one for each deal, say.
const DEPTH_MAX: usize = 2;
/// Larger ones are no text.
const FILE_BYTES_MAX: u64 = 32 << 20;
/// A file that did not change for so long has stopped growing.
const SETTLED_AFTER: Duration = Duration::from_secs(5);
/// What waits for a deal is looked at again so often.
const TRIED_EVERY: Duration = Duration::from_mins(1);

/// What a look brought.
#[derive(Debug, Default)]
pub(super) struct Brought {
    pub report: ImportReport,
    /// Files that could not be taken, and why.
    pub left_out: Vec<Trouble>,
}

/// What is known of the files while the program runs.
#[derive(Debug, Default)]
pub(super) struct NotesSeen {
    files: BTreeMap<PathBuf, Seen>,
}

#[derive(Debug, Clone)]
struct Seen {
    as_it_was: Looks,
    became: Became,
}

/// By what it is seen that a file changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Looks {
    bytes: u64,
    changed: Option<SystemTime>,
}

#[derive(Debug, Clone)]
enum Became {
    /// It may be growing still.
    Grows,
    Noted,
    LeftOut {
        trouble: Trouble,
        tried_at: Instant,
        is_final: bool,
    },
}

/// Which files were noted, as it is kept: their names by their content.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Noted {
    #[serde(default)]
    noted: BTreeMap<String, String>,
}

/// Whether the folder is there.
pub(super) fn tried(wanted: &NotesFolder) -> std::result::Result<(), Fault> {
    let folder = &wanted.folder;
    let read = std::fs::read_dir(folder);
    read.map(|_files| ()).map_err(|cause| away(folder, &cause))
}

fn away(folder: &Path, cause: &std::io::Error) -> Fault {
    Fault::Away(Trouble {
        what: format!("The folder {} cannot be read: {cause}", folder.display()),
        way_out: "Put it back, or connect another one".to_owned(),
    })
}

impl NotesSeen {
    /// Looks twice, so that what stopped growing is taken at once.
    pub(super) async fn look_once(
        &mut self,
        inroad: &Inroad,
        kept: &KeptConnection,
        wanted: &NotesFolder,
        stop: &Stop,
        at: Moment,
    ) -> std::result::Result<Brought, Fault> {
        let first = self.look(inroad, kept, wanted, stop, at).await?;
        if !self.files.values().any(|seen| matches!(seen.became, Became::Grows)) {
            return Ok(first);
        }
        sleep(SETTLED_AFTER).await;
        let mut second = self.look(inroad, kept, wanted, stop, at).await?;
        second.report.notes += first.report.notes;
        Ok(second)
    }

    /// Looks at the folder.
    pub(super) async fn look(
        &mut self,
        inroad: &Inroad,
        kept: &KeptConnection,
        wanted: &NotesFolder,
        stop: &Stop,
        at: Moment,
    ) -> std::result::Result<Brought, Fault> {
        let root = wanted.folder.clone();
        let listed = spawn_blocking(move || list(&root).map_err(|cause| away(&root, &cause)));
        let (files, is_cut) = listed.await.map_err(|task| Error::stopped(&task))??;
        self.files.retain(|path, _| files.contains_key(path));
        let mut brought = Brought::default();
        for (path, looks) in files {
            if stop.is_wished() {
                brought.report.stopped = true;
                break;
            }
            if self.is_settled(&path, looks) {
                continue;
            }
            let became = if looks.has_stopped_growing(self.files.get(&path)) {
                let name = path.strip_prefix(&wanted.folder).unwrap_or(&path).to_owned();
                let became = inroad.take_note(kept, wanted, &path, &name, looks, at).await?;
                brought.report.notes += usize::from(matches!(became, Taken::Now));
                became.into_seen()
            } else {
                Became::Grows
            };
            self.files.insert(path, Seen { as_it_was: looks, became });
        }
        brought.left_out = self.files.values().filter_map(|seen| seen.trouble().cloned()).collect();
        if is_cut {
            brought.left_out.push(Trouble {
                what: format!("The folder holds more than {FILES_MAX} files"),
                way_out: "The first were looked at; move those that were read elsewhere".to_owned(),
            });
        }
        brought.report.files = brought.report.notes;
        Ok(brought)
    }

    /// Whether nothing is to be done about a file.
    fn is_settled(&self, path: &Path, looks: Looks) -> bool {
        let Some(seen) = self.files.get(path).filter(|seen| seen.as_it_was == looks) else {
            return false;
        };
        match &seen.became {
            Became::Grows => false,
            Became::Noted => true,
            Became::LeftOut { tried_at, is_final, .. } => {
                *is_final || tried_at.elapsed() < TRIED_EVERY
            }
        }
    }
}

impl Seen {
    fn trouble(&self) -> Option<&Trouble> {
        match &self.became {
            Became::LeftOut { trouble, .. } => Some(trouble),
            Became::Grows | Became::Noted => None,
        }
    }
}

impl Looks {
    /// A file that was put there tells by its own day when it was written.
    fn day(self) -> Date {
        let changed = self.changed.and_then(|changed| Timestamp::try_from(changed).ok());
        changed.unwrap_or_else(Timestamp::now).to_zoned_datetime(TimeZone::system()).date()
    }

    /// It looks as it did the last time, or has not changed for a while.
    fn has_stopped_growing(self, seen: Option<&Seen>) -> bool {
        let is_old = self
            .changed
            .and_then(|changed| changed.elapsed().ok())
            .is_some_and(|since| since >= SETTLED_AFTER);
        is_old || seen.is_some_and(|seen| seen.as_it_was == self)
    }
}

/// The files of a folder that may be notes, and whether there are more.
fn list(root: &Path) -> std::io::Result<(BTreeMap<PathBuf, Looks>, bool)> {
    let mut files = BTreeMap::new();
    let mut folders = vec![(root.to_owned(), 0)];
    while let Some((folder, depth)) = folders.pop() {
        let inner = match std::fs::read_dir(&folder) {
            Ok(inner) => inner,
            Err(cause) if depth == 0 => return Err(cause),
            Err(_) => continue,
        };
        for file in inner.flatten() {
            let name = file.file_name().to_string_lossy().into_owned();
            // Links are not followed.
            let Ok(looks) = file.metadata().map(|it| (it.file_type(), it)) else { continue };
            if is_of_a_program(&name) {
                continue;
            }
            if looks.0.is_dir() && depth < DEPTH_MAX {
                folders.push((file.path(), depth + 1));
            } else if looks.0.is_file() {
                if files.len() >= FILES_MAX {
                    return Ok((files, true));
                }
                let looks = Looks { bytes: looks.1.len(), changed: looks.1.modified().ok() };
                files.insert(file.path(), looks);
            }
        }
    }
    Ok((files, false))
}

/// Hidden files, and those that programs write while they are at it.
fn is_of_a_program(name: &str) -> bool {
    let lower = name.to_lowercase();
    let unfinished = [".part", ".crdownload", ".tmp", ".download", ".swp"];
    name.starts_with(['.', '~']) || unfinished.iter().any(|ending| lower.ends_with(ending))
}

/// What became of a file.
enum Taken {
    Now,
    Before,
    Not { trouble: Trouble, is_final: bool },
}

impl Taken {
    fn not(name: &str, why: &str, way_out: &str, is_final: bool) -> Self {
        let trouble = Trouble { what: format!("{name}: {why}"), way_out: way_out.to_owned() };
        Self::Not { trouble, is_final }
    }

    fn into_seen(self) -> Became {
        match self {
            Self::Now | Self::Before => Became::Noted,
            Self::Not { trouble, is_final } => {
                Became::LeftOut { trouble, tried_at: Instant::now(), is_final }
            }
        }
    }
}

impl Inroad {
    /// Takes a file as a note of the deal that its name names.
    async fn take_note(
        &self,
        kept: &KeptConnection,
        wanted: &NotesFolder,
        path: &Path,
        name: &Path,
        looks: Looks,
        at: Moment,
    ) -> Result<Taken> {
        let shown = name.display().to_string();
        if looks.bytes > FILE_BYTES_MAX {
            let why = format!("it is larger than {} MB", FILE_BYTES_MAX >> 20);
            return Ok(Taken::not(&shown, &why, "Put its text there, not its sound", true));
        }
        let own_names = self.own_names().await?;
        let (file, day) = (path.to_owned(), looks.day().min(at.date()));
        let read = spawn_blocking(move || read(&file, own_names, day));
        let (hash, note) = match read.await.map_err(|task| Error::stopped(&task))? {
            Ok((hash, Ok(note))) => (hash, note),
            Ok((_, Err(why))) => {
                let way_out = "Take it out of the folder, or save it as text";
                return Ok(Taken::not(&shown, why, way_out, true));
            }
            Err(cause) => {
                let why = format!("it cannot be read ({cause})");
                return Ok(Taken::not(&shown, &why, "Look who may read it", false));
            }
        };
        let (folder, mut noted) = self.noted(kept, wanted).await?;
        if noted.noted.contains_key(&hash) {
            return Ok(Taken::Before);
        }
        if noted.noted.values().any(|before| *before == shown) {
            let why = "it was noted before, and has changed since";
            let way_out =
                "Change the note in inroad, or give the file another name to have it noted too";
            return Ok(Taken::not(&shown, why, way_out, true));
        }
        let title = name.with_extension("").display().to_string();
        let kept = self.keep_file(&title, &path.display().to_string(), note, at).await?;
        if let KeptFile::Not { why, way_out } = kept {
            return Ok(Taken::not(&shown, &why, &way_out, false));
        }
        noted.noted.insert(hash, shown);
        let position = serde_json::to_string(&noted)
            .map_err(|cause| Error::Internal { what: cause.to_string() })?;
        let step = SyncStep { position: Some(position), ..SyncStep::default() };
        self.store.sync_step(folder, &step, at).await?;
        Ok(if matches!(kept, KeptFile::Now) { Taken::Now } else { Taken::Before })
    }

    async fn noted(&self, kept: &KeptConnection, wanted: &NotesFolder) -> Result<(i64, Noted)> {
        let path = wanted.folder.display().to_string();
        let folder = self.store.sync_folder(kept.id, &path, "{}").await?;
        Ok((folder.id, serde_json::from_str(&folder.position).unwrap_or_default()))
    }
}

/// Reads a file: its hash, and what it is or why it is nothing.
fn read(
    path: &Path,
    own_names: Vec<String>,
    day: Date,
) -> std::io::Result<(String, std::result::Result<FileNote, &'static str>)> {
    let bytes = std::fs::read(path)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Ok((ContentHash::of(&bytes).to_hex(), file::read(&name, &bytes, own_names, day)))
}
