//! Standing and opinions in real offices, as dense solutions in numpy and linear programs give them.
//! The tables lie beside the project.

use inroad_graph::{FriedkinJohnsen, Graph, agony, consensus_weights, davids_score, springrank};

use crate::company::{self, letters};
use crate::shared::{Named, Sheet, agreed, assert_all_near, places};

fn advice() -> Option<Graph> {
    Named::read("krackhardt_hightech", "nodes", "advice").map(|named| named.graph)
}

#[test]
fn springrank_and_david() {
    let Some(graph) = advice() else { return };
    let Some(table) = Sheet::read("reference/springrank_krackhardt_advice.csv") else { return };
    let near = |found: Vec<f64>, column: &str| {
        assert_all_near(&found, &table.numbers(column), 1e-9, column);
    };
    near(springrank(&graph, 0.0).unwrap(), "springrank_advice_a0");
    near(springrank(&graph, 1.0).unwrap(), "springrank_advice_alpha1");
    near(davids_score(&graph).unwrap(), "davids_advice");
}

#[test]
fn degroot() {
    let Some(graph) = advice() else { return };
    let Some(table) = Sheet::read("reference/degroot_krackhardt_advice.csv") else { return };
    let found = consensus_weights(&graph).unwrap();
    assert_all_near(&found, &table.numbers("degroot_weight"), 1e-9, "consensus");
}

#[test]
fn least_agony() {
    let Some(table) = Sheet::read("reference/agony.csv") else { return };
    let expected = |data: &str, column: &str| {
        let words = table.words("data").into_iter().zip(table.rows.iter());
        let found =
            words.into_iter().find(|(name, row)| *name == data && row[1].starts_with(column));
        found.unwrap().1[2].parse::<f64>().unwrap()
    };
    let Some(graph) = advice() else { return };
    assert_eq!(agony(&graph).unwrap().agony, expected("krackhardt21 advice", "asker"));
    let Some(letters) = letters(10) else { return };
    let graph = company::graph(&letters);
    let plain = agony(&graph.plain()).unwrap();
    assert_eq!(plain.agony, expected("manufacturing", "unweighted"));
    let weighed = agony(&graph).unwrap();
    for (found, graph, column) in
        [(&plain, graph.plain(), "unweighted"), (&weighed, graph.clone(), "weighted")]
    {
        let whole: f64 = graph.weights().iter().sum();
        let listed = table.only("data", "manufacturing");
        let at = listed.words("edges").iter().position(|name| name.starts_with(column)).unwrap();
        let hierarchy = listed.numbers("hierarchy=1-agony/m")[at];
        assert!((1.0 - found.agony / whole - hierarchy).abs() < 1e-4, "{column}");
    }
    assert_eq!(weighed.agony, expected("manufacturing", "weighted"));
    for (found, graph) in [(plain, graph.plain()), (weighed, graph)] {
        let of = |node: u32| f64::from(found.ranks[node as usize]);
        let sum: f64 =
            graph.edges().map(|e| e.weight * (of(e.from) - of(e.to) + 1.0).max(0.0)).sum();
        assert_eq!(sum, found.agony, "the ranks have the agony that is told");
    }
}

/// How the union vote is simulated: stances as known, everybody else without one and open.
struct Vote {
    names: Vec<String>,
    stance: Vec<f64>,
    open: Vec<f64>,
    /// Top managers have no vote.
    top: Vec<bool>,
}

impl Vote {
    /// Those who are silent keep to themselves what they think: they count as without a stance.
    fn read(silent: &[&str], open_unknown: f64, open_known: f64) -> Option<Vote> {
        let nodes = Sheet::read("data/silicon_systems/nodes.csv")?;
        let (names, stances) = (nodes.words("id"), nodes.words("union_stance"));
        let spoken = names.iter().zip(&stances).map(|(name, stance)| match *stance {
            _ if silent.contains(name) => 0.0,
            "pro_union" => 1.0,
            "opposed" | "top_manager_opposed" => -1.0,
            _ => 0.0,
        });
        let open = stances.iter().map(|s| if *s == "unknown" { open_unknown } else { open_known });
        let top = stances.iter().map(|stance| stance.starts_with("top"));
        Some(Vote {
            names: names.iter().map(|name| (*name).to_owned()).collect(),
            stance: spoken.collect(),
            open: open.collect(),
            top: top.collect(),
        })
    }

    /// The mean opinion of those who vote, and the share of them above 0.
    fn counted(&self, opinions: &[f64]) -> (f64, f64) {
        let voters = opinions.iter().zip(&self.top).filter(|(_, top)| !**top);
        let voters: Vec<f64> = voters.map(|(opinion, _)| *opinion).collect();
        let yes = voters.iter().filter(|opinion| **opinion > 0.0).count();
        let count = voters.len() as f64;
        (voters.iter().sum::<f64>() / count, yes as f64 / count)
    }

    /// 1 for who votes.
    fn voters(&self) -> Vec<f64> {
        self.top.iter().map(|top| f64::from(u8::from(!top))).collect()
    }

    /// The six whom to win for the union would move most, as the table writes them.
    fn gains(&self, power: &[f64]) -> String {
        let gain = |at: usize| power[at] * (1.0 - self.stance[at]);
        let mut order: Vec<usize> = (0..power.len()).collect();
        order.sort_by(|a, b| gain(*b).total_cmp(&gain(*a)));
        let told = order.iter().take(6).map(|at| format!("{}({:.2})", self.names[*at], gain(*at)));
        told.collect::<Vec<String>>().join(" ")
    }
}

fn silicon_nets() -> Option<Vec<(&'static str, Graph)>> {
    let pajek = Named::read("silicon_systems", "nodes", "friendship_pajek")?.graph;
    let both = agreed("silicon_systems", "css_friendship")?.graph;
    Some(vec![
        ("friend pajek (sym)", pajek.both_ways().plain()),
        ("friend LAS and", both.clone()),
        ("friend LAS sym", both.both_ways().plain()),
    ])
}

#[test]
fn friedkin_johnsen_to_the_last_digit() {
    let Some(table) = Sheet::read("reference/silicon_systems_fj_vector.csv") else { return };
    let Some(nets) = silicon_nets() else { return };
    let model = FriedkinJohnsen::new(&nets[0].1, &table.numbers("lam")).unwrap();
    let opinions = model.equilibrium(&table.numbers("stance0")).unwrap();
    assert_all_near(&opinions, &table.numbers("fj_final"), 1e-9, "opinions");
    assert_all_near(&model.social_power().unwrap(), &table.numbers("social_power"), 1e-9, "power");
}

#[test]
fn two_who_were_silent_turned_the_vote() {
    let Some(table) = Sheet::read("reference/silicon_systems_fj.csv") else { return };
    let Some(nets) = silicon_nets() else { return };
    for (at, row) in table.rows.iter().enumerate() {
        let silent: &[&str] = if row[1].is_empty() { &[] } else { &["Chris", "Ovid"] };
        let number = |column: &str| table.numbers(column)[at];
        let vote = Vote::read(silent, number("lam_unknown"), number("lam_known")).unwrap();
        let graph = &nets.iter().find(|(name, _)| *name == row[0]).unwrap().1;
        let model = FriedkinJohnsen::new(graph, &vote.open).unwrap();
        let (mean, yes) = vote.counted(&model.equilibrium(&vote.stance).unwrap());
        let power = model.power_over(&vote.voters()).unwrap();
        assert!((mean - number("mean_opinion")).abs() < 6e-5, "{row:?}: {mean}");
        assert!((yes - number("share_positive")).abs() < 6e-5, "{row:?}: {yes}");
        let of =
            |name: &str| places(&power)[vote.names.iter().position(|known| known == name).unwrap()];
        assert_eq!(
            (of("Chris"), of("Hal") as f64),
            (1, number("hal_social_power_rank")),
            "{row:?}"
        );
        // Those who are alone move themselves alone; they stand in any order.
        let sorted = |text: &str| -> Vec<String> {
            text.split(' ').filter(|word| !word.ends_with("(1.00)")).map(str::to_owned).collect()
        };
        let gains = vote.gains(&power);
        assert_eq!(sorted(&gains), sorted(&row[6]), "{row:?}");
        // On the friendships that the story is told of, the two decide.
        if row[0] == "friend pajek (sym)" && silent.is_empty() {
            assert!(mean > 0.0, "{row:?}");
        }
        assert!(silent.is_empty() || mean < 0.0 && yes < 0.5, "{row:?}");
    }
}
