//! Taking in what a user has: mail in batches, then calendars, contacts and lists.
//!
//! Every batch is kept whole before it is counted as done, and everything is known by its
//! content: an import that was stopped goes on where it was when it is started again.

mod companies;
mod exports;
pub(crate) mod intake;
mod lists;
mod mail;
pub(crate) mod rows;
mod stages;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use inroad_ingest::Limits;
use inroad_ingest::source::SourceKind;
use inroad_model::Issue;

use crate::erase::guard::OfErased;
use crate::inroad::Inroad;
use crate::leads::KeptLeads;
use crate::search::Kept;
use crate::sellers::Memory;
pub(crate) use stages::{one_letter, read_mails};

use crate::sources::{self, SourceFile, ToImport};
use crate::{Error, OwnerGuess, Result};

/// How to import.
#[derive(Debug, Clone)]
pub struct ImportOptions {
    /// Say what would come in, and keep nothing.
    pub dry_run: bool,
    /// What hostile input may cost.
    pub limits: Limits,
    /// How many messages make a transaction, at most.
    pub batch_mails: usize,
    /// By which it can be stopped from outside.
    pub stop: Stop,
}

/// The wish that something long ends early; cloning shares it.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Wishes it. What is under way is finished and kept; nothing more is begun.
    pub fn now(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it is wished.
    pub fn is_wished(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

impl Default for ImportOptions {
    fn default() -> Self {
        // Large enough that a transaction costs little, small enough that a batch for each core
        // fits in memory beside the database.
        Self { dry_run: false, limits: Limits::default(), batch_mails: 500, stop: Stop::default() }
    }
}

/// How far an import is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    /// Bytes read so far, as they lie on disk or unpacked.
    pub bytes_done: u64,
    /// Bytes to read, as they lie on disk.
    pub bytes_total: u64,
    /// Messages seen so far.
    pub messages: u64,
    /// New messages that are kept by now, whatever happens next.
    pub added: u64,
    /// The file that was read last, as the user knows it.
    pub file: Option<Arc<str>>,
}

/// What an import did, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// Files read.
    pub files: usize,
    /// New messages.
    pub messages: usize,
    /// Messages that were there already, or stood twice in the input.
    pub message_doubles: usize,
    /// Facts that the new messages state.
    pub facts: usize,
    /// New or changed calendar entries.
    pub events: usize,
    /// Calendar entries that were there already.
    pub event_doubles: usize,
    /// New or changed contacts.
    pub contacts: usize,
    /// Contacts that were there already.
    pub contact_doubles: usize,
    /// New companies, or companies of which something new is told.
    pub companies: usize,
    /// Companies of which nothing new is told.
    pub company_doubles: usize,
    /// New deals of an export or a deals file.
    pub deals: usize,
    /// Deals that were there already; they keep what was typed.
    pub deal_doubles: usize,
    /// Notes of calls and meetings that deals gained.
    pub notes: usize,
    /// Deals proposed from correspondence, for the user to accept.
    pub deals_proposed: usize,
    /// What was wrong with the input; the first thousand.
    pub issues: Vec<Issue>,
    /// How many issues there were in all.
    pub issue_count: usize,
    /// Who the user seems to be, if that was not known.
    pub owner: Option<OwnerGuess>,
    /// What was of people who were erased, until it is told in an issue.
    pub erased: OfErased,
    /// Whether it was stopped early. What it reports came in; the same import again brings the rest.
    pub stopped: bool,
}

/// How far it is, and whom to tell.
pub(crate) struct Told<'a> {
    progress: Progress,
    progress_to: &'a (dyn Fn(Progress) + Send + Sync),
}

impl<'a> Told<'a> {
    /// Whom to tell of something whose size in bytes nobody knows.
    pub(crate) fn of(progress_to: &'a (dyn Fn(Progress) + Send + Sync)) -> Self {
        Self { progress: Progress::default(), progress_to }
    }

    /// Tells how far it is by now.
    pub(crate) fn tell(&mut self, change: impl FnOnce(&mut Progress)) {
        change(&mut self.progress);
        (self.progress_to)(self.progress.clone());
    }
}

/// A broken export can hold a fault on every line; nobody reads more than these.
const ISSUES_KEPT_MAX: usize = 1000;

impl ImportReport {
    pub(crate) fn add_issues(&mut self, issues: Vec<Issue>) {
        self.issue_count += issues.len();
        let room = ISSUES_KEPT_MAX.saturating_sub(self.issues.len());
        self.issues.extend(issues.into_iter().take(room));
    }
}

impl Inroad {
    /// Imports everything at and below the paths. `progress` is called after every batch.
    ///
    /// # Errors
    /// If a path is not there, or the data file refuses. Faults of the input are issues of the
    /// report.
    pub async fn import(
        &self,
        paths: &[PathBuf],
        options: &ImportOptions,
        progress: &(dyn Fn(Progress) + Send + Sync),
    ) -> Result<ImportReport> {
        let inputs: Vec<ToImport> = paths.iter().map(|path| ToImport::at(path)).collect();
        self.import_inputs(&inputs, options, progress).await
    }

    /// The same of files that the user knows by other names than those under which they lie.
    ///
    /// # Errors
    /// As [`Inroad::import`].
    pub async fn import_inputs(
        &self,
        inputs: &[ToImport],
        options: &ImportOptions,
        progress: &(dyn Fn(Progress) + Send + Sync),
    ) -> Result<ImportReport> {
        // To look into thousands of files or a large archive takes a while.
        let wanted = inputs.to_vec();
        let found = tokio::task::spawn_blocking(move || sources::find(&wanted));
        let (files, issues) = found.await.map_err(|task| Error::stopped(&task))??;
        let mut report = ImportReport { files: files.len(), ..ImportReport::default() };
        self.note_issues(issues, options, &mut report).await?;
        let bytes_total = files.iter().map(|file| file.bytes).sum();
        let mut told = Told {
            progress: Progress { bytes_total, ..Progress::default() },
            progress_to: progress,
        };
        told.tell(|_| ());
        let is_mail = |file: &SourceFile| matches!(file.kind, SourceKind::Mbox | SourceKind::Mail);
        let (mail, lists): (Vec<_>, Vec<_>) = files.into_iter().partition(is_mail);
        self.import_mail(mail, options, &mut report, &mut told).await?;
        if options.dry_run {
            // The very steps of an import, on a copy that nobody sees.
            let store = self.store.throw_away_copy().await?;
            let tried = Self {
                store,
                kept: Kept::default(),
                leads: KeptLeads::default(),
                selling: Memory::default(),
                read_again: Arc::default(),
                wake: crate::live::Wake::default(),
            };
            tried.import_lists(&lists, options, &mut report, &mut told).await?;
        } else {
            self.import_lists(&lists, options, &mut report, &mut told).await?;
        }
        // Who the user is, is guessed from all of the mail, as if it had come in at once.
        if !options.dry_run && !report.stopped {
            self.after_mail(&mut report).await?;
        }
        Ok(report)
    }

    /// What all of the mail tells together: who the user is, and which deals there may be.
    pub(crate) async fn after_mail(&self, report: &mut ImportReport) -> Result<()> {
        if self.seller().await?.is_none() {
            report.owner = self.guess_owner().await?;
            if let Some(guess) = &report.owner {
                self.guess_seller(guess.name.clone(), guess.emails.clone()).await?;
            }
        }
        report.deals_proposed = self.propose_deals_of_new_mail().await?;
        report.notes += self.take_notes_by_mail(crate::now()).await?;
        Ok(())
    }

    /// Reports issues and keeps them at once, so that an import that is stopped loses none.
    pub(crate) async fn note_issues(
        &self,
        issues: Vec<Issue>,
        options: &ImportOptions,
        report: &mut ImportReport,
    ) -> Result<()> {
        let before = report.issues.len();
        report.add_issues(issues);
        if options.dry_run {
            return Ok(());
        }
        Ok(self.store.put_issues(report.issues.get(before..).unwrap_or_default()).await?)
    }
}
