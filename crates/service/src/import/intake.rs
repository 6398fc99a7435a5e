//! Messages of a server on their way into an import: put into batches as those of files are.

use std::sync::Arc;

use inroad_store::{ContentHash, SyncMail};
use tokio::sync::mpsc::Sender;
use tokio::sync::oneshot;

use super::stages::{ALONE_BYTES, BATCH_BYTES, Batch, RawMail, Synced};

/// Where the messages of one folder go in.
pub(crate) struct Intake {
    source: Arc<str>,
    folder: i64,
    mails_max: usize,
    to: Sender<Batch>,
    batch: Batch,
    bytes: usize,
    bytes_read: u64,
}

impl Intake {
    /// For a folder by its row, said to be `source`.
    pub(crate) fn new(source: Arc<str>, folder: i64, mails_max: usize, to: Sender<Batch>) -> Self {
        Self { source, folder, mails_max, to, batch: Batch::default(), bytes: 0, bytes_read: 0 }
    }

    /// Takes a message. Returns whether anybody still listens.
    pub(crate) async fn take(&mut self, uid: u32, bytes: Vec<u8>, flags: String) -> bool {
        let hash = ContentHash::of(&bytes);
        self.bytes += bytes.len();
        self.bytes_read += bytes.len() as u64;
        let folder = self.folder;
        let synced =
            self.batch.synced.get_or_insert_with(|| Synced { folder, ..Synced::default() });
        synced.step.read.push(SyncMail { uid, hash, flags });
        let source = Arc::clone(&self.source);
        self.batch.mails.push(RawMail { bytes, hash, source, line: None, offset: None });
        let is_full = self.batch.mails.len() >= self.mails_max || self.bytes >= BATCH_BYTES;
        !is_full || self.send().await
    }

    /// Sends what is left.
    pub(crate) async fn end(mut self) {
        if !self.batch.mails.is_empty() {
            self.send().await;
        }
    }

    async fn send(&mut self) -> bool {
        let mut batch = std::mem::take(&mut self.batch);
        batch.bytes_read = self.bytes_read;
        let is_large = std::mem::take(&mut self.bytes) > ALONE_BYTES;
        let (alone, kept) = oneshot::channel();
        batch.alone = is_large.then_some(alone);
        let listening = self.to.send(batch).await.is_ok();
        if is_large {
            // Nothing is ever sent: the end of the batch is the word.
            let _ended = kept.await;
        }
        listening
    }
}
