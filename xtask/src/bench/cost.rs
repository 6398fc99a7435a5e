//! What a run of a program costs, as GNU time counts it: the process and those that it waited for.

use std::path::Path;
use std::process::{Command, ExitStatus};

use anyhow::{Context, Result, bail, ensure};

/// What a run cost.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Cost {
    /// Seconds of the clock.
    pub clock_s: f64,
    /// Seconds of processor for the program itself.
    pub user_s: f64,
    /// Seconds of processor that the system spent for it.
    pub system_s: f64,
    /// The most memory of any one of its processes.
    pub resident_mb: f64,
}

impl Cost {
    /// All seconds of processor.
    pub(super) fn processor_s(&self) -> f64 {
        self.user_s + self.system_s
    }
}

/// Runs a command, whose streams the caller has set on `to`, and returns what it cost and how it ended.
/// `file` is where GNU time writes.
pub(super) fn timed(
    command: &Command,
    file: &Path,
    to: impl FnOnce(&mut Command),
) -> Result<(Cost, ExitStatus)> {
    let mut time = Command::new("/usr/bin/time");
    time.args(["--format=%e %U %S %M", "--output"]).arg(file);
    time.arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => time.env(name, value),
            None => time.env_remove(name),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        time.current_dir(folder);
    }
    to(&mut time);
    let status = time.status().context("GNU time is missing: apt-get install time")?;
    let cost = read(&std::fs::read_to_string(file)?)?;
    Ok((cost, status))
}

/// Its last line; a line before tells of a run that did not end by itself.
fn read(text: &str) -> Result<Cost> {
    ensure!(!text.contains("terminated by signal"), "It was ended: {text}");
    let last = text.lines().last().unwrap_or("");
    let numbers: Vec<f64> = last.split(' ').filter_map(|word| word.parse().ok()).collect();
    let [clock_s, user_s, system_s, resident_kb] = *numbers.as_slice() else {
        bail!("GNU time wrote '{last}'");
    };
    Ok(Cost { clock_s, user_s, system_s, resident_mb: resident_kb / 1024.0 })
}

/// The run in the middle by seconds of processor; the lower of two.
pub(super) fn middle(mut costs: Vec<Cost>) -> Option<Cost> {
    costs.sort_by(|a, b| a.processor_s().total_cmp(&b.processor_s()));
    costs.get(costs.len().saturating_sub(1) / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_gnu_time_writes() {
        let cost = read("Command exited with non-zero status 1\n1.50 0.75 0.25 2048\n").unwrap();
        assert!((cost.processor_s() - 1.0).abs() < 1e-9);
        assert!((cost.resident_mb - 2.0).abs() < 1e-9);
        read("Command terminated by signal 9\n1.50 0.75 0.25 2048\n").unwrap_err();
        read("").unwrap_err();
    }

    #[test]
    fn the_middle_run() {
        let of = |user_s| Cost { user_s, ..Cost::default() };
        let found = middle([3.0, 1.0, 2.0].map(of).to_vec()).unwrap();
        assert!((found.user_s - 2.0).abs() < 1e-9);
        assert!(middle(Vec::new()).is_none());
    }
}
