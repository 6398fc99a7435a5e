//! Measures how turns of a habit are found: `turn FOLDER [DELAYS.csv]`.
//!
//! FOLDER holds folders with an `events.csv` each (`id,time,from,to,cc,in_reply_to`). Answers of
//! one person are continued by answers of another whose median delay differs by a factor of four
//! or more; controls are continued by their own. DELAYS.csv (`stream,k,x,change`) holds such cases
//! made by others, of delays alone. Prints a line for each figure, with tabs.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement reads files, prints, and stops when it cannot go on"
)]

mod events;
mod figures;
mod methods;
mod splice;

use std::collections::BTreeMap;
use std::path::Path;

use crate::figures::{AsItWas, Scored, print, print_calibration, print_shipped};
use crate::splice::{Case, Half, cases, foreign, streams};

fn main() {
    let mut args = std::env::args().skip(1);
    let folder = args.next().unwrap();
    let mut sets: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().into_string().ok())
        .filter(|name| Path::new(&folder).join(name).join("events.csv").is_file())
        .collect();
    sets.sort();
    let mut spliced = Vec::new();
    let mut as_it_was = AsItWas::default();
    let mut half_of = BTreeMap::new();
    for set in &sets {
        let file = Path::new(&folder).join(set).join("events.csv");
        let streams = streams(set, &events::read(&std::fs::read_to_string(file).unwrap()));
        half_of.extend(streams.iter().map(|stream| (stream.key(), stream.half)));
        for stream in &streams {
            as_it_was.take(&stream.answers);
        }
        spliced.extend(cases(set, streams));
    }
    if let Some(file) = args.next() {
        let foreign = foreign(&std::fs::read_to_string(file).unwrap(), &half_of);
        let name = "delays alone, cases of others";
        measure(name, &foreign, &sets, methods::delays_by_runs, "runs");
        measure(name, &foreign, &sets, methods::delays, "levels");
    }
    let name = "delays alone, own splices";
    measure(name, &spliced, &sets, methods::delays_by_runs, "runs");
    measure(name, &spliced, &sets, methods::delays, "levels");
    let name = "all streams, own splices";
    measure(name, &spliced, &sets, methods::all_by_runs, "runs");
    let scored = measure(name, &spliced, &sets, methods::all, "levels");
    print_calibration(&scored);
    print_shipped(&scored);
    as_it_was.print();
}

fn measure(
    name: &str,
    cases: &[Case],
    sets: &[String],
    method: fn(&Case) -> Vec<f64>,
    by: &str,
) -> Vec<Scored> {
    let scored: Vec<Scored> = cases.iter().map(|case| Scored::new(case, method(case))).collect();
    for half in [Half::Tuning, Half::Reported] {
        let of_half: Vec<&Scored> = scored.iter().filter(|case| case.half == half).collect();
        print(name, by, half, "all", &of_half);
        // The sets one by one of the half that counts.
        for set in sets.iter().filter(|_| half == Half::Reported) {
            let of_set: Vec<&Scored> =
                of_half.iter().filter(|case| case.set == *set).copied().collect();
            print(name, by, half, set, &of_set);
        }
    }
    scored
}
