//! What speaks for and against two groups of one heap being one, worked out where it is asked for.

use std::collections::BTreeSet;

use super::Edge;

/// Most bits that one pair counts for or against.
const AGAINST_MAX: f64 = 1.0;
const FOR_MAX: f64 = 2.0;

/// One group that grows.
struct Group {
    /// Its members, by their places in the heap.
    members: Vec<usize>,
    records: f64,
    /// Groups to which an edge leads that speaks for being one.
    near: BTreeSet<usize>,
    is_alive: bool,
}

/// Groups of one heap, and the evidence between them.
pub(super) struct Evidence<'a> {
    heap: &'a [u32],
    copies: Vec<f64>,
    /// What is thought of a pair that has no edge.
    bits: &'a mut dyn FnMut(u32, u32) -> f64,
    /// Bits of each pair of members, as a square; not a number where nobody asked yet.
    pairs: Vec<f64>,
    /// The sums of bits between any two groups, as a square; not a number where nobody asked yet.
    sums: Vec<f64>,
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
            near: BTreeSet::new(),
            is_alive: true,
        };
        let groups = copies.iter().enumerate().map(alone).collect();
        let square = vec![f64::NAN; heap.len() * heap.len()];
        let mut evidence = Self { heap, copies, bits, pairs: square.clone(), sums: square, groups };
        for (at, place) in heap.iter().enumerate() {
            let from = edges.partition_point(|(a, ..)| a < place);
            for (_, b, bits) in edges.iter().skip(from).take_while(|(a, ..)| a == place) {
                if let Ok(other) = heap.binary_search(b) {
                    evidence.put_edge(at, other, *bits);
                }
            }
        }
        evidence
    }

    fn put_edge(&mut self, a: usize, b: usize, bits: f64) {
        let told = bits.clamp(-AGAINST_MAX, FOR_MAX);
        self.put_pair(a, b, told);
        if told > 0.0 {
            self.groups[a].near.insert(b);
            self.groups[b].near.insert(a);
        }
    }

    fn put_pair(&mut self, a: usize, b: usize, told: f64) {
        let side = self.heap.len();
        self.pairs[a * side + b] = told;
        self.pairs[b * side + a] = told;
    }

    fn put_sum(&mut self, a: usize, b: usize, sum: f64) {
        let side = self.heap.len();
        self.sums[a * side + b] = sum;
        self.sums[b * side + a] = sum;
    }

    fn pair(&mut self, a: usize, b: usize) -> f64 {
        let known = self.pairs[a * self.heap.len() + b];
        if !known.is_nan() {
            return known;
        }
        let told = (self.bits)(self.heap[a.min(b)], self.heap[a.max(b)]);
        let told = told.clamp(-AGAINST_MAX, FOR_MAX);
        self.put_pair(a, b, told);
        told
    }

    /// The sum of bits over all pairs of records of two groups.
    fn sum(&mut self, a: usize, b: usize) -> f64 {
        let known = self.sums[a * self.heap.len() + b];
        if !known.is_nan() {
            return known;
        }
        let (first, second) = (self.groups[a].members.clone(), self.groups[b].members.clone());
        let mut sum = 0.0;
        for x in first {
            for y in &second {
                sum += self.pair(x, *y) * self.copies[x] * self.copies[*y];
            }
        }
        self.put_sum(a, b, sum);
        sum
    }

    /// Whether a group was not yet taken up by another.
    pub(super) fn is_alive(&self, group: usize) -> bool {
        self.groups[group].is_alive
    }

    /// The group with the strongest mean evidence for being one with this; nobody, if all speaks against.
    pub(super) fn nearest(&mut self, of: usize, before: Option<usize>) -> Option<usize> {
        let near: Vec<usize> = self.groups[of].near.iter().copied().collect();
        let mut best: Option<(f64, usize)> = None;
        for other in near {
            let records = self.groups[of].records * self.groups[other].records;
            let value = self.sum(of, other) / records;
            // Of equals the one before in the chain, or the chain would never end.
            let wins =
                best.is_none_or(|(most, _)| value > most || value >= most && Some(other) == before);
            if value > 0.0 && wins {
                best = Some((value, other));
            }
        }
        best.map(|(_, other)| other)
    }

    /// Makes two groups one, which is known by the first from now on.
    pub(super) fn merge(&mut self, kept: usize, gone: usize) {
        let near = std::mem::take(&mut self.groups[gone].near);
        for other in near.iter().filter(|other| **other != kept) {
            self.groups[*other].near.remove(&gone);
            self.groups[*other].near.insert(kept);
            self.groups[kept].near.insert(*other);
        }
        self.groups[kept].near.remove(&gone);
        let side = self.heap.len();
        for other in 0..side {
            // Where one of both is not known, neither is the sum.
            let sum = self.sums[kept * side + other] + self.sums[gone * side + other];
            self.put_sum(kept, other, sum);
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
