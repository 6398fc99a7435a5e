//! How often what is told is what people marked.

use super::corpora::Class;

/// Utterances by what they are (rows) and what they are told to be.
#[derive(Debug, Default)]
pub(super) struct Score {
    counts: [[usize; 3]; 3],
}

/// Of one class.
#[derive(Debug, Clone, Copy)]
pub(super) struct OfClass {
    pub(super) precision: f64,
    pub(super) recall: f64,
    pub(super) f1: f64,
}

impl Score {
    pub(super) fn add(&mut self, is: Class, told: Class) {
        let count = self.counts.get_mut(place(is)).and_then(|row| row.get_mut(place(told)));
        if let Some(count) = count {
            *count += 1;
        }
    }

    pub(super) fn total(&self) -> usize {
        self.counts.iter().flatten().sum()
    }

    pub(super) fn accuracy(&self) -> f64 {
        let right: usize = Class::ALL.iter().map(|class| self.count(*class, *class)).sum();
        ratio(right, self.total())
    }

    /// The mean of the F1 of all classes.
    pub(super) fn macro_f1(&self) -> f64 {
        Class::ALL.iter().map(|class| self.of(*class).f1).sum::<f64>() / Class::ALL.len() as f64
    }

    pub(super) fn of(&self, class: Class) -> OfClass {
        let right = self.count(class, class);
        let told: usize = Class::ALL.iter().map(|is| self.count(*is, class)).sum();
        let there: usize = Class::ALL.iter().map(|told| self.count(class, *told)).sum();
        let f1 = ratio(2 * right, told + there);
        OfClass { precision: ratio(right, told), recall: ratio(right, there), f1 }
    }

    fn count(&self, is: Class, told: Class) -> usize {
        self.counts.get(place(is)).and_then(|row| row.get(place(told))).copied().unwrap_or(0)
    }
}

fn place(class: Class) -> usize {
    match class {
        Class::Nothing => 0,
        Class::Open => 1,
        Class::Closed => 2,
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_become_shares() {
        let mut score = Score::default();
        for (is, told) in [
            (Class::Nothing, Class::Nothing),
            (Class::Open, Class::Open),
            (Class::Open, Class::Closed),
            (Class::Closed, Class::Closed),
        ] {
            score.add(is, told);
        }
        assert!((score.accuracy() - 0.75).abs() < 1e-9);
        let open = score.of(Class::Open);
        assert!((open.precision - 1.0).abs() < 1e-9 && (open.recall - 0.5).abs() < 1e-9);
        assert!((score.macro_f1() - (1.0 + 2.0 / 3.0 + 2.0 / 3.0) / 3.0).abs() < 1e-9);
        assert!(Score::default().macro_f1().abs() < 1e-9);
    }
}
