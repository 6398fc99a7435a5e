//! The mail of a manufacturing company and who reports to whom there, beside the project.

use std::collections::{BTreeMap, BTreeSet};

use inroad_graph::{Edge, Graph};

use crate::shared::Sheet;

/// A letter and who got it, but for the writer.
#[derive(Debug)]
pub(crate) struct Letter {
    pub(crate) from: u32,
    pub(crate) to: Vec<u32>,
}

/// The letters of at most so many readers.
pub(crate) fn letters(readers_max: usize) -> Option<Vec<Letter>> {
    let mail = Sheet::read("data/manufacturing_email/emails.csv")?;
    let ends = |column: &str| -> Vec<u32> {
        mail.words(column).iter().map(|id| id.parse().unwrap()).collect()
    };
    let (from, to, times) = (ends("from"), ends("to"), mail.words("t"));
    let mut readers: BTreeMap<(u32, &str), Vec<u32>> = BTreeMap::new();
    for at in (0..from.len()).filter(|at| from[*at] != to[*at]) {
        readers.entry((from[at], times[at])).or_default().push(to[at]);
    }
    let letters = readers.into_iter().filter(|(_, readers)| readers.len() <= readers_max);
    Some(letters.map(|((from, _), to)| Letter { from, to }).collect())
}

/// Who wrote to whom how often.
pub(crate) fn graph(letters: &[Letter]) -> Graph {
    let edges =
        letters.iter().flat_map(|letter| letter.to.iter().map(|to| Edge::plain(letter.from, *to)));
    Graph::new(168, &edges.collect::<Vec<Edge>>()).unwrap()
}

/// Who stands above whom: pairs of the lower and the higher.
#[derive(Debug)]
pub(crate) struct Company {
    /// Who reports to whom.
    pub(crate) direct: Vec<(usize, usize)>,
    /// Who does, directly or through others.
    pub(crate) chain: Vec<(usize, usize)>,
}

impl Company {
    pub(crate) fn read() -> Option<Company> {
        let reports = Sheet::read("data/manufacturing_email/reports_to.csv")?;
        let ends = |column: &str| -> Vec<usize> {
            reports.words(column).iter().map(|id| id.parse().unwrap()).collect()
        };
        let boss: BTreeMap<usize, usize> =
            ends("emp").into_iter().zip(ends("boss")).filter(|(own, boss)| own != boss).collect();
        let direct: Vec<(usize, usize)> = boss.iter().map(|(own, boss)| (*own, *boss)).collect();
        let mut chain = Vec::new();
        for own in boss.keys() {
            let mut at = own;
            while let Some(next) = boss.get(at) {
                chain.push((*own, *next));
                at = next;
            }
        }
        assert_eq!((direct.len(), chain.len()), (153, 419));
        Some(Company { direct, chain })
    }

    fn people(&self) -> BTreeSet<usize> {
        self.direct.iter().flat_map(|(own, boss)| [*own, *boss]).collect()
    }

    /// Any two of whom one has fewer above.
    pub(crate) fn unequal(&self) -> Vec<(usize, usize)> {
        let level = |who: usize| self.chain.iter().filter(|(own, _)| *own == who).count();
        let levels: Vec<(usize, usize)> =
            self.people().into_iter().map(|who| (who, level(who))).collect();
        two_of(&levels, |own, other| own > other)
    }

    /// Who has nobody below, with each who has somebody.
    pub(crate) fn managers_against_others(&self) -> Vec<(usize, usize)> {
        let bosses: BTreeSet<usize> = self.direct.iter().map(|(_, boss)| *boss).collect();
        let kinds: Vec<(usize, usize)> = self
            .people()
            .into_iter()
            .map(|who| (who, usize::from(bosses.contains(&who))))
            .collect();
        two_of(&kinds, |own, other| own < other)
    }
}

fn two_of(marked: &[(usize, usize)], fits: impl Fn(usize, usize) -> bool) -> Vec<(usize, usize)> {
    let with = |(own, mark): &(usize, usize)| {
        let (own, mark) = (*own, *mark);
        let others = marked.iter().filter(|(_, other)| fits(mark, *other));
        others.map(move |(other, _)| (own, *other)).collect::<Vec<(usize, usize)>>()
    };
    marked.iter().flat_map(with).collect()
}
