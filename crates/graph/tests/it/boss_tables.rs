//! Who is whose boss, by who writes to whom: pairs of a manufacturing company that each measure gets
//! right. The tables lie beside the project.

use std::collections::{BTreeMap, BTreeSet};

use inroad_graph::{
    Graph, Lengths, Walk, betweenness, closeness, constraint, coreness, davids_score, eigenvector,
    hits, pagerank, springrank,
};

use crate::company::{Company, Letter, graph, letters};
use crate::shared::{Named, Sheet};

/// Somebody and who stands above.
type Pair = (usize, usize);

/// The share of pairs in which the higher has the greater score; ties count half.
fn right(pairs: &[Pair], scores: &[f64]) -> f64 {
    let each = pairs.iter().map(|(own, boss)| match scores[*boss].total_cmp(&scores[*own]) {
        std::cmp::Ordering::Greater => 1.0,
        std::cmp::Ordering::Equal => 0.5,
        std::cmp::Ordering::Less => 0.0,
    });
    each.sum::<f64>() / pairs.len() as f64
}

#[track_caller]
fn near(found: f64, expected: f64, what: &str) {
    assert!((found - expected).abs() <= 0.001, "{what}: {found} is not {expected}");
}

/// The measures of a graph of letters, as the tables call them.
fn measures(graph: &Graph) -> Vec<(&'static str, Vec<f64>)> {
    let plain = graph.plain();
    let either = graph.both_ways().plain();
    let found = hits(graph).unwrap();
    let ranks = |graph: &Graph| pagerank(graph, &Walk::default()).unwrap();
    let whole = |of: &dyn Fn(u32) -> f64| graph.nodes().map(of).collect::<Vec<f64>>();
    let (sent, received) = (
        whole(&|node| graph.outgoing(node).strength()),
        whole(&|node| graph.incoming(node).strength()),
    );
    let both = || sent.iter().zip(&received);
    let held = constraint(&either).unwrap().into_iter();
    let near = closeness(&either, Lengths::Steps).unwrap().into_iter();
    vec![
        ("hits_auth", found.authorities),
        ("hits_hub", found.hubs),
        ("pagerank", ranks(graph)),
        ("pagerank_rev", ranks(&graph.reversed())),
        ("pagerank_unw", ranks(&plain)),
        ("volume", both().map(|(a, b)| a + b).collect()),
        ("recv_minus_sent_ratio", both().map(|(a, b)| (b - a) / (a + b).max(1.0)).collect()),
        ("sent", sent.clone()),
        ("received", received.clone()),
        ("betweenness", betweenness(&plain, Lengths::Steps).unwrap()),
        (
            "betweenness_w",
            betweenness(&graph.mapped(|e| Some(1.0 / e.weight)), Lengths::Weights).unwrap(),
        ),
        ("closeness", near.map(|near| near.map_or(0.0, |near| near.closeness)).collect()),
        ("coreness", coreness(graph).into_iter().map(|core| core as f64).collect()),
        ("eigenvector", eigenvector(&either).unwrap()),
        ("neg_constraint", held.map(|held| -held.unwrap_or(9.0)).collect()),
        ("degree", whole(&|node| either.outgoing(node).nodes.len() as f64)),
        ("out_degree", whole(&|node| graph.outgoing(node).nodes.len() as f64)),
        ("in_degree", whole(&|node| graph.incoming(node).nodes.len() as f64)),
        ("springrank_receiver_top", springrank(graph, 0.0).unwrap()),
        ("springrank_sender_top", springrank(&graph.reversed(), 0.0).unwrap()),
        ("davids_receiver", davids_score(graph).unwrap()),
    ]
}

/// What needs no graph: how many letters somebody writes, to how many, and gets alone.
fn counts(letters: &[Letter]) -> Vec<(&'static str, Vec<f64>)> {
    let count = |of: &dyn Fn(&Letter) -> Option<(u32, f64)>| {
        let mut counts = vec![0.0; 168];
        for (who, much) in letters.iter().filter_map(of) {
            counts[who as usize] += much;
        }
        counts
    };
    let sent = count(&|letter| Some((letter.from, 1.0)));
    let readers = count(&|letter| Some((letter.from, letter.to.len() as f64)));
    let each = || readers.iter().zip(&sent).map(|(readers, sent)| readers / sent.max(1.0));
    vec![
        (
            "one_to_one_received",
            count(&|letter| (letter.to.len() == 1).then(|| (letter.to[0], 1.0))),
        ),
        ("broadcasts", count(&|letter| (letter.to.len() >= 5).then_some((letter.from, 1.0)))),
        ("recips_per_msg", each().collect()),
        ("neg_recips_per_msg", each().map(|readers| -readers).collect()),
    ]
}

#[test]
fn who_is_boss() {
    let Some(table) = Sheet::read("reference/hierarchy_manufacturing_baselines.csv") else {
        return;
    };
    let (Some(letters), Some(company)) = (letters(usize::MAX), Company::read()) else { return };
    let graph = graph(&letters);
    let all = measures(&graph).into_iter().chain(counts(&letters));
    for (name, scores) in all {
        let listed = table.only("feature", name);
        for (pairs, column) in [
            (&company.direct, "acc_direct"),
            (&company.chain, "acc_trans"),
            (&company.unequal(), "acc_all_levels"),
            (&company.managers_against_others(), "auc_manager"),
        ] {
            near(right(pairs, &scores), listed.numbers(column)[0], &format!("{name} {column}"));
        }
    }
}

#[test]
fn letters_to_few_say_less() {
    let name = "reference/hierarchy_manufacturing_broadcast_filter.csv";
    let (Some(table), Some(company)) = (Sheet::read(name), Company::read()) else { return };
    let mut checked = 0;
    for readers_max in ["1", "2", "3", "5", "10", "20", "1000"] {
        let Some(letters) = letters(readers_max.parse().unwrap()) else { return };
        let listed = table.only("max_recipients", readers_max);
        let rows = letters.iter().map(|letter| letter.to.len() as f64).sum::<f64>();
        // The table counts the 51 letters to oneself too.
        assert_eq!(listed.numbers("rows")[0], rows + 51.0);
        for (name, scores) in measures(&graph(&letters)) {
            let listed = listed.only("feature", name);
            if listed.rows.is_empty() {
                continue;
            }
            let what = format!("{name}, at most {readers_max} readers");
            near(right(&company.direct, &scores), listed.numbers("acc_direct")[0], &what);
            near(right(&company.chain, &scores), listed.numbers("acc_trans")[0], &what);
            checked += 1;
        }
    }
    // Those by delays of answers are left out.
    assert_eq!(checked, table.rows.len() - 21);
}

#[test]
fn pairs_who_write_to_each_other_and_busy_pairs() {
    let Some(table) = Sheet::read("reference/hierarchy_manufacturing_by_set.csv") else { return };
    let (Some(letters), Some(company)) = (letters(usize::MAX), Company::read()) else { return };
    let graph = graph(&letters);
    let volume = |who: &usize| {
        let who = u32::try_from(*who).unwrap();
        graph.outgoing(who).strength() + graph.incoming(who).strength()
    };
    let mailed = |(a, b): &Pair| ways(&graph, (*a, *b)) != (0.0, 0.0);
    let busy = |(a, b): &Pair| volume(a) >= 100.0 && volume(b) >= 100.0;
    let only = |pairs: &[Pair], kept: &dyn Fn(&Pair) -> bool| -> Vec<Pair> {
        pairs.iter().copied().filter(|pair| kept(pair)).collect()
    };
    let sets = [
        ("direct", company.direct.clone()),
        ("transitive", company.chain.clone()),
        ("direct_mailed", only(&company.direct, &mailed)),
        ("trans_mailed", only(&company.chain, &mailed)),
        ("direct_both_active", only(&company.direct, &busy)),
        ("trans_both_active", only(&company.chain, &busy)),
    ];
    let mut checked = 0;
    for (name, scores) in measures(&graph) {
        for (set, pairs) in &sets {
            let listed = table.only("feature", name).only("set", set);
            for (count, share) in listed.numbers("n").iter().zip(listed.numbers("acc")) {
                assert_eq!(*count, pairs.len() as f64, "{set}");
                near(right(pairs, &scores), share, &format!("{name} {set}"));
                checked += 1;
            }
        }
    }
    assert_eq!(checked, table.rows.len() - 18);
}

/// How much the first writes to the second, and the second to the first.
fn ways(graph: &Graph, (a, b): Pair) -> (f64, f64) {
    let (a, b) = (u32::try_from(a).unwrap(), u32::try_from(b).unwrap());
    (graph.weight(a, b).unwrap_or(0.0), graph.weight(b, a).unwrap_or(0.0))
}

#[test]
fn who_writes_more_to_whom_says_nothing() {
    let Some(table) = Sheet::read("reference/hierarchy_manufacturing_dyadic.csv") else { return };
    let (Some(letters), Some(company)) = (letters(usize::MAX), Company::read()) else { return };
    let graph = graph(&letters);
    let table = table.only("signal", "sub sends more to boss (n mails)");
    for (set, pairs) in [("direct", &company.direct), ("transitive", &company.chain)] {
        let both = pairs.iter().map(|pair| ways(&graph, *pair));
        let both: Vec<(f64, f64)> = both.filter(|both| *both != (0.0, 0.0)).collect();
        let more = both.iter().map(|(up, down)| 0.5 + 0.5 * (up - down).clamp(-1.0, 1.0));
        let listed = table.only("pairs", set);
        assert_eq!(listed.numbers("n"), [both.len() as f64]);
        near(more.sum::<f64>() / both.len() as f64, listed.numbers("share")[0], set);
    }
}

#[test]
fn managers_are_asked_for_advice_by_those_below() {
    let Some(advice) = Named::read("krackhardt_hightech", "nodes", "advice") else { return };
    let Some(reports) = Named::read("krackhardt_hightech", "nodes", "reports_to") else { return };
    let pairs: Vec<Pair> =
        reports.graph.edges().map(|edge| (edge.from as usize, edge.to as usize)).collect();
    assert_eq!(pairs.len(), 20);
    let ranks = pagerank(&advice.graph, &Walk::default()).unwrap();
    assert_eq!(right(&pairs, &ranks), 0.95);
    // Those at the top ask too, which SpringRank takes for looking up.
    assert_eq!(right(&pairs, &springrank(&advice.graph, 0.0).unwrap()), 0.8);
}

#[test]
fn copied_together_in_one_mailbox() {
    let name = "reference/hierarchy_manufacturing_egoview.csv";
    let (Some(table), Some(company)) = (Sheet::read(name), Company::read()) else { return };
    let Some(letters) = letters(10) else { return };
    // Spans of sixty days begin anywhere; only the whole is the same for everybody.
    let table = table.only("kind", "9 months");
    for (set, pairs) in [("direct", &company.direct), ("transitive", &company.chain)] {
        let table = table.only("pairs_kind", set);
        for at in 0..table.rows.len() {
            let number = |column: &str| table.numbers(column)[at];
            let owner: u32 = table.words("ego")[at].parse().unwrap();
            let own = letters.iter().filter(|l| l.from == owner || l.to.contains(&owner));
            let own: Vec<&Letter> = own.collect();
            let people: BTreeSet<u32> = own
                .iter()
                .flat_map(|letter| letter.to.iter().copied().chain([letter.from]))
                .filter(|who| *who != owner)
                .collect();
            assert_eq!(
                (number("messages"), number("contacts")),
                (own.len() as f64, people.len() as f64)
            );
            let mut together: BTreeMap<usize, f64> = BTreeMap::new();
            for letter in own.iter().filter(|letter| letter.to.len() > 1) {
                for who in letter.to.iter().filter(|who| **who != owner) {
                    *together.entry(*who as usize).or_default() += 1.0;
                }
            }
            let there = |who: &usize| people.contains(&u32::try_from(*who).unwrap());
            let pairs = pairs.iter().copied().filter(|(a, b)| there(a) && there(b));
            let pairs: Vec<Pair> = pairs.collect();
            assert_eq!(number("n_pairs"), pairs.len() as f64, "{owner}");
            let scores = (0..168).map(|who| together.get(&who).copied().unwrap_or(0.0));
            let scores: Vec<f64> = scores.collect();
            near(right(&pairs, &scores), number("corecipient"), &format!("{owner} {set}"));
        }
    }
}
