//! Who is whose boss, by who writes to whom: pairs of a manufacturing company that each measure gets
//! right. The tables lie beside the project.

use std::collections::BTreeMap;

use inroad_graph::{
    Edge, Graph, Lengths, Walk, betweenness, closeness, constraint, coreness, davids_score,
    eigenvector, hits, pagerank, springrank,
};

use crate::shared::Sheet;

/// Who wrote to whom how often in a manufacturing company, by letters of at most so many readers.
pub(crate) fn letters(readers_max: usize) -> Option<Graph> {
    let mail = Sheet::read("data/manufacturing_email/emails.csv")?;
    let ends = |column: &str| -> Vec<u32> {
        mail.words(column).iter().map(|id| id.parse().unwrap()).collect()
    };
    let (from, to, times) = (ends("from"), ends("to"), mail.words("t"));
    let mut readers: BTreeMap<(u32, &str), Vec<u32>> = BTreeMap::new();
    for at in (0..from.len()).filter(|at| from[*at] != to[*at]) {
        readers.entry((from[at], times[at])).or_default().push(to[at]);
    }
    let edges = readers.iter().filter(|(_, readers)| readers.len() <= readers_max);
    let edges = edges.flat_map(|((from, _), to)| to.iter().map(|to| Edge::plain(*from, *to)));
    Some(Graph::new(168, &edges.collect::<Vec<Edge>>()).unwrap())
}

/// Who reports to whom, and who does through others: pairs of the lower and the higher.
fn bosses() -> Option<[Vec<(usize, usize)>; 2]> {
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
    Some([direct, chain])
}

/// The share of pairs in which the higher has the greater score; ties count half.
fn right(pairs: &[(usize, usize)], scores: &[f64]) -> f64 {
    let each = pairs.iter().map(|(own, boss)| match scores[*boss].total_cmp(&scores[*own]) {
        std::cmp::Ordering::Greater => 1.0,
        std::cmp::Ordering::Equal => 0.5,
        std::cmp::Ordering::Less => 0.0,
    });
    each.sum::<f64>() / pairs.len() as f64
}

#[test]
fn who_is_boss() {
    let Some(table) = Sheet::read("reference/hierarchy_manufacturing_baselines.csv") else {
        return;
    };
    let (Some(graph), Some([direct, chain])) = (letters(usize::MAX), bosses()) else { return };
    let plain = graph.plain();
    let either = graph.both_ways().plain();
    let found = hits(&graph).unwrap();
    let ranks = |graph: &Graph| pagerank(graph, &Walk::default()).unwrap();
    let whole = |of: &dyn Fn(u32) -> f64| graph.nodes().map(of).collect::<Vec<f64>>();
    let (sent, received) = (
        whole(&|node| graph.outgoing(node).strength()),
        whole(&|node| graph.incoming(node).strength()),
    );
    let held = constraint(&either).unwrap().into_iter();
    let near = closeness(&either, Lengths::Steps).unwrap().into_iter();
    let lists: Vec<(&str, Vec<f64>)> = vec![
        ("hits_auth", found.authorities),
        ("hits_hub", found.hubs),
        ("pagerank", ranks(&graph)),
        ("pagerank_rev", ranks(&graph.reversed())),
        ("pagerank_unw", ranks(&plain)),
        ("sent", sent.clone()),
        ("received", received.clone()),
        ("volume", sent.iter().zip(&received).map(|(a, b)| a + b).collect()),
        ("betweenness", betweenness(&plain, Lengths::Steps).unwrap()),
        (
            "betweenness_w",
            betweenness(&graph.mapped(|e| Some(1.0 / e.weight)), Lengths::Weights).unwrap(),
        ),
        ("closeness", near.map(|near| near.map_or(0.0, |near| near.closeness)).collect()),
        ("coreness", coreness(&graph).into_iter().map(|core| core as f64).collect()),
        ("eigenvector", eigenvector(&either).unwrap()),
        ("neg_constraint", held.map(|held| -held.unwrap_or(9.0)).collect()),
        ("out_degree", whole(&|node| graph.outgoing(node).nodes.len() as f64)),
        ("in_degree", whole(&|node| graph.incoming(node).nodes.len() as f64)),
        ("springrank_receiver_top", springrank(&graph, 0.0).unwrap()),
        ("springrank_sender_top", springrank(&graph.reversed(), 0.0).unwrap()),
        ("davids_receiver", davids_score(&graph).unwrap()),
    ];
    for (name, scores) in lists {
        let listed = table.only("feature", name);
        let (one, all) = (listed.numbers("acc_direct")[0], listed.numbers("acc_trans")[0]);
        let found = (right(&direct, &scores), right(&chain, &scores));
        assert!((found.0 - one).abs() <= 0.001, "{name}: {} is not {one}", found.0);
        assert!((found.1 - all).abs() <= 0.001, "{name}: {} is not {all}", found.1);
    }
}
