//! A prior that learns: each week's outcomes move it, and what was learnt long ago fades.
//!
//! The posterior after one week's cases is the prior for the next (Laplace's approximation), so
//! every case is looked at once and a forecast knows nothing that was not known at its moment.
//!
//! Source: Spiegelhalter and Lauritzen (1990), Sequential updating of conditional probabilities on
//! directed graphical structures; forgetting as in Raftery, Karny and Ettler (2010), Online
//! prediction under model uncertainty via dynamic model averaging, eq. 5.

use inroad_stats::{FitError, Precision, Prior, Symmetric, logistic};

use super::curve::{Curves, Design};
use super::log::{DAY, EventLog};
use super::measure::View;
use super::outcomes::{Asked, Outcome};
use super::term::Measures;

/// Days of a period.
pub(super) const PERIOD_DAYS: f64 = 7.0;
/// How much of what was learnt is still believed a period later: half of it after about a year and
/// three quarters.
const KEPT: f64 = 0.9924;

/// How firmly the shipped constant is believed, as a precision. Silences that are asked about each
/// Monday are few outcomes counted many times; without this some dozen of them make it sure.
const FIRMNESS_OF_CONSTANT: f64 = 30.0;

/// Curves that follow the outcomes of a log.
#[derive(Debug, Clone)]
pub struct Learner {
    design: Design,
    shipped: Symmetric,
    believed: Prior,
    /// How many cases it has seen.
    seen: usize,
}

impl Learner {
    /// Starts with a prior's curves.
    pub fn new(prior: &Curves) -> Result<Self, FitError> {
        let believed = prior.design.prior(prior.coefficients.clone(), FIRMNESS_OF_CONSTANT)?;
        let shipped = match &believed.precision {
            Precision::Full(matrix) => matrix.clone(),
            Precision::Diagonal(values) => Symmetric::diagonal(values),
        };
        Ok(Self { design: prior.design.clone(), shipped, believed, seen: 0 })
    }

    /// What it believes now.
    pub fn curves(&self) -> Curves {
        Curves { design: self.design.clone(), coefficients: self.believed.mean.clone() }
    }

    /// How many cases it has learnt from.
    pub fn seen(&self) -> usize {
        self.seen
    }

    /// Learns from some cases.
    pub fn learn(&mut self, log: &EventLog, outcomes: &[Outcome]) -> Result<(), FitError> {
        let measured: Vec<(Measures, bool)> =
            outcomes.iter().map(|outcome| (measures(log, outcome), outcome.came)).collect();
        self.learn_measured(measured.iter().map(|(measures, came)| (measures, *came)))
    }

    /// Learns from what was measured of some cases, and whether each came about.
    pub(super) fn learn_measured<'m>(
        &mut self,
        cases: impl Iterator<Item = (&'m Measures, bool)>,
    ) -> Result<(), FitError> {
        let (mut rows, mut came) = (Vec::new(), Vec::new());
        for (measures, outcome) in cases {
            self.design.push_row(measures, &mut rows);
            came.push(f64::from(u8::from(outcome)));
        }
        if came.is_empty() {
            return Ok(());
        }
        let fit = logistic(&rows, self.design.columns(), &came, None, &self.believed)?;
        self.believed = fit.as_prior();
        self.seen += came.len();
        Ok(())
    }

    /// Lets so many periods pass.
    pub fn fade(&mut self, periods: f64) -> Result<(), FitError> {
        let kept = KEPT.powf(periods);
        if let Precision::Full(matrix) = &self.believed.precision {
            let faded: Vec<f64> = matrix
                .values()
                .iter()
                .zip(self.shipped.values())
                .map(|(learnt, shipped)| shipped + kept * (learnt - shipped))
                .collect();
            let matrix = Symmetric::from_rows(matrix.order(), faded)?;
            self.believed.precision = Precision::Full(matrix);
        }
        Ok(())
    }
}

/// The beginning of the first period at or after a moment. Periods are counted from 1970, so that
/// a log that goes on later has the same ones.
pub(super) fn next_period(moment: f64) -> f64 {
    (moment / (PERIOD_DAYS * DAY)).ceil() * PERIOD_DAYS * DAY
}

/// What was known of a case at its moment.
pub fn measures(log: &EventLog, case: &Outcome) -> Measures {
    let view = View::new(log, case.me, case.them, case.cut);
    match case.asked {
        Asked::Reply { letter, elapsed_days } => view.of_reply(letter, elapsed_days),
        Asked::Silence { horizon_days } => view.of_silence(horizon_days),
    }
}

/// Goes through the periods of a log in which something new became known: `at_change` gets what is
/// believed then, and from when on, in seconds since 1970. Learning stops with what is known at
/// `learn_until`.
pub fn period_by_period(
    log: &EventLog,
    outcomes: &[Outcome],
    prior: &Curves,
    learn_until: f64,
    mut at_change: impl FnMut(Curves, f64),
) -> Result<(), FitError> {
    let mut learner = Learner::new(prior)?;
    let Some(last) = log.events().last() else { return Ok(()) };
    let known = outcomes.partition_point(|outcome| outcome.known_from <= learn_until);
    let mut rest = outcomes.get(..known).unwrap_or_default();
    let mut before = None;
    while let Some(first) = rest.first() {
        // Periods without news are passed over at once, be they thousands.
        let start = next_period(first.known_from);
        if start > last.time {
            break;
        }
        if let Some(before) = before {
            learner.fade((start - before) / (PERIOD_DAYS * DAY))?;
        }
        let (now, later) = rest.split_at(rest.partition_point(|o| o.known_from <= start));
        learner.learn(log, now)?;
        at_change(learner.curves(), start);
        (rest, before) = (later, Some(start));
    }
    Ok(())
}
