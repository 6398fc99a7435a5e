//! From which probability on a saying is heard: so that nearly nothing is heard in sentences that are about
//! something else, and most of what is heard among near ones is right.
//!
//! Sentences that are near stand in the files far oftener than in drafts, so few right ones among them do not make
//! a wrong alarm likely; sentences about something else make up nearly all of a draft.

use anyhow::Result;
use inroad_coach::reading::sayings::Saying as Name;
use inroad_language::linear::Label;

use super::lessons::{SILENCING, Saying};
use crate::linear::Lesson;
use crate::linear::set_aside::SetAside;
use crate::linear::train::Calibration;

/// Of sentences about something else no greater share may be told.
const OTHERS_MAX: f64 = 0.001;
/// The same of what silences a rule: to miss it costs as much as to hear it where it is not.
const OTHERS_SILENCING_MAX: f64 = 0.01;
/// Of those told of its own file at least this share has to say it.
const PRECISION_MIN: f64 = 0.75;

/// The calibration of every saying, on sentences that were set aside.
pub(super) fn calibrated(aside: &SetAside<'_, Name, Saying>) -> Result<Vec<Calibration>> {
    let everything: Vec<usize> = (0..aside.lessons.len()).collect();
    let mut all = aside.calibrated(&everything, |_, _| 0.0)?;
    for (place, calibration) in all.iter_mut().enumerate() {
        let name = &aside.labels[place];
        let (mut own, mut others) = (Vec::new(), Vec::new());
        for (lesson, scores) in aside.lessons.iter().zip(&aside.scores) {
            if lesson.weight(name) <= 0.0 {
                continue;
            }
            let is_own = lesson.of.as_ref().is_some_and(|(of, _)| of == name);
            if is_own {
                own.push((scores[place], lesson.carries(name)));
            } else {
                others.push(scores[place]);
            }
        }
        let score = if SILENCING.contains(&name.name()) {
            rare(&mut others, OTHERS_SILENCING_MAX)
        } else {
            rare(&mut others, OTHERS_MAX).max(right(&mut own))
        };
        calibration.threshold = calibration.probability(score);
    }
    Ok(all)
}

/// The score above which so few of others lie.
fn rare(others: &mut [f32], share: f64) -> f32 {
    others.sort_by(|a, b| b.total_cmp(a));
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a place in a list"
    )]
    let most = (others.len() as f64 * share) as usize;
    others.get(most).map_or(f32::MIN, |score| score.next_up())
}

/// The lowest score from which on enough of its own are right.
fn right(own: &mut [(f32, bool)]) -> f32 {
    own.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut hits, mut least) = (0.0, f32::MAX);
    for (told, (score, says)) in (1_u32..).zip(own.iter()) {
        hits += f64::from(u8::from(*says));
        if hits >= PRECISION_MIN * f64::from(told) {
            least = *score;
        }
    }
    least
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_of_the_others_are_told() {
        let mut others: Vec<f32> = (0..10_000).map(|at| at as f32).collect();
        let least = rare(&mut others, 0.001);
        assert_eq!(others.iter().filter(|score| **score >= least).count(), 10);
        assert!(rare(&mut [], 0.1) <= f32::MIN);
    }

    #[test]
    fn enough_of_its_own_are_right() {
        let mut own = [(5.0, true), (4.0, false), (3.0, true), (2.0, true), (1.0, false)];
        assert!((right(&mut own) - 2.0).abs() < 1e-6);
        assert!(right(&mut [(1.0, false)]) > 1e9);
    }
}
