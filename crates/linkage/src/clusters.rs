//! Groups of records that are one, out of pairs.
//!
//! Average linkage: two groups become one where the mean of the evidence over all their cross pairs speaks for
//! it, the strongest first. A single bridge between two groups is not enough, so that chains of records each
//! a little like the next do not become one. Evidence is bits for and against, bounded, so that one pair
//! cannot outvote all others. Neighbours are found by the nearest-neighbour chain (Murtagh 1983), which gives
//! the same groups in any order of records.

use std::collections::BTreeMap;

/// Most bits that one pair counts for or against.
const AGAINST_MAX: f64 = 1.0;
const FOR_MAX: f64 = 2.0;
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
    let mut waiting = vec![(all_places(copies.len()), BITS_MIN)];
    while let Some((places, least)) = waiting.pop() {
        for heap in heaps(&places, edges, least) {
            if heap.len() > HEAP_MAX {
                let higher = if least < 0.1 { 0.25 } else { least * 1.5 };
                if higher < 200.0 {
                    waiting.push((heap, higher));
                    continue;
                }
            }
            if heap.len() > HEAP_MAX {
                found.push(heap);
            } else {
                found.extend(joined(&heap, copies, edges, bits));
            }
        }
    }
    found.sort();
    found
}

fn all_places(count: usize) -> Vec<u32> {
    (0..u32::try_from(count).unwrap_or(u32::MAX)).collect()
}

/// Records that hang together by edges of at least that many bits; those alone are left out.
fn heaps(places: &[u32], edges: &[Edge], least: f64) -> Vec<Vec<u32>> {
    let mut parent: BTreeMap<u32, u32> = places.iter().map(|place| (*place, *place)).collect();
    for (a, b, bits) in edges {
        if *bits >= least && parent.contains_key(a) && parent.contains_key(b) {
            let (a, b) = (root(&mut parent, *a), root(&mut parent, *b));
            parent.insert(a.max(b), a.min(b));
        }
    }
    let mut heaps: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for place in places {
        let root = root(&mut parent, *place);
        heaps.entry(root).or_default().push(*place);
    }
    heaps.into_values().filter(|heap| heap.len() > 1).collect()
}

/// The least place that hangs together with one, as far as is known.
fn root(parent: &mut BTreeMap<u32, u32>, place: u32) -> u32 {
    let mut at = place;
    while let Some(up) = parent.get(&at).copied().filter(|up| *up != at) {
        let above = parent.get(&up).copied().unwrap_or(up);
        parent.insert(at, above);
        at = up;
    }
    at
}

/// One group that grows.
struct Group {
    members: Vec<u32>,
    records: f64,
    alive: bool,
}

/// Joins what belongs together within one heap.
fn joined(
    heap: &[u32],
    copies: &[f64],
    edges: &[Edge],
    bits: &mut dyn FnMut(u32, u32) -> f64,
) -> Vec<Vec<u32>> {
    let of = |place: &u32| copies.get(*place as usize).copied().unwrap_or(1.0);
    let mut sums = cross_bits(heap, edges, bits);
    for (row, a) in sums.iter_mut().zip(heap) {
        row.iter_mut().zip(heap).for_each(|(sum, b)| *sum *= of(a) * of(b));
    }
    let alone = |place: &u32| Group { members: vec![*place], records: of(place), alive: true };
    let mut groups: Vec<Group> = heap.iter().map(alone).collect();
    let mut chain: Vec<usize> = Vec::new();
    let mut done: Vec<bool> = vec![false; heap.len()];
    loop {
        let top = match chain.last() {
            Some(top) => *top,
            None => match (0..heap.len()).find(|at| groups[*at].alive && !done[*at]) {
                Some(first) => {
                    chain.push(first);
                    first
                }
                None => break,
            },
        };
        let before = chain.len().checked_sub(2).and_then(|at| chain.get(at)).copied();
        match nearest(top, before, &groups, &sums) {
            None => {
                done[top] = true;
                chain.pop();
            }
            Some(next) if Some(next) == before => {
                chain.truncate(chain.len() - 2);
                merge(next.min(top), next.max(top), &mut groups, &mut sums);
            }
            Some(next) => chain.push(next),
        }
    }
    let kept = groups.into_iter().filter(|group| group.alive && group.members.len() > 1);
    kept.map(|mut group| {
        group.members.sort_unstable();
        group.members
    })
    .collect()
}

/// The sums of bits between any two, as a square.
fn cross_bits(
    heap: &[u32],
    edges: &[Edge],
    bits: &mut dyn FnMut(u32, u32) -> f64,
) -> Vec<Vec<f64>> {
    let known = |a: u32, b: u32| {
        let found = edges.binary_search_by(|(x, y, _)| (*x, *y).cmp(&(a, b)));
        found.ok().and_then(|at| edges.get(at)).map(|(.., bits)| *bits)
    };
    let mut square = vec![vec![0.0; heap.len()]; heap.len()];
    for (i, a) in heap.iter().enumerate() {
        for (j, b) in heap.iter().enumerate().skip(i + 1) {
            let told = known(*a, *b).unwrap_or_else(|| bits(*a, *b));
            let told = told.clamp(-AGAINST_MAX, FOR_MAX);
            square[i][j] = told;
            square[j][i] = told;
        }
    }
    square
}

/// The group with the strongest mean evidence for being one with this; nobody, if all speaks against.
fn nearest(of: usize, before: Option<usize>, groups: &[Group], sums: &[Vec<f64>]) -> Option<usize> {
    let mean = |other: usize| sums[of][other] / (groups[of].records * groups[other].records);
    let mut best: Option<(f64, usize)> = None;
    for other in (0..groups.len()).filter(|other| *other != of && groups[*other].alive) {
        let value = mean(other);
        // Of equals the one before in the chain, or the chain would never end.
        let wins =
            best.is_none_or(|(most, _)| value > most || value >= most && Some(other) == before);
        if value > 0.0 && wins {
            best = Some((value, other));
        }
    }
    best.map(|(_, other)| other)
}

fn merge(kept: usize, gone: usize, groups: &mut [Group], sums: &mut [Vec<f64>]) {
    let members = std::mem::take(&mut groups[gone].members);
    groups[kept].members.extend(members);
    groups[kept].records += groups[gone].records;
    groups[gone].alive = false;
    let moved = sums[gone].clone();
    for (other, more) in moved.into_iter().enumerate() {
        sums[kept][other] += more;
        sums[other][kept] = sums[kept][other];
    }
}
