//! `cargo xtask bench turn`: how soon and how surely a habit that turned is noticed.
//!
//! Reads event logs that are no part of the project; where they are missing nothing is measured.
//! `--delays FILE` names cases of delays alone that another program made.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use super::page::Page;
use crate::command;
use crate::project::Project;

pub(super) fn measure(project: &Project, args: &[String]) -> Result<Page> {
    let logs = project.path("../shared/eval/rhythm/data");
    ensure!(logs.is_dir(), "The event logs are not here: {} is missing", logs.display());
    let delays = match args {
        [] => None,
        [flag, file] if flag == "--delays" => Some(file),
        _ => bail!("Options: --delays FILE"),
    };
    let mut command = Command::new("cargo");
    command.args(["run", "--quiet", "--release", "--locked", "--package", "inroad-advice"]);
    command.args(["--example", "turn", "--"]).arg(logs).args(delays);
    let line = command::shown(&command);
    let out = command.current_dir(project.root()).stderr(Stdio::inherit()).output();
    let out = out.with_context(|| line.clone())?;
    ensure!(out.status.success(), "{line} failed");
    Ok(page(&String::from_utf8(out.stdout)?))
}

fn page(printed: &str) -> Page {
    let head = ["what", "by", "pairs", "set", "controls", "changed", "area", "≤ 3", "≤ 6", "≤ 12"];
    let mut page = Page::table(&head);
    for line in printed.lines() {
        let cells: Vec<String> = line.split('\t').map(str::to_owned).collect();
        match cells.as_slice() {
            [kind, half, alarms, found] if kind == "told" => page.notes.push(format!(
                "As the program tells it, {half} half: {found} of the changed found within 12 \
                 answers, {alarms} of the controls alarmed."
            )),
            [kind, intercept, slope, from] if kind == "calibration" => page.notes.push(format!(
                "Log-odds = {intercept} + {slope} × score on the tuning half, where as many changed \
                 as did not; 5 % of the controls come to a probability of {from}."
            )),
            [kind, answers, told, turns] if kind == "as it was" => page.notes.push(format!(
                "Of {answers} answers of real pairs, nothing spliced, a turn is told at {told} %; it \
                 begins to be told at {turns} of 100."
            )),
            _ if cells.len() == head.len() => page.row(&cells),
            _ => {}
        }
    }
    page.notes.push(
        "Answers of one pair are continued by twelve of another pair whose median delay differs by \
         a factor of four or more; controls by their own. Found: where 5 % of the controls alarm in \
         these twelve. \"levels\" is what the program does, \"runs\" Bayesian online change points. \
         Constants were chosen on the tuning half of the pairs."
            .to_owned(),
    );
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_a_figure() {
        let page =
            page("a\tlevels\ttuning\tall\t9\t8\t0.8\t0.1\t0.2\t0.3\ntold\ttuning\t0.05\t0.4\nx");
        assert_eq!(page.rows.len(), 2);
        assert!(page.notes[0].contains("0.4 of the changed"));
    }
}
