//! Share right with its interval, calibration with its table, and a curve learned out of sample.

use std::collections::BTreeMap;

use anyhow::Result;
use inroad_advice::politics::rank::Ranks;
use inroad_stats::{Prior, Random, calibration_error, logistic, reliability};

use super::data::Pair;

/// One answer about a pair whose truth is known.
#[derive(Debug, Clone, Copy)]
pub(super) struct Answer {
    pub(super) pair: Pair,
    /// Answers of one cluster are drawn together.
    pub(super) cluster: u32,
    /// 1 if the higher has the higher rank, 0 if the lower has, one half if neither.
    pub(super) right: f64,
    /// The probability that the higher stands higher; `None` if nothing is told.
    pub(super) told: Option<f64>,
}

/// A row of the page, with the table of how the prior curve came true.
#[derive(Debug)]
pub(super) struct Measured {
    pub(super) row: Vec<String>,
    pub(super) reliability: Option<Vec<Vec<String>>>,
}

const DRAWS: usize = 1000;
/// People are parted into so many groups for the learned curve.
const GROUPS: u64 = 5;
/// Where the random numbers start.
const SEED: u64 = 1;

impl Answer {
    pub(super) fn of(ranks: &Ranks<u32>, pair: Pair, cluster: u32) -> Answer {
        let scores = (ranks.score(&pair.higher), ranks.score(&pair.lower));
        let right = match scores {
            (Some(higher), Some(lower)) if higher > lower => 1.0,
            (Some(higher), Some(lower)) if higher < lower => 0.0,
            _ => 0.5,
        };
        let told = ranks.above(&pair.higher, &pair.lower).map(|above| above.probability.get());
        Answer { pair, cluster, right, told }
    }
}

/// All figures of some answers.
pub(super) fn measured(
    what: &str,
    reference: &str,
    answers: &[Answer],
    bins: usize,
) -> Result<Measured> {
    let (low, high) = interval(answers);
    let told: Vec<f64> = answers.iter().filter_map(|answer| answer.told).collect();
    let (surely, right) = folded(&told);
    let learned = folded(&learned(answers)?);
    let table = reliability(&right, &surely, bins, 0.95)?;
    let mut rows = vec![["told", "right", "95 %", "pairs"].map(str::to_owned).to_vec()];
    rows.extend(table.iter().map(|bin| {
        let (low, high) = bin.interval;
        let between = format!("{low:.2} to {high:.2}");
        vec![format!("{:.3}", bin.said), format!("{:.3}", bin.came), between, bin.count.to_string()]
    }));
    Ok(Measured {
        row: vec![
            what.to_owned(),
            answers.len().to_string(),
            format!("{:.3} ({low:.2} to {high:.2})", share(answers)),
            reference.to_owned(),
            format!("{:.0} %", 100.0 * told.len() as f64 / answers.len() as f64),
            format!("{:.3}", calibration_error(&right, &surely, bins)?),
            format!("{:.3}", calibration_error(&learned.1, &learned.0, bins)?),
        ],
        reliability: Some(rows),
    })
}

/// How surely the likelier side was told, and whether it was right: probabilities are those of the
/// truth.
fn folded(told: &[f64]) -> (Vec<f64>, Vec<bool>) {
    (told.iter().map(|p| p.max(1.0 - p)).collect(), told.iter().map(|p| *p > 0.5).collect())
}

pub(super) fn share(answers: &[Answer]) -> f64 {
    answers.iter().map(|answer| answer.right).sum::<f64>() / answers.len() as f64
}

/// The middle 95 % of the share right when clusters are drawn anew.
fn interval(answers: &[Answer]) -> (f64, f64) {
    let mut clusters: BTreeMap<u32, (f64, f64)> = BTreeMap::new();
    for answer in answers {
        let cluster = clusters.entry(answer.cluster).or_default();
        *cluster = (cluster.0 + answer.right, cluster.1 + 1.0);
    }
    let clusters: Vec<(f64, f64)> = clusters.into_values().collect();
    let mut random = Random::new(SEED);
    let mut draw = || {
        let (mut right, mut count) = (0.0, 0.0);
        for _ in 0..clusters.len() {
            let at = usize::try_from(random.below(clusters.len() as u64)).unwrap_or_default();
            right += clusters[at].0;
            count += clusters[at].1;
        }
        right / count
    };
    let mut shares: Vec<f64> = (0..DRAWS).map(|_| draw()).collect();
    shares.sort_by(f64::total_cmp);
    (shares[DRAWS / 40], shares[DRAWS - 1 - DRAWS / 40])
}

/// The told probabilities through a curve with one number, fitted for each pair on pairs that hold
/// nobody of the groups of the two.
fn learned(answers: &[Answer]) -> Result<Vec<f64>> {
    let told: Vec<(u64, u64, f64)> = answers
        .iter()
        .filter_map(|answer| {
            let told = answer.told?;
            let group = |who: u32| Random::new(SEED.wrapping_add(u64::from(who))).below(GROUPS);
            let log_odds = (told / (1.0 - told)).ln();
            Some((group(answer.pair.lower), group(answer.pair.higher), log_odds))
        })
        .collect();
    let mut slopes: BTreeMap<(u64, u64), f64> = BTreeMap::new();
    let mut curved = Vec::new();
    for (a, b, log_odds) in &told {
        let key = (*a.min(b), *a.max(b));
        let slope = if let Some(slope) = slopes.get(&key) {
            *slope
        } else {
            let apart = |group: &u64| group != a && group != b;
            let others = told.iter().filter(|(c, d, _)| apart(c) && apart(d));
            let rows: Vec<f64> = others.map(|(_, _, log_odds)| *log_odds).collect();
            // Each is told as the higher one above the lower, so all come true; a curve without an
            // intercept is the same for both orders.
            let fit = logistic(&rows, 1, &vec![1.0; rows.len()], None, &Prior::ridge(1, 1e-6))?;
            slopes.insert(key, fit.mode[0]);
            fit.mode[0]
        };
        curved.push(1.0 / (1.0 + (-slope * log_odds).exp()));
    }
    Ok(curved)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(right: f64, told: f64, at: u32) -> Answer {
        let pair = Pair { lower: 2 * at, higher: 2 * at + 1 };
        Answer { pair, cluster: at, right, told: Some(told) }
    }

    #[test]
    fn a_curve_that_says_too_little_is_learned_to_say_more() {
        let answers: Vec<Answer> = (0..400)
            .map(|at| if at % 10 == 0 { answer(0.0, 0.4, at) } else { answer(1.0, 0.6, at) })
            .collect();
        assert!((share(&answers) - 0.9).abs() < 1e-12);
        let (low, high) = interval(&answers);
        assert!((0.8..0.9).contains(&low) && (0.9..0.95).contains(&high), "{low} {high}");
        let found = measured("all", "0.5", &answers, 5).unwrap();
        assert_eq!(found.row[1..5], ["400", &found.row[2], "0.5", "100 %"]);
        assert_eq!(found.row[5], "0.300");
        assert!(found.row[6].parse::<f64>().unwrap() < 0.1, "{:?}", found.row);
    }
}
