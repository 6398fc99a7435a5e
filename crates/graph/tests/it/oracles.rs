//! Figures of other tools on graphs of our own, which lie beside the scripts that make them.

use inroad_graph::{
    Actor, Ballot, CampSearch, Committee, CommunitySearch, Compromise, Edge, Effort,
    FriedkinJohnsen, Graph, InfluenceSearch, Lengths, NegotiationRules, Odds, Path, Rule, Stake,
    Voters, Walk, Wanted, adjusted_rand, agony, betweenness, brokerage, camps, closeness,
    communities, components, consensus_weights, constraint, coreness, davids_score, effective_size,
    eigenvector, gentle_paths, hits, influence, likeliest_paths, minimum_cut, modularity,
    negotiate, opinions_after, pagerank, power, reliability, shortest_paths, signed_communities,
    signed_modularity, springrank,
};

use crate::shared::assert_all_near;

/// The lines of a table, cut at commas; remarks are left out.
fn lines(text: &str) -> Vec<Vec<&str>> {
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let lines: Vec<Vec<&str>> = lines.map(|line| line.split(',').collect()).collect();
    assert!(!lines.is_empty(), "the table is empty");
    lines
}

fn number(word: &str) -> f64 {
    word.parse().unwrap()
}

/// A graph of `graphs.csv`.
fn graph(name: &str) -> Graph {
    let lines = lines(include_str!("../oracles/graphs.csv"));
    let own: Vec<&Vec<&str>> = lines.iter().filter(|line| line[0] == name).collect();
    let edge = |line: &&Vec<&str>| {
        Edge::new(line[2].parse().unwrap(), line[3].parse().unwrap(), number(line[4]))
    };
    let edges: Vec<Edge> = own.iter().map(edge).collect();
    Graph::new(own[0][1].parse().unwrap(), &edges).unwrap()
}

/// The values of a measure, node by node.
fn measure(table: &str, name: &str) -> Vec<f64> {
    let values: Vec<f64> = lines(table)
        .iter()
        .filter(|line| line[0] == name)
        .map(|line| if line[2] == "nan" { f64::NAN } else { number(line[2]) })
        .collect();
    assert!(!values.is_empty(), "no {name}");
    values
}

fn or_nan(values: Vec<Option<f64>>) -> Vec<f64> {
    values.into_iter().map(|value| value.unwrap_or(f64::NAN)).collect()
}

#[test]
fn centralities_agree_with_networkx_and_igraph() {
    let table = include_str!("../oracles/centrality.csv");
    let office = graph("office");
    let near = |found: Vec<f64>, name: &str| {
        assert_all_near(&found, &measure(table, name), 1e-9, name);
    };
    near(pagerank(&office, &Walk::default()).unwrap(), "pagerank");
    let start: Vec<f64> = office.nodes().map(|node| 1.0 + f64::from(node % 4)).collect();
    let walk = Walk { damping: 0.6, restart: Some(&start) };
    near(pagerank(&office, &walk).unwrap(), "pagerank restart");
    let found = hits(&office).unwrap();
    near(found.hubs, "hubs");
    near(found.authorities, "authorities");
    near(betweenness(&office, Lengths::Steps).unwrap(), "betweenness");
    near(betweenness(&office, Lengths::Weights).unwrap(), "betweenness by length");
    let close = |lengths| {
        let near = closeness(&office, lengths).unwrap();
        or_nan(near.into_iter().map(|near| near.map(|near| near.closeness)).collect())
    };
    near(close(Lengths::Steps), "closeness");
    near(close(Lengths::Weights), "closeness by length");
    // networkx scales to the length 1, and has been given the larger part alone.
    let found = eigenvector(&office.both_ways()).unwrap();
    let expected = measure(table, "eigenvector");
    let top = expected.iter().copied().fold(0.0, f64::max);
    let scaled: Vec<f64> = expected.iter().map(|value| value / top).collect();
    assert_all_near(&found, &scaled, 1e-9, "eigenvector");
    near(or_nan(constraint(&office).unwrap()), "constraint");
    near(or_nan(effective_size(&office).unwrap()), "effective size");
    let whole = |values: Vec<usize>| values.into_iter().map(|value| value as f64).collect();
    near(whole(coreness(&office)), "coreness");
    near(whole(components(&office)), "component");
    let groups: Vec<usize> = (0..office.node_count()).map(|node| node % 3).collect();
    let roles = brokerage(&office, &groups).unwrap();
    let count = |of: fn(&inroad_graph::Brokerage) -> u64| {
        roles.iter().map(|role| of(role) as f64).collect::<Vec<f64>>()
    };
    near(count(|role| role.coordinator), "coordinator");
    near(count(|role| role.itinerant), "itinerant");
    near(count(|role| role.representative), "representative");
    near(count(|role| role.gatekeeper), "gatekeeper");
    near(count(|role| role.liaison), "liaison");
}

#[test]
fn standing_and_opinions_agree_with_dense_algebra() {
    let table = include_str!("../oracles/standing.csv");
    let office = graph("office");
    let near = |found: &[f64], name: &str| {
        assert_all_near(found, &measure(table, name), 1e-9, name);
    };
    near(&springrank(&office, 0.0).unwrap(), "springrank 0");
    near(&springrank(&office, 0.5).unwrap(), "springrank 0.5");
    near(&davids_score(&office).unwrap(), "david");
    assert_eq!([agony(&office).unwrap().agony], measure(table, "agony")[..]);
    let larger = office.edges().filter(|edge| edge.from < 16).collect::<Vec<Edge>>();
    let larger = Graph::new(16, &larger).unwrap();
    let mut weights = consensus_weights(&larger).unwrap();
    weights.resize(24, 0.0);
    near(&weights, "consensus");
    assert!(consensus_weights(&office).is_err(), "two parts never agree");
    let first: Vec<f64> = office.nodes().map(|node| f64::from(node).sin()).collect();
    near(&opinions_after(&office, &first, 3).unwrap(), "after 3");
    let open: Vec<f64> = office.nodes().map(|node| f64::from(node % 5) / 5.0).collect();
    let model = FriedkinJohnsen::new(&office, &open).unwrap();
    near(&model.equilibrium(&first).unwrap(), "equilibrium");
    near(&model.social_power().unwrap(), "social power");
}

#[test]
fn power_agrees_with_enumeration() {
    let rule = |quota, weights: &[u64]| Rule { quota, weights: weights.to_vec() };
    let seven = || vec![rule(9, &[4, 3, 3, 2, 2, 1, 0])];
    let two = |heads| vec![rule(5, &[3, 2, 2, 1, 1, 1]), rule(heads, &[1; 6])];
    let committees = [
        ("seven", seven(), vec![]),
        ("seven with a veto", seven(), vec![3]),
        ("two rules", two(4), vec![]),
        ("two rules and two vetoes", two(3), vec![1, 5]),
    ];
    let table = lines(include_str!("../oracles/power.csv"));
    for (name, rules, vetoes) in committees {
        let rows: Vec<&Vec<&str>> = table.iter().filter(|line| line[0] == name).collect();
        let column = |at: usize| rows.iter().map(|row| number(row[at])).collect::<Vec<f64>>();
        let veto = (0..rows.len()).map(|member| vetoes.contains(&member)).collect();
        let committee = Committee::new(rules, veto).unwrap();
        let found = power(&committee).unwrap();
        let swings: Vec<f64> = found.swings().iter().map(|count| *count as f64).collect();
        assert_eq!(swings, column(2), "{name}");
        assert_all_near(&found.banzhaf(), &column(3), 1e-12, name);
        assert_all_near(&found.penrose(), &column(4), 1e-12, name);
        assert_all_near(&found.shapley_shubik(), &column(5), 1e-12, name);
        let yes: &[f64] = if rows.len() == 7 {
            &[0.5, 0.7, 0.35, 0.9, 0.6, 0.1, 0.4]
        } else {
            &[0.8, 0.2, 0.55, 0.6, 0.45, 0.3]
        };
        let ballot = Ballot::new(&committee, yes).unwrap();
        let each = |of: fn(&inroad_graph::Member) -> f64| {
            ballot.members().iter().map(of).collect::<Vec<f64>>()
        };
        assert_all_near(&vec![ballot.win(); rows.len()], &column(6), 1e-12, name);
        assert_all_near(&each(|member| member.win_if_yes), &column(7), 1e-12, name);
        assert_all_near(&each(|member| member.win_if_no), &column(8), 1e-12, name);
        assert_all_near(&each(inroad_graph::Member::information_bits), &column(9), 1e-12, name);
        let stake = Stake { gain: 100.0, cost: 35.0 };
        assert_all_near(&ballot.perfect_information(stake).unwrap(), &column(10), 1e-12, name);
        assert_all_near(&ballot.sample_information(stake, 0.75).unwrap(), &column(11), 1e-12, name);
    }
}

#[test]
fn paths_agree_with_networkx() {
    let (office, chances) = (graph("office"), graph("chances"));
    for line in lines(include_str!("../oracles/paths.csv")) {
        let node = |at: usize| line[at].parse::<u32>().unwrap();
        let avoid: Vec<u32> = match line[0] {
            "gentle" => Vec::new(),
            _ => line[3].split_whitespace().map(|word| word.parse().unwrap()).collect(),
        };
        let (place, value) = (line[4].parse::<usize>().unwrap(), number(line[5]));
        let wanted = Wanted { from: node(1), to: node(2), avoid: &avoid, most: 12 };
        let length = |paths: Vec<Path>| paths[place].length;
        let found = match line[0] {
            "by length" => length(shortest_paths(&office, &wanted, Lengths::Weights).unwrap()),
            "by steps" => length(shortest_paths(&office, &wanted, Lengths::Steps).unwrap()),
            "likeliest" => length(likeliest_paths(&chances, &wanted).unwrap()),
            "gentle" => {
                let minds: Vec<Option<u32>> =
                    (0..8).map(|node| (node % 2 == 0).then_some((node + 1) % 8)).collect();
                let wanted = Wanted { most: 10_000, ..wanted };
                let found = gentle_paths(&chances, &wanted, &minds).unwrap();
                assert!(found.complete);
                assert_eq!(found.front[place].toes.len().to_string(), line[3], "{line:?}");
                found.front[place].probability
            }
            "reliability" => {
                let exact = reliability(&chances, &wanted, Effort::default()).unwrap();
                assert!(exact.standard_error.is_none());
                let drawn = Effort { cases_max: 0, ..Effort::default() };
                let drawn = reliability(&chances, &wanted, drawn).unwrap();
                let error = drawn.standard_error.unwrap_or(0.0);
                assert!((drawn.probability - value).abs() <= 5.0 * error, "{line:?} {drawn:?}");
                exact.probability
            }
            "cut" => {
                let cut = minimum_cut(&office, &wanted).unwrap();
                assert!(!cut.side.contains(&wanted.to));
                cut.weight
            }
            "influence" => {
                let search = InfluenceSearch { seeds: 3, worlds: 20_000, seed: 1 };
                let found = influence(&chances, search).unwrap();
                assert_eq!(found[place].node, wanted.from);
                assert!((found[place].expected / value - 1.0).abs() < 0.02);
                value
            }
            other => panic!("what is {other}"),
        };
        assert!((found - value).abs() <= 1e-9 * value.max(1.0), "{line:?}: {found}");
    }
}

#[test]
fn camps_agree_with_enumeration_and_leidenalg() {
    let (office, village) = (graph("office"), graph("village"));
    let thirds = |graph: &Graph| (0..graph.node_count()).map(|v| v % 3).collect::<Vec<usize>>();
    for line in lines(include_str!("../oracles/camps.csv")) {
        let (first, second) =
            (line[1].parse::<usize>().unwrap(), line[2].parse::<usize>().unwrap());
        let value = number(line[3]);
        let found = match line[0] {
            "frustration" => {
                let search = CampSearch { camps_max: first, ..CampSearch::default() };
                let found = camps(&village, search).unwrap();
                assert_eq!((found.exact, found.divisions.len()), (true, second), "{line:?}");
                let met = camps(&village, CampSearch { cases_max: 0, ..search }).unwrap();
                assert_eq!((met.exact, met.frustration), (false, found.frustration), "{line:?}");
                found.frustration
            }
            "signed modularity" => signed_communities(&village, 100, 1).unwrap().modularity,
            "signed modularity of thirds" => {
                signed_modularity(&village, &thirds(&village)).unwrap()
            }
            "modularity of thirds" => modularity(&office, &thirds(&office), 1.0).unwrap(),
            "modularity" => {
                let found = communities(&office, CommunitySearch::default()).unwrap().modularity;
                assert!(found >= value - 0.002, "{found} is less than {value}");
                value
            }
            "alike" => {
                let of = |count: usize| (0..30).map(|v| v % count).collect::<Vec<usize>>();
                adjusted_rand(&of(first), &of(second)).unwrap()
            }
            other => panic!("what is {other}"),
        };
        assert!((found - value).abs() <= 1e-9, "{line:?}: {found}");
    }
}

#[test]
fn negotiation_agrees_with_its_equations() {
    let actor = |(capability, position, salience)| Actor { capability, position, salience };
    let actors = [
        (1.0, 2.0, 0.9),
        (0.6, 3.5, 0.4),
        (0.8, 7.0, 0.7),
        (0.3, 9.0, 1.0),
        (0.9, 8.0, 0.3),
        (0.5, 2.5, 0.6),
    ]
    .map(actor);
    for line in lines(include_str!("../oracles/negotiation.csv")) {
        let is = |at: usize| line[at] == "1";
        let rules = NegotiationRules {
            odds: if is(0) { Odds::Pairwise } else { Odds::Published },
            voters: if is(1) { Voters::Neutral } else { Voters::Own },
            compromise: if is(2) { Compromise::LeastMove } else { Compromise::Published },
            status_quo: 1.0,
        };
        let rounds = negotiate(&actors, 5, &rules).unwrap();
        let (round, actor) = (line[3].parse::<usize>().unwrap(), line[4].parse::<usize>().unwrap());
        let round = &rounds[round.min(rounds.len() - 1)];
        let found = [round.positions[actor], round.risks[actor]];
        assert_all_near(&found, &[number(line[5]), number(line[6])], 1e-9, &line.join(" "));
    }
}
