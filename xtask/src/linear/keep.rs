//! What was learnt, written or compared with what is there.

use anyhow::{Result, ensure};

use crate::project::Project;

/// What to do with what was learnt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keep {
    /// Write it.
    Write,
    /// Compare it with what is there.
    Check,
}

impl Keep {
    /// By an argument `--check`.
    pub(crate) fn asked(check: bool) -> Self {
        if check { Self::Check } else { Self::Write }
    }

    /// Writes files, or tells which of them is not what `command` makes.
    pub(crate) fn files(
        self,
        project: &Project,
        command: &str,
        files: &[(&str, &[u8])],
    ) -> Result<()> {
        for (file, bytes) in files {
            let path = project.path(file);
            match self {
                Self::Write => std::fs::write(path, bytes)?,
                Self::Check => ensure!(
                    std::fs::read(path)? == *bytes,
                    "{file} is not what `{command}` makes: run it and commit what it writes"
                ),
            }
        }
        let names: Vec<&str> = files.iter().map(|(file, _)| *file).collect();
        let told = if self == Self::Write { "were written" } else { "are as they are made" };
        println!("{} {told}", names.join(" and "));
        Ok(())
    }
}
