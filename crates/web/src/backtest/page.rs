//! The replay of the past: what would have been flagged, and how far to trust the chances.

use inroad_service::{BacktestReport, FlagDay, FlagTally, FlaggedSilence, ReliabilityRow};
use jiff::civil::Date;
use maud::{Markup, html};

/// Silences that are listed; the latest.
const LISTED_MAX: usize = 200;
/// The plot's square, in its own units.
const SIDE: f64 = 260.0;
/// Room for the labels on the left and below.
const MARGIN: f64 = 44.0;

/// The page.
pub(crate) fn backtest(report: &BacktestReport) -> Markup {
    let horizon = report.horizon_days;
    html! {
        h1 { "What the past says" }
        p.lead {
            "Each past Monday was forecast with what was known on it. Somebody who then wrote nothing for "
            (horizon) " days counts as dark."
        }
        @if report.forecasts == 0 {
            p { "There is not enough history yet: a forecast needs people who have answered three times or more, and "
                (horizon) " days after it to see what came." }
        } @else {
            (tallies(report))
            h2 { "How far to trust the chances" }
            p { "Of everything that was called about so likely, how much came about. On the line, it was called right; "
                "the bars show how far chance alone may move a point." }
            (plot(&report.reliability))
            @if let Some(error) = report.calibration_error {
                p.quiet { (report.forecasts) " forecasts; on average they were off by " (percent(error)) "." }
            }
            (flagged(&report.flagged))
        }
    }
}

fn tallies(report: &BacktestReport) -> Markup {
    html! {
        div.scroll {
            table {
                thead { tr { th { "Who flags" } th { "Flagged" } th { "Right" } th { "Cried wolf" } th { "Went dark" } th { "Found within 14 days" } th { "Within 28" } th { "At all" } } }
                tbody {
                    (tally("inroad", &report.forecast))
                    (tally("A rule of 14 days", &report.rule))
                }
            }
        }
    }
}

fn tally(name: &str, tally: &FlagTally) -> Markup {
    let of_dark = |n: u64| {
        if tally.dark == 0 { "–".to_owned() } else { percent(n as f64 / tally.dark as f64) }
    };
    html! {
        tr {
            td { (name) }
            td { (tally.flagged) }
            td {
                (tally.right)
                @if let (Some(share), Some((low, high))) = (tally.precision, tally.precision_interval) {
                    br; small.quiet { (percent(share)) ", " (percent(low)) " to " (percent(high)) }
                }
            }
            td { (tally.flagged - tally.right) }
            td { (tally.dark) }
            td { (of_dark(tally.within_14_days)) }
            td { (of_dark(tally.within_28_days)) }
            td { (of_dark(tally.found)) }
        }
    }
}

/// Said against came, each point with its interval.
fn plot(rows: &[ReliabilityRow]) -> Markup {
    let x = |share: f64| MARGIN + share * SIDE;
    let y = |share: f64| 12.0 + (1.0 - share) * SIDE;
    let size = format!("0 0 {} {}", MARGIN + SIDE + 24.0, SIDE + MARGIN + 12.0);
    html! {
        svg.plot viewBox=(size) role="img" aria-label="How often what was said came about" {
            rect x=(x(0.0)) y=(y(1.0)) width=(SIDE) height=(SIDE) fill="none" stroke="var(--line)" {}
            line x1=(x(0.0)) y1=(y(0.0)) x2=(x(1.0)) y2=(y(1.0)) stroke="var(--quiet)" stroke-dasharray="4 4" {}
            @for share in [0.0, 0.5, 1.0] {
                text x=(x(share)) y=(y(0.0) + 16.0) text-anchor="middle" { (percent(share)) }
                text x=(x(0.0) - 6.0) y=(y(share) + 4.0) text-anchor="end" { (percent(share)) }
            }
            text x=(x(0.5)) y=(y(0.0) + 34.0) text-anchor="middle" { "said" }
            text x=(x(0.02)) y=(y(1.0) + 14.0) { "came" }
            @for row in rows {
                line x1=(x(row.said)) x2=(x(row.said)) y1=(y(row.interval.0)) y2=(y(row.interval.1)) stroke="var(--accent)" stroke-width="2" {}
                circle cx=(x(row.said)) cy=(y(row.came)) r="4" fill="var(--accent)" {
                    title { "Said " (percent(row.said)) ", came " (percent(row.came)) " of " (row.count) }
                }
            }
        }
    }
}

fn flagged(silences: &[FlaggedSilence]) -> Markup {
    let latest = silences.iter().rev().take(LISTED_MAX);
    html! {
        h2 { "What would have been flagged" }
        @if silences.len() > LISTED_MAX {
            p.quiet { "The latest " (LISTED_MAX) " of " (silences.len()) "." }
        }
        div.scroll {
            table {
                thead { tr { th { "Who" } th { "Last wrote" } th { "Flagged by inroad" } th { "By the rule" } th { "Wrote again" } } }
                tbody {
                    @for silence in latest {
                        tr {
                            td { (silence.who) }
                            td { (day(silence.heard)) }
                            td { (flag(silence.flagged.as_ref(), true)) }
                            td { (flag(silence.by_rule.as_ref(), false)) }
                            td { (silence.wrote_again.map_or_else(|| "not yet".to_owned(), |on| day(Some(on)))) }
                        }
                    }
                }
            }
        }
    }
}

fn flag(flag: Option<&FlagDay>, with_chance: bool) -> Markup {
    html! {
        @match flag {
            None => span.quiet { "no" },
            Some(flag) => {
                (day(flag.on))
                @if with_chance { " at " (percent(flag.probability)) }
                br;
                small.quiet { @if flag.right { "right" } @else { "cried wolf" } }
            }
        }
    }
}

fn day(day: Option<Date>) -> String {
    day.map_or_else(String::new, |day| day.strftime("%-d %b %Y").to_string())
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}
