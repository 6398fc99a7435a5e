//! Firms that fit the ideal client and are no targets yet.

use inroad_model::{AccountKey, IdealClient, KeptEntry};

use crate::desk::Morning;
use crate::register::Register;

/// So many are shown.
const OTHERS_MAX: usize = 20;
/// Of less than this share of the weight it is too early to say that somebody fits.
const KNOWN_MIN: f64 = 0.3;
/// Who fits less than this does not fit.
const SCORE_MIN: f64 = 0.6;

/// A firm that may be a target.
#[derive(Debug, Clone, PartialEq)]
pub struct Other {
    /// What it is kept under.
    pub key: AccountKey,
    /// What it is called.
    pub label: String,
    /// The share of the known weight that speaks for it, 0 to 1.
    pub score: Option<f64>,
    /// The share of the weight of which something is known, 0 to 1.
    pub known: f64,
}

impl Register {
    /// Firms that fit, by what is known of them, and are neither targets nor left alone; those of which
    /// most speaks for them first.
    pub fn who_else_fits(
        &self,
        morning: &Morning,
        entries: &[KeptEntry],
        ideal: &IdealClient,
    ) -> Vec<Other> {
        if ideal.qualifiers.is_empty() {
            return Vec::new();
        }
        let rows = self.accounts(morning, entries).into_iter();
        let open =
            rows.filter(|row| row.target.is_none() && !self.is_left_alone(row.key(), entries));
        let fitting = open.filter_map(|row| {
            if row.own.is_empty() && row.firm.told.is_empty() {
                return None;
            }
            let held = Self::held(Some(&row.firm), &row.own);
            let fit = inroad_prospect::fit(ideal, &held);
            let fits = fit.known >= KNOWN_MIN
                && fit.score.is_some_and(|score| score >= SCORE_MIN)
                && !fit.is_ruled_out();
            fits.then(|| Other {
                key: row.key().clone(),
                label: row.label().to_owned(),
                score: fit.score,
                known: fit.known,
            })
        });
        let mut others: Vec<Other> = fitting.collect();
        let speaks = |other: &Other| other.score.unwrap_or(0.0) * other.known;
        others.sort_by(|a, b| speaks(b).total_cmp(&speaks(a)).then_with(|| a.key.cmp(&b.key)));
        others.truncate(OTHERS_MAX);
        others
    }
}
