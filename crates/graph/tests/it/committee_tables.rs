//! Power and the worth of asking in known committees, as exact fractions and enumeration give them.
//! The tables lie beside the project.

use inroad_graph::{Ballot, Committee, Power, Rule, Stake, power};

use crate::shared::{Sheet, assert_all_near};

/// A committee of one rule of which some have a veto.
fn committee(weights: &[u64], quota: u64, vetoes: &[usize]) -> Committee {
    let veto = (0..weights.len()).map(|member| vetoes.contains(&member)).collect();
    Committee::new(vec![Rule { weights: weights.to_vec(), quota }], veto).unwrap()
}

/// Checks a fraction of whole numbers against one written as `a/b`.
fn assert_fraction(over: u128, under: u128, written: &str) {
    let (a, b) = written.split_once('/').unwrap_or((written, "1"));
    let (a, b): (u128, u128) = (a.parse().unwrap(), b.parse().unwrap());
    assert_eq!(over * b, a * under, "{over}/{under} is not {written}");
}

fn factorial(n: usize) -> u128 {
    (1..=n as u128).product()
}

/// Orders in which each member makes the group win.
fn pivots(found: &Power) -> Vec<u128> {
    let members = found.swings_by_size().len();
    let of = |sizes: &Vec<u128>| {
        let each = sizes.iter().enumerate();
        each.map(|(size, count)| count * factorial(size) * factorial(members - 1 - size)).sum()
    };
    found.swings_by_size().iter().map(of).collect()
}

fn check(name: &str, committee: &Committee) {
    let Some(table) = Sheet::read("reference/power_indices.csv") else { return };
    let table = table.only("game", name);
    assert_eq!(table.rows.len(), committee.members(), "{name}");
    let found = power(committee).unwrap();
    let swings = found.swings();
    let all: u128 = swings.iter().sum();
    let pivots = pivots(&found);
    for at in 0..committee.members() {
        assert_eq!(swings[at].to_string(), table.words("swings")[at], "{name}");
        assert_fraction(swings[at], all, table.words("banzhaf_norm_exact")[at]);
        let orders = factorial(committee.members());
        assert_fraction(pivots[at], orders, table.words("shapley_shubik_exact")[at]);
    }
    assert_all_near(&found.banzhaf(), &table.numbers("banzhaf_norm"), 1e-9, name);
    assert_all_near(&found.penrose(), &table.numbers("penrose_banzhaf"), 1e-9, name);
    assert_all_near(&found.shapley_shubik(), &table.numbers("shapley_shubik"), 1e-9, name);
}

#[test]
fn power_exactly() {
    check("EEC1958 [12;4,4,4,2,2,1]", &committee(&[4, 4, 4, 2, 2, 1], 12, &[]));
    check("textbook [51;50,49,1]", &committee(&[50, 49, 1], 51, &[]));
    let council: Vec<u64> = [[7; 5].as_slice(), &[1; 10]].concat();
    check("UNSC [39;7x5,1x10]", &committee(&council, 39, &[]));
    // The same council as its charter says it: nine votes, and five vetoes.
    check("UNSC [39;7x5,1x10]", &committee(&[1; 15], 9, &[0, 1, 2, 3, 4]));
    // And as two rules: nine of all, and five of five.
    let nine = Rule { weights: vec![1; 15], quota: 9 };
    let five = Rule { weights: [[1; 5].as_slice(), &[0; 10]].concat(), quota: 5 };
    check("UNSC [39;7x5,1x10]", &Committee::new(vec![nine, five], vec![false; 15]).unwrap());
    check("buying committee A [6;3,2,2,1,1] DM veto", &committee(&[3, 2, 2, 1, 1], 6, &[0]));
    let both = committee(&[3, 2, 2, 1, 1], 6, &[0, 1]);
    check("buying committee B [6;3,2,2,1,1] DM+Purchaser veto", &both);
    // Capability times salience of ten countries, in thousandths, and a majority of it.
    let weights = [64, 32, 6, 128, 96, 96, 144, 5, 50, 56];
    let quota = weights.iter().sum::<u64>() / 2 + 1;
    check("BDM emissions weights c*s [majority]", &committee(&weights, quota, &[]));
}

#[test]
fn worth_of_asking() {
    let Some(table) = Sheet::read("reference/voi_fixture.csv") else { return };
    let games = [
        ("A [6;3,2,2,1,1] DM veto", 6, 40.0),
        ("B [6;3,2,2,1,1] DM+Purchaser veto", 6, 30.0),
        ("C [5;1x9] simple majority", 5, 50.0),
    ];
    for (name, quota, cost) in games {
        let table = table.only("game", name);
        let weights: Vec<u64> =
            table.words("weight").iter().map(|weight| weight.parse().unwrap()).collect();
        let vetoes: Vec<usize> =
            (0..weights.len()).filter(|at| table.words("veto")[*at] == "1").collect();
        let ballot =
            Ballot::new(&committee(&weights, quota, &vetoes), &table.numbers("p_yes")).unwrap();
        let near = |found: Vec<f64>, column: &str| {
            assert_all_near(&found, &table.numbers(column), 1e-9, &format!("{name} {column}"));
        };
        let each = |of: &dyn Fn(&inroad_graph::Member) -> f64| -> Vec<f64> {
            ballot.members().iter().map(of).collect()
        };
        near(each(&|_| ballot.win()), "P_win");
        near(each(&|member| member.win_if_yes), "P_win_if_yes");
        near(each(&|member| member.win_if_no), "P_win_if_no");
        near(each(&inroad_graph::Member::swing), "swing");
        near(each(&inroad_graph::Member::information_bits), "mutual_information_bits");
        let stake = Stake { gain: 100.0, cost };
        near(ballot.perfect_information(stake).unwrap(), "EVPI_gain100");
        near(ballot.sample_information(stake, 0.8).unwrap(), "EVSI_answer_acc_0.8");
    }
}
