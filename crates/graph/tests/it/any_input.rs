//! Whatever graph comes in, an algorithm gives finite numbers or says why not; and what must hold for
//! any graph.

use inroad_graph::{
    CampSearch, Committee, Edge, Effort, FriedkinJohnsen, Graph, GraphError, Lengths, Walk, Wanted,
    adjusted_rand, agony, betweenness, brokerage, camps, closeness, components, consensus_weights,
    constraint, coreness, davids_score, distances, effective_size, eigenvector, hits,
    likeliest_paths, minimum_cut, pagerank, power, reliability, shortest_paths, signed_communities,
    springrank,
};
use proptest::prelude::*;

/// Weights of all kinds: usual ones, a few below 0, a few that are none.
fn weight() -> impl Strategy<Value = f64> {
    prop_oneof![
        8 => 0.1_f64..5.0,
        2 => prop::sample::select(vec![0.0, 1.0, -1.0, 1e-300, 1e300]),
        1 => prop::num::f64::ANY,
    ]
}

fn edges(
    nodes: u32,
    weight: impl Strategy<Value = f64>,
    most: usize,
) -> impl Strategy<Value = Vec<Edge>> {
    let edge = (0..nodes, 0..nodes, weight).prop_map(|(from, to, w)| Edge::new(from, to, w));
    prop::collection::vec(edge, 0..most)
}

/// A usual graph.
fn graph() -> impl Strategy<Value = Graph> {
    edges(9, 0.1_f64..5.0, 30).prop_map(|edges| Graph::new(9, &edges).unwrap())
}

/// A graph whose weights are probabilities.
fn chances() -> impl Strategy<Value = Graph> {
    graph().prop_map(|graph| graph.mapped(|edge| Some((edge.weight / 5.0).min(1.0))))
}

fn finite(values: Result<Vec<f64>, GraphError>) -> bool {
    values.is_ok_and(|values| values.iter().all(|value| value.is_finite()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn nothing_breaks(edges in edges(7, weight(), 25), other in weight()) {
        let Ok(graph) = Graph::new(7, &edges) else {
            prop_assert!(edges.iter().any(|edge| !edge.weight.is_finite()));
            return Ok(());
        };
        // Whether they answer or refuse, they end.
        let _answered = [
            pagerank(&graph, &Walk { damping: other, restart: None }).is_ok(),
            hits(&graph).is_ok(),
            eigenvector(&graph).is_ok(),
            betweenness(&graph, Lengths::Weights).is_ok(),
            closeness(&graph, Lengths::Weights).is_ok(),
            constraint(&graph).is_ok(),
            effective_size(&graph).is_ok(),
            springrank(&graph, other).is_ok(),
            davids_score(&graph).is_ok(),
            agony(&graph).is_ok(),
            signed_communities(&graph, 2, 1).is_ok(),
            camps(&graph, CampSearch { restarts: 2, ..CampSearch::default() }).is_ok(),
            FriedkinJohnsen::new(&graph, &[other; 7]).is_ok(),
            distances(&graph, 3, Lengths::Weights).is_ok(),
        ];
        for to in [0, 6, 7, u32::MAX] {
            let wanted = Wanted { from: 0, to, avoid: &[3], most: 20 };
            let _answered = [
                shortest_paths(&graph, &wanted, Lengths::Weights).is_ok(),
                likeliest_paths(&graph, &wanted).is_ok(),
                reliability(&graph, &wanted, Effort { worlds: 9, ..Effort::default() }).is_ok(),
                minimum_cut(&graph, &wanted).is_ok(),
            ];
        }
    }

    #[test]
    fn shares_add_up(graph in graph()) {
        let ranks = pagerank(&graph, &Walk::default()).unwrap();
        prop_assert!((ranks.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        prop_assert!(finite(springrank(&graph, 0.1)) && finite(davids_score(&graph)));
        prop_assert!(davids_score(&graph).unwrap().iter().sum::<f64>().abs() < 1e-9);
        let model = FriedkinJohnsen::new(&graph, &[0.7; 9]).unwrap();
        prop_assert!((model.social_power().unwrap().iter().sum::<f64>() - 9.0).abs() < 1e-9);
        // What all believe, all keep believing.
        let same = model.equilibrium(&[0.25; 9]).unwrap();
        prop_assert!(same.iter().all(|opinion| (opinion - 0.25).abs() < 1e-9));
        if let Ok(weights) = consensus_weights(&graph) {
            prop_assert!((weights.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        }
    }

    #[test]
    fn power_predicts_what_a_first_opinion_moves(graph in graph(), who in 0_usize..9) {
        let model = FriedkinJohnsen::new(&graph, &[0.6; 9]).unwrap();
        let mut first = vec![0.0; 9];
        first[who] = 1.0;
        let moved: f64 = model.equilibrium(&first).unwrap().iter().sum();
        prop_assert!((moved - model.social_power().unwrap()[who]).abs() < 1e-9);
    }

    #[test]
    fn order_and_names_do_not_matter(edges in edges(8, 0.1_f64..5.0, 24), seed in 1_usize..8) {
        let graph = Graph::new(8, &edges).unwrap();
        // 8 is no multiple of 3, 5 and 7.
        let step = [3, 5, 7][seed % 3];
        let renamed = |node: u32| (node * step + 1) % 8;
        let turned: Vec<Edge> = edges
            .iter()
            .rev()
            .map(|edge| Edge::new(renamed(edge.from), renamed(edge.to), edge.weight))
            .collect();
        let other = Graph::new(8, &turned).unwrap();
        let same = |one: Vec<f64>, two: Vec<f64>| {
            (0_u32..8).all(|node| {
                let (a, b) = (one[node as usize], two[renamed(node) as usize]);
                (a - b).abs() <= 1e-8 * a.abs().max(1.0)
            })
        };
        let both = |of: &dyn Fn(&Graph) -> Vec<f64>| same(of(&graph), of(&other));
        prop_assert!(both(&|graph| pagerank(graph, &Walk::default()).unwrap()));
        prop_assert!(both(&|graph| betweenness(graph, Lengths::Weights).unwrap()));
        prop_assert!(both(&|graph| springrank(graph, 0.0).unwrap()));
        prop_assert!(both(&|graph| coreness(graph).into_iter().map(|core| core as f64).collect()));
        let held = |graph: &Graph| constraint(graph).unwrap().into_iter().map(|c| c.unwrap_or(9.0)).collect();
        prop_assert!(both(&held));
    }

    #[test]
    fn ranks_have_the_agony_that_is_told(edges in edges(8, 1.0_f64..5.0, 24)) {
        let edges: Vec<Edge> = edges.iter().map(|edge| Edge { weight: edge.weight.floor(), ..*edge }).collect();
        let graph = Graph::new(8, &edges).unwrap();
        if let Ok(found) = agony(&graph) {
            let rank = |node: u32| f64::from(found.ranks[node as usize]);
            let sum: f64 = graph.edges().map(|e| e.weight * (rank(e.from) - rank(e.to) + 1.0).max(0.0)).sum();
            prop_assert_eq!(sum, found.agony);
            prop_assert!((-1e-12..=1.0).contains(&found.hierarchy));
        }
    }

    #[test]
    fn paths_are_paths_and_in_order(graph in chances(), from in 0_u32..9, to in 0_u32..9) {
        let wanted = Wanted { from, to, avoid: &[], most: 2_000 };
        if from == to {
            prop_assert!(likeliest_paths(&graph, &wanted).is_err());
            return Ok(());
        }
        let paths = likeliest_paths(&graph, &wanted).unwrap();
        for path in &paths {
            prop_assert_eq!((path.nodes[0], path.nodes[path.nodes.len() - 1]), (from, to));
            let mut nodes = path.nodes.clone();
            nodes.sort_unstable();
            nodes.dedup();
            prop_assert_eq!(nodes.len(), path.nodes.len(), "a node twice");
            let p: f64 = path.nodes.windows(2).map(|step| graph.weight(step[0], step[1]).unwrap()).product();
            prop_assert!((p - (-path.length).exp()).abs() < 1e-12);
        }
        prop_assert!(paths.windows(2).all(|pair| pair[0].length <= pair[1].length + 1e-12));
        let mut nodes: Vec<&Vec<u32>> = paths.iter().map(|path| &path.nodes).collect();
        nodes.sort_unstable();
        nodes.dedup();
        prop_assert_eq!(nodes.len(), paths.len(), "a path twice");
        // Any way holds at least as likely as the likeliest does.
        let hold = reliability(&graph, &wanted, Effort::default()).unwrap();
        let likeliest = paths.first().map_or(0.0, |path| (-path.length).exp());
        prop_assert!(hold.standard_error.is_some() || hold.probability >= likeliest - 1e-12);
        prop_assert_eq!(paths.is_empty(), hold.probability == 0.0);
        prop_assert_eq!(paths.is_empty(), minimum_cut(&graph, &wanted).unwrap().edges.is_empty());
    }

    #[test]
    fn a_committee_s_power_adds_up(weights in prop::collection::vec(0_u64..9, 1..9), part in 1_u64..100) {
        let sum: u64 = weights.iter().sum();
        let quota = (sum * part / 100).max(1);
        let Ok(committee) = Committee::weighted(&weights, quota) else {
            prop_assert!(quota > sum);
            return Ok(());
        };
        let found = power(&committee).unwrap();
        prop_assert!((found.shapley_shubik().iter().sum::<f64>() - 1.0).abs() < 1e-12);
        prop_assert!((found.banzhaf().iter().sum::<f64>() - 1.0).abs() < 1e-12);
        // The same as going through all groups, which several rules do.
        let rules = committee.rules().iter().cycle().take(2).cloned().collect();
        let twice = Committee::new(rules, vec![false; weights.len()]).unwrap();
        prop_assert_eq!(power(&twice).unwrap(), found);
    }

    #[test]
    fn nobody_stands_better_with_more_camps(edges in edges(8, -3.0_f64..3.0, 20)) {
        let graph = Graph::new(8, &edges).unwrap();
        let found = |camps_max| {
            camps(&graph, CampSearch { camps_max, restarts: 5, ..CampSearch::default() }).unwrap()
        };
        prop_assert!(found(2).frustration <= found(1).frustration + 1e-9);
        prop_assert!(found(3).frustration <= found(2).frustration + 1e-9);
        prop_assert!((adjusted_rand(&found(2).divisions[0], &found(2).divisions[0]).unwrap() - 1.0).abs() < 1e-12);
        prop_assert_eq!(components(&graph).len(), 8);
        prop_assert!(brokerage(&graph, &[0; 8]).unwrap().iter().all(|role| role.total() == role.coordinator));
    }
}

#[test]
fn what_cannot_be_is_refused() {
    let none = Graph::new(0, &[]).unwrap();
    assert!(pagerank(&none, &Walk::default()).is_err() && hits(&none).is_err());
    assert!(eigenvector(&none).is_err() && springrank(&none, 0.0).is_err());
    assert!(consensus_weights(&none).is_err() && FriedkinJohnsen::new(&none, &[]).is_err());
    assert!(camps(&none, CampSearch::default()).is_err());
    assert!(betweenness(&none, Lengths::Steps).unwrap().is_empty());
    assert_eq!(
        Graph::new(2, &[Edge::plain(0, 2)]),
        Err(GraphError::NoSuchNode { node: 2, nodes: 2 })
    );
    assert!(Graph::new(2, &[Edge::new(0, 1, f64::NAN)]).is_err());
    assert!(Committee::weighted(&[1, 2], 4).is_err() && Committee::weighted(&[], 0).is_err());
    assert!(
        Committee::weighted(&[u64::MAX, 2], 4).is_err() && Committee::weighted(&[1], 0).is_err()
    );
    let pair = Graph::new(2, &[Edge::plain(0, 1), Edge::plain(1, 0)]).unwrap();
    assert!(FriedkinJohnsen::new(&pair, &[1.0, 1.0]).is_err(), "nobody holds on to anything");
    assert!(FriedkinJohnsen::new(&pair, &[1.0, 0.9]).is_ok());
}

#[test]
fn petgraph_sees_the_same_graph() {
    let edges = [Edge::new(0, 1, 2.0), Edge::new(1, 0, 3.0), Edge::new(1, 2, 4.0)];
    let graph = Graph::new(4, &edges).unwrap();
    assert_eq!(petgraph::algo::tarjan_scc(&graph).len(), 3);
    assert_eq!(Graph::from_petgraph(&graph.to_petgraph(), |weight| *weight).unwrap(), graph);
    assert_eq!(Graph::from_petgraph(&graph, |weight| *weight).unwrap(), graph);
    let far =
        petgraph::algo::dijkstra(&graph, 0, None, |edge| *petgraph::visit::EdgeRef::weight(&edge));
    assert_eq!(far.get(&2), Some(&6.0));
}

#[test]
fn long_chains_end() {
    // Deep graphs must not run out of stack.
    let chain: Vec<Edge> = (0..50_000).map(|node| Edge::new(node, node + 1, 0.5)).collect();
    let graph = Graph::new(50_001, &chain).unwrap();
    assert!(eigenvector(&graph).is_err(), "no cycle");
    assert_eq!(consensus_weights(&graph).unwrap()[50_000], 1.0);
    assert_eq!(components(&graph)[50_000], 0);
    let wanted = Wanted { from: 0, to: 50_000, avoid: &[], most: 2 };
    assert_eq!(shortest_paths(&graph, &wanted, Lengths::Steps).unwrap()[0].length, 50_000.0);
    let held = reliability(&graph, &wanted, Effort { worlds: 10, ..Effort::default() }).unwrap();
    assert!(held.standard_error.is_some());
    assert_eq!(minimum_cut(&graph, &wanted).unwrap().weight, 0.5);
    assert_eq!(agony(&graph).unwrap().agony, 0.0);
    let search = CampSearch { restarts: 1, ..CampSearch::default() };
    assert!(!camps(&graph, search).unwrap().exact);
}
