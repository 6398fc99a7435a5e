//! Mail into the data file: read, understood on all cores, and kept in the order of the input.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;

use inroad_language::cues::taught::Taught;
use inroad_store::{ContentHash, Imported, Rehearsal};
use tokio::sync::{mpsc, oneshot};
use tokio::task::{JoinHandle, spawn_blocking};

use super::stages::{Batch, ReadBatch, Synced, read_again, read_batch, read_files};
use super::{ImportOptions, ImportReport, Told};
use crate::erase::guard::{GuardAt, OfErased};
use crate::inroad::Inroad;
use crate::sources::SourceFile;
use crate::{Error, Result};

/// After so many messages a server learns how much there is, and again when there are so many times as many.
const STATISTICS_AFTER: usize = 1000;
const STATISTICS_GROWTH: usize = 4;

/// A batch under way, with what is reported when it is kept.
struct UnderWay {
    reading: JoinHandle<Result<ReadBatch>>,
    bytes_read: u64,
    mails: usize,
    doubles: usize,
    file: Option<Arc<str>>,
    alone: Option<oneshot::Sender<()>>,
    synced: Option<Synced>,
}

impl Inroad {
    /// Imports mail files.
    pub(super) async fn import_mail(
        &self,
        files: Vec<SourceFile>,
        options: &ImportOptions,
        report: &mut ImportReport,
        told: &mut Told<'_>,
    ) -> Result<()> {
        let (to, batches) = mpsc::channel(1);
        let reader_options = options.clone();
        let reader = spawn_blocking(move || read_files(&files, &reader_options, &to));
        self.take_mail(batches, options, report, told).await?;
        reader.await.map_err(|task| Error::stopped(&task))
    }

    /// Takes batches of mails from wherever they come, until there are no more.
    pub(crate) async fn take_mail(
        &self,
        mut batches: mpsc::Receiver<Batch>,
        options: &ImportOptions,
        report: &mut ImportReport,
        told: &mut Told<'_>,
    ) -> Result<()> {
        let mut seen = HashSet::new();
        let mut rehearsal = options.dry_run.then(Rehearsal::default);
        let options = Arc::new(options.clone());
        let taught = Arc::new(self.taught(crate::now()).await?);
        let mut guard = self.guard_now().await?;
        let mut all_erased = OfErased::default();
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let mut under_way: VecDeque<UnderWay> = VecDeque::new();
        let mut statistics_at = STATISTICS_AFTER;
        loop {
            if options.stop.is_wished() {
                report.stopped = true;
                // What is read but not kept is read again next time; the reader ends by itself.
                drop((batches, under_way));
                break;
            }
            // A free core takes the next batch; the oldest batch is kept first.
            // While one travels alone no other comes.
            let alone = under_way.back().is_some_and(|last| last.alone.is_some());
            let next = if under_way.len() < cores && !alone { batches.recv().await } else { None };
            if let Some(batch) = next {
                under_way
                    .push_back(self.begin(batch, &options, (&taught, &guard), &mut seen).await?);
                continue;
            }
            let Some(oldest) = under_way.pop_front() else { break };
            let batch = oldest.reading.await.map_err(|task| Error::stopped(&task))??;
            let ReadBatch { mut messages, issues, mut erased, mut erasures } = batch;
            let imported = loop {
                match self.keep(messages, erasures, rehearsal.as_mut()).await? {
                    Ok(imported) => break imported,
                    Err(unkept) => messages = unkept,
                }
                // Somebody was erased since it was read.
                guard = self.guard_now().await?;
                let (options, taught, guard) =
                    (Arc::clone(&options), Arc::clone(&taught), Arc::clone(&guard));
                let again = move || read_again(messages, &options.limits, &taught, &guard);
                let again = spawn_blocking(again).await.map_err(|task| Error::stopped(&task))??;
                (messages, erasures) = (again.messages, again.erasures);
                erased.add(again.erased);
            };
            // Whatever is not noted before the program is killed comes once more, as what is there.
            if let Some(synced) = &oldest.synced {
                self.store.sync_step(synced.folder, &synced.step, crate::now()).await?;
            }
            self.note_issues(issues, &options, report).await?;
            all_erased.add(erased);
            report.messages += imported.added;
            report.message_doubles += imported.doubles + oldest.doubles;
            report.facts += imported.facts;
            if report.messages >= statistics_at && !options.dry_run {
                self.store.take_statistics().await?;
                statistics_at = STATISTICS_GROWTH * report.messages;
            }
            told.tell(|progress| {
                progress.bytes_done = oldest.bytes_read;
                progress.messages += oldest.mails as u64;
                progress.added = report.messages as u64;
                progress.file = oldest.file;
            });
        }
        self.note_issues(all_erased.issue().into_iter().collect(), &options, report).await
    }

    async fn keep(
        &self,
        messages: Vec<inroad_store::NewMessage>,
        erasures: i64,
        rehearsal: Option<&mut Rehearsal>,
    ) -> Result<std::result::Result<Imported, Vec<inroad_store::NewMessage>>> {
        Ok(match rehearsal {
            Some(rehearsal) => Ok(self.store.rehearse_messages(messages, rehearsal).await?),
            None => self.store.add_messages_read_at(messages, erasures).await?,
        })
    }

    /// Hands a batch to a core, without what is kept already or came by before.
    async fn begin(
        &self,
        mut batch: Batch,
        options: &Arc<ImportOptions>,
        (taught, guard): (&Arc<Taught<'static>>, &Arc<GuardAt>),
        seen: &mut HashSet<ContentHash>,
    ) -> Result<UnderWay> {
        let mails = batch.mails.len();
        let file = batch.mails.last().map(|mail| Arc::clone(&mail.source));
        batch.mails.retain(|mail| seen.insert(mail.hash));
        let hashes: Vec<ContentHash> = batch.mails.iter().map(|mail| mail.hash).collect();
        let kept = self.store.known(&hashes).await?;
        let doubles = mails - batch.mails.len() + kept.len();
        let bytes_read = batch.bytes_read;
        let alone = batch.alone.take();
        let synced = batch.synced.take();
        let options = Arc::clone(options);
        let (taught, guard) = (Arc::clone(taught), Arc::clone(guard));
        let read = move || read_batch(batch, &kept, &options.limits, &taught, &guard);
        let reading = spawn_blocking(read);
        Ok(UnderWay { reading, bytes_read, mails, doubles, file, alone, synced })
    }
}
