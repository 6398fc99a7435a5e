//! The steps of a mail import that need no database: reading raw mails, and reading their sense.

use std::collections::HashSet;
use std::sync::Arc;

use inroad_ingest::source::SourceKind;
use inroad_ingest::{Limits, mail, mbox::Mbox};
use inroad_language::cues::taught::Taught;
use inroad_language::read::read_taught;
use inroad_model::{Issue, Message, Place};
use inroad_store::{Came, ContentHash, Letters, NewMessage, Original, SyncStep};
use tokio::sync::mpsc::Sender;
use tokio::sync::oneshot;

use super::ImportOptions;
use crate::Result;
use crate::erase::guard::{GuardAt, OfErased};
use crate::erase::letters::Fate;
use crate::sources::{Opener, SourceFile};

/// One mail as it lies in its file.
#[derive(Debug)]
pub(crate) struct RawMail {
    pub bytes: Vec<u8>,
    pub hash: ContentHash,
    pub source: Arc<str>,
    pub line: Option<u64>,
    pub offset: Option<u64>,
}

/// Mails that travel together, with how much had been read when they left.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    pub mails: Vec<RawMail>,
    pub issues: Vec<Issue>,
    pub bytes_read: u64,
    /// Held by a batch that travels alone; the reader goes on when it is dropped.
    pub alone: Option<oneshot::Sender<()>>,
    /// Which messages of a server these are, to be noted once the batch is kept.
    pub synced: Option<Synced>,
}

/// One letter as a batch of its own, said to come from `source`.
pub(crate) fn one_letter(hash: ContentHash, bytes: Vec<u8>, source: &str) -> Batch {
    let bytes_read = bytes.len() as u64;
    let mail = RawMail { bytes, hash, source: source.into(), line: None, offset: None };
    Batch { mails: vec![mail], bytes_read, ..Batch::default() }
}

/// How far a folder on a server was read, with a batch.
#[derive(Debug, Default)]
pub(crate) struct Synced {
    /// The folder's row.
    pub folder: i64,
    /// What is known of it, once the batch is kept.
    pub step: SyncStep,
}

/// What a batch became.
#[derive(Debug, Default)]
pub(super) struct ReadBatch {
    pub messages: Vec<NewMessage>,
    pub issues: Vec<Issue>,
    /// What was of people who were erased.
    pub erased: OfErased,
    /// How often somebody had been erased when it was read.
    pub erasures: i64,
}

/// A batch of large mails leaves early, so that batches have a bound in memory too.
pub(crate) const BATCH_BYTES: usize = 8 << 20;
/// A batch of more bytes holds a very large mail, and is in memory several times on its way: raw,
/// cut into parts, packed. Nothing else is read until it is kept.
pub(crate) const ALONE_BYTES: usize = 16 << 20;

/// Reads all files from first to last and sends their mails in batches; ends early when nobody
/// listens any more.
pub(super) fn read_files(files: &[SourceFile], options: &ImportOptions, to: &Sender<Batch>) {
    let mut batch = Batch::default();
    let mut size = 0;
    let send = |batch: &mut Batch, size: &mut usize| {
        let bytes_read = batch.bytes_read;
        let is_large = std::mem::take(size) > ALONE_BYTES;
        let (alone, kept) = oneshot::channel();
        batch.alone = is_large.then_some(alone);
        let full = std::mem::replace(batch, Batch { bytes_read, ..Batch::default() });
        let listening = to.blocking_send(full).is_ok();
        if is_large {
            // Nothing is ever sent: the end of the batch is the word.
            let _ended = kept.blocking_recv();
        }
        listening
    };
    let mut opener = Opener::default();
    for file in files {
        let mut take = |mail: RawMail| {
            size += mail.bytes.len();
            batch.bytes_read += mail.bytes.len() as u64;
            batch.mails.push(mail);
            let full = batch.mails.len() >= options.batch_mails || size >= BATCH_BYTES;
            !full || send(&mut batch, &mut size)
        };
        let (issues, listening) = match read_file(&mut opener, file, &options.limits, &mut take) {
            Ok(done) => done,
            Err(error) => {
                let way_out = "The rest was read; import this file again when it can be read";
                (vec![Issue::new(error.to_string(), way_out)], true)
            }
        };
        batch.issues.extend(issues);
        if !listening {
            return;
        }
    }
    send(&mut batch, &mut size);
}

/// Reads all files one after the other, and gives each parsed message to `take`, unless it is
/// there already: new ones, and those which take the place of a list's copy.
pub(crate) fn read_mails(
    files: &[SourceFile],
    limits: &Limits,
    take: &mut dyn FnMut(Message, Came),
) -> Vec<Issue> {
    let mut issues = Vec::new();
    let mut seen = HashSet::new();
    let mut letters = Letters::default();
    let mut opener = Opener::default();
    for file in files {
        let mut inner = Vec::new();
        let done = read_file(&mut opener, file, limits, &mut |raw| {
            if seen.insert(raw.hash) {
                let (mut message, found) = mail::parse_message(&raw.bytes, limits);
                inner.extend(found.into_iter().map(|issue| placed(issue, &raw)));
                match letters.take(&mut message, raw.hash) {
                    Came::Double | Came::ListCopy => {}
                    came => take(message, came),
                }
            }
            true
        });
        match done {
            Ok((found, _)) => issues.extend(found),
            Err(error) => issues.push(Issue::new(error.to_string(), "The rest was read")),
        }
        issues.append(&mut inner);
    }
    issues
}

/// Reads one file. Says what was wrong, and whether anybody still listens.
fn read_file(
    opener: &mut Opener,
    file: &SourceFile,
    limits: &Limits,
    take: &mut dyn FnMut(RawMail) -> bool,
) -> Result<(Vec<Issue>, bool)> {
    let mut issues = Vec::new();
    let source: Arc<str> = file.label().into();
    if file.kind == SourceKind::Mail {
        let (bytes, cut) = opener.read(file, limits.message_bytes as u64)?;
        if cut {
            let what = format!("The message is larger than {} MB", limits.message_bytes >> 20);
            issues.push(Issue::new(what, "Only its beginning was kept").in_file(source.as_ref()));
        }
        let hash = ContentHash::of(&bytes);
        let mail = RawMail { bytes, hash, source, line: None, offset: None };
        return Ok((issues, take(mail)));
    }
    for item in Mbox::new(opener.open(file)?, limits) {
        issues.extend(item.issue.map(|issue| issue.in_file(source.as_ref())));
        if item.raw.is_empty() {
            continue;
        }
        let mail = RawMail {
            hash: ContentHash::of(&item.raw),
            bytes: item.raw,
            source: Arc::clone(&source),
            line: Some(item.line),
            offset: Some(item.offset),
        };
        if !take(mail) {
            return Ok((issues, false));
        }
    }
    Ok((issues, true))
}

/// Reads the sense of a batch as it was taught, leaving out what is kept already and what is of people who
/// were erased.
pub(super) fn read_batch(
    batch: Batch,
    kept: &HashSet<ContentHash>,
    limits: &Limits,
    taught: &Taught<'_>,
    guard: &GuardAt,
) -> Result<ReadBatch> {
    let mut out =
        ReadBatch { issues: batch.issues, erasures: guard.erasures, ..ReadBatch::default() };
    for mail in batch.mails {
        if kept.contains(&mail.hash) {
            continue;
        }
        let (message, issues) = mail::parse_message(&mail.bytes, limits);
        let erased = out.erased;
        out.take(&mail.bytes, mail.hash, &mail.source, message, taught, guard)?;
        if out.erased.letters_out == erased.letters_out {
            out.issues.extend(issues.into_iter().map(|issue| placed(issue, &mail)));
        }
    }
    Ok(out)
}

/// The same of a batch that was read before somebody was erased, and not kept.
pub(super) fn read_again(
    messages: Vec<NewMessage>,
    limits: &Limits,
    taught: &Taught<'_>,
    guard: &GuardAt,
) -> Result<ReadBatch> {
    let mut out = ReadBatch { erasures: guard.erasures, ..ReadBatch::default() };
    for new in messages {
        let (raw, hash, source) = new.taken_apart()?;
        let (message, _told_before) = mail::parse_message(&raw, limits);
        out.take(&raw, hash, &source, message, taught, guard)?;
    }
    Ok(out)
}

impl ReadBatch {
    /// Takes in a mail that was parsed, as far as it is nobody's who was erased.
    fn take(
        &mut self,
        raw: &[u8],
        hash: ContentHash,
        source: &str,
        mut message: Message,
        taught: &Taught<'_>,
        guard: &GuardAt,
    ) -> Result<()> {
        let mut anew = None;
        match guard.guard.as_ref().map_or(Fate::Stays, |guard| guard.fate(raw, &message)) {
            Fate::Stays => {}
            Fate::Goes => {
                self.erased.letters_out += 1;
                return Ok(());
            }
            Fate::Rewritten { raw, message: left } => {
                self.erased.letters_without += 1;
                (message, anew) = (*left, Some(raw));
            }
        }
        let touch = read_taught(message, Some(taught));
        // The hash is of what came, so that the same is known when it comes again.
        let original = Original::pack(anew.as_deref().unwrap_or(raw), hash)?;
        self.messages.push(NewMessage::new(original, source.to_owned(), touch)?);
        Ok(())
    }
}

/// An issue inside a mail, counted from the beginning of the file that holds it.
fn placed(mut issue: Issue, mail: &RawMail) -> Issue {
    let add = |inner: Option<u64>, start: Option<u64>, counted_from: u64| match (inner, start) {
        (Some(inner), Some(start)) => Some(start + inner - counted_from.min(inner)),
        (inner, start) => inner.or(start),
    };
    issue.place = Place {
        file: Some(mail.source.as_ref().to_owned()),
        line: add(issue.place.line, mail.line, 1),
        byte: add(issue.place.byte, mail.offset, 0),
        message: issue.place.message,
    };
    issue
}
