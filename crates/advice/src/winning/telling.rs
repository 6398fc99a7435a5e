//! A chance in numbers and words: the range, and what moved it.

use super::model::{Design, digits};
use super::{BaseRate, Chance, Likely, Mover, Summary, Verdict};

/// The normal deviate of a range at 80 %.
const RANGE_DEVIATIONS: f64 = 1.2816;
/// An effect below this moves a chance by less than two of a hundred: not worth telling.
const EFFECT_MIN: f64 = 0.08;
/// What moved a deal, on each side, and what moves all.
const MOVERS_OF_DEAL: usize = 3;
const MOVERS_OF_ALL: usize = 5;
/// Values that fewer closed deals share are not told as what moves all.
const MOVER_DEALS_MIN: u64 = 10;

/// What each level does, with the closed deals that have it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Effects {
    /// By attribute, then level.
    movers: Vec<Vec<Mover>>,
}

impl Effects {
    /// Of the coefficients of a regression, compared with the mean of the closed deals.
    pub(super) fn of(design: &Design, mode: &[f64], rows: &[usize], won: &[bool]) -> Self {
        let mut coefficients = mode.iter().skip(1);
        let movers = design.attributes.iter().map(|attribute| {
            let mut movers: Vec<Mover> = attribute
                .levels
                .iter()
                .zip(coefficients.by_ref())
                .map(|(level, effect)| Mover {
                    column: attribute.name.clone(),
                    value: level.clone(),
                    effect: *effect,
                    won: 0,
                    of: 0,
                })
                .collect();
            for (row, won) in rows.iter().zip(won) {
                let level = attribute.of_row.get(*row).copied().flatten();
                if let Some(mover) = level.and_then(|level| movers.get_mut(level)) {
                    mover.of += 1;
                    mover.won += u64::from(*won);
                }
            }
            let sum: f64 = movers.iter().map(|mover| mover.effect * mover.of as f64).sum();
            let mean = sum / (rows.len() as f64).max(1.0);
            for mover in &mut movers {
                mover.effect = digits(mover.effect - mean);
            }
            movers
        });
        Self { movers: movers.collect() }
    }

    /// What raises and what lowers the chance most of all.
    pub(super) fn strongest(&self) -> (Vec<Mover>, Vec<Mover>) {
        let all = self.movers.iter().flatten().filter(|mover| mover.of >= MOVER_DEALS_MIN);
        sides(all, MOVERS_OF_ALL)
    }
}

/// The strongest on both sides.
fn sides<'m>(movers: impl Iterator<Item = &'m Mover>, max: usize) -> (Vec<Mover>, Vec<Mover>) {
    let mut movers: Vec<&Mover> = movers.filter(|m| m.effect.abs() >= EFFECT_MIN).collect();
    movers.sort_by(|a, b| {
        let by_effect = b.effect.abs().total_cmp(&a.effect.abs());
        by_effect.then_with(|| (&a.column, &a.value).cmp(&(&b.column, &b.value)))
    });
    let side = |up: bool| movers.iter().filter(move |m| (m.effect > 0.0) == up).take(max);
    (side(true).copied().cloned().collect(), side(false).copied().cloned().collect())
}

/// The chance of a deal. `level` gives the level of each attribute.
pub(super) fn likely(
    probability: f64,
    logit_deviation: f64,
    effects: &Effects,
    level: impl Fn(usize) -> Option<usize>,
) -> Likely {
    let movers = effects.movers.iter().enumerate();
    let (up, down) =
        sides(movers.filter_map(|(at, movers)| movers.get(level(at)?)), MOVERS_OF_DEAL);
    let logit = (probability / (1.0 - probability)).ln();
    let at = |deviations: f64| digits(1.0 / (1.0 + (-logit - deviations * logit_deviation).exp()));
    let range = (at(-RANGE_DEVIATIONS), at(RANGE_DEVIATIONS));
    Likely { probability: digits(probability), range, up, down }
}

impl BaseRate {
    /// `63 % of 6,711 closed deals were won (62 to 64 %)`.
    pub fn in_words(&self) -> String {
        format!(
            "{} of {} closed deals were won ({})",
            percent(self.share),
            self.closed,
            range(self.range)
        )
    }
}

impl Summary {
    /// Whether anything is usable, in a sentence.
    pub fn in_words(&self) -> String {
        match self.verdict {
            Verdict::Usable => {
                format!("The attributes tell more than the base rate. {}.", self.base.in_words())
            }
            Verdict::NoSignal => format!("Base rate, nothing usable: {}.", self.base.in_words()),
            Verdict::TooFew if self.base.closed == 0 => "No closed deal yet.".to_owned(),
            Verdict::TooFew => format!(
                "Base rate, too few closed deals to weigh attributes: {}.",
                self.base.in_words()
            ),
        }
    }
}

impl Chance {
    /// The chance as a range, or the base rate, in a sentence.
    pub fn in_words(&self) -> String {
        match &self.likely {
            Some(likely) => format!(
                "Chance of winning {}, from {} closed deals",
                range(likely.range),
                self.base.closed
            ),
            None => format!("Base rate, nothing usable: {}", self.base.in_words()),
        }
    }
}

impl Likely {
    /// `42 to 63 %`.
    pub fn range_in_words(&self) -> String {
        range(self.range)
    }
}

impl Mover {
    /// `Client: Current (94 of 130 won)`.
    pub fn in_words(&self) -> String {
        format!("{}: {} ({} of {} won)", self.column, self.value, self.won, self.of)
    }
}

/// Never 0 and never 100: nothing of the kind is certain.
fn percent(share: f64) -> String {
    format!("{} %", whole(share))
}

fn whole(share: f64) -> f64 {
    (share * 100.0).round().clamp(1.0, 99.0)
}

fn range((low, high): (f64, f64)) -> String {
    let (low, high) = (whole(low), whole(high));
    if low < high { format!("{low} to {high} %") } else { format!("{low} %") }
}
