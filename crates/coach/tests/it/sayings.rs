//! Sentences for the rules of wording, written without sight of them: `+` does what the rule is about,
//! `-` is near and does not. Every other line was looked at while the rules were made; of the rest only
//! the counts were.

use std::collections::BTreeMap;
use std::path::Path;

use inroad_coach::audience::{Audience, Dealings, Person};
use inroad_coach::draft::{Channel, Draft};
use inroad_coach::rules::Pack;

/// The lines of this rule give a way out where they begin with `+`, so the rule has to be silent.
const INVERTED: &str = "no-way-out";

#[derive(Debug, Default, Clone, Copy)]
struct Count {
    right: usize,
    needless: usize,
    missed: usize,
}

fn speaks_up(rule: &str, line: &str) -> bool {
    let pack = Pack::shipped();
    let ready = &pack.rule(rule).unwrap_or_else(|| panic!("no rule {rule}")).rule;
    let channel = ready.channels.first().copied().unwrap_or(Channel::Email);
    let line = line.replace(" / ", "\n");
    let text = match rule {
        INVERTED => format!("Hi Ann,\n\nCould we talk about the roster on Tuesday at ten? {line}"),
        _ if channel.is_spoken() => line,
        _ => format!("Hi Ann,\n\n{line}"),
    };
    let person = Person { dealings: Some(Dealings::default()), ..Person::default() };
    let audience = Audience { person: Some(person), ..Audience::default() };
    let report = pack.check(&Draft::new(&text, channel), &audience, ready.stages.first().copied());
    report.findings.iter().any(|finding| finding.rule == rule) != (rule == INVERTED)
}

#[test]
fn sayings_are_told_from_what_is_near() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sayings");
    let mut files: Vec<_> = folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "txt"));
    files.sort();
    let asked = std::env::var("INROAD_RULE").ok();
    let mut all: BTreeMap<(String, &str), Count> = BTreeMap::new();
    for file in files {
        let rule = file.file_stem().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&file).unwrap();
        for (n, line) in text.lines().filter(|line| line.len() > 2).enumerate() {
            let (mark, line) = line.split_at(2);
            let half = if n % 2 == 0 { "seen" } else { "aside" };
            let count = all.entry((rule.clone(), half)).or_default();
            let (does, found) = (mark == "+ ", speaks_up(&rule, line));
            count.right += usize::from(does && found);
            count.needless += usize::from(!does && found);
            count.missed += usize::from(does && !found);
            if half == "seen" && does != found && asked.as_ref().is_some_and(|one| *one == rule) {
                println!("{mark}{line}");
            }
        }
    }
    let mut sums: BTreeMap<&str, Count> = BTreeMap::new();
    for ((rule, half), count) in &all {
        println!("{rule:<24} {half:<6} {count:?}");
        let sum = sums.entry(half).or_default();
        sum.right += count.right;
        sum.needless += count.needless;
        sum.missed += count.missed;
    }
    for (half, sum) in sums {
        let right = sum.right as f64;
        let precision = right / (sum.right + sum.needless) as f64;
        let recall = right / (sum.right + sum.missed) as f64;
        println!("{half}: precision {precision:.3}, recall {recall:.3}");
        // Most of these wordings are rare on purpose; what is told has to be right.
        let recall_min = if half == "seen" { 0.85 } else { 0.5 };
        assert!(precision >= 0.85 && recall >= recall_min, "{half}: {sum:?}");
    }
}
