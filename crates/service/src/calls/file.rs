//! A file with a note or a transcript, kept as a note of the deal that its name names: out of a folder that is
//! watched, or as one of the files of an import.

use inroad_ingest::Limits;
use inroad_model::{Channel, Entry, Moment, Remark, Subject, TranscriptKind};
use jiff::civil::Date;

use super::by_mail::note_of;
use super::whose::{Named, named};
use super::{Call, CallAsked, day, read_bytes};
use crate::inroad::Inroad;
use crate::{Error, Result};

/// What a file is.
#[derive(Debug)]
pub(crate) enum FileNote {
    Call(Box<Call>),
    Words { day: Date, text: Remark },
}

/// What became of it.
#[derive(Debug)]
pub(crate) enum KeptFile {
    Now,
    /// The same is a note of that deal already, or was one that was taken back.
    Before,
    /// Why it was not kept, and what helps.
    Not {
        why: String,
        way_out: String,
    },
}

/// Reads a file of that name, which was written on that day at the latest; why it is nothing, if it is.
pub(crate) fn read(
    name: &str,
    bytes: &[u8],
    own_names: Vec<String>,
    written: Date,
) -> std::result::Result<FileNote, &'static str> {
    let asked = CallAsked { me: Vec::new(), own_names, on: None, today: written };
    let call = read_bytes(name, name, bytes, &asked, &Limits::default());
    if let Ok(call) = call
        && is_talk(&call)
    {
        return Ok(FileNote::Call(Box::new(call)));
    }
    let text = std::str::from_utf8(bytes).ok().filter(|text| !text.contains('\0'));
    let text = note_of(text.ok_or("it is no text")?).ok_or("it is empty")?;
    let (day, _) = day::of_call(None, name, written);
    Ok(FileNote::Words { day, text })
}

/// Whether it is a talk, not a text in which lines begin with a word and a colon.
fn is_talk(call: &Call) -> bool {
    let named = || call.report.speakers.iter().filter(|speaker| speaker.name.is_some());
    let is_one_us = || named().any(|speaker| speaker.ours == Some(true));
    call.kind != TranscriptKind::PlainText || (named().count() >= 2 && is_one_us())
}

impl Inroad {
    /// Keeps a file as a note of the deal that its title names; `shown` is how the user finds it.
    pub(crate) async fn keep_file(
        &self,
        title: &str,
        shown: &str,
        note: FileNote,
        at: Moment,
    ) -> Result<KeptFile> {
        let not = |why: &str, way_out: String| Ok(KeptFile::Not { why: why.to_owned(), way_out });
        let (entry, words) = match &note {
            FileNote::Call(call) => (call.as_entry()?, ""),
            FileNote::Words { day, text } => {
                let by = Some(Channel::Call);
                (Entry::Note { day: *day, by, text: text.clone() }, text.as_str())
            }
        };
        let id = match named(&self.store.deals().await?, title, words) {
            Named::Deal(id) => id,
            Named::None => {
                let way_out =
                    "Put the name of a deal into its name, or lay it into a folder called so";
                return not("it names no deal", way_out.to_owned());
            }
            Named::Several(names) => {
                let why = format!("it may be of {}", names.join(" or of "));
                return not(&why, "Put the whole name of the deal into its name".to_owned());
            }
        };
        let about = Subject::Deal(id.clone());
        let all = self.store.entries().await?;
        if all.iter().any(|one| one.about == about && one.entry == entry) {
            return Ok(KeptFile::Before);
        }
        let kept = match note {
            FileNote::Call(call) => self.keep_call(id.as_str(), &call, at).await,
            FileNote::Words { .. } => self.write_down(about, entry, at).await,
        };
        match kept {
            Ok(_) => Ok(KeptFile::Now),
            Err(Error::Invalid { .. }) => not(
                "it is not known who of its speakers is you",
                format!("Say who is you: inroad call '{shown}' --me NAME --keep '{id}'"),
            ),
            Err(error) => Err(error),
        }
    }
}
