//! A small data file and the mail for it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use inroad_advice::{DealReview, Review};
use inroad_model::Moment;
use inroad_service::{ImportOptions, ImportReport, Inroad};
use tempfile::TempDir;

pub(crate) const ME: &str = "Marta Weiss <marta@studio.example>";
pub(crate) const JANA: &str = "Jana Kühn <jana@lindner.example>";

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

    pub(crate) fn write(&self, name: &str, content: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path
    }

    pub(crate) async fn import(&self, paths: &[&Path]) -> ImportReport {
        let paths: Vec<PathBuf> = paths.iter().map(|path| path.to_path_buf()).collect();
        self.inroad.import(&paths, &ImportOptions::default(), &|_| ()).await.unwrap()
    }

    /// Imports one file of that name and content.
    pub(crate) async fn take(&self, name: &str, content: &str) -> ImportReport {
        let path = self.write(name, content);
        self.import(&[&path]).await
    }

    pub(crate) async fn deal(&self, name: &str, as_of: &str) -> DealReview {
        self.inroad.review_deal(name, moment(as_of)).await.unwrap().deals.remove(0)
    }

    pub(crate) async fn review(&self, as_of: &str) -> Review {
        self.inroad.review(moment(as_of)).await.unwrap()
    }
}

pub(crate) fn moment(text: &str) -> Moment {
    text.parse().unwrap()
}

/// One letter of a mailbox.
pub(crate) fn letter(id: &str, day: u8, from: &str, to: &str, subject: &str) -> String {
    let mut mail = String::new();
    write!(
        mail,
        "From x Mon Mar  2 09:00:00 2026\nMessage-ID: <{id}>\nDate: {day} Mar 2026 09:00:00 +0100\n\
         From: {from}\nTo: {to}\nSubject: {subject}\n\nGood morning, letter of day {day}.\n\n"
    )
    .unwrap();
    mail
}

/// Letters to and fro, one a day.
pub(crate) fn exchange(me: &str, other: &str, letters: u8) -> String {
    (1..=letters)
        .map(|day| {
            let (from, to) = if day % 2 == 0 { (other, me) } else { (me, other) };
            letter(
                &format!("{day}.{}@mail.example", other.len()),
                day,
                from,
                to,
                &format!("Offer {day}"),
            )
        })
        .collect()
}
