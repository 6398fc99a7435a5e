//! How soon a real browser shows a page, where one is installed.

use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use crate::project::Project;

/// The largest contentful paint of a first visit in milliseconds, the median of five; `None` where no
/// browser or no playwright-core is there (`cargo xtask test` installs both).
pub(super) fn largest_paint_ms(
    project: &Project,
    link: &str,
    address: &str,
) -> Result<Option<f64>> {
    let tools = project.path("target/tools");
    if !tools.join("node_modules/playwright-core").is_dir() {
        return Ok(None);
    }
    let script = project.path("xtask/src/bench/largest_paint.mjs");
    let out = Command::new("node")
        .arg(script)
        .args([link, address])
        .current_dir(&tools)
        .stderr(Stdio::null())
        .output();
    let Ok(out) = out else { return Ok(None) };
    if !out.status.success() {
        return Ok(None);
    }
    let text = String::from_utf8(out.stdout)?;
    Ok(Some(text.trim().parse().with_context(|| format!("the browser told '{text}'"))?))
}
