//! The regression behind a chance: fitted on closed deals, judged on those it did not see.

use std::collections::BTreeMap;

use inroad_stats::{
    Counted, LogisticFit, Parted, auc, calibration_error, choose_ridge, clopper_pearson,
    grouped_folds, logistic, ridge_with_intercept,
};

use super::guard::{Closed, set_aside};
use super::levels::{Attribute, attribute};
use super::telling::{Effects, likely};
use super::{BaseRate, Chance, Declared, Judged, Likely, Summary, Table, Unused, Verdict};

/// With fewer closed deals, or fewer won or lost ones, no attribute can be weighed.
const CLOSED_MIN: usize = 30;
const EACH_END_MIN: usize = 10;
/// Of more closed deals so many are taken evenly: more cost time and tell no more.
const DEALS_MAX: usize = 10_000;
/// Levels that are weighed together; columns beyond that are left out.
const LEVELS_MAX: usize = 200;
const PARTS: usize = 5;
/// Few deals fall into parts by luck, so their figures are means of several divisions.
const REPEATS: usize = 5;
const REPEATS_UP_TO: usize = 1_000;
/// Strengths of the ridge from which the data choose; of many deals fewer, because they decide less.
const STRENGTHS: [f64; 6] = [0.3, 1.0, 3.0, 10.0, 30.0, 100.0];
const STRENGTHS_OF_MANY: [f64; 3] = [1.0, 10.0, 100.0];
const MANY: usize = 2_000;
/// Below so many closed deals all strengths grow by the square of how many are missing: of 50 deals
/// each strength is nine times as large. Few deals choose a strength badly, and a chance that is too
/// near to the base rate harms less than one that is too bold.
const FULL_TRUST_FROM: f64 = 150.0;
/// The gain over the base rate counts if it is so many of its standard errors above 0.
const GAIN_ERRORS_MIN: f64 = 2.0;
const CALIBRATION_BINS: usize = 10;
/// Losses are counted for chances at least so far from 0 and 1.
const LEAST: f64 = 1e-9;

/// What was learnt.
#[derive(Debug, Clone, PartialEq)]
pub struct Learnt {
    /// What was found, for people and programs.
    pub summary: Summary,
    model: Option<Model>,
}

/// A regression that is of use.
#[derive(Debug, Clone, PartialEq)]
struct Model {
    design: Design,
    fit: LogisticFit,
    /// The same without what few deals add to the ridge: how far the data alone leave it open.
    open: LogisticFit,
    effects: Effects,
}

/// The columns of the regression.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Design {
    pub attributes: Vec<Attribute>,
}

impl Design {
    /// How many columns there are: one of ones, one for each level.
    pub(super) fn width(&self) -> usize {
        1 + self.attributes.iter().map(|attribute| attribute.levels.len()).sum::<usize>()
    }

    /// The levels of a deal.
    fn profile(&self, row: usize) -> Vec<Option<usize>> {
        self.attributes.iter().map(|a| a.of_row.get(row).copied().flatten()).collect()
    }

    /// The numbers of a deal.
    pub(super) fn numbers(&self, row: usize) -> Vec<f64> {
        let mut numbers = vec![1.0];
        for (attribute, level) in self.attributes.iter().zip(self.profile(row)) {
            let here = |at| f64::from(u8::from(level == Some(at)));
            numbers.extend((0..attribute.levels.len()).map(here));
        }
        numbers
    }
}

/// The closed deals in an order that does not depend on that of the table.
#[derive(Debug)]
struct Deals {
    rows: Vec<usize>,
    won: Vec<bool>,
    /// A number for each profile of attributes.
    profiles: Vec<u64>,
}

impl Deals {
    fn of(table: &Table, design: &Design) -> Self {
        let closed = table.outcomes.iter().enumerate();
        let mut deals: Vec<(Vec<Option<usize>>, bool, usize)> =
            closed.filter_map(|(row, won)| Some((design.profile(row), (*won)?, row))).collect();
        deals.sort();
        let count = deals.len();
        let is_taken = |at: usize| {
            count <= DEALS_MAX || at * DEALS_MAX / count != (at + 1) * DEALS_MAX / count
        };
        let mut names = BTreeMap::new();
        let mut taken = Self { rows: Vec::new(), won: Vec::new(), profiles: Vec::new() };
        for (_, (profile, won, row)) in
            deals.into_iter().enumerate().filter(|(at, _)| is_taken(*at))
        {
            let next = names.len() as u64;
            taken.profiles.push(*names.entry(profile).or_insert(next));
            taken.rows.push(row);
            taken.won.push(won);
        }
        taken
    }

    fn parts(&self, seed: u64) -> Option<Vec<usize>> {
        grouped_folds(&self.won, &self.profiles, PARTS, seed).ok()
    }
}

pub(super) fn learn(table: &Table, declared: &Declared) -> Learnt {
    let closed: Vec<usize> = closed_rows(table);
    let mut unused = Vec::new();
    let mut attributes = Vec::new();
    for (at, column) in table.columns.iter().enumerate() {
        match attribute(at, column, table.outcomes.len(), &closed) {
            Ok(attribute) => attributes.push(attribute),
            Err(why) => unused.push(Unused { column: column.name.clone(), why }),
        }
    }
    let all = Design { attributes };
    let deals = Deals::of(table, &all);
    let parts = deals.parts(1).unwrap_or_else(|| vec![0; deals.rows.len()]);
    let seen = Closed { rows: &deals.rows, won: &deals.won, parts: &parts };
    let aside = set_aside(table, &all.attributes, declared, seen);
    unused.retain(|unused| !aside.values().any(|aside| aside.column == unused.column));
    let mut kept = all.attributes;
    kept.retain(|attribute| !aside.contains_key(&attribute.column));
    let design = bounded(kept, &mut unused);
    let mut learnt = Learnt {
        summary: Summary {
            base: base_rate(table),
            verdict: Verdict::TooFew,
            judged: None,
            weighed: design.attributes.iter().map(|a| a.name.clone()).collect(),
            set_aside: aside.into_values().collect(),
            unused,
            up: Vec::new(),
            down: Vec::new(),
        },
        model: None,
    };
    let won = deals.won.iter().filter(|won| **won).count();
    if closed.len() >= CLOSED_MIN && won.min(deals.won.len() - won) >= EACH_END_MIN {
        learnt.weigh(design, table);
    }
    learnt
}

impl Learnt {
    /// The chance of a deal of the table; the base rate alone where nothing is usable, and nothing
    /// without closed deals.
    pub fn chance(&self, row: usize) -> Option<Chance> {
        let base = self.summary.base;
        (base.closed > 0).then(|| Chance { base, likely: self.likely(row) })
    }

    fn likely(&self, row: usize) -> Option<Likely> {
        let Model { design, fit, open, effects } = self.model.as_ref()?;
        let numbers = design.numbers(row);
        Some(likely(fit.probability(&numbers), open.logit_deviation(&numbers), effects, |at| {
            design.attributes.get(at)?.of_row.get(row).copied().flatten()
        }))
    }

    /// Weighs the attributes, and keeps what was found if it is usable.
    fn weigh(&mut self, design: Design, table: &Table) {
        self.summary.verdict = Verdict::NoSignal;
        if design.attributes.is_empty() {
            return;
        }
        let deals = Deals::of(table, &design);
        let rows: Vec<f64> = deals.rows.iter().flat_map(|row| design.numbers(*row)).collect();
        let few = few_deals_factor(deals.rows.len());
        let Some(judged) = judge(&deals, &rows, design.width(), few) else { return };
        self.summary.judged = Some(judged);
        if judged.gain <= 0.0 || judged.gain < GAIN_ERRORS_MIN * judged.gain_error {
            return;
        }
        let outcomes: Vec<f64> = deals.won.iter().map(|won| f64::from(u8::from(*won))).collect();
        let k = design.width();
        let fit =
            |strength| logistic(&rows, k, &outcomes, None, &ridge_with_intercept(k, strength));
        let (Ok(fit), Ok(open)) = (fit(judged.strength), fit(judged.strength / few)) else {
            return;
        };
        let effects = Effects::of(&design, &fit.mode, &deals.rows, &deals.won);
        (self.summary.up, self.summary.down) = effects.strongest();
        self.summary.verdict = Verdict::Usable;
        self.model = Some(Model { design, fit, open, effects });
    }
}

/// How many times stronger every ridge is because the deals are few.
fn few_deals_factor(deals: usize) -> f64 {
    (FULL_TRUST_FROM / (deals as f64).max(1.0)).powi(2).max(1.0)
}

/// Forecasts every deal from others with other profiles, several times.
fn judge(deals: &Deals, rows: &[f64], k: usize, few: f64) -> Option<Judged> {
    let count = deals.rows.len();
    let strengths: Vec<f64> = if count > MANY { &STRENGTHS_OF_MANY[..] } else { &STRENGTHS[..] }
        .iter()
        .map(|strength| strength * few)
        .collect();
    let repeats = if count <= REPEATS_UP_TO { REPEATS } else { 1 };
    let profiles = deals.profiles.iter().max().map_or(0, |last| last + 1);
    let (mut areas, mut errors, mut chosen) = (0.0, 0.0, Vec::new());
    let mut gains = vec![0.0; usize::try_from(profiles).ok()?];
    for repeat in 1..=repeats {
        let parts = deals.parts(repeat as u64)?;
        let data = Parted { rows, k, outcomes: &deals.won, parts: &parts };
        let choice = choose_ridge(&data, &strengths).ok()?;
        areas += auc(&deals.won, &choice.probabilities).ok()?;
        errors += calibration_error(&deals.won, &choice.probabilities, CALIBRATION_BINS).ok()?;
        chosen.push(choice.strength);
        let forecasts = choice.probabilities.iter().zip(&choice.shares);
        for (((p, share), won), profile) in forecasts.zip(&deals.won).zip(&deals.profiles) {
            if let Some(gain) = usize::try_from(*profile).ok().and_then(|at| gains.get_mut(at)) {
                *gain += (loss(*share, *won) - loss(*p, *won)) / repeats as f64;
            }
        }
    }
    chosen.sort_by(f64::total_cmp);
    let total: f64 = gains.iter().sum();
    let mean = total / gains.len() as f64;
    let spread: f64 = gains.iter().map(|gain| (gain - mean).powi(2)).sum();
    Some(Judged {
        deals: count as u64,
        profiles,
        repeats: repeats as u64,
        auc: digits(areas / repeats as f64),
        calibration_error: digits(errors / repeats as f64),
        gain: digits(total / count as f64),
        gain_error: digits(spread.sqrt() / count as f64),
        strength: *chosen.get(chosen.len() / 2)?,
    })
}

fn loss(p: f64, won: bool) -> f64 {
    let p = p.clamp(LEAST, 1.0 - LEAST);
    if won { -p.ln() } else { -(1.0 - p).ln() }
}

fn closed_rows(table: &Table) -> Vec<usize> {
    let rows = table.outcomes.iter().enumerate();
    rows.filter(|(_, outcome)| outcome.is_some()).map(|(row, _)| row).collect()
}

fn base_rate(table: &Table) -> BaseRate {
    let closed = table.outcomes.iter().flatten().count() as u64;
    let won = table.outcomes.iter().flatten().filter(|won| **won).count() as u64;
    let share = if closed == 0 { 0.0 } else { won as f64 / closed as f64 };
    let range = clopper_pearson(Counted { events: won, of: closed }, 0.95).unwrap_or((0.0, 1.0));
    BaseRate { won, closed, share: digits(share), range: (digits(range.0), digits(range.1)) }
}

/// The attributes that are weighed: the first ones, as far as their levels go.
fn bounded(attributes: Vec<Attribute>, unused: &mut Vec<Unused>) -> Design {
    let mut design = Design { attributes: Vec::new() };
    for attribute in attributes {
        if design.width() + attribute.levels.len() <= LEVELS_MAX + 1 {
            design.attributes.push(attribute);
        } else {
            unused.push(Unused {
                column: attribute.name,
                why: "there are too many columns before it",
            });
        }
    }
    design
}

/// Four digits are more than such figures are worth.
pub(super) fn digits(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}
