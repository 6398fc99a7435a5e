//! Mail into the data file: read, understood on all cores, and kept in the order of the input.

use std::collections::{BTreeMap, HashSet, VecDeque};
use std::sync::Arc;

use inroad_model::EmailAddress;
use inroad_store::{ContentHash, Imported};
use tokio::sync::mpsc;
use tokio::task::{JoinHandle, spawn_blocking};

use super::stages::{Batch, ReadBatch, read_batch, read_files};
use super::{ImportOptions, ImportReport, Progress};
use crate::inroad::Inroad;
use crate::sources::SourceFile;
use crate::{Error, Result};

/// A batch under way, with what is reported when it is kept.
struct UnderWay {
    reading: JoinHandle<Result<ReadBatch>>,
    bytes_read: u64,
    mails: usize,
    doubles: usize,
}

impl Inroad {
    /// Imports mail files. Returns who wrote what lay in folders of sent mail.
    pub(super) async fn import_mail(
        &self,
        files: Vec<SourceFile>,
        options: &ImportOptions,
        report: &mut ImportReport,
        progress: &(dyn Fn(Progress) + Send + Sync),
    ) -> Result<BTreeMap<EmailAddress, u64>> {
        let bytes_total = files.iter().map(|file| file.bytes).sum();
        let mut told = Progress { bytes_total, ..Progress::default() };
        let mut sent_by = BTreeMap::new();
        let mut seen = HashSet::new();
        let limits = Arc::new(options.limits.clone());
        let (to, mut batches) = mpsc::channel(1);
        let reader_limits = Arc::clone(&limits);
        let reader = spawn_blocking(move || read_files(&files, &reader_limits, &to));
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let mut under_way: VecDeque<UnderWay> = VecDeque::new();
        loop {
            // A free core takes the next batch; the oldest batch is kept first.
            let next = if under_way.len() < cores { batches.recv().await } else { None };
            if let Some(batch) = next {
                under_way.push_back(self.begin(batch, &limits, &mut seen).await?);
                continue;
            }
            let Some(oldest) = under_way.pop_front() else { break };
            let batch = oldest.reading.await.map_err(|task| Error::stopped(&task))??;
            for (email, n) in batch.sent_by {
                *sent_by.entry(email).or_default() += n;
            }
            self.note_issues(batch.issues, options, report).await?;
            let imported = if options.dry_run {
                Imported { added: batch.messages.len(), doubles: 0, facts: batch.facts }
            } else {
                self.store.add_messages(batch.messages).await?
            };
            report.messages += imported.added;
            report.message_doubles += imported.doubles + oldest.doubles;
            report.facts += imported.facts;
            told.bytes_done = oldest.bytes_read;
            told.messages += oldest.mails as u64;
            progress(told);
        }
        reader.await.map_err(|task| Error::stopped(&task))?;
        Ok(sent_by)
    }

    /// Hands a batch to a core, without what is kept already or came by before.
    async fn begin(
        &self,
        mut batch: Batch,
        limits: &Arc<inroad_ingest::Limits>,
        seen: &mut HashSet<ContentHash>,
    ) -> Result<UnderWay> {
        let mails = batch.mails.len();
        batch.mails.retain(|mail| seen.insert(mail.hash));
        let hashes: Vec<ContentHash> = batch.mails.iter().map(|mail| mail.hash).collect();
        let kept = self.store.known(&hashes).await?;
        let doubles = mails - batch.mails.len() + kept.len();
        let bytes_read = batch.bytes_read;
        let limits = Arc::clone(limits);
        let reading = spawn_blocking(move || read_batch(batch, &kept, &limits));
        Ok(UnderWay { reading, bytes_read, mails, doubles })
    }
}
