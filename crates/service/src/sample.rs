//! The sample mailbox: in a folder and a data file of its own, so that it never mixes with the user's.

use std::path::{Path, PathBuf};

use inroad_model::Moment;

use crate::import::ImportOptions;
use crate::inroad::Inroad;
use crate::{Error, Result};

/// A sample, as the program brings it.
#[derive(Debug, Clone)]
pub struct Sample {
    /// Where it is unpacked, for the user to look at; its data file lies there, too.
    pub folder: PathBuf,
    /// Its files: their names and what they hold.
    pub files: &'static [(&'static str, &'static [u8])],
    /// The morning on which it is reviewed.
    pub as_of: Moment,
}

impl Sample {
    /// The data file.
    pub fn data(&self) -> PathBuf {
        self.folder.join("demo.db")
    }

    /// Writes the files into the folder. Returns where they lie.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn unpack(&self) -> Result<Vec<PathBuf>> {
        let failed = |path: &Path, cause| Error::file(path, cause);
        std::fs::create_dir_all(&self.folder).map_err(|cause| failed(&self.folder, cause))?;
        let write = |(name, content): &(&str, &[u8])| {
            let path = self.folder.join(name);
            if std::fs::read(&path).ok().as_deref() != Some(*content) {
                std::fs::write(&path, content).map_err(|cause| failed(&path, cause))?;
            }
            Ok(path)
        };
        self.files.iter().map(write).collect()
    }

    /// Unpacks it and takes it into its data file, where it is not there yet.
    ///
    /// # Errors
    /// [`Error::File`], or as [`Inroad::open`] and [`Inroad::import`].
    pub async fn open(&self) -> Result<Inroad> {
        let files = self.unpack()?;
        let inroad = Inroad::open(&self.data()).await?;
        inroad.import(&files, &ImportOptions::default(), &|_| {}).await?;
        Ok(inroad)
    }
}
