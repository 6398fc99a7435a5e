//! Measures rhythm on archives of letters that lie outside of the project.
//!
//! - `archive taught NAME EVENTS CASES PAIRS`: forecasts the test cases with the prior that was
//!   fitted without this archive, taught by the first part's cases of some pairs only. PAIRS is a
//!   CSV of `kind,set,one,other`; a set without pairs is taught by all. Prints `kind,set,id,probability`.
//! - `archive cost EVENTS CASES`: prints how many cases there are, and seconds for the measures of all,
//!   for the forecasts from them, and for reading log and cases, separated by tabs.

#![expect(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement reads files and clocks, prints, and stops when it cannot go on"
)]

mod cost;
mod files;
mod taught;

use std::path::Path;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["taught", name, events, cases, pairs] => {
            taught::run(name, Path::new(events), Path::new(cases), Path::new(pairs));
        }
        ["cost", events, cases] => cost::run(Path::new(events), Path::new(cases)),
        _ => panic!("taught NAME EVENTS CASES PAIRS, or cost EVENTS CASES"),
    }
}
