//! Groups of records that are one, out of pairs.
//!
//! Average linkage: two groups become one where the mean of the evidence over all their cross pairs speaks for
//! it, the strongest first. A single bridge between two groups is not enough, so that chains of records each
//! a little like the next do not become one. Evidence is bits for and against, bounded, so that one pair
//! cannot outvote all others. Neighbours are found by the nearest-neighbour chain (Murtagh 1983), which gives
//! the same groups in any order of records.
//!
//! Only groups with an edge between them that speaks for it are held against each other, so that a heap of many
//! names that are a little alike costs little.

mod evidence;

use std::collections::BTreeMap;

use evidence::Evidence;

/// Most records that are held against each other at once; a larger heap is first cut at its weak places.
const HEAP_MAX: usize = 800;
/// From this many bits on a pair may make a heap.
const BITS_MIN: f64 = 0.0;

/// A pair of places, the lesser first, with its bits; edges come in their order.
pub(crate) type Edge = (u32, u32, f64);

/// Groups of two and more, each in order; `copies` tells how many records stand at each place, `bits` of any
/// pair that has no edge.
pub(crate) fn groups(
    copies: &[f64],
    edges: &[Edge],
    bits: &mut dyn FnMut(u32, u32) -> f64,
) -> Vec<Vec<u32>> {
    let mut found = Vec::new();
    let all = Heap { places: all_places(copies.len()), edges: edges.to_vec() };
    let mut waiting = vec![(all, BITS_MIN)];
    while let Some((heap, least)) = waiting.pop() {
        for heap in heap.parts(least) {
            let is_large = heap.places.len() > HEAP_MAX;
            let higher = if least < 0.1 { 0.25 } else { least * 1.5 };
            if is_large && higher < 200.0 {
                waiting.push((heap, higher));
            } else if is_large {
                found.push(heap.places);
            } else {
                found.extend(joined(&heap.places, copies, &heap.edges, bits));
            }
        }
    }
    found.sort();
    found
}

fn all_places(count: usize) -> Vec<u32> {
    (0..u32::try_from(count).unwrap_or(u32::MAX)).collect()
}

/// Records with all edges between them, both in order.
struct Heap {
    places: Vec<u32>,
    edges: Vec<Edge>,
}

impl Heap {
    /// What hangs together by edges of at least that many bits; those alone are left out.
    fn parts(self, least: f64) -> Vec<Self> {
        let Self { places, edges } = self;
        let at = |place: u32| places.binary_search(&place).unwrap_or(usize::MAX);
        let ends: Vec<(usize, usize)> = edges.iter().map(|(a, b, _)| (at(*a), at(*b))).collect();
        let mut parent: Vec<usize> = (0..places.len()).collect();
        for ((a, b), (.., bits)) in ends.iter().zip(&edges) {
            if *bits >= least {
                let (a, b) = (root(&mut parent, *a), root(&mut parent, *b));
                parent[a.max(b)] = a.min(b);
            }
        }
        let mut parts: BTreeMap<usize, Self> = BTreeMap::new();
        for (at, place) in places.iter().enumerate() {
            let new = || Self { places: Vec::new(), edges: Vec::new() };
            parts.entry(root(&mut parent, at)).or_insert_with(new).places.push(*place);
        }
        for ((a, b), edge) in ends.iter().zip(edges) {
            let (a, b) = (root(&mut parent, *a), root(&mut parent, *b));
            if a == b
                && let Some(part) = parts.get_mut(&a)
            {
                part.edges.push(edge);
            }
        }
        parts.into_values().filter(|part| part.places.len() > 1).collect()
    }
}

/// The least place that hangs together with one, as far as is known.
fn root(parent: &mut [usize], place: usize) -> usize {
    let mut at = place;
    while parent[at] != at {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    at
}

/// Joins what belongs together within one heap.
fn joined(
    heap: &[u32],
    copies: &[f64],
    edges: &[Edge],
    bits: &mut dyn FnMut(u32, u32) -> f64,
) -> Vec<Vec<u32>> {
    let mut evidence = Evidence::new(heap, copies, edges, bits);
    let mut chain: Vec<usize> = Vec::new();
    let mut done: Vec<bool> = vec![false; heap.len()];
    loop {
        let top = match chain.last() {
            Some(top) => *top,
            None => match (0..heap.len()).find(|at| evidence.is_alive(*at) && !done[*at]) {
                Some(first) => {
                    chain.push(first);
                    first
                }
                None => break,
            },
        };
        let before = chain.len().checked_sub(2).and_then(|at| chain.get(at)).copied();
        match evidence.nearest(top, before) {
            None => {
                done[top] = true;
                chain.pop();
            }
            Some(next) if Some(next) == before => {
                chain.truncate(chain.len() - 2);
                evidence.merge(next.min(top), next.max(top));
            }
            // A merge may have brought evidence from pairs that have no edge, so that one further down the chain
            // is nearer now than it was: the chain goes on from there.
            Some(next) => match chain.iter().position(|link| *link == next) {
                Some(at) => chain.truncate(at + 1),
                None => chain.push(next),
            },
        }
    }
    evidence.groups()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The plain way: of all groups the two with the strongest mean become one, as long as it speaks for it.
    fn plainly(count: usize, bits: &dyn Fn(u32, u32) -> f64) -> Vec<Vec<u32>> {
        let mut groups: Vec<Vec<u32>> = all_places(count).into_iter().map(|at| vec![at]).collect();
        loop {
            let mean = |a: &[u32], b: &[u32]| {
                let pairs = a.iter().flat_map(|x| b.iter().map(|y| bits(*x.min(y), *x.max(y))));
                pairs.sum::<f64>() / (a.len() * b.len()) as f64
            };
            let pairs = (0..groups.len()).flat_map(|i| (i + 1..groups.len()).map(move |j| (i, j)));
            let best = pairs
                .map(|(i, j)| (mean(&groups[i], &groups[j]), i, j))
                .max_by(|x, y| x.0.total_cmp(&y.0));
            match best {
                Some((most, i, j)) if most > 0.0 => {
                    let gone = groups.remove(j);
                    groups[i].extend(gone);
                    groups[i].sort_unstable();
                }
                _ => break,
            }
        }
        groups.retain(|group| group.len() > 1);
        groups.sort();
        groups
    }

    proptest! {
        #[test]
        fn the_same_groups_as_the_plain_way(
            told in prop::collection::vec(-0.99..1.99_f64, 66),
            is_edge in prop::collection::vec(prop::bool::weighted(0.4), 66),
        ) {
            let pairs: Vec<(u32, u32)> = (0..12).flat_map(|a| (a + 1..12).map(move |b| (a, b))).collect();
            let edges: Vec<Edge> = pairs
                .iter()
                .zip(&told)
                .zip(&is_edge)
                .filter(|(_, is_edge)| **is_edge)
                .map(|(((a, b), bits), _)| (*a, *b, *bits))
                .collect();
            // What has no edge speaks against, as a rule; then both ways are the same.
            let bits = |a: u32, b: u32| {
                let at = pairs.iter().position(|pair| *pair == (a, b)).unwrap();
                if is_edge[at] { told[at] } else { told[at].min(0.0) }
            };
            let found = groups(&[1.0; 12], &edges, &mut |a, b| bits(a, b));
            prop_assert_eq!(found, plainly(12, &bits));
            // Whatever it says, it ends, with everybody in one group at most.
            let anything = |a: u32, b: u32| {
                told[pairs.iter().position(|pair| *pair == (a, b)).unwrap()]
            };
            let mut all = groups(&[1.0; 12], &edges, &mut |a, b| anything(a, b)).concat();
            all.sort_unstable();
            prop_assert!(all.windows(2).all(|two| two[0] < two[1]), "{:?}", all);
        }
    }
}
