//! A whole firm's log.

use anyhow::Result;
use inroad_advice::politics::rank::{Seen, View, ranks};

use super::data::{Data, Pair};
use super::figures::{Answer, Measured, measured, share};

const BINS: usize = 5;
const BASELINES: &str = "hierarchy_manufacturing_baselines.csv";
/// Reference measures, and how a page calls them.
const BESIDE: [(&str, &str); 3] =
    [("hits_auth", "HITS"), ("pagerank", "PageRank"), ("volume", "volume")];

pub(super) fn measure(data: &Data) -> Result<Vec<Measured>> {
    let seen = Seen { rows: &data.rows, known: &data.known, said: &[], view: View::Firm };
    let ranks = ranks(&seen);
    let mut all = Vec::new();
    for (what, pairs, column) in [
        ("whole firm, chain", &data.chain, "acc_trans"),
        ("whole firm, direct", &data.direct, "acc_direct"),
    ] {
        let answers: Vec<Answer> =
            pairs.iter().map(|pair| Answer::of(&ranks, *pair, pair.higher)).collect();
        all.push(measured(what, &beside(data, column)?, &answers, BINS)?);
    }
    let answers: Vec<Answer> =
        unequal(data).map(|pair| Answer::of(&ranks, pair, pair.higher)).collect();
    let unequal = [
        "whole firm, any two of unequal levels",
        &answers.len().to_string(),
        &format!("{:.3}", share(&answers)),
        &beside(data, "acc_all_levels")?,
        "",
        "",
        "",
    ];
    all.push(Measured { row: unequal.map(str::to_owned).to_vec(), reliability: None });
    Ok(all)
}

/// What the reference got by other measures.
fn beside(data: &Data, column: &str) -> Result<String> {
    let each = BESIDE.map(|(feature, name)| {
        let found = data.reference(BASELINES, &[feature], &[column])?;
        Ok(format!("{name} {:.3}", found[0]))
    });
    Ok(each.into_iter().collect::<Result<Vec<String>>>()?.join(", "))
}

/// Any two of whom one has fewer above.
fn unequal(data: &Data) -> impl Iterator<Item = Pair> {
    let of = |(lower, below): (&u32, &usize)| {
        let (lower, below) = (*lower, *below);
        let higher = data.levels.iter().filter(move |(_, level)| **level < below);
        higher.map(move |(higher, _)| Pair { lower, higher: *higher })
    };
    data.levels.iter().flat_map(of)
}
