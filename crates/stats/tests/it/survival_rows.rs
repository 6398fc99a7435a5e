//! The waits that `tests/oracles/survival.py` made, and waits for properties.

use inroad_stats::Waits;
use proptest::prelude::*;

use crate::table::numbers;

/// Columns of one table of waits.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    pub(crate) durations: Vec<f64>,
    pub(crate) happened: Vec<bool>,
    pub(crate) entries: Vec<f64>,
    pub(crate) weights: Vec<f64>,
    /// Three a row.
    pub(crate) rows: Vec<f64>,
}

impl Table {
    pub(crate) fn plain(&self) -> Waits<'_> {
        Waits::new(&self.durations, &self.happened)
    }

    pub(crate) fn weighted(&self) -> Waits<'_> {
        Waits { weights: Some(&self.weights), ..self.plain() }
    }

    pub(crate) fn push(&mut self, duration: f64, happened: bool, weight: f64, row: &[f64]) {
        self.durations.push(duration);
        self.happened.push(happened);
        self.entries.push(0.0);
        self.weights.push(weight);
        self.rows.extend_from_slice(row);
    }

    fn each(&self) -> impl DoubleEndedIterator<Item = (f64, bool, f64, &[f64])> {
        let rows = self.rows.chunks_exact(3);
        let weights = self.weights.iter().zip(rows);
        let waits = self.durations.iter().zip(&self.happened).zip(weights);
        waits.map(|((duration, happened), (weight, row))| (*duration, *happened, *weight, row))
    }

    /// The same in the other order.
    pub(crate) fn reversed(&self) -> Table {
        let mut other = Table::default();
        self.each().rev().for_each(|(t, e, w, row)| other.push(t, e, w, row));
        other
    }

    /// Each as often as its weight says, with a weight of 1.
    pub(crate) fn repeated(&self) -> Table {
        let mut other = Table::default();
        for (duration, happened, weight, row) in self.each() {
            let mut left = weight;
            while left > 0.5 {
                other.push(duration, happened, 1.0, row);
                left -= 1.0;
            }
        }
        other
    }

    /// In another unit of time.
    pub(crate) fn scaled(&self, unit: f64) -> Table {
        let durations = self.durations.iter().map(|t| t * unit).collect();
        Table { durations, ..self.clone() }
    }
}

pub(crate) fn table() -> Table {
    let mut table = Table::default();
    for line in numbers(include_str!("../oracles/survival_rows.csv")) {
        table.push(line[0], line[1] > 0.5, line[3], &line[4..7]);
        *table.entries.last_mut().unwrap() = line[2];
    }
    table
}

prop_compose! {
    /// Some waits in half units, so that there are ties; at least three different events.
    pub(crate) fn some_waits()(n in 4_usize..30)(
        halves in prop::collection::vec(1_u8..40, n),
        happened in prop::collection::vec(prop::bool::ANY, n),
        weights in prop::collection::vec(1_u8..4, n),
        rows in prop::collection::vec(-2.0_f64..2.0, 3 * n),
    ) -> Table {
        let mut table = Table::default();
        for at in 0..halves.len() {
            let row = &rows[3 * at..3 * at + 3];
            table.push(f64::from(halves[at]) / 2.0, happened[at], f64::from(weights[at]), row);
        }
        for time in [1.25, 4.25, 9.25] {
            table.push(time, true, 1.0, &[0.0, 0.0, 0.0]);
        }
        table
    }
}
