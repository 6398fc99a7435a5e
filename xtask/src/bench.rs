//! `cargo xtask bench NAME`: one file for each table of figures in `docs/benchmarks`.
//!
//! A measurement prints Markdown: what was measured, on what, by which command, and the table.
//! With `--write` the same text becomes `docs/benchmarks/NAME.md`.

mod beside;
mod browser;
mod coach;
mod contacts;
mod cost;
mod demo;
mod doubles;
mod fit;
mod fleet;
mod graph;
mod imap;
mod import;
mod kill_send;
mod kills;
mod lists;
mod load;
mod meter;
mod page;
mod politics;
mod questions;
mod rescore;
mod rhythm;
mod second;
mod server;
mod site;
mod size;
mod stories;
mod sync;
mod tools;
mod turn;
mod web;
mod winning;
mod workspaces;

use std::process::Command;

use anyhow::{Result, bail};

use crate::project::Project;
use crate::test::TEAMS;
use crate::{command, machine};
use page::Page;

type Bench = (&'static str, &'static str, fn(&Project, &[String]) -> Result<Page>);

const BENCHES: [Bench; 24] = [
    (
        "coach",
        "how often the coach speaks up in ordinary mail, what a draft costs, and what other tools take",
        coach::measure,
    ),
    ("contacts", "what an import of 100,000 contacts and their companies costs", contacts::measure),
    ("demo", "seconds from the built program to the review of the sample", demo::measure),
    ("doubles", "how well doubles are found among people and organisations", doubles::measure),
    ("fit", "what fits of the estimators cost, beside other tools", fit::measure),
    ("graph", "what algorithms over graphs cost, beside other tools", graph::measure),
    ("imap", "how fast a mailbox is fetched from Dovecot over loopback", imap::measure),
    (
        "import",
        "what an import of 50,000 messages costs, and how fast search and review answer on it",
        import::measure,
    ),
    (
        "kill-send",
        "what becomes of letters when the program is killed at random moments of sending",
        kill_send::measure,
    ),
    (
        "kills",
        "whether writes survive when programs, connections, the pooler and the server are killed under load",
        kills::measure,
    ),
    (
        "lists",
        "how soon lists answer with 10,000 firms, 100,000 people and 1 million touches",
        lists::measure,
    ),
    (
        "load",
        "how much several programs answer on one PostgreSQL, and how much Tryton does beside them",
        load::measure,
    ),
    ("politics", "how well mail and sayings tell who stands above whom", politics::measure),
    ("questions", "how well it is told what asks, and how", questions::measure),
    ("rescore", "what one new letter costs until its deal is reviewed again", rescore::measure),
    ("rhythm", "how well answers and silences are forecast", rhythm::measure),
    ("server", "what work costs with the data in a file and in PostgreSQL", server::measure),
    ("size", "size of the program, time to the first answer, memory when idle", size::measure),
    ("stories", "how well deal stories are judged", stories::measure),
    (
        "sync",
        "what reading a mailbox of 100,000 messages costs, how soon news are seen, and what disturbs it",
        sync::measure,
    ),
    ("turn", "how soon a habit that turned is noticed", turn::measure),
    ("web", "how soon pages answer and are seen, and how heavy they are", web::measure),
    ("winning", "how well the chance of winning is told", winning::measure),
    (
        "workspaces",
        "how pages answer where ten workspaces of 100,000 messages share a PostgreSQL, and what one letter more costs",
        workspaces::measure,
    ),
];

/// Runs the measurement of that name, or lists all.
pub(crate) fn run(project: &Project, name: Option<&str>, args: &[String]) -> Result<()> {
    let Some(name) = name else {
        for (name, what, _) in BENCHES {
            println!("{name:<10} {what}");
        }
        return Ok(());
    };
    let Some((_, what, measure)) = BENCHES.iter().find(|(known, ..)| *known == name) else {
        let names: Vec<&str> = BENCHES.iter().map(|(name, ..)| *name).collect();
        bail!("There is no measurement {name}; there are: {}", names.join(", "));
    };
    let (write, rest): (Vec<String>, Vec<String>) =
        args.iter().cloned().partition(|arg| arg == "--write");
    let page = measure(project, &rest)?;
    let text = page.markdown(what, &format!("cargo xtask bench {name}"), &machine::described());
    println!("{text}");
    if !write.is_empty() {
        let folder = project.path("docs/benchmarks");
        std::fs::create_dir_all(&folder)?;
        let file = folder.join(format!("{name}.md"));
        std::fs::write(&file, text)?;
        eprintln!("Written to {}", file.display());
    }
    Ok(())
}

/// Builds the program as users build it; returns where it is.
pub(crate) fn release(project: &Project) -> Result<std::path::PathBuf> {
    command::run(
        Command::new("cargo")
            .args(["build", "--release", "--locked", "--quiet", "--package", "inroad"])
            .current_dir(project.root()),
    )?;
    Ok(built(project, "inroad"))
}

/// The same as teams run it.
fn release_for_teams(project: &Project) -> Result<std::path::PathBuf> {
    command::run(
        Command::new("cargo")
            .args(["build", "--release", "--locked", "--quiet", "--package", "inroad"])
            .args(["--features", TEAMS])
            .current_dir(project.root()),
    )?;
    Ok(built(project, "inroad"))
}

/// Where something lies that was built for use.
fn built(project: &Project, name: &str) -> std::path::PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR");
    let target = target.map_or_else(|| project.path("target"), |folder| project.path(folder));
    target.join("release").join(name)
}

/// The middle of some measurements; the lower of two.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len().saturating_sub(1) / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle() {
        assert!(median(vec![3.0, 1.0, 2.0]).total_cmp(&2.0).is_eq());
        assert!(median(vec![3.0, 1.0]).total_cmp(&1.0).is_eq());
        assert!(median(Vec::new()).is_nan());
    }
}
