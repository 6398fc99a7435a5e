//! Two lists, each without doubles of its own: which record of the one is which of the other.
//!
//! Every record is one record of the other list at most, so whoever has two likely partners gets the likelier
//! one that nobody claims with better right: the assignment in which no two would rather have each
//! other (Gale and Shapley 1962), which for a measure that both sides share is found by going through the pairs
//! from the surest on.

use crate::register::{Pair, Record, Register};

/// Pairs across two lists, each record in one at most, that are the same with a chance above 0.5; by their
/// places in the first list.
///
/// Where records with equal content stand several times in a list, they are paired in their order.
pub fn link<R: Record + Clone>(first: &[R], second: &[R]) -> Vec<Pair> {
    let register = Register::across(first, second);
    let mut edges: Vec<(u32, u32, f64, f64)> = register
        .thoughts()
        .filter(|(.., thought)| thought.chance > 0.5)
        .map(|(a, b, thought)| (a, b, thought.bits, thought.chance))
        .collect();
    edges.sort_by(|x, y| y.2.total_cmp(&x.2).then((x.0, x.1).cmp(&(y.0, y.1))));
    let mut taken = vec![false; first.len() + second.len()];
    let mut pairs = Vec::new();
    for (a, b, _, chance) in edges {
        let (ours, theirs) = (register.behind(a), register.behind(b));
        let free = |records: &[usize], taken: &[bool]| -> Vec<usize> {
            records.iter().copied().filter(|at| taken.get(*at) == Some(&false)).collect()
        };
        for (a, b) in free(ours, &taken).into_iter().zip(free(theirs, &taken)) {
            taken[a] = true;
            taken[b] = true;
            pairs.push(Pair { a, b: b - first.len(), chance });
        }
    }
    pairs.sort_by_key(|pair| (pair.a, pair.b));
    pairs
}
