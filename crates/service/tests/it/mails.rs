//! A small mailbox, written by each test for itself.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use inroad_model::{EmailAddress, Moment};
use inroad_service::{ImportOptions, ImportReport, Inroad};
use tempfile::TempDir;

pub(crate) const ME: &str = "marta@studio.example";

/// A letter: writer, reader, day of March 2026, words.
#[derive(Debug, Clone)]
pub(crate) struct Letter {
    pub from: String,
    pub to: String,
    /// The `Date` header as it stands there; empty for none.
    pub date: String,
    pub text: String,
}

pub(crate) fn letter(from: &str, to: &str, day: u8, text: &str) -> Letter {
    let date = format!("{day} Mar 2026 09:00:00 +0000");
    Letter { from: from.to_owned(), to: to.to_owned(), date, text: text.to_owned() }
}

/// Letters as a mailbox. The Message-ID follows from the letter, so that the same one is the same.
pub(crate) fn mbox(letters: &[Letter]) -> String {
    let mut out = String::new();
    for Letter { from, to, date, text } in letters {
        // FNV-1a, by hand: the standard library does not promise the same hash tomorrow.
        let id = format!("{from}{to}{date}{text}")
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |id, byte| {
                (id ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            });
        write!(
            out,
            "From x Mon Mar  2 09:00:00 2026\nFrom: {from}\nTo: {to}\nMessage-ID: <{id:x}@t.example>\n\
             Subject: Warehouse\n"
        )
        .unwrap();
        if !date.is_empty() {
            writeln!(out, "Date: {date}").unwrap();
        }
        write!(out, "\n{text}\n\n").unwrap();
    }
    out
}

/// Four letters each way with Jana and Omar of one firm, and with Ines of another.
pub(crate) fn usual() -> Vec<Letter> {
    let mut letters = Vec::new();
    for day in [2, 5, 9, 12] {
        for them in ["Jana Kühn <jana@lindner.example>", "Omar <omar@lindner.example>"] {
            letters.push(letter(&format!("Marta Sol <{ME}>"), them, day, "Could you look at it?"));
            letters.push(letter(them, ME, day + 1, "We looked, and like what we saw."));
        }
        letters.push(letter(&format!("Marta Sol <{ME}>"), "ines@acme.example", day, "A question"));
        letters.push(letter("ines@acme.example", ME, day + 2, "An answer"));
    }
    letters
}

/// A data file in a folder that vanishes with the test.
pub(crate) struct Desk {
    pub folder: TempDir,
    pub inroad: Inroad,
}

impl Desk {
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let inroad = Inroad::open(&folder.path().join("data.db")).await.unwrap();
        Self { folder, inroad }
    }

    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    pub(crate) async fn import(&self, path: &Path) -> ImportReport {
        self.import_as(path, &ImportOptions::default()).await
    }

    pub(crate) async fn import_as(&self, path: &Path, options: &ImportOptions) -> ImportReport {
        self.inroad.import(&[path.to_owned()], options, &|_| ()).await.unwrap()
    }

    pub(crate) async fn import_letters(&self, letters: &[Letter]) -> ImportReport {
        let path = self.file("mail.mbox", mbox(letters));
        self.import(&path).await
    }

    /// The review as JSON.
    pub(crate) async fn review(&self, at: Moment) -> serde_json::Value {
        serde_json::to_value(self.inroad.review(at).await.unwrap()).unwrap()
    }
}

pub(crate) fn day(day: u8) -> Moment {
    format!("2026-03-{day:02}T23:00:00Z").parse().unwrap()
}

pub(crate) fn email(text: &str) -> EmailAddress {
    text.parse().unwrap()
}
