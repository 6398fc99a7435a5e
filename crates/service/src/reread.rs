//! Reading kept mail anew, where an earlier version of the program read it.
//!
//! Nothing but what was read changes: a message keeps its row, its id and its original, and what the
//! user said stays as it is. What was read up to a stop is kept, and the next start goes on there.

use std::sync::Arc;

use inroad_ingest::{Limits, mail};
use inroad_language::cues::taught::Taught;
use inroad_language::read::read_taught;
use inroad_model::Touch;
use inroad_store::ToReread;
use tokio::task::spawn_blocking;

use crate::import::Stop;
use crate::inroad::Inroad;
use crate::{Error, Result};

/// How far a reading is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RereadProgress {
    /// Messages read anew so far.
    pub done: u64,
    /// Messages to read.
    pub total: u64,
}

/// What came of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RereadReport {
    /// Messages read anew.
    pub messages: u64,
    /// Those that were read otherwise than before.
    pub changed: u64,
    /// Those whose original cannot be unpacked; they stay as they were.
    pub unreadable: u64,
    /// Whether it was stopped early; the next start goes on there.
    pub stopped: bool,
    /// Deals proposed from what was read, for the user to accept.
    pub deals_proposed: usize,
}

/// Messages of a transaction, unless the caller wants fewer.
pub const BATCH_MESSAGES: u32 = 2000;

impl Inroad {
    /// How many messages another version of the program read.
    ///
    /// # Errors
    /// If the data file refuses.
    pub async fn read_by_others(&self) -> Result<u64> {
        Ok(self.store.read_by_others().await?)
    }

    /// Reads those messages anew, in batches of so many, until it is wished to stop; `progress` is called
    /// after each.
    ///
    /// # Errors
    /// If the data file refuses. What was read until then is kept.
    pub async fn reread(
        &self,
        batch_messages: u32,
        stop: &Stop,
        progress: &(dyn Fn(RereadProgress) + Send + Sync),
    ) -> Result<RereadReport> {
        let mut report = RereadReport::default();
        let total = self.read_by_others().await?;
        let taught = Arc::new(self.taught(crate::now()).await?);
        loop {
            if stop.is_wished() {
                report.stopped = true;
                break;
            }
            let batch = self.store.next_to_reread(batch_messages.max(1)).await?;
            let Some(last) = batch.last() else { break };
            let (last, messages) = (last.row, batch.len() as u64);
            let touches = read_on_all_cores(batch, &taught).await?;
            report.messages += messages;
            report.unreadable += messages - touches.len() as u64;
            report.changed += self.store.reread(touches, last).await? as u64;
            progress(RereadProgress { done: report.messages, total });
        }
        if report.changed > 0 && !report.stopped {
            report.deals_proposed = self.propose_deals().await?;
        }
        Ok(report)
    }
}

async fn read_on_all_cores(
    batch: Vec<ToReread>,
    taught: &Arc<Taught<'static>>,
) -> Result<Vec<(i64, Touch)>> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let share = batch.len().div_ceil(cores).max(1);
    let mut batch = batch.into_iter().peekable();
    let mut under_way = Vec::new();
    while batch.peek().is_some() {
        let part: Vec<ToReread> = batch.by_ref().take(share).collect();
        let taught = Arc::clone(taught);
        let read = move || part.into_iter().filter_map(|kept| read_one(kept, &taught)).collect();
        under_way.push(spawn_blocking(read));
    }
    let mut touches: Vec<(i64, Touch)> = Vec::new();
    for part in under_way {
        let part: Vec<(i64, Touch)> = part.await.map_err(|task| Error::stopped(&task))?;
        touches.extend(part);
    }
    Ok(touches)
}

fn read_one(kept: ToReread, taught: &Taught<'_>) -> Option<(i64, Touch)> {
    let (mut message, _told_at_import) = mail::parse_message(&kept.raw?, &Limits::default());
    message.id = kept.id;
    Some((kept.row, read_taught(message, Some(taught))))
}
