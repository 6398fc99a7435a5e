//! What the coach says of ordinary business mail: how often each rule speaks up, and what a draft costs.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use inroad_coach::audience::Audience;
use inroad_coach::draft::{Channel, Draft};
use inroad_coach::rules::Pack;
use inroad_coach::rules::rule::Severity;

use super::page::Page;
use crate::project::Project;

/// Mails of a business, written without a coach, in the folder of data beside the project.
const MAILS: &str = "../shared/data/coach/email_politeness/emails_gold.csv";
/// The column that holds them.
const TEXT: &str = "text_email";
/// A text-only warning should not speak up in more of them.
const SHARE_MAX: f64 = 0.05;
/// How often each draft is checked for its time.
const RUNS: usize = 20;

/// Measures firing and time.
pub(super) fn measure(project: &Project, args: &[String]) -> Result<Page> {
    let [] = args else { bail!("bench coach takes no arguments") };
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
    page.notes.push(times(&mails));
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

/// What checking a draft costs, in milliseconds.
fn times(mails: &[String]) -> String {
    let pack = Pack::shipped();
    let audience = Audience { on: jiff::civil::Date::new(2026, 3, 2).ok(), ..Audience::default() };
    let draft = mails.iter().find(|mail| (110..130).contains(&mail.split_whitespace().count()));
    let mut one: Vec<f64> = Vec::new();
    if let Some(mail) = draft {
        for _ in 0..RUNS * 50 {
            let start = Instant::now();
            let report = pack.check(&Draft::new(mail, Channel::Email), &audience, None);
            one.push(start.elapsed().as_secs_f64() * 1e3);
            drop(report);
        }
    }
    one.sort_by(f64::total_cmp);
    let at = |share: usize| one.get(one.len() * share / 100).copied().unwrap_or(f64::NAN);
    format!(
        "A draft of 120 words, checked {} times: median {:.2} ms, 95 % {:.2} ms.",
        one.len(),
        at(50),
        at(95)
    )
}

fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}
