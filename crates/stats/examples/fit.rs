//! Measures the estimators: `fit FOLDER N…` fits the data that `xtask/src/bench/fit.py` wrote there
//! and prints a line for each: name, `ours`, n, seconds of processor, first figures, separated by tabs.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement reads clocks and files, prints, and stops when it cannot go on"
)]

use std::path::Path;
use std::sync::LazyLock;
use std::time::Instant;

use inroad_stats::{
    BgNbd, Family, KaplanMeier, ParetoNbd, Prior, Repeats, Waits, Weibull, accelerated, cox,
    logistic,
};

/// Covariates of a wait.
const COVARIATES: usize = 5;
/// Most members for Pareto/NBD.
const PARETO_MAX: usize = 10_000;
/// Columns and rows of the regression.
const COLUMNS: usize = 150;
const ROWS: &str = "100000";

fn main() {
    let mut args = std::env::args().skip(1);
    let folder = args.next().unwrap();
    for n in args {
        let folder = Path::new(&folder);
        waits(&folder.join(format!("waits-{n}.bin")), &n);
        repeats(&folder.join(format!("repeats-{n}.bin")), &n);
    }
    regression(&Path::new(&folder).join(format!("regression-{ROWS}.bin")), ROWS);
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
    // The peer takes too long beyond this to be compared with.
    if counts.len() > PARETO_MAX {
        return;
    }
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

/// Fits again and again until it took long enough to be measured: the system counts in steps of
/// some milliseconds.
fn timed(name: &str, n: &str, fit: impl Fn() -> Vec<f64>) {
    const LONG_ENOUGH_S: f64 = 0.5;
    const TIMES_MAX: u32 = 1000;
    let start = spent_s();
    let mut figures = fit();
    let mut times = 1;
    while spent_s() - start < LONG_ENOUGH_S && times < TIMES_MAX {
        figures = fit();
        times += 1;
    }
    let seconds = (spent_s() - start) / f64::from(times);
    let figures: Vec<String> = figures.iter().map(|figure| format!("{figure:.4}")).collect();
    println!("{name}\tours\t{n}\t{seconds:.6}\t{}", figures.join(" "));
}

/// What this process has used of processors so far; the clock where the system does not tell.
fn spent_s() -> f64 {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let text = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let nanoseconds = text.split(' ').next().and_then(|word| word.parse::<f64>().ok());
    nanoseconds.map_or_else(|| START.elapsed().as_secs_f64(), |nanoseconds| nanoseconds / 1e9)
}
