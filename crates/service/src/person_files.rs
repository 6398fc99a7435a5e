//! Everything that is held about one person, as files for that person: what rows say, the letters as they
//! came, and what was concluded.
//!
//! What is in it is the very thing that erasing would take out, so that neither forgets what the other knows.

mod summary;

use std::io::Write;
use std::path::{Path, PathBuf};

use inroad_advice::do_not_contact::DoNotContact;
use inroad_ingest::{Limits, mail};
use inroad_model::{EmailAddress, Fact, Message, Moment};
use serde::Serialize;
use serde_json::{Value, json};

use crate::erase::Whom;
use crate::inroad::Inroad;
use crate::{Error, Result};

/// Where the files go.
pub trait PersonSink: Send {
    /// Takes one file. The name is a path of ours, with `/` between its parts.
    ///
    /// # Errors
    /// If it cannot be written.
    fn put(&mut self, name: &str, bytes: &[u8]) -> Result<()>;
}

/// What was held.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonExport {
    /// All addresses of the person.
    pub emails: Vec<EmailAddress>,
    /// Letters that came from them, went to them or name them.
    pub letters: usize,
    /// Rows of other tables.
    pub rows: usize,
    /// Whether they were erased, so that a hash of the address is kept.
    pub is_erased: bool,
    /// Why nobody is to write to them, if so.
    pub not_contacted: Option<String>,
}

impl PersonExport {
    /// Whether nothing is held but, where they were erased, the hash.
    pub fn is_nothing(&self) -> bool {
        self.letters + self.rows == 0
    }
}

/// One letter in the list of `person.json`.
#[derive(Debug, Serialize)]
struct LetterLine {
    file: String,
    from: Option<String>,
    date: Option<Moment>,
    subject: String,
    why: &'static str,
}

/// Letters that are held at once.
const LETTERS_AT_ONCE: usize = 50;

impl Inroad {
    /// Gives everything that is held about somebody to `sink`: `person.json` with what every table says and
    /// what was concluded, `summary.md` to be read, and the letters as they came. Nothing is given where
    /// nothing is held.
    ///
    /// # Errors
    /// [`Error::Invalid`] for the user's own address; if a file cannot be written or the data file refuses.
    pub async fn export_person(
        &self,
        email: &EmailAddress,
        at: Moment,
        sink: &mut dyn PersonSink,
    ) -> Result<PersonExport> {
        let whom = self.whom_to_erase(email, &Whom::default(), at).await?;
        let (erasure, _) = self.erasure(&whom, None, at, 0).await?;
        let rows = self.store.rows_about(&erasure).await?;
        let is_gone = |row: &i64| erasure.letters_gone.contains(row);
        let mut letters: Vec<i64> = erasure.letters_gone.iter().copied().collect();
        letters.extend(erasure.letters_rewritten.iter().map(|letter| letter.row));
        letters.sort_unstable();
        let export = PersonExport {
            emails: whom.emails.iter().cloned().collect(),
            letters: letters.len(),
            rows: rows.values().map(Vec::len).sum(),
            is_erased: whom.was_erased,
            not_contacted: self.why_not_contacted(&whom, at).await?,
        };
        if export.is_nothing() {
            return Ok(export);
        }
        let mut lines = Vec::with_capacity(letters.len());
        for some in letters.chunks(LETTERS_AT_ONCE) {
            for (row, raw) in self.store.originals(some).await? {
                let (message, _) = mail::parse_message(&raw, &Limits::default());
                let file = format!("letters/{row:06}.eml");
                sink.put(&file, &raw)?;
                lines.push(line(file, &message, is_gone(&row), &whom));
            }
        }
        let conclusions = self.concluded(email, &whom, at).await?;
        let whole = json!({
            "person": { "addresses": export.emails, "names": whom.names },
            "as_of": at,
            "not_to_be_written_to": export.not_contacted,
            "held": rows,
            "letters": lines,
            "concluded": conclusions,
        });
        let text = serde_json::to_string_pretty(&whole)
            .map_err(|cause| Error::Internal { what: cause.to_string() })?;
        sink.put("person.json", text.as_bytes())?;
        let summary = summary::of(&export, &whom, &rows, &lines, &conclusions, at);
        sink.put("summary.md", summary.as_bytes())?;
        Ok(export)
    }

    /// What is concluded of somebody: how they write and stand, and their part in each deal.
    async fn concluded(&self, email: &EmailAddress, whom: &Whom, at: Moment) -> Result<Value> {
        let person = match self.person(email, at).await {
            Ok(person) => serde_json::to_value(person).unwrap_or_default(),
            Err(Error::NotFound { .. }) => Value::Null,
            Err(error) => return Err(error),
        };
        let review = self.review(at).await?;
        let mut deals = Vec::new();
        for deal in &review.deals {
            for person in deal.people.iter().filter(|person| whom.emails.contains(&person.email)) {
                deals.push(json!({
                    "deal": deal.name,
                    "state": deal.state,
                    "of_them": person,
                }));
            }
        }
        Ok(json!({ "person": person, "deals": deals }))
    }

    /// The first reason for which somebody is not to be written to.
    async fn why_not_contacted(&self, whom: &Whom, at: Moment) -> Result<Option<String>> {
        let stated = self.opt_outs(&self.aliases().await?, at).await?;
        let means_them = |fact: &Fact| {
            let alone: DoNotContact = std::iter::once(fact).collect();
            whom.emails.iter().any(|email| alone.forbids(email))
        };
        if let Some(stated) = stated.iter().find(|stated| means_them(&stated.fact)) {
            return Ok(Some(stated.fact.words()));
        }
        for email in &whom.emails {
            if let Some(why) = self.listed_as(email, at).await? {
                return Ok(Some(why));
            }
        }
        Ok(None)
    }
}

fn line(file: String, message: &Message, is_theirs: bool, whom: &Whom) -> LetterLine {
    let from = message.from.as_ref();
    let by_them = from.is_some_and(|from| whom.emails.contains(&from.address));
    LetterLine {
        file,
        from: from.map(ToString::to_string),
        date: message.date,
        subject: message.subject.clone(),
        why: match (by_them, is_theirs) {
            (true, _) => "they wrote it",
            (false, true) => "it went to them alone, or tells of them alone",
            (false, false) => "they got it as others did, or it names them",
        },
    }
}

/// Files into a folder that is new or empty.
#[derive(Debug)]
pub struct IntoFolder(PathBuf);

impl IntoFolder {
    /// Makes the folder.
    ///
    /// # Errors
    /// [`Error::Conflict`] if something is in it already; [`Error::File`].
    pub fn new(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder).map_err(|cause| Error::file(folder, cause))?;
        let mut there = folder.read_dir().map_err(|cause| Error::file(folder, cause))?;
        if there.next().is_some() {
            let what = format!("{} is not empty; name a new folder", folder.display());
            return Err(Error::Conflict { what });
        }
        Ok(Self(folder.to_owned()))
    }
}

impl PersonSink for IntoFolder {
    fn put(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        let path = self.0.join(name);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|cause| Error::file(folder, cause))?;
        }
        std::fs::write(&path, bytes).map_err(|cause| Error::file(&path, cause))
    }
}

/// Files into one ZIP archive.
pub struct IntoZip<W: Write> {
    archive: rawzip::ZipArchiveWriter<W>,
    path: PathBuf,
}

impl<W: Write> std::fmt::Debug for IntoZip<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IntoZip").field("path", &self.path).finish_non_exhaustive()
    }
}

impl IntoZip<std::io::BufWriter<std::fs::File>> {
    /// Into a new file.
    ///
    /// # Errors
    /// [`Error::File`], also if it is there.
    pub fn file(path: &Path) -> Result<Self> {
        let file = std::fs::File::create_new(path).map_err(|cause| Error::file(path, cause))?;
        let archive = rawzip::ZipArchiveWriter::new(std::io::BufWriter::new(file));
        Ok(Self { archive, path: path.to_owned() })
    }
}

impl IntoZip<Vec<u8>> {
    /// Into memory.
    pub fn memory() -> Self {
        Self {
            archive: rawzip::ZipArchiveWriter::new(Vec::new()),
            path: PathBuf::from("person.zip"),
        }
    }
}

impl<W: Write> IntoZip<W> {
    /// Ends the archive.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn finish(self) -> Result<W> {
        let Self { archive, path } = self;
        let mut written = archive.finish().map_err(|fault| fault_of(&path, &fault))?;
        written.flush().map_err(|cause| Error::file(&path, cause))?;
        Ok(written)
    }
}

impl<W: Write + Send> PersonSink for IntoZip<W> {
    fn put(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        let path = self.path.clone();
        let fault = |fault: rawzip::Error| fault_of(&path, &fault);
        let file = self.archive.new_file(name);
        let packed = file.compression_method(rawzip::CompressionMethod::DEFLATE);
        let (mut entry, config) = packed.start().map_err(fault)?;
        let encoder =
            flate2::write::DeflateEncoder::new(&mut entry, flate2::Compression::default());
        let mut writer = config.wrap(encoder);
        writer.write_all(bytes).map_err(|cause| Error::file(&path, cause))?;
        let (encoder, descriptor) = writer.finish().map_err(fault)?;
        encoder.finish().map_err(|cause| Error::file(&path, cause))?;
        entry.finish(descriptor).map_err(fault)?;
        Ok(())
    }
}

fn fault_of(path: &Path, fault: &rawzip::Error) -> Error {
    Error::file(path, std::io::Error::other(fault.to_string()))
}
