//! How well one person, and some together, know the ties of an office, by the F1 of the ties they
//! tell against those that both ends tell. The tables lie beside the project.

use std::collections::{BTreeMap, BTreeSet};

use inroad_graph::Graph;
use inroad_stats::Random;

use crate::shared::{Sheet, agreed, assert_all_near};

/// A tie by name.
type Tie = (String, String);

const NETS: [(&str, &str, &str); 4] = [
    ("silicon36 friendship", "silicon_systems", "css_friendship"),
    ("silicon36 advice", "silicon_systems", "css_advice"),
    ("hightech21 friendship", "krackhardt_hightech", "css_friendship"),
    ("hightech21 advice", "krackhardt_hightech", "css_advice"),
];
/// How often informants are drawn.
const DRAWS: u32 = 1000;

/// An office: what both ends say, and what each says of everybody.
struct Office {
    names: Vec<String>,
    graph: Graph,
    ties: BTreeSet<Tie>,
    told: BTreeMap<String, BTreeSet<Tie>>,
}

impl Office {
    fn read(folder: &str, views: &str) -> Option<Office> {
        let agreed = agreed(folder, views)?;
        let name = |node: u32| agreed.names[node as usize].clone();
        let ties = agreed.graph.edges().filter(|edge| edge.from != edge.to);
        let ties = ties.map(|edge| (name(edge.from), name(edge.to))).collect();
        let views = Sheet::read(&format!("data/{folder}/{views}.csv"))?;
        let mut told: BTreeMap<String, BTreeSet<Tie>> = BTreeMap::new();
        let ends = views.words("from").into_iter().zip(views.words("to"));
        for (who, (from, to)) in views.words("perceiver").into_iter().zip(ends) {
            let told = told.entry(who.to_owned()).or_default();
            told.extend((from != to).then(|| (from.to_owned(), to.to_owned())));
        }
        Some(Office { names: agreed.names, graph: agreed.graph, ties, told })
    }

    fn f1(&self, told: &BTreeSet<Tie>) -> f64 {
        2.0 * told.intersection(&self.ties).count() as f64 / (told.len() + self.ties.len()) as f64
    }

    /// The mean F1 of the ties that most of so many informants tell; either of two.
    fn majority(&self, informants: usize, random: &mut Random) -> f64 {
        let who: Vec<&BTreeSet<Tie>> = self.told.values().collect();
        let most = if informants == 2 { 1 } else { informants / 2 + 1 };
        let mut sum = 0.0;
        for _ in 0..DRAWS {
            let mut left = who.clone();
            let mut votes: BTreeMap<&Tie, usize> = BTreeMap::new();
            for _ in 0..informants {
                let at = usize::try_from(random.below(left.len() as u64)).unwrap();
                for tie in left.swap_remove(at) {
                    *votes.entry(tie).or_default() += 1;
                }
            }
            let told = votes.into_iter().filter(|(_, votes)| *votes >= most);
            sum += self.f1(&told.map(|(tie, _)| tie.clone()).collect());
        }
        sum / f64::from(DRAWS)
    }
}

#[test]
fn one_informant() {
    let Some(table) = Sheet::read("reference/css_informant_accuracy.csv") else { return };
    for (net, folder, views) in NETS {
        let Some(office) = Office::read(folder, views) else { return };
        let table = table.only("net", net);
        assert_eq!(table.rows.len(), office.names.len());
        let who = table.words("perceiver");
        // Three of Silicon Systems told nothing.
        let found = who.iter().map(|who| office.told.get(*who).map_or(f64::NAN, |t| office.f1(t)));
        let found: Vec<f64> = found.collect();
        assert_all_near(&found, &table.numbers("f1_vs_LAS"), 1e-4, net);
        let either = office.graph.both_ways();
        let degrees = who.iter().map(|who| {
            let at = office.names.iter().position(|name| name == who).unwrap();
            either.outgoing(u32::try_from(at).unwrap()).nodes.len() as f64
        });
        assert_eq!(degrees.collect::<Vec<f64>>(), table.numbers("degree"), "{net}");
    }
}

#[test]
fn some_informants_together() {
    let Some(table) = Sheet::read("reference/css_informants_curve.csv") else { return };
    let mut random = Random::new(1);
    for (net, folder, views) in NETS {
        let Some(office) = Office::read(folder, views) else { return };
        let table = table.only("net", net);
        for (count, expected) in
            table.words("informants").iter().zip(table.numbers("f1_majority_mean"))
        {
            let found = office.majority(count.parse().unwrap(), &mut random);
            let what = format!("{net}, {count}: {found} is not {expected}");
            assert!((found - expected).abs() <= 0.02, "{what}");
        }
    }
}
