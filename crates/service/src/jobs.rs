//! Long work beside everything else: imports, reading anew, looking whether all is whole.
//!
//! One at a time, in the order in which they were wished for. Whoever looks sees the same job, however
//! often they look. A job that is stopped, or whose server ends, loses nothing that it reported as done.

mod kinds;
mod log;
mod pace;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

pub use self::kinds::{Came, Job, JobState, Work};
pub use self::pace::Pace;
use crate::import::{ImportOptions, Stop};
use crate::inroad::Inroad;
use crate::sources::ToImport;
use crate::uploads::{Upload, Uploads};
use crate::{Error, REREAD_BATCH_MESSAGES, Result};

/// The jobs of one server; cloning is cheap and shares them.
#[derive(Debug, Clone)]
pub struct Jobs {
    inroad: Inroad,
    uploads: Uploads,
    kept: Arc<Mutex<Vec<Kept>>>,
    turn: Arc<tokio::sync::Mutex<()>>,
}

/// A job with what only its runner needs.
#[derive(Debug)]
struct Kept {
    job: watch::Sender<Job>,
    stop: Stop,
    inputs: Vec<ToImport>,
    /// Held until the files are not needed any more.
    upload: Option<Arc<Upload>>,
    /// The import that went on with the same files.
    again: Option<u64>,
}

/// Everything in one file, to be read from its start.
#[derive(Debug)]
pub struct BackupFile {
    /// The file.
    pub file: tokio::fs::File,
    /// Its size.
    pub bytes: u64,
    _place: Upload,
}

/// So many jobs are remembered.
const KEPT_MAX: usize = 50;

impl Jobs {
    /// None yet. What an earlier start left of sent files is removed.
    pub fn new(inroad: Inroad) -> Self {
        let uploads = Uploads::beside(inroad.path());
        Self { inroad, uploads, kept: Arc::default(), turn: Arc::default() }
    }

    /// A place for files that are sent. Files of former jobs that wait for another word are given up.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn begin_upload(&self) -> Result<Upload> {
        for kept in self.lock().iter_mut().filter(|kept| kept.job.borrow().state.is_over()) {
            kept.upload = None;
        }
        self.uploads.begin()
    }

    /// Imports what was sent, or looks what would come in.
    ///
    /// # Errors
    /// [`Error::Invalid`] if nothing was sent; [`Error::File`].
    pub async fn import_upload(&self, mut upload: Upload, dry_run: bool) -> Result<u64> {
        upload.end_file().await?;
        if upload.inputs().is_empty() {
            return Err(Error::Invalid { what: "Choose a file or a folder first".to_owned() });
        }
        let inputs = upload.inputs().to_vec();
        Ok(self.begin(Work::Import { dry_run }, inputs, Some(Arc::new(upload))))
    }

    /// Imports what lies at these places of this machine, or looks what would come in.
    ///
    /// # Errors
    /// [`Error::NotFound`] if one is not there.
    pub fn import_paths(&self, paths: &[std::path::PathBuf], dry_run: bool) -> Result<u64> {
        if let Some(missing) = paths.iter().find(|path| !path.exists()) {
            let what = format!("There is no {} on this machine", missing.display());
            return Err(Error::NotFound { what });
        }
        let inputs = paths.iter().map(|path| ToImport::at(path)).collect();
        Ok(self.begin(Work::Import { dry_run }, inputs, None))
    }

    /// Imports, or goes on to import, what an earlier job looked at or was stopped at. Wished for
    /// twice, it is done once.
    ///
    /// # Errors
    /// [`Error::NotFound`] if there is no such job; [`Error::Conflict`] if its files are gone.
    pub fn import_again(&self, number: u64) -> Result<u64> {
        let mut kept = self.lock();
        let found = kept.iter().find(|kept| kept.is(number)).ok_or_else(no_job)?;
        let can_go_on = found.job.borrow().can_go_on;
        if let Some(again) = found.again
            && let Some(other) = kept.iter().find(|kept| kept.is(again))
            && (!can_go_on || !other.job.borrow().state.is_over())
        {
            return Ok(again);
        }
        if !can_go_on || found.inputs.iter().any(|input| !input.path.exists()) {
            let what = "These files are not there any more. Choose them again";
            return Err(Error::Conflict { what: what.to_owned() });
        }
        let (inputs, upload) = (found.inputs.clone(), found.upload.clone());
        let again = self.begin_with(&mut kept, Work::Import { dry_run: false }, inputs, upload);
        if let Some(found) = kept.iter_mut().find(|kept| kept.is(number)) {
            found.again = Some(again);
        }
        Ok(again)
    }

    /// Reads anew what an earlier version of the program read.
    pub fn reread(&self) -> u64 {
        self.begin(Work::Reread, Vec::new(), None)
    }

    /// Looks whether the data file is whole.
    pub fn check(&self) -> u64 {
        self.begin(Work::Check, Vec::new(), None)
    }

    /// Writes everything into one file, to be sent; it vanishes when it is let go of.
    ///
    /// # Errors
    /// If the data file or the disk refuses.
    pub async fn backup(&self) -> Result<BackupFile> {
        let place = self.uploads.begin()?;
        let path = place.folder().join("backup.db");
        self.inroad.backup(&path).await?;
        let file = tokio::fs::File::open(&path).await.map_err(|cause| Error::file(&path, cause))?;
        let bytes = file.metadata().await.map_err(|cause| Error::file(&path, cause))?.len();
        Ok(BackupFile { file, bytes, _place: place })
    }

    /// Wishes that a job ends early.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub fn stop(&self, number: u64) -> Result<()> {
        let kept = self.lock();
        let found = kept.iter().find(|kept| kept.is(number));
        found.ok_or_else(no_job)?.stop.now();
        Ok(())
    }

    /// A job as it is now, and all that will be told of it.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub fn watch(&self, number: u64) -> Result<watch::Receiver<Job>> {
        let kept = self.lock();
        let found = kept.iter().find(|kept| kept.is(number));
        found.map(|kept| kept.job.subscribe()).ok_or_else(no_job)
    }

    /// All jobs, the last one first.
    pub fn all(&self) -> Vec<Job> {
        self.lock().iter().rev().map(|kept| kept.job.borrow().clone()).collect()
    }

    /// Ends everything early, and waits until what is under way is kept.
    pub async fn end(&self) {
        for kept in self.lock().iter() {
            kept.stop.now();
        }
        let _last = self.turn.lock().await;
    }

    fn begin(&self, work: Work, inputs: Vec<ToImport>, upload: Option<Arc<Upload>>) -> u64 {
        self.begin_with(&mut self.lock(), work, inputs, upload)
    }

    fn begin_with(
        &self,
        kept: &mut Vec<Kept>,
        work: Work,
        inputs: Vec<ToImport>,
        upload: Option<Arc<Upload>>,
    ) -> u64 {
        let number = next_number(kept);
        let job =
            Job { number, work, of: named(&inputs), state: JobState::Waiting, can_go_on: false };
        let stop = Stop::default();
        let (sender, _) = watch::channel(job);
        let surplus = kept.len().saturating_sub(KEPT_MAX);
        let is_old = |kept: &Kept| kept.job.borrow().state.is_over();
        let old: Vec<u64> = kept
            .iter()
            .filter(|kept| is_old(kept))
            .take(surplus)
            .map(|kept| kept.job.borrow().number)
            .collect();
        kept.retain(|kept| !old.iter().any(|number| kept.is(*number)));
        kept.push(Kept {
            job: sender.clone(),
            stop: stop.clone(),
            inputs: inputs.clone(),
            upload,
            again: None,
        });
        let jobs = self.clone();
        tokio::spawn(async move { jobs.run(&sender, &stop, work, &inputs).await });
        number
    }

    async fn run(&self, job: &watch::Sender<Job>, stop: &Stop, work: Work, inputs: &[ToImport]) {
        let _turn = self.turn.lock().await;
        let came = if stop.is_wished() {
            Ok(Came::Nothing)
        } else {
            job.send_modify(|job| job.state = JobState::Running(Pace::begin().now()));
            log::begun(work);
            self.work(job, stop, work, inputs).await
        };
        log::ended(work, &came);
        let is_import = matches!(work, Work::Import { .. });
        let is_finished = matches!(&came, Ok(Came::Import(report)) if !report.stopped);
        let needed = is_import && !(is_finished && work == Work::Import { dry_run: false });
        let number = job.borrow().number;
        if let Ok(Came::Import(report)) = &came
            && work == (Work::Import { dry_run: false })
        {
            let says = kinds::says(&job.borrow().of, report);
            // The history is no reason to call an import failed.
            let _untold = self.inroad.note_import(&says).await;
        }
        if !needed {
            self.let_go(number);
        }
        job.send_modify(|job| {
            job.can_go_on = needed;
            job.state = match came {
                Ok(came) => JobState::Over(came),
                Err(error) => JobState::Failed(error.to_string()),
            };
        });
    }

    /// Lets go of the files of a job that needs them no more, also where another one looked at them.
    /// They stay for those that still wait to read them.
    fn let_go(&self, number: u64) {
        let mut kept = self.lock();
        let own = kept.iter().find(|kept| kept.is(number));
        let Some(files) = own.and_then(|own| own.upload.clone()) else { return };
        for other in kept.iter_mut() {
            let has_done = other.is(number) || other.job.borrow().state.is_over();
            if has_done && other.upload.as_ref().is_some_and(|own| Arc::ptr_eq(own, &files)) {
                other.upload = None;
                other.job.send_modify(|job| job.can_go_on = false);
            }
        }
    }

    async fn work(
        &self,
        job: &watch::Sender<Job>,
        stop: &Stop,
        work: Work,
        inputs: &[ToImport],
    ) -> Result<Came> {
        let pace = Pace::begin();
        let told = |pace: Pace| job.send_modify(|job| job.state = JobState::Running(pace));
        match work {
            Work::Import { dry_run } => {
                let options =
                    ImportOptions { dry_run, stop: stop.clone(), ..ImportOptions::default() };
                let progress = |progress: crate::Progress| told(pace.at(progress));
                let report = self.inroad.import_inputs(inputs, &options, &progress).await?;
                Ok(Came::Import(Box::new(report)))
            }
            Work::Reread => {
                let progress = |read: crate::RereadProgress| told(pace.of(read.done, read.total));
                let report = self.inroad.reread(REREAD_BATCH_MESSAGES, stop, &progress).await?;
                Ok(Came::Reread(report))
            }
            Work::Check => Ok(Came::Check(Box::new(self.inroad.diagnose().await?))),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Kept>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn is(&self, number: u64) -> bool {
        self.job.borrow().number == number
    }
}

/// Numbers grow with the clock, so that the address of a job of an earlier start leads to no other.
fn next_number(kept: &[Kept]) -> u64 {
    let now = jiff::Timestamp::now().as_second().unsigned_abs();
    let last = kept.last().map_or(0, |kept| kept.job.borrow().number);
    now.max(last + 1)
}

fn no_job() -> Error {
    let what =
        "That was of an earlier start. What it reported as done is kept; begin it again to go on";
    Error::NotFound { what: what.to_owned() }
}

/// What a job is about, in a few words.
fn named(inputs: &[ToImport]) -> String {
    match inputs {
        [] => String::new(),
        [one] => one.shown.clone(),
        [first, ..] if first.of_folder => {
            let folder = first.shown.split('/').next().unwrap_or_default();
            format!("the folder {folder} ({} files)", inputs.len())
        }
        [first, rest @ ..] => format!("{} and {} more", first.shown, rest.len()),
    }
}
