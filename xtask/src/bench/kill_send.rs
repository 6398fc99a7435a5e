//! `cargo xtask bench kill-send`: the program killed at random moments of sending, held against what the mail
//! server has. It is the test of the same name, with more kills: `--kills N`, else 200.

use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail, ensure};

use super::page::Page;
use crate::dovecot::Dovecot;
use crate::project::Project;
use crate::receiver::Receiver;

const KILLS: u32 = 200;

pub(super) fn measure(project: &Project, args: &[String]) -> Result<Page> {
    let kills = match args {
        [] => KILLS,
        [name, count] if name == "--kills" => count.parse().context("--kills wants a number")?,
        _ => bail!("There is only --kills N"),
    };
    let (mailbox, receiver) = (Dovecot::start(project)?, Receiver::start(project)?);
    let mut test = Command::new("cargo");
    test.args(["test", "--locked", "--package", "inroad", "--test", "it", "kill::send"])
        .args(["--", "--nocapture"])
        .envs(mailbox.variables())
        .envs(receiver.variables())
        .env("INROAD_SEND_KILLS", kills.to_string())
        .current_dir(project.root())
        .stdin(Stdio::null())
        .stderr(Stdio::inherit());
    let done = test.output().context("cargo cannot be started")?;
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    let figures = figures(&said).with_context(|| format!("It says: {said}"))?;
    ensure!(done.status.success(), "A letter went twice, or was said to have gone: {said}");
    let mut page = Page::table(&[
        "kills",
        "before it was begun",
        "begun, and not settled",
        "once it was sent",
        "after the end",
        "faults",
        "s",
    ]);
    page.row(&figures);
    page.notes.push(
        "A fault is a letter that the server has twice, one that is said to have gone and is not there, one that \
         is said not to have gone and is, one that the same act sends again, or a copy too many or too few among \
         the sent letters. The server pauses 90 ms at each of three steps. Built as tests are."
            .to_owned(),
    );
    Ok(page)
}

fn figures(said: &str) -> Option<[String; 7]> {
    let line = said.lines().find_map(|line| line.split_once("kills\t").map(|(_, rest)| rest))?;
    let cells: Vec<String> = line.split('\t').map(str::to_owned).collect();
    cells.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_is_printed() {
        let said = "test kill ... kills\t200\t80\t60\t40\t20\t0\t300\nok\n";
        assert_eq!(figures(said).unwrap(), ["200", "80", "60", "40", "20", "0", "300"]);
        assert!(figures("test kill ... ok").is_none());
    }
}
