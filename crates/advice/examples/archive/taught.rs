//! What some pairs of an archive teach.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use inroad_advice::rhythm::curve::{Curves, probability};
use inroad_advice::rhythm::learn::{measures, period_by_period};
use inroad_advice::rhythm::outcomes::Outcome;
use inroad_advice::rhythm::prior::RhythmPrior;

use crate::files::{Archive, ordered, read, table};

type Pairs = BTreeSet<(String, String)>;

pub(crate) fn run(name: &str, events: &Path, cases: &Path, pairs: &Path) {
    let (prior, _) = RhythmPrior::shipped_without(name).unwrap();
    let mut sets: BTreeMap<(String, String), Pairs> = BTreeMap::new();
    for row in table(pairs) {
        let set = sets.entry((row[0].clone(), row[1].clone())).or_default();
        if !row[2].is_empty() {
            set.insert(ordered(&row[2], &row[3]));
        }
    }
    for (kind, curves) in [("A", &prior.reply), ("B", &prior.silence)] {
        let of_kind: Vec<_> = sets.iter().filter(|((of, _), _)| of == kind).collect();
        if of_kind.is_empty() {
            continue;
        }
        let archive = read(events, cases, kind);
        tell(kind, "none", &archive, curves);
        for ((_, set), pairs) in of_kind {
            tell(kind, set, &archive, &taught(&archive, pairs, curves));
        }
    }
}

/// The curves after the first part's cases of these pairs, or of all.
fn taught(archive: &Archive, pairs: &Pairs, curves: &Curves) -> Curves {
    let known = |case: &&crate::files::Case| {
        !case.is_test && (pairs.is_empty() || pairs.contains(&case.pair))
    };
    let mut outcomes: Vec<Outcome> =
        archive.cases.iter().filter(known).map(|case| case.outcome).collect();
    outcomes.sort_by(|a, b| a.known_from.total_cmp(&b.known_from));
    let mut taught = curves.clone();
    let learn = |curves, _| taught = curves;
    period_by_period(&archive.log, &outcomes, curves, f64::INFINITY, learn).unwrap();
    taught
}

fn tell(kind: &str, set: &str, archive: &Archive, curves: &Curves) {
    for case in archive.cases.iter().filter(|case| case.is_test) {
        let forecast = probability(curves.log_odds(&measures(&archive.log, &case.outcome)));
        println!("{kind},{set},{},{forecast:.6}", case.id);
    }
}
