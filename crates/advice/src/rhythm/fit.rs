//! Fits the prior that is shipped, from public archives.

use inroad_stats::{FitError, logistic};

use super::curve::{Curves, Design, Shape};
use super::learn::measures;
use super::log::EventLog;
use super::measure::TERMS_OF_CONVERSATION;
use super::outcomes::{Outcome, replies, silences};
use super::prior::Question;
use super::term::{Measures, Term};

/// An archive to fit on.
#[derive(Debug, Clone, Copy)]
pub struct Archive<'a> {
    /// Its letters.
    pub log: &'a EventLog,
    /// How much it counts beside the others; 1 as a rule.
    pub weight: f64,
}

/// So many cases an archive are looked at, spread evenly.
const CASES_MAX: usize = 24_000;
/// All cases of an archive count together like so many.
const CASES_WORTH: f64 = 20_000.0;
/// Each third case is taken once more as if nothing were known of conversations, so that the
/// prior holds where an archive does not keep them.
const FORGETFUL_EACH: usize = 3;
/// Knots of a curve, at most.
const KNOTS: usize = 5;
/// How firmly the constant is believed to be 0: hardly at all.
const FIRMNESS_OF_CONSTANT: f64 = 1e-3;
/// Horizons of the question of silence.
const HORIZONS: [f64; 2] = [30.0, 60.0];

/// The curves that fit these archives best.
pub fn fit(question: Question, archives: &[Archive<'_>]) -> Result<Curves, FitError> {
    let mut cases: Vec<(Measures, bool, f64)> = Vec::new();
    for archive in archives {
        cases.extend(cases_of(question, archive));
    }
    let shapes =
        question.terms().iter().map(|term| Shape { term: *term, knots: knots(*term, &cases) });
    let design = Design::new(shapes);
    let columns = design.columns();
    let (mut rows, mut came, mut weights) = (Vec::new(), Vec::new(), Vec::new());
    for (measures, outcome, weight) in &cases {
        design.push_row(measures, &mut rows);
        came.push(f64::from(u8::from(*outcome)));
        weights.push(*weight);
    }
    let prior = design.prior(vec![0.0; columns], FIRMNESS_OF_CONSTANT)?;
    let fit = logistic(&rows, columns, &came, Some(&weights), &prior)?;
    Ok(Curves { design, coefficients: fit.mode })
}

fn cases_of(question: Question, archive: &Archive<'_>) -> Vec<(Measures, bool, f64)> {
    let outcomes: Vec<Outcome> = match question {
        Question::Reply => replies(archive.log, None),
        Question::Silence => {
            HORIZONS.iter().flat_map(|days| silences(archive.log, None, *days)).collect()
        }
    };
    let step = outcomes.len().div_ceil(CASES_MAX).max(1);
    let used: Vec<&Outcome> = outcomes.iter().step_by(step).collect();
    let weight = archive.weight * CASES_WORTH / used.len().max(1) as f64;
    let mut cases = Vec::new();
    for (at, outcome) in used.into_iter().enumerate() {
        let mut measures = measures(archive.log, outcome);
        cases.push((measures.clone(), outcome.came, weight));
        if at % FORGETFUL_EACH == 0 && measures.get(Term::IsReply).is_some() {
            for term in TERMS_OF_CONVERSATION {
                measures.forget(term);
            }
            cases.push((measures, outcome.came, weight));
        }
    }
    cases
}

/// Where the curve of a measure bends: at its own steps where it has few, else so that as many
/// cases lie between each two.
fn knots(term: Term, cases: &[(Measures, bool, f64)]) -> Vec<f64> {
    let mut values: Vec<f64> =
        cases.iter().filter_map(|(measures, ..)| measures.get(term)).collect();
    values.sort_by(f64::total_cmp);
    let mut distinct = values.clone();
    distinct.dedup();
    if distinct.len() <= KNOTS + 1 {
        return distinct;
    }
    let mut knots: Vec<f64> = (0..KNOTS)
        .filter_map(|at| {
            let share = 0.01 + 0.98 * at as f64 / (KNOTS - 1) as f64;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a share of a length"
            )]
            let rank = (share * (values.len() - 1) as f64).round() as usize;
            values.get(rank).map(|value| (value * 1e3).round() / 1e3)
        })
        .collect();
    knots.dedup();
    knots
}
