//! Times to rows: one row a person and period, for the discrete-time hazard regression.
//!
//! What: a spell of someone who was at risk in the periods `entry`, `entry + 1`, …, `exit − 1`
//! becomes that many rows. The outcome is 0 in each but the last, where it says whether the event
//! ended the spell. A [`crate::logistic()`] on these rows estimates the hazard
//! `h(t | x) = P(event in period t | none before, x)`; its likelihood is that of the spells, with
//! right censoring and late entry.
//!
//! Assumes: censoring says nothing of the event, and a period is short enough that its order
//! within does not matter. Misleads: when periods are long against the wait (much of the curve is
//! in the first row).
//!
//! Source: Allison (1982), Discrete-time methods for the analysis of event histories;
//! Singer and Willett (1993), It's about time. Checked against: the life table, which the
//! regression on one column a period gives exactly (see the test).

use crate::FitError;

/// The periods that someone was at risk in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spell {
    /// The first period at risk, usually 0; later when the spell began unseen (late entry).
    pub entry: u32,
    /// The period after the last one at risk; above `entry`.
    pub exit: u32,
    /// Whether the event came in the last period; otherwise only the watching ended.
    pub happened: bool,
}

/// Rows for a regression.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonPeriods {
    /// `k` numbers a row, row after row.
    pub rows: Vec<f64>,
    /// How many numbers a row has.
    pub k: usize,
    /// 1 where the event came, 0 elsewhere; one a row.
    pub outcomes: Vec<f64>,
    /// The place in `spells` that each row comes from.
    pub spells: Vec<usize>,
}

/// How many numbers the rows may hold: 8 GB.
const NUMBERS_MAX: usize = 1_000_000_000;

/// Makes the rows. `describe` writes the `k` numbers of one row: those of the spell at this place
/// in this period.
///
/// Errors: [`FitError`] when there are no spells or no columns, when a spell has no period, and
/// when there would be more than a billion numbers.
///
/// ```
/// use inroad_stats::{Prior, Spell, logistic, person_periods};
/// let spells = [
///     Spell { entry: 0, exit: 2, happened: true },
///     Spell { entry: 0, exit: 3, happened: false },
///     Spell { entry: 1, exit: 2, happened: true },
/// ];
/// // One column: a hazard that is the same in each period.
/// let table = person_periods(&spells, 1, |_spell, _period, row| row[0] = 1.0)?;
/// let fit = logistic(&table.rows, 1, &table.outcomes, None, &Prior::flat(1))?;
/// assert!((fit.probability(&[1.0]) - 2.0 / 6.0).abs() < 1e-9, "two events in six periods");
/// # Ok::<(), inroad_stats::FitError>(())
/// ```
pub fn person_periods(
    spells: &[Spell],
    k: usize,
    mut describe: impl FnMut(usize, u32, &mut [f64]),
) -> Result<PersonPeriods, FitError> {
    if spells.is_empty() {
        return Err(FitError::Empty { what: "spells" });
    }
    if k == 0 {
        return Err(FitError::Empty { what: "columns" });
    }
    let mut count = 0_usize;
    for (at, spell) in spells.iter().enumerate() {
        if spell.exit <= spell.entry {
            let must = "one that ends after it begins";
            return Err(FitError::OutOfRange { what: "spell", at, must });
        }
        count = count.saturating_add((spell.exit - spell.entry) as usize);
    }
    if count.saturating_mul(k) > NUMBERS_MAX {
        return Err(FitError::Shape { what: "periods (too many)" });
    }
    let mut table = PersonPeriods {
        rows: vec![0.0; count * k],
        k,
        outcomes: Vec::with_capacity(count),
        spells: Vec::with_capacity(count),
    };
    let mut rows = table.rows.chunks_exact_mut(k);
    for (at, spell) in spells.iter().enumerate() {
        for (period, row) in (spell.entry..spell.exit).zip(&mut rows) {
            describe(at, period, row);
            let is_event = spell.happened && period + 1 == spell.exit;
            table.outcomes.push(f64::from(u8::from(is_event)));
            table.spells.push(at);
        }
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Prior, logistic};

    #[test]
    fn one_column_a_period_gives_the_life_table() {
        let spell = |entry, exit, happened| Spell { entry, exit, happened };
        let spells = [
            spell(0, 1, true),
            spell(0, 1, false),
            spell(0, 2, true),
            spell(0, 3, false),
            spell(1, 3, true),
            spell(0, 3, true),
            spell(2, 3, false),
        ];
        let table =
            person_periods(&spells, 3, |_, period, row| row[period as usize] = 1.0).unwrap();
        assert_eq!(table.outcomes.len(), 13);
        assert_eq!(table.spells[..4], [0, 1, 2, 2]);
        let fit = logistic(&table.rows, 3, &table.outcomes, None, &Prior::flat(3)).unwrap();
        // Events over those at risk, counted by hand.
        for (period, hazard) in [1.0 / 5.0, 1.0 / 4.0, 2.0 / 4.0].into_iter().enumerate() {
            let mut row = [0.0; 3];
            row[period] = 1.0;
            let found = fit.probability(&row);
            assert!((found - hazard).abs() < 1e-9, "{period}: {found} is not {hazard}");
        }
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let none = Spell { entry: 3, exit: 3, happened: true };
        let long = Spell { entry: 0, exit: u32::MAX, happened: true };
        for (spells, k) in [(&[][..], 1), (&[none], 1), (&[long], 1), (&[long], 0)] {
            assert!(person_periods(spells, k, |_, _, _| ()).is_err());
        }
    }
}
