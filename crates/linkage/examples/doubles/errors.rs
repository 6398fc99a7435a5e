//! What was found wrongly and what was not found, for who works on the method.

#![expect(clippy::print_stderr, reason = "it shows")]

use std::collections::BTreeSet;

use inroad_linkage::{Record, Register};

use super::files::Truth;
use super::score::Part;

/// Pairs that are shown of each kind.
const SHOWN: usize = 25;

/// Shows some wrong pairs and some missed ones of a part, on standard error.
pub(crate) fn show<R: Record>(
    register: &Register<R>,
    found: &[(usize, usize)],
    truth: &Truth,
    part: &str,
) {
    let part = Part::named(Some(part)).first().copied().unwrap_or(Part::Seen);
    let counts = |at: usize| part.has(&truth.groups[at]);
    let wrong = found.iter().filter(|(a, b)| truth.groups[*a] != truth.groups[*b]);
    let wrong: Vec<_> = wrong.filter(|(a, b)| counts(*a) && counts(*b)).copied().collect();
    let all: BTreeSet<(usize, usize)> = found.iter().copied().collect();
    let count = truth.groups.len();
    let pairs = (0..count).flat_map(|a| (a + 1..count).map(move |b| (a, b)));
    let same = pairs.filter(|(a, b)| truth.groups[*a] == truth.groups[*b] && counts(*a));
    let missed: Vec<_> = same.filter(|pair| !all.contains(pair)).collect();
    let mut groups: Vec<(usize, String)> = register
        .groups()
        .iter()
        .map(|group| {
            let truths: BTreeSet<&str> =
                group.iter().map(|at| truth.groups[*at].as_str()).collect();
            (group.len(), format!("{} {:?}", group[0], truths))
        })
        .collect();
    groups.sort();
    for group in groups.iter().rev().take(15) {
        eprintln!("group of {} from {}", group.0, group.1);
    }
    for (what, pairs) in [("WRONG", wrong), ("MISSED", missed)] {
        eprintln!("{what} {}", pairs.len());
        let step = (pairs.len() / SHOWN).max(1);
        for (a, b) in pairs.iter().step_by(step) {
            eprintln!("  {a} {b} {:?}", register.why(*a, *b));
        }
    }
}
