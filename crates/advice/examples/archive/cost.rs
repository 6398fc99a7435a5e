//! What measures cost.

use std::path::Path;
use std::time::Instant;

use inroad_advice::rhythm::curve::probability;
use inroad_advice::rhythm::learn::measures;
use inroad_advice::rhythm::prior::RhythmPrior;
use inroad_advice::rhythm::term::Measures;

use crate::files::{Archive, Case, read};

/// How often; the least is told.
const RUNS: u32 = 3;

pub(crate) fn run(events: &Path, folder: &Path) {
    let prior = RhythmPrior::shipped().unwrap();
    let (mut cases, mut reading, mut measuring, mut forecasting) = (0, 0.0, 0.0, 0.0);
    for (kind, curves) in [("A", &prior.reply), ("B", &prior.silence)] {
        if !folder.join(format!("cases_{kind}.csv")).is_file() {
            continue;
        }
        let mut archive = Archive::default();
        reading += least(|| archive = read(events, folder, kind));
        let mut measured: Vec<Measures> = Vec::new();
        let of = |case: &Case| measures(&archive.log, &case.outcome);
        measuring += least(|| measured = archive.cases.iter().map(of).collect());
        let mut told: Vec<f64> = Vec::new();
        let forecast = |of: &Measures| probability(curves.log_odds(of));
        forecasting += least(|| told = measured.iter().map(forecast).collect());
        assert!(told.iter().all(|chance| (0.0..=1.0).contains(chance)), "chances");
        cases += archive.cases.len();
    }
    println!("{cases}\t{measuring:.3}\t{forecasting:.3}\t{reading:.3}");
}

/// Seconds, the least of some runs.
fn least(mut task: impl FnMut()) -> f64 {
    let seconds = (0..RUNS).map(|_| {
        let start = Instant::now();
        task();
        start.elapsed().as_secs_f64()
    });
    seconds.fold(f64::INFINITY, f64::min)
}
