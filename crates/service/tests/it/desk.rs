//! A data file in a folder that vanishes with the test, and what a user does with it.

use std::path::{Path, PathBuf};

use inroad_advice::{DealReview, Review};
use inroad_ingest::Limits;
use inroad_model::{EmailAddress, Moment};
use inroad_service::search::{Findings, LastWord, Search, states_of};
use inroad_service::{
    DealFile, ImportOptions, ImportReport, Inroad, Place, Playbook, SecondSource, ServerPlace,
    review_files,
};
use inroad_store::Store;
use tempfile::TempDir;

use crate::letters::{Letter, mbox};

pub(crate) struct Desk {
    pub folder: TempDir,
    pub inroad: Inroad,
}

impl Desk {
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let inroad = Inroad::open(&place(&folder)).await.unwrap();
        Self { folder, inroad }
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path
    }

    pub(crate) async fn import(&self, paths: &[&Path]) -> ImportReport {
        self.import_as(paths, &ImportOptions::default()).await
    }

    pub(crate) async fn import_as(&self, paths: &[&Path], options: &ImportOptions) -> ImportReport {
        let paths: Vec<PathBuf> = paths.iter().map(|path| path.to_path_buf()).collect();
        self.inroad.import(&paths, options, &|_| ()).await.unwrap()
    }

    /// Says what an import of the paths would bring.
    pub(crate) async fn rehearse(&self, paths: &[&Path]) -> ImportReport {
        self.import_as(paths, &ImportOptions { dry_run: true, ..ImportOptions::default() }).await
    }

    /// Imports one file of that name and content.
    pub(crate) async fn take(&self, name: &str, content: impl AsRef<[u8]>) -> ImportReport {
        let path = self.write(name, content);
        self.import(&[&path]).await
    }

    pub(crate) async fn take_letters(&self, letters: &[Letter]) -> ImportReport {
        self.take("mail.mbox", mbox(letters)).await
    }

    pub(crate) async fn deal(&self, name: &str, as_of: &str) -> DealReview {
        self.inroad.review_deal(name, moment(as_of)).await.unwrap().deals.remove(0)
    }

    /// What is found of whole words, with the states of a day in March.
    pub(crate) async fn find(&self, typed: &str) -> Findings {
        self.find_as(typed, LastWord::Whole).await
    }

    pub(crate) async fn find_as(&self, typed: &str, last_word: LastWord) -> Findings {
        let states = states_of(&self.inroad.review(day(20)).await.unwrap());
        let search = Search { typed, last_word, states: Some(&states), shown_max: 9, as_of: None };
        self.inroad.search(&search).await.unwrap()
    }

    /// The review as JSON.
    pub(crate) async fn review(&self, at: Moment) -> serde_json::Value {
        serde_json::to_value(self.inroad.review(at).await.unwrap()).unwrap()
    }
}

/// What lies behind everything, for tests that look under it.
pub(crate) async fn store(data: &Path) -> Store {
    match Place::at(data).unwrap() {
        Place::File(file) => Store::open(&file).await.unwrap(),
        #[cfg(feature = "postgres")]
        Place::Server(at) => Store::connect(&at.database, &at.workspace, data).await.unwrap(),
        #[cfg(not(feature = "postgres"))]
        Place::Server(_) => unreachable!("built for data files alone"),
    }
}

/// Whether the data of a test lies in a file, and not on a server.
pub(crate) fn is_in_file() -> bool {
    std::env::var_os("INROAD_TEST_DATABASE").is_none()
}

/// Where the data of a test lies: in a file, or, where the environment names a server, in a workspace there.
pub(crate) fn place(folder: &TempDir) -> PathBuf {
    if let Ok(database) = std::env::var("INROAD_TEST_DATABASE") {
        let file = folder.path().join("team.toml");
        let place = ServerPlace { database, workspace: folder.path().display().to_string() };
        place.write(&file).unwrap();
        return file;
    }
    folder.path().join("data.db")
}

pub(crate) fn moment(text: &str) -> Moment {
    text.parse().unwrap()
}

/// The evening of a day of March 2026.
pub(crate) fn day(day: u8) -> Moment {
    moment(&format!("2026-03-{day:02}T23:00:00Z"))
}

pub(crate) fn email(text: &str) -> EmailAddress {
    text.parse().unwrap()
}

/// The review straight from a file of mail, without a data file.
pub(crate) fn review_of_file(mail: &Path, deals: Option<DealFile>, as_of: Moment) -> Review {
    let (playbook, limits) = (Playbook::shipped(), Limits::default());
    let mail = [mail.to_path_buf()];
    review_files(&mail, deals, playbook, &SecondSource::None, as_of, &limits).unwrap().review
}
