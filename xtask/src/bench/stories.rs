//! How well the program judges deal stories, by the scorer that lies beside the repository.
//!
//! The stories are no part of the project; where they are missing nothing is measured.

use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::page::Page;
use super::release;
use crate::project::Project;

pub(super) fn measure(project: &Project, args: &[String]) -> Result<Page> {
    let folder = project.path("../shared/eval/stories");
    let scorer = folder.join("score.py");
    ensure!(scorer.is_file(), "The stories are not here: {} is missing", scorer.display());
    let program = release(project)?;
    let mut command = Command::new("python3");
    command.arg(scorer).arg("--bin").arg(program);
    command.args([folder.join("one"), folder.join("two")]).args(args);
    let out = command.output().context("python3 cannot be started")?;
    let errors = String::from_utf8_lossy(&out.stderr);
    ensure!(out.status.success(), "The scorer failed: {errors}");
    eprint!("{errors}");
    Ok(Page {
        printed: Some(String::from_utf8_lossy(&out.stdout).into_owned()),
        notes: vec![
            "Both sets of stories together, the review of each as of its own day.".to_owned(),
        ],
        ..Page::default()
    })
}
