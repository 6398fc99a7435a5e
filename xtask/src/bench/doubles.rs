//! `cargo xtask bench doubles`: how well doubles are found among people and organisations, beside
//! recordlinkage, splink and token-set similarity on the same fields in the same run.
//!
//! The lists are no part of the project; where they are missing nothing is measured.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use super::page::Page;
use super::tools;
use crate::command;
use crate::project::Project;

const SCRIPT: &str = "xtask/src/bench/doubles.py";
const PACKAGES: [&str; 3] = ["recordlinkage==0.16", "splink==5.0.0", "rapidfuzz==3.14.6"];
const HEAD: [&str; 9] = [
    "list",
    "tool",
    "records counted",
    "pairs that are the same",
    "precision",
    "recall",
    "F1",
    "seconds of processor",
    "MB",
];
/// What is measured, with what it is called and its peers.
const TASKS: [(&str, &str, &[&str]); 9] = [
    ("febrl3", "febrl 3, 5,000 people, groups of up to six", &["recordlinkage", "splink"]),
    ("febrl4", "febrl 4, 5,000 people against 5,000", &["recordlinkage", "splink"]),
    ("febrl4-half", "febrl 4, 5,000 people against half of the others", &[]),
    ("patstat", "patstat, 2,379 names of applicants", &["token-set"]),
    ("chicago", "Chicago, 3,337 sites by name", &["token-set"]),
    ("chicago-crm", "Chicago with address, phone, domain", &[]),
    ("senzing", "Senzing's persons, without documents and birth dates", &[]),
    ("people", "100,000 drawn people", &[]),
    ("organisations", "10,000 drawn organisations", &[]),
];
const NOTES: [&str; 8] = [
    "Pairwise: a pair of records counts as found if both came into one group (of two lists: if they were \
     linked). People have names and addresses alone: no birth date, no number of a person. Of organisations \
     the name alone, but in the row that says otherwise. Chicago's truth is the address of a site, so that by name \
     two sites of one agency are wrong, and names with nothing in common are missed.",
    "Nobody tells the program a threshold or a pair: what a level of a field tells is learned from the list, \
     beginning with shipped chances, and the bound is a chance of one half. The peers by their documentation: \
     recordlinkage blocks on five fields and classifies by ECM, splink on DuckDB with five blocking rules, \
     frequencies of terms and expectation-maximisation, a chance of one half (xtask/src/bench/doubles.py). \
     Token-set similarity is given the threshold that truth says is the best, which nobody has: a ceiling. \
     Seconds are of processor, from records in memory to groups; ours runs in one thread, so that on an idle \
     machine they are of the clock too. Memory is the peak of the process.",
    "Halves by a hash of the group's name: what was tuned was looked at in the half called seen. The figures of whole \
     lists were looked at in the last steps too, in sums, never by their pairs, so the last half is no \
     untouched test; pairs of it were looked at in Senzing's alone.",
    "What falls short: on febrl 3 splink finds more, since it makes one of two records with other given and \
     other family name at one address. In a seller's list these are a couple or colleagues, so ours asks for more: it \
     does so only where nearly everybody stands twice and the two have no other partner.",
    "On febrl 4 every record has a partner, which the program notices and uses. Where half of the second list is \
     taken away, it has to notice that half have none.",
    "Three quarters of patstat's pairs are of one firm, so its figure turns on whether that firm's two old names are \
     found to be one. The drawn lists are made by the same hand as the program (crates/linkage/examples/doubles); their \
     seconds and memory say more than their F1.",
    "The table of figures that came with the data has, for the same lists: febrl 3 recordlinkage 0.891, splink \
     0.899, all pairs with the best threshold 0.983; febrl 4 0.956, 0.963, 0.996; patstat 0.815, Chicago 0.621 by \
     token-set similarity. The peers are better here than there, with more blocks and more levels.",
    "Fields and method: crates/linkage.",
];

pub(super) fn measure(project: &Project, args: &[String]) -> Result<Page> {
    ensure!(args.is_empty(), "There are no options");
    let folder = project.path("../shared/data/er");
    ensure!(
        folder.is_dir(),
        "The lists are not here: {} is missing, so nothing was measured",
        folder.display()
    );
    let python = tools::python(project, "doubles", &PACKAGES, &[])?;
    let mut page = Page::table(&HEAD);
    let mut asked = None;
    for (task, name, peers) in TASKS {
        for row in printed(&mut ours(project, &folder, task))? {
            match row.as_slice() {
                [what, _, count, half, most, ..] if what == "asked" => {
                    asked = Some(format!(
                        "One new record asked against the 100,000: {half} ms in the middle of {count}, {most} ms \
                         in 99 of 100."
                    ));
                }
                [_, part, rest @ ..] => page.row(&cells(name, "**ours**", part, rest)),
                _ => {}
            }
        }
        for peer in peers {
            let mut command = Command::new(&python);
            command.arg(project.path(SCRIPT)).arg(&folder).args([task, peer]);
            for row in printed(&mut command)? {
                if let [_, tool, rest @ ..] = row.as_slice() {
                    page.row(&cells(name, tool, "all", rest));
                }
            }
        }
    }
    page.notes.extend(asked);
    page.notes.extend(NOTES.map(str::to_owned));
    Ok(page)
}

fn ours(project: &Project, folder: &Path, task: &str) -> Command {
    let mut command = Command::new("cargo");
    command.args(["run", "--quiet", "--release", "--locked", "--package", "inroad-linkage"]);
    command.args(["--example", "doubles", "--"]).arg(folder).arg(task);
    command.current_dir(project.root());
    command
}

/// The lines that a command printed, as cells.
fn printed(command: &mut Command) -> Result<Vec<Vec<String>>> {
    let line = command::shown(command);
    eprintln!("$ {line}");
    let out = command.stderr(Stdio::inherit()).output().with_context(|| line.clone())?;
    ensure!(out.status.success(), "{line} failed");
    let text = String::from_utf8(out.stdout)?;
    Ok(text.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect())
}

/// A row of the table.
fn cells(name: &str, tool: &str, part: &str, rest: &[String]) -> Vec<String> {
    let mut row: Vec<String> = vec![name.to_owned(), tool.to_owned(), part.to_owned()];
    row.extend(rest.iter().cloned());
    row.resize(HEAD.len(), String::new());
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_as_long_as_the_head() {
        let rest = ["10", "1.0"].map(str::to_owned);
        let row = cells("a list", "a tool", "all", &rest);
        assert_eq!(row.len(), HEAD.len());
        assert_eq!(row[3], "10");
    }
}
