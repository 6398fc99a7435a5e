//! Pairwise precision, recall and F1.

use std::collections::BTreeMap;

use super::files::Truth;

/// Which records count: those of one half of the groups, or all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Seen,
    Last,
    All,
}

impl Part {
    /// The one of that name, or all three.
    pub(crate) fn named(name: Option<&str>) -> Vec<Self> {
        let all = [Self::Seen, Self::Last, Self::All];
        all.into_iter().filter(|part| name.is_none_or(|name| part.name() == name)).collect()
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Seen => "seen",
            Self::Last => "last",
            Self::All => "all",
        }
    }

    /// Whether a group counts; halves by its name alone.
    pub(crate) fn has(self, group: &str) -> bool {
        let hash = group.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        let even = (hash ^ (hash >> 32)).is_multiple_of(2);
        match self {
            Self::Seen => even,
            Self::Last => !even,
            Self::All => true,
        }
    }
}

/// How well pairs were found.
#[derive(Debug)]
pub(crate) struct Score {
    /// Pairs that are the same.
    pub(crate) same: usize,
    pub(crate) precision: f64,
    pub(crate) recall: f64,
}

impl Score {
    pub(crate) fn f1(&self) -> f64 {
        2.0 * self.precision * self.recall / (self.precision + self.recall)
    }
}

/// Scores pairs of places; each pair once.
pub(crate) fn score(found: &[(usize, usize)], truth: &Truth, part: Part) -> Score {
    let group = |at: usize| truth.groups[at].as_str();
    let counts = |(a, b): &&(usize, usize)| part.has(group(*a)) && part.has(group(*b));
    let told: Vec<&(usize, usize)> = found.iter().filter(counts).collect();
    let right = told.iter().filter(|(a, b)| group(*a) == group(*b)).count();
    let mut sizes: BTreeMap<(&str, u8), usize> = BTreeMap::new();
    for (group, side) in truth.groups.iter().zip(&truth.sides).filter(|(g, _)| part.has(g)) {
        *sizes.entry((group, *side)).or_default() += 1;
    }
    let two_sided = truth.sides.iter().any(|side| *side > 0);
    let same = if two_sided {
        let first = sizes.iter().filter(|((_, side), _)| *side == 0);
        first.map(|((group, _), n)| n * sizes.get(&(*group, 1)).copied().unwrap_or(0)).sum()
    } else {
        sizes.values().map(|n| n * (n - 1) / 2).sum()
    };
    Score {
        same,
        precision: right as f64 / told.len().max(1) as f64,
        recall: right as f64 / same.max(1) as f64,
    }
}
