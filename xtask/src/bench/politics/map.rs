//! How long the whole reading of an account takes, by how many people its map holds.

use std::time::Instant;

use anyhow::{Context, Result};
use inroad_advice::politics::map::{Bond, Guess, Learnt, Map, Person};
use inroad_advice::politics::{Part, account, tipping};
use inroad_model::TieKind;
use inroad_stats::Random;

use crate::bench::page::table;

/// So many draws are made, as in the program.
const DRAWS: usize = 1000;
/// Each is timed so often, and the median told.
const TIMES: usize = 9;

/// Measures maps of a dozen to two hundred people.
pub(super) fn measure() -> Result<String> {
    let mut rows = vec![vec![
        "people".to_owned(),
        "ties".to_owned(),
        "1,000 draws, ms".to_owned(),
        "everything that is told, ms".to_owned(),
    ]];
    for people in [12, 40, 150, 200] {
        let map = drawn(people)?;
        let simulated = median(|| {
            std::hint::black_box(tipping::simulate(&map, DRAWS, 1));
        });
        let all = median(|| {
            std::hint::black_box(account::read(&map));
        });
        let ms = |seconds: f64| format!("{:.1}", 1000.0 * seconds);
        rows.push(vec![people.to_string(), map.bonds().len().to_string(), ms(simulated), ms(all)]);
    }
    let table = table(&rows);
    Ok(format!(
        "## How long a map takes\n\nDrawn maps: everybody reports to somebody, asks two others and \
         trusts one; one in ten is at odds with somebody. Medians of {TIMES}.\n\n{table}"
    ))
}

fn median(mut run: impl FnMut()) -> f64 {
    let mut times: Vec<f64> = (0..TIMES)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed().as_secs_f64()
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[TIMES / 2]
}

/// A map of so many people, the same each time.
fn drawn(count: usize) -> Result<Map> {
    let mut random = Random::new(count as u64);
    let people: Vec<Person> = (0..count)
        .map(|at| Person {
            part: (at == 0).then_some(Part::DecisionMaker),
            is_contact: at + 1 == count,
            is_met: random.unit() < 0.4 || at + 1 == count,
            weight: Guess { value: 1.0 / (1.0 + (at as f64).sqrt()), known: random.unit() },
            stance: Guess { value: 2.0 * random.unit() - 1.0, known: random.unit() },
            openness: random.unit(),
            fear: random.unit(),
            veto: if at < 3 { 0.3 } else { 0.02 },
            ..Person::unknown(format!("p{at}"), format!("Person {at}"))
        })
        .collect();
    let mut bonds = Vec::new();
    for from in 1..count {
        let mut other = || usize::try_from(random.below(count as u64)).unwrap_or(0);
        let boss = (from - 1) / 5;
        let mut ends = vec![
            (boss, TieKind::ReportsTo),
            (other(), TieKind::GoesToForAdvice),
            (other(), TieKind::GoesToForAdvice),
            (other(), TieKind::Trusts),
        ];
        if from % 10 == 0 {
            ends.push((other(), TieKind::AtOdds));
        }
        for (to, kind) in ends.into_iter().filter(|(to, _)| *to != from) {
            bonds.push(Bond {
                from,
                to,
                kind,
                strength: random.unit(),
                known: random.unit(),
                learnt: Learnt::Mail,
                date: None,
                quote: None,
            });
        }
    }
    let mut map = Map::new(people, bonds).context("A drawn map does not fit")?;
    map.in_the_way = Some(1);
    Ok(map)
}
