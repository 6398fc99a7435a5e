//! Measures the estimators: `fit FOLDER N…` fits the data that `xtask/src/bench/fit.py` wrote there
//! and prints one line `name <tab> n <tab> processor seconds <tab> figures` for each.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement reads clocks and files, prints, and stops when it cannot go on"
)]

use std::path::Path;
use std::time::Instant;

use inroad_stats::{
    BgNbd, Family, KaplanMeier, ParetoNbd, Prior, Repeats, Waits, Weibull, accelerated, cox,
    logistic,
};

/// Covariates of a wait.
const COVARIATES: usize = 5;
/// Columns of the regression.
const COLUMNS: usize = 150;

fn main() {
    let mut args = std::env::args().skip(1);
    let folder = args.next().unwrap();
    for n in args {
        let folder = Path::new(&folder);
        waits(&folder.join(format!("waits-{n}.bin")), &n);
        repeats(&folder.join(format!("repeats-{n}.bin")), &n);
        regression(&folder.join(format!("regression-{n}.bin")), &n);
    }
}

/// Rows of numbers from a file of little-endian doubles; nothing if there is none.
fn numbers(file: &Path) -> Option<Vec<f64>> {
    let bytes = std::fs::read(file).ok()?;
    Some(bytes.as_chunks::<8>().0.iter().map(|bytes| f64::from_le_bytes(*bytes)).collect())
}

fn waits(file: &Path, n: &str) {
    let Some(numbers) = numbers(file) else { return };
    let table: Vec<&[f64]> = numbers.chunks_exact(2 + COVARIATES).collect();
    let durations: Vec<f64> = table.iter().map(|line| line[0]).collect();
    let happened: Vec<bool> = table.iter().map(|line| line[1] > 0.5).collect();
    let rows: Vec<f64> = table.iter().flat_map(|line| &line[2..]).copied().collect();
    let with_ones: Vec<f64> =
        table.iter().flat_map(|line| [1.0].into_iter().chain(line[2..].iter().copied())).collect();
    let waits = Waits::new(&durations, &happened);
    timed("Kaplan-Meier", n, || {
        KaplanMeier::fit(&waits, None).unwrap().median().into_iter().collect()
    });
    timed("Weibull", n, || {
        let fit = Weibull::fit(&waits).unwrap();
        vec![fit.scale.value, fit.shape.value]
    });
    timed("Weibull AFT", n, || {
        let fit = accelerated(Family::Weibull, &waits, &with_ones, COVARIATES + 1).unwrap();
        fit.coefficients.iter().map(|estimate| estimate.value).collect()
    });
    timed("Cox", n, || {
        cox(&waits, &rows, COVARIATES, &Prior::flat(COVARIATES)).unwrap().coefficients
    });
}

fn repeats(file: &Path, n: &str) {
    let Some(numbers) = numbers(file) else { return };
    let table = numbers.chunks_exact(3);
    // Written with a fraction, which `u32` does not parse.
    let count = |line: &[f64]| format!("{:.0}", line[0]).parse::<u32>().unwrap();
    let counts: Vec<u32> = table.clone().map(count).collect();
    let lasts: Vec<f64> = table.clone().map(|line| line[1]).collect();
    let watched: Vec<f64> = table.map(|line| line[2]).collect();
    let repeats = Repeats { counts: &counts, lasts: &lasts, watched: &watched };
    timed("BG/NBD", n, || {
        let fit = BgNbd::fit(&repeats).unwrap();
        [fit.r, fit.alpha, fit.a, fit.b].map(|estimate| estimate.value).to_vec()
    });
    timed("Pareto/NBD", n, || {
        let fit = ParetoNbd::fit(&repeats).unwrap();
        [fit.r, fit.alpha, fit.s, fit.beta].map(|estimate| estimate.value).to_vec()
    });
}

fn regression(file: &Path, n: &str) {
    let Some(numbers) = numbers(file) else { return };
    let table = numbers.chunks_exact(1 + COLUMNS);
    let outcomes: Vec<f64> = table.clone().map(|line| line[0]).collect();
    let rows: Vec<f64> = table.flat_map(|line| &line[1..]).copied().collect();
    timed("logistic", n, || {
        let prior = Prior::ridge(COLUMNS, 1.0);
        logistic(&rows, COLUMNS, &outcomes, None, &prior).unwrap().mode[..3].to_vec()
    });
}

fn timed(name: &str, n: &str, fit: impl FnOnce() -> Vec<f64>) {
    let start = Instant::now();
    let before = processor_s();
    let figures = fit();
    let spent = match (before, processor_s()) {
        (Some(before), Some(after)) => after - before,
        _ => start.elapsed().as_secs_f64(),
    };
    let figures: Vec<String> = figures.iter().map(|figure| format!("{figure:.4}")).collect();
    println!("{name}\t{n}\t{spent:.4}\t{}", figures.join(" "));
}

/// What this process has used of processors so far, where the system tells.
fn processor_s() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/self/schedstat").ok()?;
    let nanoseconds: f64 = text.split(' ').next()?.parse().ok()?;
    Some(nanoseconds / 1e9)
}
