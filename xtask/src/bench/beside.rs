//! Runs of ours beside runs of other tools on the same data.
//!
//! Whoever runs prints a line for each: name, tool, size, seconds of processor, figures, separated by
//! tabs.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use super::median;
use super::page::Page;
use crate::command;

/// One run, of ours or of a peer.
#[derive(Debug, Clone)]
pub(super) struct Run {
    name: String,
    tool: String,
    size: String,
    seconds: f64,
    figures: String,
}

/// What a command printed about its runs.
pub(super) fn runs(command: &mut Command) -> Result<Vec<Run>> {
    let line = command::shown(command);
    eprintln!("$ {line}");
    let out = command.stderr(Stdio::inherit()).output().with_context(|| line.clone())?;
    ensure!(out.status.success(), "{line} failed");
    let text = String::from_utf8(out.stdout)?;
    Ok(text.lines().filter_map(parsed).collect())
}

/// The same runs some times; of each the middle of its seconds.
pub(super) fn middle(times: usize, runs: impl Fn() -> Result<Vec<Run>>) -> Result<Vec<Run>> {
    let all = (0..times).map(|_| runs()).collect::<Result<Vec<_>>>()?;
    let first = all.first().cloned().unwrap_or_default();
    let middle = first.into_iter().enumerate().map(|(at, run)| {
        let seconds = all.iter().filter_map(|runs| runs.get(at)).map(|run| run.seconds).collect();
        Run { seconds: median(seconds), ..run }
    });
    Ok(middle.collect())
}

/// A line of a run; peers print other things too.
fn parsed(line: &str) -> Option<Run> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [name, tool, size, seconds, figures] = cells.as_slice() else { return None };
    let owned = |text: &str| text.to_owned();
    Some(Run {
        name: owned(name),
        tool: owned(tool),
        size: owned(size),
        seconds: seconds.parse().ok()?,
        figures: owned(figures),
    })
}

/// A row for each of ours and each peer that did the same; `size` is what is counted.
pub(super) fn page(size: &str, ours: &[Run], peers: &[Run]) -> Page {
    let head = ["what", size, "ours s", "peer", "peer s", "times faster", "ours says", "peer says"];
    let mut page = Page::table(&head);
    for run in ours {
        let mut alike = peers
            .iter()
            .filter(|peer| peer.name == run.name && peer.size == run.size)
            .map(|peer| {
                let times = ratio(peer.seconds / run.seconds);
                [peer.tool.clone(), seconds(peer.seconds), times, peer.figures.clone()]
            })
            .collect::<Vec<_>>();
        if alike.is_empty() {
            alike.push(["not measured", "", "", ""].map(str::to_owned));
        }
        for [tool, spent, times, says] in alike {
            let own = [run.name.clone(), run.size.clone(), seconds(run.seconds)];
            let mut row = own.to_vec();
            row.extend([tool, spent, times, run.figures.clone(), says]);
            page.row(&row);
        }
    }
    page
}

/// Two digits at least.
fn seconds(value: f64) -> String {
    match value {
        0.0..0.01 => format!("{value:.5}"),
        0.0..1.0 => format!("{value:.3}"),
        _ => format!("{value:.1}"),
    }
}

fn ratio(value: f64) -> String {
    if value < 10.0 { format!("{value:.1}") } else { format!("{value:.0}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ours_beside_each_peer() {
        let run = |line| parsed(line).unwrap();
        let ours = [run("Cox\tours\t10\t0.5\t1.0"), run("Weibull\tours\t10\t0.1\t2.0")];
        let peers = [run("Cox\ta\t10\t5.0\t1.1"), run("Cox\tb\t99\t5.0\t1.1")];
        let page = page("rows", &ours, &peers);
        assert_eq!(page.rows[1], ["Cox", "10", "0.500", "a", "5.0", "10", "1.0", "1.1"]);
        assert_eq!(page.rows[2][3], "not measured");
        assert!(parsed("some words").is_none());
    }

    #[test]
    fn the_middle_of_runs() {
        let spent = std::cell::Cell::new(0.0);
        let middle = middle(3, || {
            spent.set(spent.get() + 1.0);
            Ok(parsed(&format!("a\tours\t1\t{}\t0", spent.get())).into_iter().collect())
        });
        assert!((middle.unwrap()[0].seconds - 2.0).abs() < 1e-9);
    }
}
