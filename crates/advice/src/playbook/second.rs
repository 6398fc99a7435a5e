//! How much a second reading counts: one log-odds shift for each cause that it names with true
//! quotes, bounded by how many they are.
//!
//! It says why, and never whether: how likely it is that nothing is wrong stays as the built-in
//! reading has it. Must not: take a fact, an opt-out or an address from it.

use std::collections::BTreeMap;

use inroad_model::{Cause, DealId, Finding, Moment, ReadCause, SecondReading, State};
use serde::Serialize;

use crate::dealings::Dealings;
use crate::discreet;
use crate::evidence::{Evidence, Reader};

/// The second readings that a review may look at.
#[derive(Debug, Clone, PartialEq)]
pub struct SecondReadings {
    /// How far they are trusted; 0 is not at all.
    pub trust: f64,
    /// One for each deal that has one.
    pub by_deal: BTreeMap<DealId, SecondReading>,
}

/// How far a second reading is trusted unless the user says otherwise: its word at its face. On
/// readings replayed from the truth of stories a right one then came first always, at 0.6 in 98 of
/// 100; a smaller weight also lets a wrong one with true quotes do less
/// (docs/decisions/second-reading.md).
pub const TRUST: f64 = 1.0;
/// Nobody may trust it more than this many times its own word.
pub const TRUST_MAX: f64 = 2.0;
/// The largest shift, in log-odds before trust, by how many true quotes there are: one sentence
/// may be chance or bait.
const SHIFT_MAX_BY_QUOTES: [f64; 4] = [0.0, 4.0, 5.0, 6.0];
/// A model is never surer than this, whatever it says.
const SURE_MAX: f64 = 0.95;
/// Nor surer that something is not so.
const SURE_MIN: f64 = 0.01;
/// After so many days with newer letters it says half as much.
const HALF_LIFE_DAYS: f64 = 60.0;
/// What was read long ago still says so much.
const STRENGTH_MIN: f64 = 0.3;

impl Default for SecondReadings {
    fn default() -> Self {
        Self { trust: TRUST, by_deal: BTreeMap::new() }
    }
}

/// A second reading of one deal with its weight, as a review shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SecondOpinion {
    /// How much it counts now.
    pub weight: f64,
    /// What it says. Nobody is named in it who does not belong to the deal, and nobody as one to
    /// turn to who asked for no more mail.
    #[serde(flatten)]
    pub reading: SecondReading,
}

impl SecondOpinion {
    /// The reading of a deal, if there is one of mail up to this moment.
    pub(crate) fn of(
        readings: &SecondReadings,
        dealings: &Dealings<'_>,
        as_of: Moment,
    ) -> Option<Self> {
        let mut reading = readings.by_deal.get(&dealings.deal.id)?.clone();
        if reading.as_of.timestamp() > as_of.timestamp() {
            return None;
        }
        let remarks = &mut reading.remarks;
        let known = |email: &_| dealings.people.contains(email);
        remarks.resistor = remarks.resistor.take().filter(known);
        remarks.decision_maker = remarks.decision_maker.take().filter(known);
        remarks.levers.retain(|email| known(email) && !dealings.do_not_contact.forbids(email));
        // A word about an opt-out is no opt-out: it counts where they said so themselves.
        if dealings.opt_outs().next().is_none() {
            reading.causes.retain(|named| named.cause != Cause::OptedOut);
        }
        discreet::keep_reading(&mut reading);
        let latest = dealings.exchanges.last().map_or(reading.as_of, |exchange| exchange.at);
        let newer_days = latest.hours_since(reading.as_of).max(0.0) / 24.0;
        let fading = 0.5_f64.powf(newer_days / HALF_LIFE_DAYS).max(STRENGTH_MIN);
        let trust = if readings.trust.is_finite() { readings.trust } else { 0.0 };
        let weight = (trust.clamp(0.0, TRUST_MAX) * fading * 100.0).round() / 100.0;
        Some(Self { weight, reading })
    }

    /// Whether it moves any cause at all.
    pub(crate) fn shifts(&self) -> bool {
        Cause::ALL.iter().any(|cause| self.shift(*cause).abs() > 0.0)
    }

    /// What is added to the log-odds of a cause.
    pub(crate) fn shift(&self, cause: Cause) -> f64 {
        self.named(cause).map_or(0.0, |named| self.weight * bounded(named))
    }

    /// What it points at for a cause, and against it.
    pub(crate) fn evidence(&self, cause: Cause) -> (Vec<Evidence>, Vec<Evidence>) {
        let of = |findings: &[Finding]| findings.iter().map(|f| self.told(f, &f.says)).collect();
        self.named(cause).map_or_else(Default::default, |named| {
            (of(&named.findings_for), of(&named.findings_against))
        })
    }

    /// The line among the reasons: what it holds to be likeliest, with its words.
    pub(crate) fn reason(&self, state: State) -> Option<Evidence> {
        if state == State::Closed {
            return None;
        }
        let with_words = self.reading.causes.iter().filter(|named| !named.findings_for.is_empty());
        let first = with_words.max_by(|a, b| {
            a.probability.get().total_cmp(&b.probability.get()).then_with(|| b.cause.cmp(&a.cause))
        })?;
        let says = first.cause.says().trim_end_matches('.');
        let likely = first.probability.in_percent();
        let finding = first.findings_for.first()?;
        Some(self.told(finding, &format!("{says} ({likely})")))
    }

    fn named(&self, cause: Cause) -> Option<&ReadCause> {
        self.reading.causes.iter().find(|named| named.cause == cause)
    }

    fn told(&self, finding: &Finding, says: &str) -> Evidence {
        let Self { weight, reading } = self;
        Evidence {
            message: finding.message.clone(),
            quote: Some(finding.quote.clone()).filter(|quote| !quote.is_empty()),
            says: format!("{says} — second reading by {}, weight {weight}", reading.model),
            source: Reader::Second,
        }
    }
}

/// The shift of a cause before its weight: from what it would be if all were alike.
fn bounded(named: &ReadCause) -> f64 {
    let alike = 1.0 / Cause::ALL.len() as f64;
    let stated = named.probability.get().clamp(SURE_MIN, SURE_MAX);
    let max = |findings: &[Finding]| {
        let enough = findings.len().min(SHIFT_MAX_BY_QUOTES.len() - 1);
        SHIFT_MAX_BY_QUOTES.get(enough).copied().unwrap_or(0.0)
    };
    let (up, down) = (max(&named.findings_for), max(&named.findings_against));
    (logit(stated) - logit(alike)).clamp(-down, up)
}

fn logit(p: f64) -> f64 {
    (p / (1.0 - p)).ln()
}

#[cfg(test)]
mod tests {
    use inroad_model::{Probability, Source};

    use super::*;

    fn named(
        cause: Cause,
        probability: f64,
        quotes_for: usize,
        quotes_against: usize,
    ) -> ReadCause {
        let finding = Finding {
            message: Source::Note(jiff::civil::date(2026, 3, 2)),
            quote: "too dear for us".to_owned(),
            says: "The fee".to_owned(),
        };
        ReadCause {
            cause,
            probability: Probability::clamped(probability),
            findings_for: vec![finding.clone(); quotes_for],
            findings_against: vec![finding; quotes_against],
        }
    }

    fn check(probability: f64, quotes_for: usize, quotes_against: usize, expected: f64) {
        let shift = bounded(&named(Cause::PriceTooHigh, probability, quotes_for, quotes_against));
        assert!((shift - expected).abs() < 0.01, "{probability} {quotes_for}: {shift}");
    }

    #[test]
    fn few_quotes_shift_little_and_none_nothing() {
        check(0.9, 0, 0, 0.0);
        check(0.9, 0, 3, 0.0);
        check(1.0, 1, 0, 4.0);
        check(1.0, 2, 0, 5.0);
        check(1.0, 9, 0, 6.0);
        check(0.6, 1, 0, 3.54);
        check(0.0, 3, 0, 0.0);
        check(0.0, 0, 1, -1.46);
        check(1.0 / 24.0, 3, 3, 0.0);
    }
}
