//! Paths, toes and reliability among real managers, as networkx and drawn worlds give them. The
//! tables lie beside the project.

use inroad_graph::{
    Effort, Graph, InfluenceSearch, Wanted, gentle_paths, influence, likeliest_paths, minimum_cut,
    reliability, toes,
};

use crate::shared::{Named, Sheet};

/// The managers with the probabilities of their ties, and who minds for whom: the boss, if he is not
/// the head of all.
fn managers() -> Option<(Named, Vec<Option<u32>>)> {
    let edges = Sheet::read("reference/ksp_krackhardt_edges.csv")?;
    let nodes = Sheet::read("data/krackhardt_hightech/nodes.csv")?;
    let named = Named::of(&nodes.words("id"), &edges, &edges.numbers("p"));
    let reports = Named::read("krackhardt_hightech", "nodes", "reports_to")?.graph;
    let boss = |node| reports.outgoing(node).nodes.first().copied();
    let minds = reports.nodes().map(|node| boss(node).filter(|boss| has_boss(&reports, *boss)));
    Some((named, minds.collect()))
}

fn has_boss(reports: &Graph, node: u32) -> bool {
    !reports.outgoing(node).nodes.is_empty()
}

fn names(named: &Named, nodes: &[u32], between: &str) -> String {
    let names: Vec<&str> = nodes.iter().map(|node| named.names[*node as usize].as_str()).collect();
    names.join(between)
}

#[test]
fn likeliest_paths_and_whom_they_pass_over() {
    let Some((named, minds)) = managers() else { return };
    let Some(table) = Sheet::read("reference/ksp_krackhardt.csv") else { return };
    let mut at = 0;
    while at < table.rows.len() {
        let cell = |column: &str| table.words(column)[at].to_owned();
        let avoid: Vec<u32> = match cell("avoid").as_str() {
            "" => Vec::new(),
            name => vec![named.node(name)],
        };
        let (from, to) = (named.node(&cell("source")), named.node(&cell("target")));
        let wanted = Wanted { from, to, avoid: &avoid, most: 5 };
        let found = likeliest_paths(&named.graph, &wanted).unwrap();
        // Equally likely paths may come in another order, and others in place of the last of them.
        let longer = likeliest_paths(&named.graph, &Wanted { most: 60, ..wanted }).unwrap();
        for path in found {
            let cell = |column: &str| table.words(column)[at].to_owned();
            let expected: f64 = cell("reliability").parse().unwrap();
            assert!(((-path.length).exp() - expected).abs() < 1e-9, "row {at}");
            let told = longer.iter().find(|path| names(&named, &path.nodes, "-") == cell("path"));
            let told = told.unwrap_or_else(|| panic!("{} is not found", cell("path")));
            let passed = toes(&told.nodes, &minds);
            assert_eq!(names(&named, &passed, " "), cell("whose"), "{}", cell("path"));
            assert_eq!(passed.len().to_string(), cell("toes"));
            at += 1;
        }
        let front = gentle_paths(&named.graph, &Wanted { most: 2000, ..wanted }, &minds).unwrap();
        for pair in front.front.windows(2) {
            assert!(pair[0].probability > pair[1].probability);
            assert!(pair[0].toes.len() > pair[1].toes.len());
        }
    }
}

#[test]
fn reliability_and_cut() {
    let Some((named, _)) = managers() else { return };
    let Some(table) = Sheet::read("reference/reliability_krackhardt.csv") else { return };
    let expected = table.numbers("two_terminal_reliability_mc5000");
    for (at, expected) in expected.into_iter().enumerate() {
        let cell = |column: &str| table.words(column)[at];
        let avoid: Vec<u32> = Some(cell("avoid"))
            .filter(|name| !name.is_empty())
            .map(|n| named.node(n))
            .into_iter()
            .collect();
        let (from, to) = (named.node(cell("s")), named.node(cell("t")));
        let wanted = Wanted { from, to, avoid: &avoid, most: 1 };
        let effort = Effort { cases_max: 10_000, worlds: 50_000, seed: 7 };
        let found = reliability(&named.graph, &wanted, effort).unwrap();
        assert!((found.probability - expected).abs() <= 0.01, "{found:?} is not {expected}");
        assert!(minimum_cut(&named.graph, &wanted).unwrap().weight > 0.5);
    }
}

#[test]
fn whom_to_win_first() {
    let Some(table) = Sheet::read("reference/influence_max_celf.csv") else { return };
    let check = |case: &str, named: &Named, graph: &Graph| {
        let table = table.only("case", case);
        let search = InfluenceSearch { seeds: table.rows.len(), worlds: 20_000, seed: 3 };
        let found = influence(graph, search).unwrap();
        for (spread, expected) in found.iter().zip(table.numbers("expected_spread")) {
            let off = (spread.expected / expected - 1.0).abs();
            assert!(off <= 0.03, "{case}: {spread:?} is not {expected}");
        }
        assert_eq!(named.names[found[0].node as usize], table.words("seed_added")[0]);
    };
    let Some(karate) = Named::read("zachary_karate", "nodes", "zache") else { return };
    check("karate p=0.1", &karate, &karate.graph.mapped(|_| Some(0.1)));
    let Some((managers, _)) = managers() else { return };
    let graph = managers.graph.mapped(|edge| Some(0.4 * edge.weight));
    check("krackhardt combined p*0.4", &managers, &graph);
}
