//! `cargo xtask bench winning`: how well the chance of winning is told, on three public tables of
//! closed deals, beside scikit-learn.
//!
//! The tables are no part of the project; where they are missing nothing is measured.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use super::page::Page;
use super::release;
use crate::command;
use crate::project::Project;

const SCRIPT: &str = "xtask/src/bench/winning.py";
const HEAD: [&str; 11] = [
    "deals",
    "columns",
    "closed",
    "profiles",
    "verdict",
    "AUC",
    "calibration error",
    "gain (its error)",
    "seconds",
    "scikit-learn: AUC, calibration error",
    "its seconds of processor",
];

/// A table with its column of outcomes.
struct Subject {
    name: &'static str,
    file: PathBuf,
    outcome: &'static str,
}

pub(super) fn measure(project: &Project, args: &[String]) -> Result<Page> {
    ensure!(args.is_empty(), "There are no options");
    let data = project.path("../shared/data/outcomes");
    ensure!(data.is_dir(), "The tables are not here: {} is missing", data.display());
    let program = release(project)?;
    let folder = project.path("target/bench/winning");
    std::fs::create_dir_all(&folder)?;
    let joined = folder.join("maven_joined.csv");
    let script = |task: &str| {
        let mut command = Command::new("python3");
        command.arg(project.path(SCRIPT)).arg(task);
        command.env("OMP_NUM_THREADS", "1").env("OPENBLAS_NUM_THREADS", "1");
        command
    };
    command::run(script("join").arg(data.join("maven_crm")).arg(&joined))?;
    let subject = |name, file: PathBuf, outcome| Subject { name, file, outcome };
    let subjects = [
        subject("salvirt", data.join("salvirt_b2b/Salvirt_B2B_ML_dataset.csv"), "Status"),
        subject("maven", data.join("maven_crm/sales_pipeline.csv"), "deal_stage"),
        subject("maven with accounts and teams", joined, "deal_stage"),
        subject("xeducation", data.join("xeducation_leads/Leads.csv"), "Converted"),
    ];
    let mut page = Page::table(&HEAD);
    for subject in &subjects {
        let found = subject.weigh(&program, &[])?;
        let aside = texts(&found.told["summary"]["set_aside"], "column");
        page.row(&subject.row("those left", &found, &mut script("peer"))?);
        page.notes.push(format!("{}: {}.", subject.name, set_aside(&found.told)));
        if subject.name == "xeducation" {
            let all = subject.weigh(&program, &aside)?;
            page.row(&subject.row("all, leaks allowed", &all, &mut script("peer"))?);
        }
    }
    page.notes.extend([NOTE, NAMES].map(str::to_owned));
    Ok(page)
}

const NOTE: &str = "Five parts, equal profiles of the weighed columns in one part, the strength of the \
    ridge chosen inside of the other four; up to 1,000 deals the mean of five divisions. The calibration \
    error is the mean distance between chance and share won in ten bins of equal count. The gain is how \
    much lower the logarithmic score is than that of the base rate, a deal; it counts from two of its \
    errors. scikit-learn weighs the same columns in parts of the same kind (xtask/src/bench/winning.py) \
    and is not told which columns leak but by us.";

/// Measured once, by hand, on a copy of the table with other names.
const NAMES: &str = "Names do much of the work on xeducation: with all its columns renamed so that they \
    say nothing, three of the nine leaking ones are still set aside by their values (Tags, Lead Quality, \
    Lead Profile) and the area is 0.919.";

/// What one run told, and how long it took.
struct Found {
    told: Value,
    seconds: f64,
}

impl Subject {
    fn weigh(&self, program: &Path, allowed: &[String]) -> Result<Found> {
        let mut command = Command::new(program);
        command.arg("winning").arg(&self.file).args(["--outcome", self.outcome]);
        command.args(["--format", "json"]);
        for column in allowed {
            command.arg("--known-before").arg(column);
        }
        let line = command::shown(&command);
        let start = Instant::now();
        let out = command.output().with_context(|| line.clone())?;
        let seconds = start.elapsed().as_secs_f64();
        ensure!(out.status.success(), "{line}: {}", String::from_utf8_lossy(&out.stderr));
        Ok(Found { told: serde_json::from_slice(&out.stdout)?, seconds })
    }

    fn row(&self, columns: &str, found: &Found, peer: &mut Command) -> Result<Vec<String>> {
        let summary = &found.told["summary"];
        let judged = &summary["judged"];
        let digits = |value: &Value| value.as_f64().map_or_else(String::new, |v| format!("{v:.3}"));
        let weighed = texts_of(&summary["weighed"]).join("\t");
        let value = |list: &str| {
            let values = texts_of(&found.told["outcome"][list]);
            values.first().cloned().with_context(|| format!("{}: nothing is {list}", self.name))
        };
        peer.arg(&self.file).arg(self.outcome).arg(value("won")?).arg(value("lost")?);
        peer.arg(weighed).arg(judged["repeats"].to_string());
        let line = command::shown(peer);
        let out = peer.output().with_context(|| line.clone())?;
        ensure!(out.status.success(), "{line}: {}", String::from_utf8_lossy(&out.stderr));
        let printed = String::from_utf8(out.stdout)?;
        let cells: Vec<&str> = printed.trim().split('\t').collect();
        let [version, area, error, seconds] = cells.as_slice() else {
            bail!("'{printed}' is not what the script prints");
        };
        eprintln!("{}: done", self.name);
        Ok(vec![
            self.name.to_owned(),
            columns.to_owned(),
            summary["base"]["closed"].to_string(),
            judged["profiles"].to_string(),
            summary["verdict"].as_str().unwrap_or_default().replace('_', " "),
            digits(&judged["auc"]),
            digits(&judged["calibration_error"]),
            format!("{} ({})", digits(&judged["gain"]), digits(&judged["gain_error"])),
            format!("{:.1}", found.seconds),
            format!("{version}: {area}, {error}"),
            (*seconds).to_owned(),
        ])
    }
}

/// What was set aside, by the sign that gave it away.
fn set_aside(told: &Value) -> String {
    let aside = &told["summary"]["set_aside"];
    let both = texts(aside, "column").into_iter().zip(texts(aside, "sign"));
    let told: Vec<String> =
        both.map(|(column, sign)| format!("{column} ({})", sign.replace('_', " "))).collect();
    if told.is_empty() {
        "nothing is set aside".to_owned()
    } else {
        format!("set aside are {}", told.join(", "))
    }
}

/// One text of each object of a list.
fn texts(list: &Value, key: &str) -> Vec<String> {
    let all = list.as_array().map_or(&[][..], Vec::as_slice).iter();
    all.filter_map(|one| Some(one[key].as_str()?.to_owned())).collect()
}

fn texts_of(list: &Value) -> Vec<String> {
    let all = list.as_array().map_or(&[][..], Vec::as_slice).iter();
    all.filter_map(|one| Some(one.as_str()?.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_set_aside_is_told() {
        let told =
            serde_json::json!({"summary": {"set_aside": [{"column": "Why", "sign": "both_ends"}]}});
        assert_eq!(set_aside(&told), "set aside are Why (both ends)");
        assert_eq!(set_aside(&Value::Null), "nothing is set aside");
    }
}
