//! What the coach says of a draft, for a terminal.

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::Result;
use inroad_coach::report::{Finding, Report};
use inroad_coach::rules::Pack;
use inroad_coach::rules::pack::Ready;
use inroad_service::CoachTally;

use super::{COLUMNS, plain, table};
use crate::commands::coach::CoachedFile;

/// Findings, then facts, then what could not be checked.
pub(crate) fn coached(one: &CoachedFile, text: &str, out: &mut dyn Write) -> Result<()> {
    if let Some(file) = &one.file {
        writeln!(out, "{}", plain(&file.display().to_string()))?;
    }
    let report = &one.coached.report;
    if report.findings.is_empty() {
        let unchecked = match report.not_checked.len() {
            0 => String::new(),
            1 => " One rule could not be checked, see below.".to_owned(),
            count => format!(" {count} rules could not be checked, see below."),
        };
        writeln!(out, "Nothing to look at again.{unchecked}")?;
    }
    for finding in &report.findings {
        self::finding(finding, text, out)?;
    }
    if !one.coached.dismissed.is_empty() {
        writeln!(out, "\n{} dismissed by you for these words.", one.coached.dismissed.len())?;
    }
    facts(report, out)?;
    if !report.not_checked.is_empty() {
        writeln!(out, "\nNot checked:")?;
        let mut by_reason: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for one in &report.not_checked {
            by_reason.entry(&one.because).or_default().push(&one.rule);
        }
        for (because, rules) in by_reason {
            wrapped(&format!("{because}: {}", rules.join(", ")), "  ", out)?;
        }
    }
    writeln!(out)?;
    Ok(())
}

fn finding(finding: &Finding, text: &str, out: &mut dyn Write) -> Result<()> {
    let place = finding.range.as_ref().map_or_else(String::new, |range| {
        let (line, column) = line_and_column(text, range.start);
        format!(" {line}:{column}")
    });
    let detail =
        if finding.detail.is_empty() { String::new() } else { format!(" ({})", finding.detail) };
    let weight = finding.severity.as_str();
    writeln!(out)?;
    wrapped(&format!("{weight}{place}  {}{detail}", finding.says), "", out)?;
    if !finding.quote.is_empty() {
        wrapped(&format!("\u{201c}{}\u{201d}", shortened(&finding.quote)), "      ", out)?;
    }
    wrapped(&finding.why, "      ", out)?;
    wrapped(&format!("Instead: {}", finding.fix), "      ", out)?;
    wrapped(&format!("[{}] {}", finding.rule, finding.source.says), "      ", out)?;
    Ok(())
}

fn facts(report: &Report, out: &mut dyn Write) -> Result<()> {
    writeln!(out)?;
    wrapped(&format!("Facts: {}.", report.numbers_in_words().join("; ")), "", out)?;
    if !report.known_facts.is_empty() {
        let used = report.known_facts.iter().filter(|fact| fact.used).count();
        wrapped(&format!("Of {} known facts it uses {used}:", report.known_facts.len()), "", out)?;
        for fact in &report.known_facts {
            let mark = if fact.used { "used" } else { "not used" };
            wrapped(&format!("{mark}: {} ({})", shortened(&fact.says), fact.source), "  ", out)?;
        }
    }
    if !report.without_evidence.is_empty() {
        writeln!(out, "Without evidence kept here:")?;
        for sentence in &report.without_evidence {
            wrapped(&format!("\u{201c}{}\u{201d}", shortened(&sentence.quote)), "  ", out)?;
        }
    }
    Ok(())
}

/// The rules, group by group.
pub(crate) fn rules(pack: &Pack, out: &mut dyn Write) -> Result<()> {
    for (group, about) in pack.groups() {
        writeln!(out, "{group}")?;
        wrapped(about, "  ", out)?;
        for ready in pack.rules().iter().filter(|ready| ready.group == *group) {
            let rest = if ready.off { " (put to rest)" } else { "" };
            let rule = &ready.rule;
            writeln!(out, "  {:<26} {:<5} {}{rest}", rule.id, rule.severity.as_str(), rule.says)?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// One rule with its reason and examples.
pub(crate) fn rule(ready: &Ready, out: &mut dyn Write) -> Result<()> {
    let rule = &ready.rule;
    writeln!(out, "{}  {}  {}", rule.id, rule.severity.as_str(), rule.says)?;
    wrapped(&rule.why, "  ", out)?;
    wrapped(&format!("Instead: {}", rule.fix), "  ", out)?;
    wrapped(&format!("Rests on: {}", rule.source.says), "  ", out)?;
    for (name, examples) in [("Not so", &rule.bad), ("But so", &rule.good)] {
        for example in examples {
            writeln!(out, "\n{name}:")?;
            for line in example.text.lines() {
                wrapped(line, "  | ", out)?;
            }
        }
    }
    Ok(())
}

/// What became of findings.
pub(crate) fn coach_stats(
    tallies: &BTreeMap<String, CoachTally>,
    out: &mut dyn Write,
) -> Result<()> {
    if tallies.is_empty() {
        writeln!(out, "No draft was read with a data file yet: inroad coach FILE")?;
        return Ok(());
    }
    let rows: Vec<[String; 4]> = tallies
        .iter()
        .map(|(rule, tally)| {
            let count = |n: u32| n.to_string();
            [rule.clone(), count(tally.found), count(tally.fixed), count(tally.dismissed)]
        })
        .collect();
    writeln!(out, "{}", table(["Rule", "Found", "Fixed", "Dismissed"], &rows))?;
    Ok(())
}

/// The line and the character in it, both from 1.
fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    (line, column)
}

/// So much of a quote is shown.
const QUOTE_CHARS_MAX: usize = 160;

fn shortened(quote: &str) -> String {
    let line = quote.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= QUOTE_CHARS_MAX {
        return line;
    }
    line.chars().take(QUOTE_CHARS_MAX).chain(['…']).collect()
}

/// Text over several lines, each behind a margin, within the width of a terminal.
pub(super) fn wrapped(text: &str, margin: &str, out: &mut dyn Write) -> Result<()> {
    let width = usize::from(COLUMNS).saturating_sub(margin.len());
    let mut line = String::new();
    for word in plain(text).split_whitespace() {
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            writeln!(out, "{margin}{line}")?;
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    writeln!(out, "{margin}{line}")?;
    Ok(())
}
