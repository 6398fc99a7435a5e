//! What the coach says of ordinary business mail: how often each rule speaks up, what a draft costs, and
//! what tools that look at style take for the same mails.

mod beside;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use inroad_coach::audience::Audience;
use inroad_coach::draft::{Channel, Draft};
use inroad_coach::rules::Pack;
use inroad_coach::rules::rule::Severity;

use super::built;
use super::page::Page;
use crate::command;
use crate::project::Project;

/// Mails of a business, written without a coach, in the folder of data beside the project.
const MAILS: &str = "../shared/data/coach/email_politeness/emails_gold.csv";
/// The column that holds them.
const TEXT: &str = "text_email";
/// A text-only warning should not speak up in more of them.
const SHARE_MAX: f64 = 0.05;
/// A draft of usual length, in words, and how often it is checked for its time.
const DRAFT_WORDS: std::ops::Range<usize> = 118..123;
const CHECKS: &str = "1000";
/// How often each tool reads all mails.
const RUNS: usize = 3;

/// Measures firing and time.
pub(super) fn measure(project: &Project, args: &[String]) -> Result<Page> {
    let runs = match args {
        [] => RUNS,
        [option, runs] if option == "--runs" => runs.parse().context("--runs wants a number")?,
        _ => bail!("Options: --runs N"),
    };
    let mails = mails(&project.path(MAILS))?;
    let pack = Pack::shipped();
    let audience = Audience::default();
    let mut fired: BTreeMap<String, usize> = BTreeMap::new();
    let mut we_more = 0;
    for mail in &mails {
        let report = pack.check(&Draft::new(mail, Channel::Email), &audience, None);
        we_more += usize::from(report.metrics.we > report.metrics.you);
        let mut rules: Vec<String> = report.findings.into_iter().map(|found| found.rule).collect();
        rules.sort_unstable();
        rules.dedup();
        for rule in rules {
            *fired.entry(rule).or_default() += 1;
        }
    }
    let share = |count: usize| count as f64 / mails.len() as f64;
    let mut page = Page::table(&["rule", "group", "weight", "speaks up in"]);
    let mut over = Vec::new();
    for ready in pack.rules().iter().filter(|ready| ready.is_text_only()) {
        let count = fired.get(&ready.rule.id).copied().unwrap_or(0);
        if ready.severity() == Severity::Warn && share(count) > SHARE_MAX {
            over.push(ready.rule.id.clone());
        }
        let cells =
            [&ready.rule.id, &ready.group, ready.severity().as_str(), &percent(share(count))];
        page.row(&cells.map(str::to_owned));
    }
    page.notes.push(format!(
        "Only rules that need nothing but the text. {} business mails (email-politeness-corpus), read as e-mails without a \
         record and without a stage; rules of one stage are checked where the words tell the stage. Warnings in more than \
         {}: {}. \"I and we oftener than you\", which is shown as a count and never as an alarm, would speak up in {}.",
        mails.len(),
        percent(SHARE_MAX),
        if over.is_empty() { "none".to_owned() } else { over.join(", ") },
        percent(share(we_more)),
    ));
    page.notes.push(times(project, &mails)?);
    page.part = Some(beside::measure(project, &mails, runs)?);
    Ok(page)
}

fn mails(file: &Path) -> Result<Vec<String>> {
    let mut reader = csv::Reader::from_path(file)
        .with_context(|| format!("The mails are not here: {}", PathBuf::from(file).display()))?;
    let column = reader.headers()?.iter().position(|name| name == TEXT);
    let column = column.with_context(|| format!("No column {TEXT}"))?;
    let mut mails = Vec::new();
    for record in reader.records() {
        mails.extend(record?.get(column).map(str::to_owned));
    }
    Ok(mails)
}

/// What checking a draft costs, as the library is built for use.
fn times(project: &Project, mails: &[String]) -> Result<String> {
    let draft = mails.iter().find(|mail| DRAFT_WORDS.contains(&mail.split_whitespace().count()));
    let file = project.path("target/bench/coach/draft.txt");
    std::fs::create_dir_all(project.path("target/bench/coach"))?;
    std::fs::write(&file, draft.context("No mail is as long as a draft")?)?;
    let mut build = Command::new("cargo");
    build.args(["build", "--release", "--locked", "--quiet", "--package", "inroad-coach"]);
    command::run(build.args(["--example", "draft_speed"]).current_dir(project.root()))?;
    let mut time = Command::new(built(project, "examples/draft_speed"));
    let out = time.arg(file).arg(CHECKS).output()?;
    ensure!(out.status.success(), "The measurement of a draft failed");
    Ok(String::from_utf8(out.stdout)?.trim_end().to_owned())
}

fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}
