//! What speaks for and against two groups of one heap being one, worked out where it is asked for.
//!
//! Pairs without an edge have so little in common that they hardly ever speak for being one. So what is known of
//! the pairs between two groups bounds what all of them say, and no more pairs are looked at once that bound
//! tells that two groups are not the nearest.

use std::collections::BTreeMap;

use super::Edge;

/// Most bits that one pair counts for or against.
const AGAINST_MAX: f64 = 1.0;
const FOR_MAX: f64 = 2.0;

/// One group that grows.
struct Group {
    /// Its members, by their places in the heap.
    members: Vec<usize>,
    records: f64,
    /// Groups to which an edge leads, with what is known of the pairs between both.
    near: BTreeMap<usize, Known>,
    is_alive: bool,
}

/// What is known of the pairs between two groups.
#[derive(Debug, Clone, Copy, Default)]
struct Known {
    /// The sum of their bits, over all copies of records.
    bits: f64,
    pairs: usize,
}

impl Known {
    fn add(&mut self, other: Self) {
        self.bits += other.bits;
        self.pairs += other.pairs;
    }
}

/// Groups of one heap, and the evidence between them.
pub(super) struct Evidence<'a> {
    heap: &'a [u32],
    copies: Vec<f64>,
    /// What is thought of a pair that has no edge.
    bits: &'a mut dyn FnMut(u32, u32) -> f64,
    /// Bits of each pair of members, as a square; not a number where nobody asked yet.
    pairs: Vec<f64>,
    groups: Vec<Group>,
}

impl<'a> Evidence<'a> {
    /// Every record of a heap by itself; `heap` and `edges` are in order.
    pub(super) fn new(
        heap: &'a [u32],
        copies: &[f64],
        edges: &[Edge],
        bits: &'a mut dyn FnMut(u32, u32) -> f64,
    ) -> Self {
        let of = |place: &u32| copies.get(*place as usize).copied().unwrap_or(1.0);
        let copies: Vec<f64> = heap.iter().map(of).collect();
        let alone = |(at, records): (usize, &f64)| Group {
            members: vec![at],
            records: *records,
            near: BTreeMap::new(),
            is_alive: true,
        };
        let groups = copies.iter().enumerate().map(alone).collect();
        let pairs = vec![f64::NAN; heap.len() * heap.len()];
        let mut evidence = Self { heap, copies, bits, pairs, groups };
        for (at, place) in heap.iter().enumerate() {
            let from = edges.partition_point(|(a, ..)| a < place);
            for (_, b, bits) in edges.iter().skip(from).take_while(|(a, ..)| a == place) {
                if let Ok(other) = heap.binary_search(b) {
                    let known = evidence.put_pair(at, other, *bits);
                    evidence.tell(at, other, known);
                }
            }
        }
        evidence
    }

    fn put_pair(&mut self, a: usize, b: usize, bits: f64) -> Known {
        let told = bits.clamp(-AGAINST_MAX, FOR_MAX);
        let side = self.heap.len();
        self.pairs[a * side + b] = told;
        self.pairs[b * side + a] = told;
        Known { bits: told * self.copies[a] * self.copies[b], pairs: 1 }
    }

    fn tell(&mut self, a: usize, b: usize, known: Known) {
        self.groups[a].near.entry(b).or_default().add(known);
        self.groups[b].near.entry(a).or_default().add(known);
    }

    /// The mean of the bits over all pairs of records of two groups, if it is above zero and not below `least`.
    fn mean(&mut self, a: usize, b: usize, least: f64) -> Option<f64> {
        let records = self.groups[a].records * self.groups[b].records;
        let mut known = self.groups[a].near.get(&b).copied().unwrap_or_default();
        let holds = |known: &Known| known.bits > 0.0 && known.bits / records >= least;
        if known.pairs < self.groups[a].members.len() * self.groups[b].members.len() {
            let (first, second) = (self.groups[a].members.clone(), self.groups[b].members.clone());
            let pairs = first.iter().flat_map(|x| second.iter().map(move |y| (*x, *y)));
            let mut news = Known::default();
            for (x, y) in pairs {
                if !holds(&known) {
                    break;
                }
                if self.pairs[x * self.heap.len() + y].is_nan() {
                    let bits = (self.bits)(self.heap[x.min(y)], self.heap[x.max(y)]);
                    let told = self.put_pair(x, y, bits);
                    known.add(told);
                    news.add(told);
                }
            }
            self.tell(a, b, news);
        }
        holds(&known).then(|| known.bits / records)
    }

    /// Whether a group was not yet taken up by another.
    pub(super) fn is_alive(&self, group: usize) -> bool {
        self.groups[group].is_alive
    }

    /// The group with the strongest mean evidence for being one with this; nobody, if all speaks against.
    pub(super) fn nearest(&mut self, of: usize, before: Option<usize>) -> Option<usize> {
        let records = self.groups[of].records;
        let bound = |(other, known): (&usize, &Known)| {
            (known.bits / (records * self.groups[*other].records), *other)
        };
        let mut bounds: Vec<(f64, usize)> = self.groups[of].near.iter().map(bound).collect();
        bounds.retain(|(bound, _)| *bound > 0.0);
        bounds.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
        let mut best: Option<(f64, usize)> = None;
        for (bound, other) in bounds {
            let least = best.map_or(0.0, |(most, _)| most);
            if bound < least {
                break;
            }
            // Of equals the one before in the chain, or the chain would never end; else the first.
            let rank = |other: usize| (Some(other) != before, other);
            let wins = |value: f64| {
                best.is_none_or(|(most, found)| value > most || rank(other) < rank(found))
            };
            if let Some(value) = self.mean(of, other, least).filter(|value| wins(*value)) {
                best = Some((value, other));
            }
        }
        best.map(|(_, other)| other)
    }

    /// Makes two groups one, which is known by the first from now on.
    pub(super) fn merge(&mut self, kept: usize, gone: usize) {
        for (other, known) in std::mem::take(&mut self.groups[gone].near) {
            self.groups[other].near.remove(&gone);
            if other != kept {
                self.tell(kept, other, known);
            }
        }
        let members = std::mem::take(&mut self.groups[gone].members);
        self.groups[kept].members.extend(members);
        self.groups[kept].records += self.groups[gone].records;
        self.groups[gone].is_alive = false;
    }

    /// The groups of two and more, each in order.
    pub(super) fn groups(self) -> Vec<Vec<u32>> {
        let heap = self.heap;
        let kept =
            self.groups.into_iter().filter(|group| group.is_alive && group.members.len() > 1);
        kept.map(|group| {
            let mut places: Vec<u32> = group.members.iter().map(|at| heap[*at]).collect();
            places.sort_unstable();
            places
        })
        .collect()
    }
}
