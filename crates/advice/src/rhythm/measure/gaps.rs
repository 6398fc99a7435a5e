//! How long they are silent between their letters.

use super::{View, last_three, mean, spread};
use crate::rhythm::curve::log_odds;
use crate::rhythm::log::DAY;
use crate::rhythm::term::{Measures, Term};

/// Half-lives, in days, over which a rate of writing is taken.
const RATES: [(Term, f64); 3] =
    [(Term::Rate30, 30.0), (Term::Rate90, 90.0), (Term::Rate365, 365.0)];

pub(super) fn measure(view: &View<'_>, into: &mut Measures) {
    let heard = view.heard();
    let mut days: Vec<f64> = heard.iter().map(|time| (time / DAY).floor()).collect();
    days.dedup();
    let gaps: Vec<f64> = days.iter().zip(days.iter().skip(1)).map(|(a, b)| b - a).collect();
    let ln_gaps: Vec<f64> = gaps.iter().map(|gap| gap.ln()).collect();
    into.put_count(Term::GapMax, gaps.iter().copied().fold(f64::NAN, f64::max));
    into.put_count(Term::GapLast, gaps.last().copied().unwrap_or(f64::NAN));
    into.put(Term::LnGapMean, mean(&ln_gaps));
    into.put(Term::LnGapSpread, spread(&ln_gaps));
    into.put(Term::LnGapLast3, mean(last_three(&ln_gaps)));
    let Some(last) = heard.last() else { return };
    let silent = (view.cut - last) / DAY;
    into.put(Term::SilenceRatio, ((silent + 1.0) / (mean(&gaps) + 1.0)).ln());
    let longer = gaps.iter().filter(|gap| **gap > silent.max(0.5)).count() as f64;
    into.put(Term::GapTail, (longer + 0.5) / (gaps.len() as f64 + 1.0));
    let first = view.wrote().first().into_iter().chain(heard.first()).copied();
    let age = (last - first.fold(*last, f64::min)) / DAY;
    for (term, half_life) in RATES {
        let written: f64 = days.iter().map(|day| half((last / DAY - day) / half_life)).sum();
        let watched = half_life / std::f64::consts::LN_2 * (1.0 - half(age / half_life));
        into.put(term, ((written + 0.5) / (watched + 15.0)).ln());
    }
}

/// How often they were silent for so long before, and how long that lasted.
pub(super) fn measure_silence(view: &View<'_>, horizon_days: f64, into: &mut Measures) {
    let heard = view.heard();
    let gaps: Vec<f64> =
        heard.iter().zip(heard.iter().skip(1)).map(|(a, b)| (b - a) / DAY).collect();
    let silent = heard.last().map_or(0.0, |last| (view.cut - last) / DAY);
    let longer_than = |days: f64| gaps.iter().filter(|gap| **gap > days).count() as f64;
    let all = gaps.len() as f64;
    let (now, lasted) = (longer_than(silent), longer_than(silent + horizon_days));
    into.put(Term::LongSilences, log_odds((longer_than(horizon_days) + 0.3) / (all + 3.0)));
    into.put(Term::LongerSilences, log_odds((now + 0.5) / (all + 1.0)));
    into.put(Term::SilencesThatLasted, log_odds((lasted + 1.0) / (now + 2.0)));
}

/// One half to some power.
fn half(power: f64) -> f64 {
    (-power * std::f64::consts::LN_2).exp()
}
