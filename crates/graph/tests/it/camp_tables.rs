//! Camps among real people and parties, as exhaustive and restarted searches give them. The tables
//! lie beside the project.

use std::collections::BTreeMap;

use inroad_graph::{
    CampSearch, CommunitySearch, Edge, Graph, adjusted_rand, camps, communities,
    signed_communities, signed_modularity,
};

use crate::shared::{Named, Sheet, text};

/// Two people and what they say of each other: friends, foes, or both, which is left out.
fn dyads(named: &[&Named]) -> Graph {
    let count = named[0].names.len();
    let mut signs: BTreeMap<(u32, u32), Vec<bool>> = BTreeMap::new();
    for edge in named.iter().flat_map(|named| named.graph.edges()) {
        let pair = (edge.from.min(edge.to), edge.from.max(edge.to));
        signs.entry(pair).or_default().push(edge.weight > 0.0);
    }
    let agreed = signs.into_iter().filter(|(_, signs)| signs.iter().all(|s| *s == signs[0]));
    let edges = agreed.map(|((a, b), s)| Edge::new(a, b, if s[0] { 1.0 } else { -1.0 }));
    Graph::new(count, &edges.collect::<Vec<Edge>>()).unwrap()
}

/// Friends and foes from two files.
fn signed(folder: &str, friends: &str, foes: &str) -> Option<(Vec<String>, Graph)> {
    let friends = Named::read(folder, "nodes", friends)?;
    let mut foes = Named::read(folder, "nodes", foes)?;
    foes.graph = foes.graph.mapped(|edge| Some(-edge.weight));
    let graph = dyads(&[&friends, &foes]);
    Some((friends.names, graph))
}

/// The parties of the Slovene parliament and how far they feel from each other.
fn parties() -> Option<Graph> {
    let text = text("data/slovene_parties_1994/Stranke94.net")?;
    let rows = text.lines().skip_while(|line| !line.starts_with("*Matrix")).skip(1).take(10);
    let mut edges = Vec::new();
    for (from, row) in (0..).zip(rows) {
        let weights = row.split_whitespace().map(|word| word.parse::<f64>().unwrap());
        let known = (0..).zip(weights).filter(|(to, w)| from < *to && *w != 0.0);
        edges.extend(known.map(|(to, weight)| Edge::new(from, to, weight.signum())));
    }
    Some(Graph::new(10, &edges).unwrap())
}

fn check(dataset: &str, graph: &Graph) {
    let Some(table) = Sheet::read("reference/factions_signed.csv") else { return };
    let table = table.only("dataset", dataset);
    assert_eq!(table.numbers("m"), [graph.edge_count() as f64], "{dataset}");
    for (camps_max, listed) in [(2, "frustration_2"), (3, "frustration_3"), (4, "frustration_4")] {
        let found = camps(graph, CampSearch { camps_max, ..CampSearch::default() }).unwrap();
        assert!(found.exact, "{dataset} {camps_max}");
        assert_eq!([found.frustration], table.numbers(listed)[..], "{dataset} {camps_max}");
        let optima = if camps_max == 2 { "optima_2(count)" } else { listed };
        let optima = table.numbers(&optima.replace("frustration", "optima"))[0];
        // The table counts those that 200 beginnings met; here are all.
        assert!(found.divisions.len() as f64 >= optima, "{dataset} {camps_max}: {optima}");
        if camps_max == 2 {
            assert_eq!(found.divisions.len() as f64, optima, "{dataset}");
        }
        println!("{dataset} {camps_max}: {} of {optima}", found.divisions.len());
    }
}

#[test]
fn frustration_exactly() {
    if let Some((_, tribes)) = signed("tribes_gama", "pos", "neg") {
        check("tribes_gama", &tribes);
    }
    if let Some((_, bank)) = signed("bank_wiring", "pos", "neg") {
        check("bank_wiring", &bank);
    }
    if let Some(named) = Named::read("sampson_monastery", "t4_nodes", "t4_affect") {
        check("sampson_T4_first/last_choice", &dyads(&[&named]));
    }
    if let Some(graph) = parties() {
        check("slovene_parties_1994", &graph);
    }
}

#[test]
fn three_camps_of_the_monastery() {
    let Some((names, graph)) = signed("sampson_monastery", "samplk3", "sampdlk") else { return };
    let Some(known) = Sheet::read("data/sampson_monastery/t4_nodes.csv") else { return };
    assert_eq!(names.len(), known.rows.len());
    check("sampson_LK3+DLK (UCINET)", &graph);
    // Both lists are in the order of the numbers that Sampson gave; three stood between.
    let factions = known.words("faction");
    let clear: Vec<usize> = (0..names.len()).filter(|at| factions[*at] != "interstitial").collect();
    let of = |division: &[usize]| clear.iter().map(|at| division[*at]).collect::<Vec<_>>();
    let place = |at: &usize| factions.iter().position(|name| *name == factions[*at]).unwrap();
    let truth: Vec<usize> = clear.iter().map(place).collect();
    let search = CampSearch { camps_max: 3, ..CampSearch::default() };
    let found = camps(&graph, search).unwrap();
    assert_eq!(found.divisions.len(), 1);
    assert_eq!(adjusted_rand(&of(&found.divisions[0]), &truth).unwrap(), 1.0);
    let free = signed_communities(&graph, 200, 1).unwrap();
    assert_eq!(adjusted_rand(&of(&free.division), &truth).unwrap(), 1.0);
}

#[test]
fn signed_communities_as_many_as_known() {
    let Some((names, tribes)) = signed("tribes_gama", "pos", "neg") else { return };
    let found = signed_communities(&tribes, 200, 1).unwrap();
    assert_eq!(found.division.iter().max(), Some(&2), "three alliances");
    let Some(text) = text("reference/factions_signed_partitions.json") else { return };
    let listed = text.split("\"tribes_gama|leiden\": {").nth(1).unwrap();
    let listed: Vec<usize> = names
        .iter()
        .map(|name| listed.split(&format!("\"{name}\": ")).nth(1).unwrap())
        .map(|rest| rest.split([',', '\n']).next().unwrap().parse().unwrap())
        .collect();
    assert!(found.modularity >= signed_modularity(&tribes, &listed).unwrap() - 1e-9);
    assert_eq!(adjusted_rand(&found.division, &listed).unwrap(), 1.0);
}

#[test]
fn communities_not_worse_than_leidenalg() {
    let Some(table) = Sheet::read("reference/factions_unsigned.csv") else { return };
    let best = |dataset: &str| {
        let rows = table.only("dataset", dataset).only("alg", "leiden_mod(leidenalg)");
        rows.numbers("q_best")[0]
    };
    let check = |dataset: &str, graph: &Graph| {
        let found = communities(graph, CommunitySearch::default()).unwrap();
        println!("{dataset}: {:.4} of {:.4}", found.modularity, best(dataset));
        assert!(found.modularity >= best(dataset) - 0.002, "{dataset}: {}", found.modularity);
        found.division
    };
    let read = |folder: &str, nodes: &str, edges: &str| {
        Named::read(folder, nodes, edges).map(|named| named.graph)
    };
    let Some(karate) = read("zachary_karate", "nodes", "zache") else { return };
    check("karate(binary)", &karate.both_ways().plain());
    let Some(karate) = read("zachary_karate", "nodes", "zachc") else { return };
    check("karate(weighted)", &karate);
    let Some(strike) = read("strike_sawmill", "nodes", "talk") else { return };
    check("strike", &strike);
    for net in ["friendship", "advice"] {
        let Some(graph) = read("krackhardt_hightech", "nodes", net) else { return };
        // Who names each other is tied twice.
        check(&format!("krackhardt21 {net} vs dept"), &graph);
    }
    let Some(nodes) = Sheet::read("data/sawmill/nodes.csv") else { return };
    let Some(mill) = read("sawmill", "nodes", "talk") else { return };
    let division = check("sawmill vs ethnicity+section", &mill);
    let labels: Vec<&str> = nodes.words("label");
    // Labels tell language and section, of all but a few with an office of their own.
    let told: Vec<usize> = (0..labels.len())
        .filter(|at| labels[*at].get(1..2).is_some_and(|c| "MP".contains(c)))
        .collect();
    let group =
        |at: &usize| labels.iter().position(|l| l.get(..2) == labels[*at].get(..2)).unwrap();
    let truth: Vec<usize> = told.iter().map(group).collect();
    let division: Vec<usize> = told.iter().map(|at| division[*at]).collect();
    assert_eq!(adjusted_rand(&division, &truth).unwrap(), 1.0, "by language and section");
}
