//! The group decision model on published actors, beside the published rounds and a program of the
//! same formulas. The tables lie beside the project.

use inroad_graph::{Actor, Compromise, NegotiationRules, Odds, Voters, negotiate};

use crate::shared::{Sheet, assert_all_near, text};

fn actors(file: &str) -> Option<Vec<Actor>> {
    let sheet = Sheet::read(&format!("data/bdm_group_decision/{file}"))?;
    let (capability, position) = (sheet.numbers("Capability"), sheet.numbers("Position"));
    let salience = sheet.numbers("Salience");
    let actor = |at: usize| Actor {
        capability: capability[at],
        position: position[at],
        salience: salience[at],
    };
    Some((0..capability.len()).map(actor).collect())
}

#[test]
fn rounds_in_all_readings() {
    let Some(table) = Sheet::read("reference/bdm_rounds.csv") else { return };
    let mut checked = 0;
    for file in ["ExampleActors.csv", "Sultan.csv"] {
        let Some(actors) = actors(file) else { return };
        for (odds, odds_name) in [(Odds::Published, "scholz"), (Odds::Pairwise, "pairwise")] {
            for (voters, voters_name) in [(Voters::Own, "True"), (Voters::Neutral, "False")] {
                for (compromise, compromise_name) in
                    [(Compromise::Published, "scholz_code"), (Compromise::LeastMove, "least_move")]
                {
                    let rules = NegotiationRules { odds, voters, compromise, status_quo: 1.0 };
                    let listed = table
                        .only("data", file)
                        .only("probability", odds_name)
                        .only("voters_use_risk_exponent", voters_name)
                        .only("compromise_rule", compromise_name);
                    let rounds = negotiate(&actors, 8, &rules).unwrap();
                    for at in 0..listed.rows.len() {
                        // Where nobody moves any more, the last round stands for all.
                        let round = &rounds[at.min(rounds.len() - 1)];
                        let near = |found: f64, column: &str| {
                            let expected = listed.numbers(column)[at];
                            let what = format!("{file} {rules:?} round {at} {column}");
                            assert!((found - expected).abs() < 1e-6, "{what}: {found} {expected}");
                        };
                        near(round.mean, "weighted_mean");
                        near(round.median, "weighted_median");
                        checked += 1;
                    }
                }
            }
        }
    }
    assert_eq!(checked, table.rows.len());
}

#[test]
fn the_published_rounds() {
    let Some(table) = Sheet::read("reference/bdm_published_vs_ours.csv") else { return };
    let Some(actors) = actors("ExampleActors.csv") else { return };
    let rounds = negotiate(&actors, 8, &NegotiationRules::default()).unwrap();
    let mut right = 0;
    for (round, told) in rounds.iter().enumerate().skip(1) {
        let published =
            (table.numbers("published_median")[round], table.numbers("published_mean")[round]);
        right += usize::from((told.median - published.0).abs() <= 0.1);
        right += usize::from((told.mean - published.1).abs() <= 0.1);
    }
    assert_eq!(right, 15, "of 16");
}

/// The numbers of a list after each mention of its name.
fn lists(text: &str, name: &str) -> Vec<Vec<f64>> {
    let name = format!("\"{name}\": [");
    let lists = text.split(name.as_str()).skip(1);
    let numbers = |list: &str| {
        let list = list.split(']').next().unwrap();
        list.split(", ").map(|number| number.parse().unwrap()).collect()
    };
    lists.map(numbers).collect()
}

#[test]
fn where_each_stands_and_how_bold_each_is() {
    let Some(text) = text("reference/bdm_full_history.json") else { return };
    let mut checked = 0;
    for file in ["ExampleActors.csv", "Sultan.csv"] {
        let Some(actors) = actors(file) else { return };
        for (odds, odds_name) in [(Odds::Published, "scholz"), (Odds::Pairwise, "pairwise")] {
            for (voters, voters_name) in [(Voters::Own, "True"), (Voters::Neutral, "False")] {
                for (compromise, compromise_name) in
                    [(Compromise::Published, "scholz_code"), (Compromise::LeastMove, "least_move")]
                {
                    let key =
                        format!("{file}|{odds_name}|voter_risk={voters_name}|{compromise_name}\"");
                    // Up to the next key.
                    let Some(told) = text.split(&key).nth(1) else { continue };
                    let told = told.split(".csv|").next().unwrap();
                    let rules = NegotiationRules { odds, voters, compromise, status_quo: 1.0 };
                    let rounds = negotiate(&actors, 8, &rules).unwrap();
                    let (positions, risks) = (lists(told, "positions"), lists(told, "risk"));
                    for (at, positions) in positions.iter().enumerate() {
                        let round = &rounds[at.min(rounds.len() - 1)];
                        let what = format!("{key} round {at}");
                        assert_all_near(&round.positions, positions, 1e-6, &what);
                        // After the last round the table tells of no boldness.
                        if let Some(risks) = risks.get(at) {
                            assert_all_near(&round.risks, risks, 1e-6, &what);
                        }
                        checked += 1;
                    }
                }
            }
        }
    }
    assert_eq!(checked, text.matches("\"round\"").count());
}
