//! The model: log-odds as a sum of one curve for each measure.
//!
//! `ln(p / (1 − p)) = b + Σ f(x)`, each `f` straight between a few knots, level beyond them, with
//! a value of its own where `x` is unknown. It is a discrete-time hazard regression (the elapsed
//! days are one of the measures), additive, so what each measure says can be read off and told.
//!
//! Source: Hastie and Tibshirani (1990), Generalized Additive Models; Eilers and Marx (1996),
//! Flexible smoothing with B-splines and penalties, for the penalty on neighbours.

use inroad_stats::{FitError, Precision, Prior, Symmetric};

use super::term::{Measures, Term};

/// How firmly neighbouring knots are believed to be alike, as a precision.
const SMOOTHNESS: f64 = 300.0;
/// How firmly a value at a knot is believed to be near what the prior says.
const FIRMNESS: f64 = 30.0;
/// The same of the value for "unknown".
const FIRMNESS_UNKNOWN: f64 = 90.0;

/// The knots of one measure.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// What is measured.
    pub term: Term,
    /// Where its curve bends, rising.
    pub knots: Vec<f64>,
}

/// The measures of a model with their knots: what a row of numbers means.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Design {
    shapes: Vec<Shape>,
}

/// A design with its coefficients: at each knot of each measure, then for unknown, in the order of
/// the design; the constant last.
#[derive(Debug, Clone, PartialEq)]
pub struct Curves {
    /// The measures and knots.
    pub design: Design,
    /// Log-odds.
    pub coefficients: Vec<f64>,
}

impl Design {
    /// A design of these measures; those without two knots say nothing and are left out.
    pub fn new(shapes: impl IntoIterator<Item = Shape>) -> Self {
        Self { shapes: shapes.into_iter().filter(|shape| shape.knots.len() > 1).collect() }
    }

    /// The measures.
    pub fn shapes(&self) -> &[Shape] {
        &self.shapes
    }

    /// How many coefficients it has.
    pub fn columns(&self) -> usize {
        self.shapes.iter().map(Shape::columns).sum::<usize>() + 1
    }

    /// Adds a row: the weight of each coefficient in the log-odds of one case.
    pub fn push_row(&self, measures: &Measures, rows: &mut Vec<f64>) {
        let start = rows.len();
        rows.resize(start + self.columns(), 0.0);
        let mut column = start;
        for shape in &self.shapes {
            for (offset, weight) in shape.weights(measures.get(shape.term)) {
                if let Some(slot) = rows.get_mut(column + offset) {
                    *slot += weight;
                }
            }
            column += shape.columns();
        }
        if let Some(constant) = rows.get_mut(column) {
            *constant = 1.0;
        }
    }

    /// What is believed before any case was seen: these coefficients, more firmly that neighbours
    /// are alike than what they are. How firmly the constant, as a precision, is for the caller to
    /// say: an archive tells it, a mailbox with few letters does not.
    pub fn prior(
        &self,
        coefficients: Vec<f64>,
        firmness_of_constant: f64,
    ) -> Result<Prior, FitError> {
        let order = self.columns();
        let mut values = vec![0.0; order * order];
        let mut add = |row: usize, column: usize, value: f64| {
            if let Some(slot) = values.get_mut(row * order + column) {
                *slot += value;
            }
        };
        let mut first = 0;
        for shape in &self.shapes {
            for at in first..first + shape.knots.len() {
                add(at, at, FIRMNESS);
                if at > first {
                    add(at, at, SMOOTHNESS);
                    add(at - 1, at - 1, SMOOTHNESS);
                    add(at, at - 1, -SMOOTHNESS);
                    add(at - 1, at, -SMOOTHNESS);
                }
            }
            let unknown = first + shape.knots.len();
            add(unknown, unknown, FIRMNESS_UNKNOWN);
            first += shape.columns();
        }
        add(first, first, firmness_of_constant);
        let precision = Precision::Full(Symmetric::from_rows(order, values)?);
        Ok(Prior { mean: coefficients, precision })
    }
}

impl Shape {
    fn columns(&self) -> usize {
        self.knots.len() + 1
    }

    /// The coefficients that a value touches, with their weights.
    fn weights(&self, value: Option<f64>) -> [(usize, f64); 2] {
        let (Some(value), Some(first), Some(last)) = (value, self.knots.first(), self.knots.last())
        else {
            return [(self.knots.len(), 1.0), (self.knots.len(), 0.0)];
        };
        let value = value.clamp(*first, *last);
        let right = self.knots.partition_point(|knot| *knot <= value).min(self.knots.len() - 1);
        let left = right.saturating_sub(1);
        let (from, to) = (self.knots.get(left), self.knots.get(right));
        let share = from.zip(to).map_or(0.0, |(from, to)| (value - from) / (to - from));
        [(left, 1.0 - share), (right, share)]
    }
}

impl Curves {
    /// The log-odds of a case.
    pub fn log_odds(&self, measures: &Measures) -> f64 {
        let constant = self.coefficients.last().copied().unwrap_or_default();
        self.contributions(measures).map(|(_, log_odds)| log_odds).sum::<f64>() + constant
    }

    /// What each measure adds to the log-odds of a case.
    fn contributions(&self, measures: &Measures) -> impl Iterator<Item = (Term, f64)> {
        let mut first = 0;
        self.design.shapes.iter().map(move |shape| {
            let own = self.coefficients.get(first..).unwrap_or_default();
            first += shape.columns();
            let weights = shape.weights(measures.get(shape.term));
            let value = |(at, weight): (usize, f64)| own.get(at).copied().unwrap_or(0.0) * weight;
            (shape.term, weights.map(value).iter().sum())
        })
    }
}

/// The log-odds of a probability, which is kept from 0 and 1 by a ten-thousandth.
pub fn log_odds(probability: f64) -> f64 {
    let probability = probability.clamp(1e-4, 1.0 - 1e-4);
    (probability / (1.0 - probability)).ln()
}

/// The probability that log-odds stand for.
pub fn probability(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn curves() -> Curves {
        let design = Design::new([Shape { term: Term::ElapsedDays, knots: vec![0.0, 2.0, 10.0] }]);
        Curves { design, coefficients: vec![1.0, 3.0, -1.0, 0.5, 10.0] }
    }

    #[test]
    fn a_curve_is_straight_between_its_knots_and_level_beyond() {
        let mut measures = Measures::default();
        for (days, expected) in [
            (-5.0, 1.0),
            (0.0, 1.0),
            (1.0, 2.0),
            (2.0, 3.0),
            (6.0, 1.0),
            (10.0, -1.0),
            (99.0, -1.0),
        ] {
            measures.put(Term::ElapsedDays, days);
            let log_odds = curves().log_odds(&measures);
            assert!((log_odds - expected - 10.0).abs() < 1e-12, "{days}: {log_odds}");
        }
    }

    #[test]
    fn the_unknown_has_a_value_of_its_own() {
        assert!((curves().log_odds(&Measures::default()) - 10.5).abs() < 1e-12);
    }

    #[test]
    fn a_row_times_the_coefficients_is_the_log_odds() {
        let curves = curves();
        let mut measures = Measures::default();
        for days in [0.0, 0.7, 2.0, 9.0, 11.0] {
            measures.put(Term::ElapsedDays, days);
            let mut row = Vec::new();
            curves.design.push_row(&measures, &mut row);
            let product: f64 = row.iter().zip(&curves.coefficients).map(|(x, b)| x * b).sum();
            assert!((product - curves.log_odds(&measures)).abs() < 1e-12);
        }
    }
}
