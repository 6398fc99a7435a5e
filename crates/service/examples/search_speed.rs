//! How fast a data file answers what is typed into a search box: each kind of search, with its
//! median, its 95th percentile and its slowest, in milliseconds.
#![expect(clippy::print_stdout, reason = "prints a table")]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;

use inroad_model::Moment;
use inroad_service::search::{LastWord, Search, states_of};
use inroad_service::{Inroad, Result};

const RUNS: usize = 15;
const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz";
/// As people write: the beginnings of these are typed too.
const WORDS: [&str; 16] = [
    "message",
    "the",
    "procurement",
    "invoice",
    "quarter",
    "conference",
    "kowalski",
    "proposal",
    "budget",
    "thanks",
    "server",
    "listing",
    "zenith",
    "müller",
    "north",
    "unsubscribe",
];
const OPERATORS: [(&str, &[&str]); 10] = [
    ("from:", &["from:jana ", "from:muller ", "from:example ", "from:zenith-corp.example "]),
    ("to:", &["to:jana ", "to:a ", "to:example ", "to:list "]),
    ("with:", &["with:jana ", "with:example ", "with:muller "]),
    ("deal:", &["deal:north ", "deal:work ", "deal:d001 "]),
    (
        "state:",
        &["state:dark ", "state:warm ", "state:closed ", "state:dark state:warm state:cold "],
    ),
    ("before:, after:, on:", &["before:2023 ", "after:2022-06 ", "on:2024 ", "on:2024-03-01 "]),
    ("has:", &["has:attachment ", "has:fact ", "has:invitation ", "has:price "]),
    ("kind:", &["kind:person ", "kind:deal ", "kind:message the", "kind:note the"]),
    ("without", &["message -list ", "the -a -of -to ", "kind:message -the "]),
    (
        "all together",
        &[
            "from:example has:attachment after:2020 the ",
            "with:muller before:2025 -list \"thank you\" s",
            "state:warm has:price after:2021 t",
            "deal:work to:a on:2023 invo",
            "to:example has:invitation -the a",
        ],
    ),
];

#[tokio::main]
async fn main() -> Result<()> {
    let Some(data) = std::env::args_os().nth(1).map(PathBuf::from) else {
        println!("Usage: search_speed DATA_FILE");
        return Ok(());
    };
    let inroad = Inroad::open(&data).await?;
    let states = states_of(&inroad.review(Moment::utc(jiff::Timestamp::now())).await?);
    let started = Instant::now();
    inroad.prepare_search().await?;
    println!("Prepared in {:.0} ms.\n", started.elapsed().as_secs_f64() * 1e3);
    println!("| what | searches | median ms | 95 % ms | slowest ms | slowest |");
    println!("|---|---:|---:|---:|---:|---|");
    let begun = |n: usize| WORDS.map(|word| word.chars().take(n).collect::<String>()).to_vec();
    let mut classes: Vec<(&str, Vec<String>)> = vec![
        ("one letter", LETTERS.chars().map(String::from).collect()),
        ("two letters", pairs()),
        ("three letters", begun(3)),
        ("five letters", begun(5)),
        ("whole words", WORDS.map(|word| format!("{word} ")).to_vec()),
        ("two words", WORDS.windows(2).map(|pair| format!("{} ", pair.join(" "))).collect()),
        ("a word and a letter", WORDS.map(|word| format!("{word} s")).to_vec()),
        (
            "side by side",
            ["\"best regards\" ", "\"in the\" ", "\"of the s"].map(String::from).to_vec(),
        ),
    ];
    classes.extend(
        OPERATORS
            .map(|(name, searches)| (name, searches.iter().map(|s| (*s).to_owned()).collect())),
    );
    let with_words = OPERATORS.iter().flat_map(|(_, searches)| searches.iter());
    let with_words = with_words
        .flat_map(|search| ["the ", "s", "pro", "kowalski "].map(|word| format!("{search}{word}")));
    classes.push(("an operator and a word", with_words.collect()));
    for (what, searches) in classes {
        row(&inroad, &states, what, &searches).await?;
    }
    Ok(())
}

/// Beginnings of two letters, common and rare ones.
fn pairs() -> Vec<String> {
    let second = LETTERS.chars().filter(|c| "aeiouhrstz".contains(*c));
    let pair = |b: char| LETTERS.chars().step_by(2).map(move |a| format!("{a}{b}"));
    second.flat_map(pair).collect()
}

async fn row(
    inroad: &Inroad,
    states: &BTreeMap<inroad_model::DealId, inroad_model::State>,
    what: &str,
    searches: &[String],
) -> Result<()> {
    let mut times: Vec<(f64, &str)> = Vec::new();
    for typed in searches {
        for _ in 0..RUNS {
            let states = Some(states);
            let search =
                Search { typed, last_word: LastWord::Open, states, shown_max: 20, as_of: None };
            let started = Instant::now();
            inroad.search(&search).await?;
            times.push((started.elapsed().as_secs_f64() * 1e3, typed));
        }
    }
    times.sort_by(|a, b| a.0.total_cmp(&b.0));
    let at = |share: usize| times.get(times.len() * share / 100).map_or(f64::NAN, |(ms, _)| *ms);
    let (slowest, which) = times.last().copied().unwrap_or((f64::NAN, ""));
    let n = searches.len();
    println!("| {what} | {n} | {:.1} | {:.1} | {slowest:.1} | `{which}` |", at(50), at(95));
    Ok(())
}
