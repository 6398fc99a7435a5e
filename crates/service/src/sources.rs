//! What lies in the folders and archives that a user names: mailboxes, single mails, calendars,
//! lists.

mod archive;
mod opening;
mod tar;
mod zip;

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use flate2::bufread::MultiGzDecoder;
use inroad_ingest::source::{SourceKind, detect};
use inroad_model::Issue;

use crate::{Error, Result};
use archive::{Listing, Member};
pub(crate) use opening::Opener;

/// One file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SourceFile {
    /// Where it lies, or the archive that holds it.
    pub path: Arc<Path>,
    /// How the user knows that path.
    pub shown: Arc<str>,
    /// What it holds, after unpacking.
    pub kind: SourceKind,
    /// Whether it is packed with gzip on its own.
    pub gzip: bool,
    /// Its size as it lies, or as the archive tells it, in bytes.
    pub bytes: u64,
    /// Which member of an archive it is, if it is one.
    pub member: Option<Member>,
}

/// Something to be imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToImport {
    /// Where it lies.
    pub path: PathBuf,
    /// How the user knows it. What was sent to the server lies under a name of the server's; its own
    /// name is only ever shown, and asked what kind of file it is.
    pub shown: String,
    /// Whether it was sent as one of the files of a folder. `shown` then begins with the folder, and
    /// what is of no use is told in one line for all.
    pub of_folder: bool,
}

impl ToImport {
    /// What the user knows by its path.
    pub fn at(path: &Path) -> Self {
        Self { path: path.to_owned(), shown: path.display().to_string(), of_folder: false }
    }
}

/// Folders nested deeper than this are a mistake or a trap.
const FOLDER_DEPTH_MAX: usize = 40;
/// So much of a file is looked at to know what it is.
const HEAD_BYTES: u64 = 64 << 10;

/// Finds all files below the paths, in a fixed order. What cannot be read, or is nothing we
/// know, is an issue.
pub(crate) fn find(inputs: &[ToImport]) -> Result<(Vec<SourceFile>, Vec<Issue>)> {
    let mut files = Vec::new();
    let mut issues = Vec::new();
    let mut sent_in_vain = 0;
    for ToImport { path, shown, of_folder } in inputs {
        let metadata = path.metadata().map_err(|cause| Error::file(path, cause))?;
        let files_before = files.len();
        if metadata.is_dir() {
            let mut left_out = 0;
            walk(path, 0, &mut files, &mut issues, &mut left_out);
            issues.extend(nothing_in(shown, "folder", files.len() - files_before, left_out));
        } else {
            let found = if *of_folder { Found::Sent } else { Found::Named };
            let of_use = take(path, shown, found, &mut files, &mut issues);
            sent_in_vain += usize::from(!of_use && *of_folder);
        }
    }
    if sent_in_vain > 0 {
        issues.extend(nothing_in("What you sent", "folder", files.len(), sent_in_vain));
    }
    Ok((files, issues))
}

/// What a folder or an archive held that is of no use here, in one issue.
fn nothing_in(place: &str, noun: &str, used: usize, left_out: usize) -> Option<Issue> {
    let what = match (used, left_out) {
        (0, 0) => format!("There is nothing to import in this {noun}"),
        (_, 0) => return None,
        (_, 1) => "1 file that is no mail, calendar, contacts or export was left out".to_owned(),
        (_, n) => format!("{n} files that are no mail, calendar, contacts or export were left out"),
    };
    let way_out = match (noun, used) {
        ("folder", _) => "Name a file itself to learn why",
        (_, 0) => "Unpack the archive to see what it holds",
        // Takeout puts pages, pictures and settings beside mail.
        (_, _) => "That is usual; what else is in the archive was read",
    };
    Some(Issue::new(what, way_out).in_file(place))
}

fn walk(
    folder: &Path,
    depth: usize,
    files: &mut Vec<SourceFile>,
    issues: &mut Vec<Issue>,
    left_out: &mut usize,
) {
    if depth > FOLDER_DEPTH_MAX {
        issues.push(
            Issue::new("The folder is nested too deep", "Name the inner folder itself")
                .in_file(folder.display().to_string()),
        );
        return;
    }
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(cause) => {
            issues.push(unreadable(&folder.display().to_string(), &cause));
            return;
        }
    };
    let mut entries: Vec<_> = entries.filter_map(std::result::Result::ok).collect();
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        // Links are not followed: a link to a folder above would never end.
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() {
            if !is_skipped_folder(&path) {
                walk(&path, depth + 1, files, issues, left_out);
            }
        } else if kind.is_file() {
            let shown = path.display().to_string();
            *left_out += usize::from(!take(&path, &shown, Found::Below, files, issues));
        }
    }
}

/// Folders that hold no finished mail: a Maildir's deliveries under way, and index data.
fn is_skipped_folder(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let sibling_of_cur = path.parent().is_some_and(|parent| parent.join("cur").is_dir());
    (name == "tmp" && sibling_of_cur) || name == ".git" || name == ".notmuch"
}

/// How a file was come upon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    /// The user named it, so it is said why it is of no use.
    Named,
    /// Below a folder that the user named.
    Below,
    /// Sent as one of the files of a folder, which is not here.
    Sent,
}

/// Takes a file in, or says why not. Returns false for what is silently of no use.
fn take(
    path: &Path,
    shown: &str,
    found: Found,
    files: &mut Vec<SourceFile>,
    issues: &mut Vec<Issue>,
) -> bool {
    let name = shown.rsplit(['/', '\\']).next().unwrap_or(shown);
    // Every file of a Maildir is a mail; looking into each would read it twice.
    let in_maildir = match found {
        Found::Named | Found::Below => path.parent().is_some_and(is_maildir_part),
        Found::Sent => is_sent_maildir_part(shown),
    };
    let named = found == Found::Named;
    let look = if in_maildir { Ok((SourceKind::Mail, false)) } else { look_into(path, name) };
    // Documents of office programs are zip archives, too; in a folder they are of no use as such.
    let of_archive = |listing: Listing| {
        let told = named || listing.is_worth_telling();
        if told { listing.finish() } else { (Vec::new(), Vec::new()) }
    };
    let taken = look.and_then(|(kind, gzip)| match kind {
        SourceKind::Zip if !gzip => zip::list(path, shown).map(of_archive),
        SourceKind::Tar => tar::list(path, shown, gzip).map(of_archive),
        SourceKind::Unknown if !named => Ok((Vec::new(), Vec::new())),
        SourceKind::Unknown | SourceKind::Zip | SourceKind::Gzip => {
            Ok((Vec::new(), vec![unusable(shown, kind)]))
        }
        kind => {
            let bytes = path.metadata()?.len();
            let shown = shown.into();
            let file = SourceFile { path: path.into(), shown, kind, gzip, bytes, member: None };
            Ok((vec![file], Vec::new()))
        }
    });
    let (taken, wrong) =
        taken.unwrap_or_else(|cause| (Vec::new(), vec![unreadable(shown, &cause)]));
    let of_use = !taken.is_empty() || !wrong.is_empty();
    files.extend(taken);
    issues.extend(wrong);
    of_use
}

fn unusable(shown: &str, kind: SourceKind) -> Issue {
    let way_out = match kind {
        SourceKind::Unknown => {
            "Give mail (mbox, Maildir, .eml), a calendar (.ics), contacts (.vcf), a CSV export, or a \
             .zip or .tgz of these"
        }
        _ => "Unpack it and import what comes out",
    };
    Issue::new("This file cannot be imported as it is", way_out).in_file(shown)
}

/// Whether a folder holds the letters of a Maildir: one of its parts beside the others.
fn is_maildir_part(folder: &Path) -> bool {
    let has = |sibling: &str| folder.parent().is_some_and(|parent| parent.join(sibling).is_dir());
    match folder.file_name().and_then(std::ffi::OsStr::to_str) {
        Some("cur") => has("new") || has("tmp"),
        Some("new") => has("cur"),
        _ => false,
    }
}

/// Whether the letters of a Maildir lie where a file lay that was sent with its folder.
fn is_sent_maildir_part(shown: &str) -> bool {
    matches!(shown.rsplit('/').nth(1), Some("cur" | "new"))
}

fn look_into(path: &Path, name: &str) -> std::io::Result<(SourceKind, bool)> {
    let mut head = Vec::new();
    File::open(path)?.take(HEAD_BYTES).read_to_end(&mut head)?;
    let kind = detect(name, &head);
    if kind != SourceKind::Gzip {
        return Ok((kind, false));
    }
    let mut inner = Vec::new();
    // A cut-off head does not unpack to its end; what came out before is enough.
    let _cut = MultiGzDecoder::new(head.as_slice()).take(HEAD_BYTES).read_to_end(&mut inner);
    Ok((detect(without_gz(name), &inner), true))
}

/// The name of what is packed in a file.
fn without_gz(name: &str) -> &str {
    name.strip_suffix(".gz").unwrap_or(name)
}

fn unreadable(shown: &str, cause: &std::io::Error) -> Issue {
    Issue::new(
        format!("This cannot be read: {cause}"),
        "Check that you may read it; the rest was read",
    )
    .in_file(shown)
}

impl SourceFile {
    /// How the user knows it.
    pub(crate) fn label(&self) -> String {
        match &self.member {
            Some(member) => archive::label(&self.shown, &member.name),
            None => self.shown.as_ref().to_owned(),
        }
    }
}
