//! What was said of people: which sayings count, and who is joined by them.

use std::collections::{BTreeMap, BTreeSet};

use inroad_graph::{Edge, Graph};
use inroad_model::TieKind;

use super::Seen;

/// The sayings of one kind as a graph: from who looks up to whom, as strong as they are sure.
#[derive(Debug)]
pub(super) struct Sayings<'s, P> {
    /// Who is spoken of, in the order of the nodes.
    pub(super) people: Vec<&'s P>,
    pub(super) graph: Graph,
}

/// `None` if nothing of that kind is said of people that are known.
pub(super) fn of_kind<'s, P: Ord>(seen: &Seen<'s, P>, kind: TieKind) -> Option<Sayings<'s, P>> {
    let counts =
        |from: &P, to: &P| from != to && seen.known.contains(from) && seen.known.contains(to);
    let said = seen.said.iter().filter(|said| {
        said.kind == kind && said.confidence.get() > 0.0 && counts(&said.from, &said.to)
    });
    let people: BTreeSet<&P> = said.clone().flat_map(|said| [&said.from, &said.to]).collect();
    let numbers: BTreeMap<&P, u32> = people.iter().copied().zip(0..).collect();
    let edges = said.filter_map(|said| {
        let (from, to) = (numbers.get(&said.from)?, numbers.get(&said.to)?);
        Some(Edge::new(*from, *to, said.confidence.get()))
    });
    let edges: Vec<Edge> = edges.collect();
    let graph = Graph::new(people.len(), &edges).ok().filter(|_| !edges.is_empty())?;
    Some(Sayings { people: people.into_iter().collect(), graph })
}
