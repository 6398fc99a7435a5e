//! The replay of the past, for a terminal.

use std::io::Write;

use anyhow::Result;
use inroad_service::{BacktestReport, FlagDay, FlagTally, ReliabilityRow};
use jiff::civil::Date;

/// Silences that are listed; the latest.
const LISTED_MAX: usize = 20;
/// Columns of the plot for 100 %.
const PLOT_COLUMNS: usize = 50;

/// Shows how forecasts did, how far to trust them, and the latest flags.
pub(crate) fn backtest(report: &BacktestReport, out: &mut dyn Write) -> Result<()> {
    if report.forecasts == 0 {
        writeln!(
            out,
            "Not enough history yet: a forecast needs people who have answered three times or\n\
             more, and {} days after it to see what came of it.",
            report.horizon_days
        )?;
        return Ok(());
    }
    writeln!(
        out,
        "What was said each Monday; who then wrote nothing for {} days counts as dark",
        report.horizon_days
    )?;
    let header = ["", "Flagged", "Right", "Cried wolf", "Dark found in 14 d", "28 d", "at all"];
    let rows = [tally("inroad", &report.forecast), tally("14-day rule", &report.rule)];
    writeln!(out, "{}\n", super::table(header, &rows))?;
    writeln!(
        out,
        "Of all that was called so likely, how much came about ({} forecasts):",
        report.forecasts
    )?;
    for row in &report.reliability {
        writeln!(out, "{}", bar(row))?;
    }
    if let Some(error) = report.calibration_error {
        writeln!(
            out,
            "On average off by {}. | marks what was said, = what came, - the interval",
            percent(error)
        )?;
    }
    let listed = report.flagged.iter().rev().take(LISTED_MAX);
    let rows: Vec<[String; 5]> = listed
        .map(|silence| {
            [
                silence.who.clone(),
                day(silence.heard),
                flag(silence.flagged.as_ref(), true),
                flag(silence.by_rule.as_ref(), false),
                silence.wrote_again.map_or_else(|| "not yet".to_owned(), |on| day(Some(on))),
            ]
        })
        .collect();
    if !rows.is_empty() {
        writeln!(out, "\nThe latest of {} flagged silences:", report.flagged.len())?;
        let header = ["Who", "Last wrote", "inroad", "14-day rule", "Wrote again"];
        writeln!(out, "{}", super::table(header, &rows))?;
    }
    Ok(())
}

fn tally(name: &str, tally: &FlagTally) -> [String; 7] {
    let of_dark = |n: u64| match tally.dark {
        0 => "–".to_owned(),
        dark => percent(n as f64 / dark as f64),
    };
    let precision =
        tally.precision.map_or_else(String::new, |share| format!(" ({})", percent(share)));
    [
        name.to_owned(),
        tally.flagged.to_string(),
        format!("{}{precision}", tally.right),
        (tally.flagged - tally.right).to_string(),
        of_dark(tally.within_14_days),
        of_dark(tally.within_28_days),
        of_dark(tally.found),
    ]
}

/// One row of the plot: what came as a bar with its interval, and where it should end.
fn bar(row: &ReliabilityRow) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of columns"
    )]
    let column = |share: f64| (share.clamp(0.0, 1.0) * PLOT_COLUMNS as f64).round() as usize;
    let (came, said) = (column(row.came), column(row.said));
    let (low, high) = (column(row.interval.0), column(row.interval.1));
    let plot: String = (0..=PLOT_COLUMNS)
        .map(|at| match at {
            at if at == said => '|',
            at if at <= came => '=',
            at if (low..=high).contains(&at) => '-',
            _ => ' ',
        })
        .collect();
    format!("  said {:>5}, came {:>5}  {plot}", percent(row.said), percent(row.came))
}

fn flag(flag: Option<&FlagDay>, with_chance: bool) -> String {
    let Some(flag) = flag else { return "no".to_owned() };
    let chance =
        if with_chance { format!(" at {}", percent(flag.probability)) } else { String::new() };
    let verdict = if flag.right { "right" } else { "cried wolf" };
    format!("{}{chance}\n{verdict}", day(flag.on))
}

fn day(day: Option<Date>) -> String {
    day.map_or_else(String::new, |day| day.strftime("%-d %b %Y").to_string())
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}
