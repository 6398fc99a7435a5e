//! What lies in an archive: the members that are of use, and what is wrong with the others.
//!
//! An archive may come from anybody, so nothing in it is believed. A name is only ever shown:
//! members are read in place, and none is written anywhere. How many members there may be, and how
//! much they may hold, has a bound.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use flate2::read::MultiGzDecoder;
use inroad_ingest::source::{HEAD_BYTES, SourceKind, detect};
use inroad_model::Issue;

use super::zip::Span;
use super::{SourceFile, nothing_in};

/// Where a member lies in its archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Member {
    /// Its name as it stands in the archive, fit to be shown.
    pub name: String,
    /// How to get at its bytes.
    pub place: MemberPlace,
}

/// How to get at the bytes of a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MemberPlace {
    /// In a zip archive they lie at a known place.
    Zip(Span),
    /// A tar archive is read from its start up to the member of this number, from 0.
    Tar {
        /// Which member.
        number: u64,
        /// Whether the archive is packed with gzip.
        gzip: bool,
    },
}

/// Members that are looked at; a mailbox of single mails has fewer.
const MEMBERS_MAX: u64 = 1_000_000;
/// Members of use; each costs memory until it is read.
const FILES_MAX: usize = 100_000;
/// The longest name; no system makes longer ones.
const NAME_BYTES_MAX: usize = 1024;
/// What every archive may unpack to.
const UNPACKED_BYTES_FREE: u64 = 1 << 30;
/// What an archive may unpack to, times its own size. Mail packs to a half or a tenth, logs that
/// repeat themselves to a fiftieth; a bomb to a thousandth or far less.
const UNPACKED_RATIO_MAX: u64 = 200;

/// How much an archive of that size may unpack to, in bytes.
pub(super) fn unpacked_bytes_max(archive_bytes: u64) -> u64 {
    archive_bytes.saturating_mul(UNPACKED_RATIO_MAX).max(UNPACKED_BYTES_FREE)
}

/// Why a member is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fault {
    Encrypted,
    UnknownPacking,
    LeadsOut,
    LongName,
    Link,
    Nested,
    Damaged,
    TooLarge,
    TooMany,
}

impl Fault {
    /// What is wrong with a member, and the way out.
    fn words(self) -> (&'static str, &'static str) {
        const UNPACK: &str = "Unpack the archive and import the folder that comes out of it";
        match self {
            Self::Encrypted => (
                "This member is encrypted",
                "Unpack the archive with its password and import what comes out",
            ),
            Self::UnknownPacking => ("This member is packed in a way that is not known", UNPACK),
            Self::LeadsOut => {
                ("The name of this member leads out of the archive", "The member was left out")
            }
            Self::LongName => ("The name of this member is too long", "The member was left out"),
            Self::Link => {
                ("This member is a link", "It was left out; import what it points to by its name")
            }
            Self::Nested => (
                "This member is an archive inside the archive",
                "Unpack it and import what comes out",
            ),
            Self::Damaged => (
                "This member is damaged",
                "It was left out; fetch the archive again, or join its parts (.z01 and so on) to one",
            ),
            Self::TooLarge => (
                "The archive unpacks to far more than mail does, from this member on",
                "The rest was not read; if you trust it, unpack it and import the folder",
            ),
            Self::TooMany => ("The archive has too many members, from this one on", UNPACK),
        }
    }
}

/// A fault as it was first met, and how often it was met later.
#[derive(Debug)]
struct Faulty {
    first_name: String,
    others: usize,
}

/// What was found in one archive so far.
#[derive(Debug)]
pub(super) struct Listing {
    path: Arc<Path>,
    shown: Arc<str>,
    unpacked_left: u64,
    members: u64,
    left_out: usize,
    files: Vec<SourceFile>,
    faults: BTreeMap<Fault, Faulty>,
    broken: Option<Issue>,
}

/// Whether there is more to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    GoOn,
    Stop,
}

impl Listing {
    /// Of the archive at a path, which the user knows as `shown`.
    pub(super) fn new(path: &Path, shown: &str, archive_bytes: u64) -> Self {
        Self {
            path: path.into(),
            shown: shown.into(),
            unpacked_left: unpacked_bytes_max(archive_bytes),
            members: 0,
            left_out: 0,
            files: Vec::new(),
            faults: BTreeMap::new(),
            broken: None,
        }
    }

    /// Counts a member in, with what it holds. Gives the name by which it can be shown, or what
    /// is to be done instead of looking into it.
    pub(super) fn enter(&mut self, raw_name: &str, bytes: u64) -> Result<String, Next> {
        let mut end = raw_name.len().min(NAME_BYTES_MAX);
        end = raw_name.floor_char_boundary(end);
        let shown = raw_name.get(..end).unwrap_or_default().replace(char::is_control, "\u{fffd}");
        self.members += 1;
        if self.members > MEMBERS_MAX || self.files.len() >= FILES_MAX {
            self.refuse(&shown, Fault::TooMany);
            return Err(Next::Stop);
        }
        let Some(left) = self.unpacked_left.checked_sub(bytes) else {
            self.refuse(&shown, Fault::TooLarge);
            return Err(Next::Stop);
        };
        self.unpacked_left = left;
        if end < raw_name.len() {
            self.refuse(&shown, Fault::LongName);
            return Err(Next::GoOn);
        }
        if leads_out(raw_name) {
            self.refuse(&shown, Fault::LeadsOut);
            return Err(Next::GoOn);
        }
        Ok(shown)
    }

    /// Tells why a member is not read. What is wrong with many is told of the first.
    pub(super) fn refuse(&mut self, name: &str, fault: Fault) {
        self.faults
            .entry(fault)
            .and_modify(|faulty| faulty.others += 1)
            .or_insert_with(|| Faulty { first_name: name.to_owned(), others: 0 });
    }

    /// Looks into a member and takes it in if it is of use.
    pub(super) fn look(
        &mut self,
        name: String,
        place: MemberPlace,
        bytes: u64,
        content: impl Read,
    ) {
        // What a Mac puts beside each file.
        let is_shadow = name.starts_with("__MACOSX/")
            || name.rsplit('/').next().is_some_and(|last| last.starts_with("._"));
        if is_shadow {
            self.left_out += 1;
            return;
        }
        match look_into(&name, content) {
            Err(_) => self.refuse(&name, Fault::Damaged),
            Ok((SourceKind::Unknown | SourceKind::Gzip, _)) => self.left_out += 1,
            Ok((kind, _)) if kind.is_archive() => self.refuse(&name, Fault::Nested),
            Ok((kind, gzip)) => {
                let member = Some(Member { name, place });
                self.files.push(SourceFile {
                    path: Arc::clone(&self.path),
                    shown: Arc::clone(&self.shown),
                    kind,
                    gzip,
                    bytes,
                    member,
                });
            }
        }
    }

    /// Tells why the archive could not be read further.
    pub(super) fn broken(&mut self, what: String, way_out: &str) {
        self.broken = Some(Issue::new(what, way_out).in_file(&*self.shown));
    }

    /// Whether something in it is of use, or wrong.
    pub(super) fn is_worth_telling(&self) -> bool {
        !self.files.is_empty() || !self.faults.is_empty() || self.broken.is_some()
    }

    /// The members of use, and what was wrong.
    pub(super) fn finish(self) -> (Vec<SourceFile>, Vec<Issue>) {
        let mut issues: Vec<Issue> = Vec::new();
        for (fault, Faulty { first_name, others }) in self.faults {
            let (what, way_out) = fault.words();
            let what = match others {
                0 => what.to_owned(),
                1 => format!("{what}, and so is one more"),
                n => format!("{what}, and so are {n} more"),
            };
            issues.push(Issue::new(what, way_out).in_file(label(&self.shown, &first_name)));
        }
        let told = self.broken.is_some() || !issues.is_empty();
        issues.extend(self.broken);
        if !told || self.left_out > 0 {
            issues.extend(nothing_in(&self.shown, "archive", self.files.len(), self.left_out));
        }
        (self.files, issues)
    }
}

/// How the user knows a member.
pub(super) fn label(archive: &str, name: &str) -> String {
    format!("{archive}/{name}")
}

/// What a member holds, and whether it is packed with gzip on its own.
fn look_into(name: &str, content: impl Read) -> std::io::Result<(SourceKind, bool)> {
    let mut head = Vec::new();
    content.take(HEAD_BYTES as u64).read_to_end(&mut head)?;
    let kind = detect(name, &head);
    if kind != SourceKind::Gzip {
        return Ok((kind, false));
    }
    let mut inner = Vec::new();
    // A cut-off head does not unpack to its end; what came out before is enough.
    let _cut = MultiGzDecoder::new(head.as_slice()).take(HEAD_BYTES as u64).read_to_end(&mut inner);
    Ok((detect(super::without_gz(name), &inner), true))
}

/// Whether a name would leave the folder into which the archive is unpacked.
fn leads_out(name: &str) -> bool {
    let drive = name.get(1..2) == Some(":");
    drive || name.starts_with(['/', '\\']) || name.split(['/', '\\']).any(|part| part == "..")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_lead_out() {
        for (name, expected) in [
            ("Takeout/Mail/All mail.mbox", false),
            ("a..b/..c/d..", false),
            ("/etc/passwd", true),
            ("a/../../b", true),
            ("..", true),
            ("a\\..\\b", true),
            ("C:\\b", true),
            ("", false),
        ] {
            assert_eq!(leads_out(name), expected, "{name}");
        }
    }

    #[test]
    fn a_fault_of_many_is_told_once() {
        let mut listing = Listing::new(Path::new("a.zip"), "a.zip", 100);
        for name in ["b", "c", "d"] {
            listing.refuse(name, Fault::Link);
        }
        let (files, issues) = listing.finish();
        assert!(files.is_empty());
        let told: Vec<String> = issues.iter().map(ToString::to_string).collect();
        assert_eq!(told.len(), 1);
        assert!(told[0].starts_with("a.zip/b: This member is a link, and so are 2 more."));
    }

    #[test]
    fn bounds_end_the_listing() {
        let mut listing = Listing::new(Path::new("a.zip"), "a.zip", 100);
        assert!(listing.enter("small", 5).is_ok());
        assert_eq!(listing.enter("bomb", UNPACKED_BYTES_FREE), Err(Next::Stop));
        assert_eq!(listing.enter(&"n".repeat(2000), 0), Err(Next::GoOn));
        listing.members = MEMBERS_MAX;
        assert_eq!(listing.enter("last", 0), Err(Next::Stop));
        let (_, issues) = listing.finish();
        assert_eq!(issues.len(), 3, "{issues:?}");
    }
}
