//! Streams of answers that change to those of somebody else, and streams that do not.

use std::collections::BTreeMap;

use inroad_advice::rhythm::turn::answers::{Answer, answers};
use inroad_stats::Random;

use crate::events::Named;

/// So many answers after the change are looked at.
pub(crate) const AFTER: usize = 12;
/// Answers before the change.
const BEFORE_MIN: usize = 14;
const BEFORE_MAX: usize = 60;
/// A pair is taken from so many answers on, and so many pairs of a set at most.
const ANSWERS_MIN: usize = 36;
const PAIRS_MAX: usize = 400;
/// The medians differ by this factor at least.
const FACTOR: f64 = 4.0;
const SEED: u64 = 5;

/// Which half of the pairs: constants were chosen on one, figures are of the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Half {
    Tuning,
    Reported,
}

/// The answers of one person to another.
#[derive(Debug)]
pub(crate) struct Stream {
    pub half: Half,
    pub answers: Vec<Answer>,
}

/// A stream with the place of its change; controls have none.
#[derive(Debug)]
pub(crate) struct Case {
    pub set: String,
    pub half: Half,
    pub changes: bool,
    pub answers: Vec<Answer>,
}

impl Stream {
    /// What tells a stream by its beginning: delays to four places.
    pub(crate) fn key(&self) -> String {
        key(&self.answers)
    }
}

fn key(answers: &[Answer]) -> String {
    let delays = answers.iter().take(BEFORE_MIN).map(|answer| format!("{:.4}", answer.ln_hours));
    delays.collect::<Vec<_>>().join(" ")
}

/// The streams of all pairs of a set that are long enough.
pub(crate) fn streams(set: &str, named: &Named) -> Vec<Stream> {
    let of_pair = |(me, them)| Stream {
        half: half(&format!("{set}:{}:{}", named.names[&me], named.names[&them])),
        answers: answers(&named.log, me, them, f64::INFINITY),
    };
    let streams = named.log.pairs().map(|(pair, _)| of_pair(pair));
    streams.filter(|stream| stream.answers.len() >= ANSWERS_MIN).collect()
}

/// Pairs by a hash of their names (FNV-1a).
fn half(name: &str) -> Half {
    let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    if hash >> 32 & 1 == 0 { Half::Tuning } else { Half::Reported }
}

/// For each stream a control, one that becomes slower and one that becomes faster. Who continues
/// it is of the same half.
pub(crate) fn cases(set: &str, mut streams: Vec<Stream>) -> Vec<Case> {
    let mut random = Random::new(SEED);
    let mut below = |bound: usize| usize::try_from(random.below(bound as u64)).unwrap();
    for at in (1..streams.len()).rev() {
        streams.swap(at, below(at + 1));
    }
    streams.truncate(PAIRS_MAX);
    let medians: Vec<f64> = streams.iter().map(|stream| median(&stream.answers)).collect();
    let mut cases = Vec::new();
    for stream in &streams {
        let most = (stream.answers.len() - AFTER).min(BEFORE_MAX);
        let (before, _) = stream.answers.split_at(BEFORE_MIN + below(most - BEFORE_MIN + 1));
        let mut case = |changes, after: &[Answer]| {
            let answers = [before, after].concat();
            cases.push(Case { set: set.to_owned(), half: stream.half, changes, answers });
        };
        case(false, &stream.answers[before.len()..before.len() + AFTER]);
        let usual = median(before);
        for sign in [1.0, -1.0] {
            let far = |other: usize| sign * (medians[other] - usual) >= FACTOR.ln();
            let others: Vec<usize> = (0..streams.len())
                .filter(|other| far(*other) && streams[*other].half == stream.half)
                .collect();
            if !others.is_empty() {
                let other = &streams[others[below(others.len())]].answers;
                let from = below(other.len() - AFTER + 1);
                case(true, &other[from..from + AFTER]);
            }
        }
    }
    cases
}

/// Cases of delays alone, `stream,k,x,change`. A stream belongs to the half of the pair that begins
/// like it; one of nobody is left out.
pub(crate) fn foreign(text: &str, half_of: &BTreeMap<String, Half>) -> Vec<Case> {
    let mut cases: Vec<(String, Case)> = Vec::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        if cases.last().is_none_or(|(name, _)| name != cells[0]) {
            let set = cells[0].split(':').next().unwrap().to_owned();
            let changes = !cells[3].starts_with('-');
            let case = Case { set, half: Half::Tuning, changes, answers: Vec::new() };
            cases.push((cells[0].to_owned(), case));
        }
        cases.last_mut().unwrap().1.answers.push(Answer {
            start: 0.0,
            ln_hours: cells[2].parse().unwrap(),
            letters: 0,
            began: false,
            others: None,
            words: None,
        });
    }
    let placed = cases
        .into_iter()
        .filter_map(|(_, case)| Some(Case { half: *half_of.get(&key(&case.answers))?, ..case }));
    placed.collect()
}

fn median(answers: &[Answer]) -> f64 {
    let mut values: Vec<f64> = answers.iter().map(|answer| answer.ln_hours).collect();
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len() % 2 == 1 {
        values[middle]
    } else {
        f64::midpoint(values[middle - 1], values[middle])
    }
}
