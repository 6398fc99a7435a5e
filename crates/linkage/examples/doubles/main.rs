//! Measures linkage for `cargo xtask bench doubles`: `doubles FOLDER TASK [HALF]` prints a line for each
//! part of what it found: task, part, pairs that are the same, precision, recall, F1, seconds of
//! processor, peak of memory in megabytes, separated by tabs.
//!
//! A part is `seen`, the half by which anything was tuned, `last`, the half that was kept for a last look, or
//! `all`.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a measurement reads clocks and files, prints, and stops when it cannot go on"
)]

mod drawn;
mod errors;
mod files;
mod score;

use std::path::Path;
use std::time::Instant;

use inroad_linkage::{Record, Register, link};

use files::Truth;
use score::{Part, score};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let folder = Path::new(args.first().unwrap());
    let task = args.get(1).map_or("", String::as_str);
    let parts = Part::named(args.get(2).map(String::as_str));
    match task {
        "febrl3" => dedupe(task, &files::febrl(folder, "dataset3"), &parts),
        "febrl4" | "febrl4-half" => {
            let (first, second) =
                (files::febrl(folder, "dataset4a"), files::febrl(folder, "dataset4b"));
            // Half of the second list is taken away, so that half of the first has no partner.
            let second = if task == "febrl4" { second } else { files::half(second) };
            let start = processor_seconds();
            let pairs = link(&first.0, &second.0);
            let seconds = processor_seconds() - start;
            let offset = first.0.len();
            let truth = first.1.and(second.1);
            let found: Vec<(usize, usize)> = pairs.iter().map(|p| (p.a, p.b + offset)).collect();
            let parts = if task == "febrl4" { parts } else { vec![Part::All] };
            told(task, &found, &truth, seconds, &parts);
        }
        "patstat" => dedupe(task, &files::patstat(folder), &parts),
        "chicago" => dedupe(task, &files::chicago(folder, false), &parts),
        "chicago-crm" => dedupe(task, &files::chicago(folder, true), &parts),
        "senzing" => dedupe(task, &files::senzing(folder), &parts),
        "people" => {
            let count = std::env::var("COUNT").ok().and_then(|count| count.parse().ok());
            let list = drawn::people(count.unwrap_or(100_000));
            asked(&list.0);
            dedupe(task, &list, &[Part::All]);
        }
        "organisations" => dedupe(task, &drawn::organisations(10_000), &[Part::All]),
        _ => panic!("There is no task {task}"),
    }
}

fn dedupe<R: Record + Clone>(task: &str, list: &(Vec<R>, Truth), parts: &[Part]) {
    let start = processor_seconds();
    let register = Register::new(&list.0);
    let groups = register.groups();
    let seconds = processor_seconds() - start;
    let pairs = groups.iter().flat_map(|group| {
        group.iter().enumerate().flat_map(|(at, a)| group.iter().skip(at + 1).map(|b| (*a, *b)))
    });
    let pairs: Vec<(usize, usize)> = pairs.collect();
    if let Ok(part) = std::env::var("ERRORS") {
        errors::show(&register, &pairs, &list.1, &part);
    }
    told(task, &pairs, &list.1, seconds, parts);
}

/// How long one new record takes to be asked for.
fn asked(list: &[inroad_linkage::Person]) {
    let register = Register::new(list);
    let asked: Vec<_> = list.iter().step_by(list.len() / 1_000).collect();
    let mut spent: Vec<f64> = asked
        .iter()
        .map(|person| {
            let start = Instant::now();
            let found = register.like(person, 5);
            assert!(!found.is_empty(), "A record finds itself");
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    spent.sort_by(f64::total_cmp);
    let at = |share: usize| spent.get(spent.len() * share / 100).copied().unwrap();
    println!("asked\tmilliseconds\t{}\t{:.2}\t{:.2}\t\t\t", spent.len(), at(50), at(99));
}

fn told(task: &str, found: &[(usize, usize)], truth: &Truth, seconds: f64, parts: &[Part]) {
    for part in parts {
        let s = score(found, truth, *part);
        println!(
            "{task}\t{}\t{}\t{:.4}\t{:.4}\t{:.4}\t{seconds:.2}\t{:.0}",
            part.name(),
            s.same,
            s.precision,
            s.recall,
            s.f1(),
            peak_megabytes()
        );
    }
}

/// Seconds that a processor worked for us, where the system tells.
fn processor_seconds() -> f64 {
    let told = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let nanoseconds = told.split_whitespace().next().and_then(|first| first.parse::<f64>().ok());
    nanoseconds.map_or(f64::NAN, |nanoseconds| nanoseconds / 1e9)
}

/// The most memory that this process had, where the system tells.
fn peak_megabytes() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kilobytes.map_or(f64::NAN, |kilobytes| kilobytes / 1e3)
}
