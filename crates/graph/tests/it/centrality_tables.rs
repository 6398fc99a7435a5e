//! Centralities of real offices, as networkx, igraph and R's sna give them. The tables lie beside the
//! project.

use inroad_graph::{
    Closeness, Graph, Lengths, Walk, betweenness, brokerage, closeness, constraint, coreness,
    effective_size, eigenvector, pagerank,
};

use crate::shared::{Named, Sheet, agreed, assert_all_near, places};

/// Checks one graph with directions against its table.
fn check(name: &str, graph: &Graph) {
    let Some(table) = Sheet::read(&format!("reference/centrality/{name}.csv")) else { return };
    let near = |found: &[f64], column: &str| {
        assert_all_near(found, &table.numbers(column), 1e-9, &format!("{name} {column}"));
    };
    let counts = |count: &dyn Fn(u32) -> usize| -> Vec<f64> {
        graph.nodes().map(|node| count(node) as f64).collect()
    };
    let either = graph.both_ways().plain();
    near(&counts(&|node| graph.incoming(node).nodes.len()), "indeg");
    near(&counts(&|node| graph.outgoing(node).nodes.len()), "outdeg");
    near(&betweenness(graph, Lengths::Steps).unwrap(), "betw_dir");
    near(&halved(betweenness(&either, Lengths::Steps).unwrap()), "betw_und");
    near(&betweenness(graph, Lengths::Weights).unwrap(), "betw_dir");
    let close = closeness(&either, Lengths::Steps).unwrap();
    near(
        &or_nan(close.iter().map(|near: &Option<Closeness>| near.map(|n| n.closeness))),
        "close_und",
    );
    near(&eigenvector(&either).unwrap(), "eig_und");
    near(&pagerank(graph, &Walk::default()).unwrap(), "pagerank_dir");
    near(&or_nan(constraint(graph).unwrap()), "constraint_igraph");
    near(&or_nan(effective_size(&either).unwrap()), "eff_size_nx_und");
    near(&coreness(graph).iter().map(|core| *core as f64).collect::<Vec<_>>(), "coreness");
    let cut = petgraph::algo::articulation_points::articulation_points(&either);
    near(&counts(&|node| usize::from(cut.contains(&node))), "articulation");
    let groups: Vec<&str> = table.words("group");
    let groups: Vec<usize> =
        groups.iter().map(|own| groups.iter().position(|group| group == own).unwrap()).collect();
    let roles = brokerage(graph, &groups).unwrap();
    let exact = |count: &dyn Fn(&inroad_graph::Brokerage) -> u64, column: &str| {
        let found: Vec<f64> = roles.iter().map(|role| count(role) as f64).collect();
        assert_all_near(&found, &table.numbers(column), 0.0, &format!("{name} {column}"));
    };
    exact(&|role| role.coordinator, "gf_coordinator_wI");
    exact(&|role| role.itinerant, "gf_itinerant_wO");
    exact(&|role| role.representative, "gf_representative_bIO");
    exact(&|role| role.gatekeeper, "gf_gatekeeper_bOI");
    exact(&|role| role.liaison, "gf_liaison_bO");
    exact(&inroad_graph::Brokerage::total, "gf_total");
}

/// Pairs counted once.
fn halved(values: Vec<f64>) -> Vec<f64> {
    values.into_iter().map(|value| value / 2.0).collect()
}

fn or_nan(values: impl IntoIterator<Item = Option<f64>>) -> Vec<f64> {
    values.into_iter().map(|value| value.unwrap_or(f64::NAN)).collect()
}

#[test]
fn managers_of_krackhardt() {
    for net in ["advice", "friendship"] {
        let Some(named) = Named::read("krackhardt_hightech", "nodes", net) else { return };
        check(&format!("krackhardt21_{net}"), &named.graph);
    }
}

#[test]
fn silicon_systems() {
    let Some(named) = Named::read("silicon_systems", "nodes", "friendship_pajek") else { return };
    check("silicon36_friend_pajek", &named.graph);
    for net in ["friendship", "advice"] {
        let Some(named) = agreed("silicon_systems", &format!("css_{net}")) else { return };
        let name =
            if net == "advice" { "silicon36_advice_LAS_and" } else { "silicon36_friend_LAS_and" };
        check(name, &named.graph);
    }
}

#[test]
fn strike_and_office() {
    let Some(strike) = Named::read("strike_sawmill", "nodes", "talk") else { return };
    check("strike24", &strike.graph.both_ways());
    let Some(office) = Named::read("thurman_office", "nodes", "multiplex") else { return };
    check("thurman15_multiplex", &office.graph);
}

#[test]
fn the_two_who_ended_the_strike_stand_between() {
    let Some(strike) = Named::read("strike_sawmill", "nodes", "talk") else { return };
    let between = betweenness(&strike.graph.both_ways(), Lengths::Steps).unwrap();
    let mut names: Vec<usize> = (0..between.len()).collect();
    names.sort_by(|a, b| between[*b].total_cmp(&between[*a]));
    let first: Vec<&str> = names.iter().take(2).map(|at| strike.names[*at].as_str()).collect();
    assert_eq!(first, ["Bob", "Norm"]);
}

#[test]
fn who_has_weight_at_silicon_systems() {
    let Some(named) = Named::read("silicon_systems", "nodes", "friendship_pajek") else { return };
    let graph = &named.graph;
    let either = graph.both_ways().plain();
    let between = betweenness(&either, Lengths::Steps).unwrap();
    assert_eq!(between[named.node("Hal") as usize], 0.0);
    assert_eq!(places(&between)[named.node("Chris") as usize], 1);
    let lists: [Vec<f64>; 3] = [
        pagerank(graph, &Walk::default()).unwrap(),
        eigenvector(&either).unwrap(),
        graph.nodes().map(|node| graph.incoming(node).nodes.len() as f64).collect(),
    ];
    for list in lists {
        let places = places(&list);
        // He led the union's side and nobody listened.
        assert!((26..=31).contains(&places[named.node("Hal") as usize]), "{list:?}");
        assert_eq!(places[named.node("Chris") as usize], 1);
    }
}
