//! Four positive parameters, fitted on the scale of their logarithms.
//!
//! Of very many members a part can be asked in the place of all: the likelihood of all is looked at
//! once, near its maximum, and how its slope changes from there is taken from the part. Where that
//! may be too rough, all are looked at again.
//!
//! Source: Jordan, Lee and Yang (2019), Communication-efficient distributed statistical inference,
//! eq. 5, with the curvature of all beside their slope.

use crate::newton::{Maximum, Point, maximise_over};
use crate::repeats::Terms;
use crate::symmetric::dot;
use crate::{Estimate, FitError, Symmetric};

/// Parameters beyond `exp(±LN_MAX)` are no parameters any more.
const LN_MAX: f64 = 25.0;
/// Third derivatives of a part of `m` are off by about this over the root of `m`, as a share.
const ROUGHNESS: f64 = 5.0;
/// How far off a maximum may be for that, in standard errors.
const OFF_MAX: f64 = 1e-3;

/// How so many members speak of four parameters.
pub(crate) struct Members<F> {
    /// How many.
    pub count: usize,
    /// Their likelihood.
    pub terms: F,
}

/// Estimates with their errors, and the maximum.
pub(crate) type Fit = ([Estimate; 4], f64);

impl<F: Fn([f64; 4]) -> Terms> Members<F> {
    /// Maximises over the parameters.
    pub(crate) fn fit(&self, start: [f64; 4]) -> Result<Fit, FitError> {
        let start = start.map(f64::ln).to_vec();
        estimates(&maximise_over(self.count, start, |logs| self.point(logs))?)
    }

    /// The same from the maximum of a part.
    pub(crate) fn fit_by_part(
        &self,
        part: &Members<impl Fn([f64; 4]) -> Terms>,
        start: [f64; 4],
    ) -> Result<Fit, FitError> {
        let start = start.map(f64::ln).to_vec();
        let by_part = ByPart {
            all: self.point(&start),
            part: part.point(&start),
            scale: self.count as f64 / part.count.max(1) as f64,
            start,
        };
        let found = maximise_over(self.count, by_part.start.clone(), |logs| {
            by_part.point(logs, || part.point(logs))
        });
        let roughness = ROUGHNESS / (part.count as f64).sqrt();
        let is_near = |bend: f64| bend * roughness <= OFF_MAX;
        let again = match found {
            Ok(maximum) if by_part.bend(&maximum).is_ok_and(is_near) => return estimates(&maximum),
            Ok(Maximum { at, .. }) => at,
            Err(_) => by_part.start,
        };
        estimates(&maximise_over(self.count, again, |logs| self.point(logs))?)
    }

    fn point(&self, logs: &[f64]) -> Point {
        let mut point = Point {
            value: f64::NEG_INFINITY,
            gradient: vec![0.0; 4],
            information: Symmetric::zero(4),
        };
        let &[a, b, c, d] = logs else { return point };
        if logs.iter().any(|log| log.abs() > LN_MAX) {
            return point;
        }
        let at = [a, b, c, d].map(f64::exp);
        let terms = (self.terms)(at);
        point.value = terms.value;
        for i in 0..4 {
            point.gradient[i] = at[i] * terms.slope[i];
            for j in 0..=i {
                point.information.row_mut(i)[j] = -at[i] * at[j] * terms.curve[i][j];
            }
            point.information.row_mut(i)[i] -= point.gradient[i];
        }
        point.information.mirror();
        point
    }
}

fn estimates(maximum: &Maximum) -> Result<Fit, FitError> {
    match maximum.estimates()?.as_slice() {
        &[a, b, c, d] => {
            let estimates = [a, b, c, d].map(Estimate::exponential);
            Estimate::check(&estimates)?;
            Ok((estimates, maximum.value))
        }
        _ => Err(FitError::Undetermined { what: "parameters" }),
    }
}

/// What all say, from one look at them.
struct ByPart {
    start: Vec<f64>,
    /// All at the start.
    all: Point,
    /// The part at the start.
    part: Point,
    /// How many times the part all are.
    scale: f64,
}

impl ByPart {
    /// To the second order what all said at the start; beyond it, the part many times.
    fn point(&self, logs: &[f64], part_there: impl FnOnce() -> Point) -> Point {
        let step = step(&self.start, logs);
        if step.iter().all(|step| *step == 0.0) {
            return self.all.clone();
        }
        let mut point = part_there();
        let (all, part) = (&self.all, &self.part);
        let (of_all, of_part) = (all.information.times(&step), part.information.times(&step));
        let second = |point: &Point, bent: &[f64]| {
            point.value + dot(&point.gradient, &step) - dot(bent, &step) / 2.0
        };
        point.value = second(all, &of_all) + self.scale * (point.value - second(part, &of_part));
        for i in 0..step.len() {
            let change = point.gradient[i] - part.gradient[i] + of_part[i];
            point.gradient[i] = all.gradient[i] - of_all[i] + self.scale * change;
            for j in 0..step.len() {
                let cell = |of: &Point| of.information.row(i)[j];
                let value = cell(all) + self.scale * (cell(&point) - cell(part));
                point.information.row_mut(i)[j] = value;
            }
        }
        point
    }

    /// How far the maximum is from where all would have put it to the second order, in standard
    /// errors: what the part alone told.
    fn bend(&self, maximum: &Maximum) -> Result<f64, FitError> {
        let plain = self.all.information.cholesky()?.solve(&self.all.gradient);
        let bent = step(&plain, &step(&self.start, &maximum.at));
        Ok(dot(&bent, &maximum.information.times(&bent)).max(0.0).sqrt())
    }
}

fn step(from: &[f64], to: &[f64]) -> Vec<f64> {
    from.iter().zip(to).map(|(from, to)| to - from).collect()
}
