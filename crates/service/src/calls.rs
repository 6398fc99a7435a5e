//! A call: a transcript from a file, read with who of its speakers is the user.

pub(crate) mod by_mail;
mod day;
pub(crate) mod file;
mod note;
mod talk;
mod who;
pub(crate) mod whose;

use std::collections::BTreeSet;
use std::path::Path;

use inroad_coach::call::{CallReport, Speaker, analyse};
use inroad_ingest::source::{HEAD_BYTES, SourceKind, detect};
use inroad_ingest::{Limits, transcript};
use inroad_model::{Entry, EntryNumber, Issue, Moment, Remark, Subject, TranscriptKind};
use jiff::civil::Date;
use serde::Serialize;

use crate::deeds::Done;
use crate::inroad::Inroad;
use crate::{Error, Result};

pub use day::DayFrom;

/// What is asked of a call.
#[derive(Debug, Clone)]
pub struct CallAsked {
    /// The names of speakers who are us, as the user says them; empty to have them guessed.
    pub me: Vec<String>,
    /// Names by which the user and their colleagues are known, from [`Inroad::own_names`].
    pub own_names: Vec<String>,
    /// The day of the call, if the user says it.
    pub on: Option<Date>,
    /// Today, where neither the user nor the file's name says the day.
    pub today: Date,
}

/// A call that was read.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Call {
    /// How the transcript is written.
    pub kind: TranscriptKind,
    /// What tells the day of the call.
    pub on_from: DayFrom,
    /// What it tells.
    #[serde(flatten)]
    pub report: CallReport,
    /// What was wrong with the file.
    pub issues: Vec<Issue>,
}

impl Call {
    /// What is kept of it.
    pub(crate) fn as_entry(&self) -> Result<Entry> {
        let text = Remark::new(&note::of_call(&self.report))
            .map_err(|cause| Error::Internal { what: cause.to_string() })?;
        let by = Some(inroad_model::Channel::Call);
        Ok(Entry::Note { day: self.report.on, by, text })
    }
}

/// Reads a transcript from a file.
///
/// # Errors
/// [`Error::File`] if it cannot be read; [`Error::Invalid`] if it is no transcript, or if nobody in it, or
/// more than one, is called as the user says. Where nothing tells who the user is, an issue says so.
pub fn read_call(path: &Path, asked: &CallAsked, limits: &Limits) -> Result<Call> {
    let bytes = read_bounded(path, limits)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    read_bytes(&name, &path.display().to_string(), &bytes, asked, limits)
}

/// Reads a transcript of that file name, which the user knows as `shown`.
fn read_bytes(
    name: &str,
    shown: &str,
    bytes: &[u8],
    asked: &CallAsked,
    limits: &Limits,
) -> Result<Call> {
    let invalid = |what: String| Err(Error::Invalid { what });
    match detect(name, bytes.get(..HEAD_BYTES).unwrap_or(bytes)) {
        SourceKind::Mail => {
            return invalid(format!("{shown} is a mail; 'inroad read' shows what is in it"));
        }
        SourceKind::Mbox | SourceKind::Calendar | SourceKind::Contacts => {
            return invalid(format!("{shown} is no transcript; 'inroad import' takes it"));
        }
        SourceKind::Zip | SourceKind::Gzip | SourceKind::Tar => {
            return invalid(format!("{shown} is packed; unpack it and give the transcript"));
        }
        SourceKind::Csv | SourceKind::Deals | SourceKind::Transcript | SourceKind::Unknown => {}
    }
    let read = transcript::read(bytes, limits);
    if read.turns.is_empty() {
        let why: Vec<String> = read.issues.iter().take(3).map(ToString::to_string).collect();
        return invalid(format!("{shown} is no transcript. {}", why.join(". ")));
    }
    let mut speakers: Vec<&str> = Vec::new();
    for speaker in read.turns.iter().filter_map(|turn| turn.speaker.as_deref()) {
        if !speakers.contains(&speaker) {
            speakers.push(speaker);
        }
    }
    let ours: BTreeSet<String> = who::ours(&speakers, &asked.me, &asked.own_names)?;
    let (on, on_from) = day::of_call(asked.on, name, asked.today);
    let report = analyse(&read.turns, &ours, on);
    let mut issues = read.issues;
    issues.extend(who::unknown(&speakers).filter(|_| ours.is_empty()));
    Ok(Call { kind: read.kind, on_from, report, issues })
}

/// The bytes that are read, and one more where there are more, so that this is told.
fn read_bounded(path: &Path, limits: &Limits) -> Result<Vec<u8>> {
    use std::io::Read;
    let failed = |cause| Error::file(path, cause);
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(failed)?;
    file.take(limits.transcript_bytes as u64 + 1).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

impl Inroad {
    /// The names by which the user and their colleagues are known.
    ///
    /// # Errors
    /// Of the data file.
    pub async fn own_names(&self) -> Result<Vec<String>> {
        let Some(seller) = self.seller().await? else { return Ok(Vec::new()) };
        let mut names: Vec<String> = seller.name.into_iter().collect();
        for email in seller.emails.iter().chain(&seller.colleagues) {
            names.extend(self.store.name_of(email).await?);
        }
        names.dedup();
        Ok(names)
    }

    /// Keeps a call as a note of a deal: who spoke, what they said that tells something, what was agreed.
    /// It can be undone.
    ///
    /// # Errors
    /// [`Error::NotFound`] if no deal is called so; [`Error::Invalid`] if it is not known who of the speakers
    /// is the user, since a note holds the words of the others.
    pub async fn keep_call(
        &self,
        deal: &str,
        call: &Call,
        at: Moment,
    ) -> Result<Done<EntryNumber>> {
        let is_ours = |speaker: &Speaker| speaker.ours == Some(true);
        let is_named = |speaker: &Speaker| speaker.name.is_some();
        let speakers = &call.report.speakers;
        if speakers.iter().any(is_named) && !speakers.iter().any(is_ours) {
            let what = "Say with --me who of them is you: a note holds the words of the others";
            return Err(Error::Invalid { what: what.to_owned() });
        }
        let id = self.deal_called(deal).await?.deal.id;
        let entry = call.as_entry()?;
        let done = self.write_down(Subject::Deal(id), entry, at).await?;
        if let Some(talk) = talk::of_call(&call.report) {
            self.store.add_call_talk(done.what, &talk).await?;
        }
        Ok(done)
    }
}
