//! The order of the plays of one scenario, by how the deals ended in which they were tried.
//!
//! A play overtakes another only where both were tried often enough and an exact test says that
//! chance hardly made the difference; else the order of the file stays.

use std::collections::BTreeMap;

use inroad_model::{KeptLesson, LessonNumber, Outcome};
use inroad_stats::{CASES_MIN, Side, fisher_test};

use super::super::scenario::{Play, Scenario};
use super::{Change, Changed};

/// How often chance alone may make such a difference.
const CHANCE_MAX: f64 = 0.05;

/// How often a play was tried, and how often that won.
#[derive(Debug, Clone, Default)]
struct Tried {
    won: u64,
    not_won: u64,
    lessons: Vec<LessonNumber>,
}

pub(super) fn reorder(
    scenarios: &mut BTreeMap<String, Scenario>,
    lessons: &[&KeptLesson],
) -> Vec<Change> {
    let mut changes = Vec::new();
    for (file, scenario) in scenarios.iter_mut().filter(|(_, s)| s.play.len() > 1) {
        let tried = tried(file, lessons);
        let of = |play: &Play| tried.get(play.name.as_str()).cloned().unwrap_or_default();
        let names = |plays: &[Play]| plays.iter().map(|p| p.name.clone()).collect::<Vec<_>>();
        let before = names(&scenario.play);
        for last in 1..scenario.play.len() {
            let mut at = last;
            while at > 0 && is_better(&of(&scenario.play[at]), &of(&scenario.play[at - 1])) {
                scenario.play.swap(at, at - 1);
                at -= 1;
            }
        }
        let after = names(&scenario.play);
        changes.extend(after.iter().zip(1_u32..).filter_map(|(name, to)| {
            let from = before.iter().zip(1_u32..).find(|(n, _)| *n == name).map(|(_, at)| at)?;
            let lessons = tried.get(name.as_str()).map(|t| t.lessons.clone()).unwrap_or_default();
            (from != to).then(|| Change {
                scenario: file.clone(),
                what: Changed::Place { play: name.clone() },
                from: f64::from(from),
                to: f64::from(to),
                lessons,
            })
        }));
    }
    changes
}

fn tried<'l>(file: &str, lessons: &[&'l KeptLesson]) -> BTreeMap<&'l str, Tried> {
    let mut plays: BTreeMap<&str, Tried> = BTreeMap::new();
    for kept in lessons {
        let Some(play) = kept.lesson.play.as_ref().filter(|play| play.scenario == file) else {
            continue;
        };
        let tried = plays.entry(&play.play).or_default();
        match kept.lesson.outcome {
            Outcome::Won => tried.won += 1,
            Outcome::Lost | Outcome::NoDecision | Outcome::LetGo => tried.not_won += 1,
        }
        tried.lessons.push(kept.number);
    }
    plays
}

fn is_better(play: &Tried, than: &Tried) -> bool {
    let enough = |tried: &Tried| tried.won + tried.not_won >= CASES_MIN;
    let table = [[play.won, play.not_won], [than.won, than.not_won]];
    enough(play)
        && enough(than)
        && fisher_test(table, Side::Greater).is_ok_and(|chance| chance <= CHANCE_MAX)
}
