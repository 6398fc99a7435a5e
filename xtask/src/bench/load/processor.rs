//! What of the processor whoever serves has used.

use std::path::Path;

use anyhow::{Context, Result};

/// The system tells time in hundredths of a second.
const TICKS_A_SECOND: f64 = 100.0;

/// Seconds of the processor that a process has used, those of its ended children with it.
pub(in super::super) fn of(process: u32) -> Result<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
    let ticks = fields(&stat).context("A process without its times")?;
    let ticks: f64 = ticks.get(11..15).context("A process without its times")?.iter().sum();
    Ok(ticks / TICKS_A_SECOND)
}

/// The same of a database with all its processes; `postmaster` is the file that names the first of them.
pub(in super::super) fn of_database(postmaster: &Path) -> Result<f64> {
    let text = std::fs::read_to_string(postmaster)?;
    let first: u32 = text.lines().next().context("The server has no number")?.trim().parse()?;
    let mut sum = of(first)?;
    for entry in std::fs::read_dir("/proc")? {
        let Some(process) = entry?.file_name().to_str().and_then(|name| name.parse().ok()) else {
            continue;
        };
        // It may end while it is looked at.
        let Ok(stat) = std::fs::read_to_string(format!("/proc/{process}/stat")) else { continue };
        if fields(&stat).and_then(|fields| fields.get(1).copied()) == Some(f64::from(first)) {
            sum += of(process).unwrap_or(0.0);
        }
    }
    Ok(sum)
}

/// What stands behind the name of a process: its state as zero, its parent, and so on.
fn fields(stat: &str) -> Option<Vec<f64>> {
    let (_, rest) = stat.rsplit_once(") ")?;
    Some(rest.split(' ').map(|field| field.trim().parse().unwrap_or(0.0)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_a_process() {
        let stat = "12 (a) b) S 7 12 12 0 -1 4 1 2 3 4 150 50 30 20 20 0 1 0 99";
        let fields = fields(stat).unwrap();
        assert_eq!(fields[1].total_cmp(&7.0), std::cmp::Ordering::Equal);
        assert_eq!(fields[11..15].iter().sum::<f64>().total_cmp(&250.0), std::cmp::Ordering::Equal);
        assert!(of(std::process::id()).is_ok());
    }
}
