//! How fast a data file answers: searches, and the review of its deals. `cargo xtask bench
//! import` runs it on the file that it has just made.
#![expect(clippy::print_stdout, reason = "prints a table")]

use std::path::PathBuf;
use std::time::Instant;

use inroad_model::Moment;
use inroad_service::search::{LastWord, Search};
use inroad_service::{Inroad, Result};

/// A word of every other mail, a rare word, two words, a phrase, an unfinished word, a name.
const QUERIES: [&str; 6] =
    ["message ", "procurement ", "invoice payment ", "\"best regards\" ", "confer", "kowalski "];
const RUNS: usize = 9;

#[tokio::main]
async fn main() -> Result<()> {
    let Some(data) = std::env::args_os().nth(1).map(PathBuf::from) else {
        println!("Usage: speed DATA_FILE");
        return Ok(());
    };
    let inroad = Inroad::open(&data).await?;
    println!("| what | answers | median ms |\n|---|---:|---:|");
    for words in QUERIES {
        let mut times = Vec::new();
        let mut found = 0;
        for _ in 0..RUNS {
            let started = Instant::now();
            let last_word = LastWord::Open;
            let search =
                Search { typed: words, last_word, states: None, shown_max: 20, as_of: None };
            found = inroad.search(&search).await?.messages.shown.len();
            times.push(started.elapsed().as_secs_f64() * 1e3);
        }
        println!("| search `{}` | {found} | {:.1} |", words.trim(), median(times));
    }
    let as_of = Moment::utc(jiff::Timestamp::now());
    let mut times = Vec::new();
    let mut deals = 0;
    for _ in 0..RUNS {
        let started = Instant::now();
        deals = inroad.review(as_of).await?.deals.len();
        times.push(started.elapsed().as_secs_f64() * 1e3);
    }
    println!("| review of all deals | {deals} | {:.1} |", median(times));
    Ok(())
}

/// The middle of some measurements.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
