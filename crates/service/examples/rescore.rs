//! What one new letter costs: it is taken in, then its deal is reviewed again. `cargo xtask bench
//! rescore` runs it in an empty folder, on a made-up mailbox of 200 deals.
#![expect(clippy::print_stdout, reason = "prints a table")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use inroad_model::Moment;
use inroad_service::{ImportOptions, Inroad, Result};
use jiff::{Timestamp, ToSpan};

const ME: &str = "ada@brandt-advice.example";
/// Letters of the deals that are looked at, and of each of the others.
const LETTERS: [usize; 4] = [30, 100, 300, 1000];
const LETTERS_OF_OTHERS: usize = 60;
const DEALS: usize = 200;
/// New letters for each.
const RUNS: usize = 15;

#[tokio::main]
async fn main() -> Result<()> {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else {
        println!("Usage: rescore EMPTY_FOLDER");
        return Ok(());
    };
    let mut mbox = String::new();
    for deal in 0..DEALS {
        let letters = LETTERS.get(deal).copied().unwrap_or(LETTERS_OF_OTHERS);
        for at in 0..letters {
            let letter = letter(deal, at, letters);
            let _infallible = writeln!(mbox, "From ada Thu Jan  1 00:00:00 2026\n{letter}");
        }
    }
    let (all, one) = (folder.join("all.mbox"), folder.join("one.eml"));
    write(&all, &mbox);
    let inroad = Inroad::open(&folder.join("inroad.db")).await?;
    inroad.set_seller(None, vec![ME.parse().map_err(|_cause| unwritable(&all))?]).await?;
    let options = ImportOptions::default();
    inroad.import(&[all], &options, &|_| {}).await?;
    inroad.decide_deals(&[], true).await?;
    println!(
        "| letters of the deal | letter taken in, ms | its deal reviewed, ms | all deals reviewed, ms |"
    );
    println!("|---:|---:|---:|---:|");
    for (deal, letters) in LETTERS.into_iter().enumerate() {
        let (mut taken, mut reviewed, mut all_reviewed) = (Vec::new(), Vec::new(), Vec::new());
        for run in 0..RUNS {
            write(&one, &letter(deal, letters + run, letters));
            let started = Instant::now();
            inroad.import(std::slice::from_ref(&one), &options, &|_| {}).await?;
            taken.push(started.elapsed().as_secs_f64() * 1e3);
            let as_of = moment(letters + run + 1, letters);
            let started = Instant::now();
            let review = inroad.review_deal(&format!("firm{deal:03}.example"), as_of).await?;
            reviewed.push(started.elapsed().as_secs_f64() * 1e3);
            assert_eq!(review.deals.len(), 1, "one deal is meant");
            if run % 5 == 0 {
                let started = Instant::now();
                let deals = inroad.review(as_of).await?.deals.len();
                all_reviewed.push(started.elapsed().as_secs_f64() * 1e3);
                assert_eq!(deals, DEALS, "all deals are reviewed");
            }
        }
        let (taken, reviewed, all) = (median(taken), median(reviewed), median(all_reviewed));
        println!("| {letters} | {taken:.1} | {reviewed:.1} | {all:.0} |");
    }
    inroad.close().await
}

/// All deals end in the same days, however many letters they have.
fn moment(at: usize, letters: usize) -> Moment {
    let hours = i64::try_from(at).unwrap_or(0) * 700 * 24 / i64::try_from(letters).unwrap_or(1);
    let start = Timestamp::from_second(1_704_103_200).unwrap_or(Timestamp::UNIX_EPOCH);
    Moment::utc(start.checked_add(hours.hours()).unwrap_or(start))
}

/// The letters of a deal go to and fro among three people there.
fn letter(deal: usize, at: usize, letters: usize) -> String {
    const NAMES: [&str; 3] = ["Jana Lindner", "Omar Keller", "Eva Braun"];
    let name = NAMES.get(at / 2 % 3).copied().unwrap_or_default();
    let first = name.split(' ').next().unwrap_or_default();
    let them = format!("{}@firm{deal:03}.example", first.to_lowercase());
    let (from, to) = if at.is_multiple_of(2) { (ME, them.as_str()) } else { (them.as_str(), ME) };
    let date = moment(at, letters).timestamp().strftime("%a, %d %b %Y %H:%M:%S +0000");
    let before = at.saturating_sub(1);
    let text = if at.is_multiple_of(2) {
        "Thank you for the call. Did the figures for the second quarter come in, and who would\n\
         have to see the proposal before the board meets?\n\nKind regards\nAda"
            .to_owned()
    } else {
        // Now and then somebody else is named, and the letter is read again for that.
        let whom = if at % 20 == 1 { "Omar" } else { "the others" };
        format!(
            "We went through the proposal on Monday and have two questions on the second part. I\n\
             will talk to {whom} about the budget and come back to you.\n\nBest regards\n{name}\n\
             Head of Purchasing\nFirm {deal} GmbH\n+49 30 5550{deal:03}"
        )
    };
    format!(
        "Message-ID: <{deal}.{at}@mail.example>\nIn-Reply-To: <{deal}.{before}@mail.example>\n\
         Date: {date}\nFrom: {from}\nTo: {to}\nSubject: Re: Proposal\n\
         Content-Type: text/plain; charset=utf-8\n\n{text}\n"
    )
}

fn write(file: &Path, text: &str) {
    if let Err(cause) = std::fs::write(file, text) {
        println!("{} could not be written: {cause}", file.display());
    }
}

fn unwritable(file: &Path) -> inroad_service::Error {
    inroad_service::Error::Invalid { what: format!("{} cannot be used", file.display()) }
}

/// The middle of some measurements.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
