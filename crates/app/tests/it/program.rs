//! Runs the built program and watches how much memory it takes.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What one run came to.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub success: bool,
    pub out: String,
    pub errors: String,
    /// The most memory it ever held, in megabytes; `None` where the system does not tell.
    pub memory_mb_max: Option<u64>,
    pub time: Duration,
}

/// Runs `inroad` with its own data file and these arguments to its end.
pub(crate) fn inroad(data: &Path, args: &[&Path]) -> Outcome {
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_inroad"))
        .arg("--data")
        .arg(data)
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut memory_mb_max = None;
    // Nothing that is started here prints more than a pipe holds, so it may be read at the end.
    while child.try_wait().unwrap().is_none() {
        memory_mb_max = high_water_mb(&status).max(memory_mb_max);
        std::thread::sleep(Duration::from_millis(2));
    }
    let done = child.wait_with_output().unwrap();
    Outcome {
        success: done.status.success(),
        out: String::from_utf8(done.stdout).unwrap(),
        errors: String::from_utf8_lossy(&done.stderr).into_owned(),
        memory_mb_max,
        time: start.elapsed(),
    }
}

/// The kernel's own high-water mark, so that nothing between two looks is missed.
fn high_water_mb(status: &str) -> Option<u64> {
    let text = std::fs::read_to_string(status).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix(" kB")?.parse::<u64>().ok()? >> 10)
}
