//! How they answer, and how everybody answers in this mailbox.

use super::{View, spread};
use crate::rhythm::curve::log_odds;
use crate::rhythm::mailbox::{Answered, ELAPSED_DAYS, ln_hours};
use crate::rhythm::pair::{ANSWER_DAYS, Turn, begun};
use crate::rhythm::term::{Measures, Term};

/// What a mailbox says of somebody new counts as so many letters of theirs.
const BORROWED: f64 = 3.0;
/// After so many letters an answer counts half.
const HALF_LIFE_TURNS: f64 = 8.0;

pub(super) fn measure(view: &View<'_>, into: &mut Measures) {
    let turns = view.outbound.turns_until(view.cut);
    let all = view.mailbox.answered(0, view.cut);
    let usual = share(&all, 0.5, 10.0);
    into.put(Term::AnswerShareAll, log_odds(usual));
    let theirs = answered(turns, view.cut, 0.0, faded);
    into.put(Term::AnswerShare, log_odds(share(&theirs, usual, BORROWED)));
    let quick =
        turns.iter().filter(|turn| turn.answer <= view.cut && !turn.open_after(1.0)).count();
    let counted = answered(turns, view.cut, 0.0, |_| 1.0).open;
    into.put(Term::AnswerShareDay, log_odds((quick as f64 + 1.0) / (counted + 3.0)));
    measure_speed(turns, view.cut, &all, into);
    measure_begins(view, into);
}

fn measure_speed(turns: &[Turn], cut: f64, all: &Answered, into: &mut Measures) {
    let came = turns.iter().filter(|turn| turn.answer <= cut && !turn.open_after(ANSWER_DAYS));
    let ln: Vec<f64> = came.map(ln_hours).collect();
    let usual = all.ln_hours / all.answered.max(1.0);
    let own = (ln.iter().sum::<f64>() + BORROWED * usual) / (ln.len() as f64 + BORROWED);
    into.put(Term::LnHoursAll, usual);
    into.put(Term::LnHours, own);
    into.put(Term::LnHoursSpread, spread(&ln));
    into.put(Term::LnHoursLast, ln.last().copied().unwrap_or(f64::NAN));
}

fn measure_begins(view: &View<'_>, into: &mut Measures) {
    let asked = view.inbound.turns_until(view.cut);
    let kept = asked.iter().filter(|turn| turn.answer <= view.cut && !turn.open_after(ANSWER_DAYS));
    into.put(Term::YourShare, kept.count() as f64 / asked.len() as f64);
    let heard = view.heard();
    let begun = begun(view.wrote(), heard).filter(|begun| *begun).count() as f64;
    into.put(Term::Begins, begun / heard.len() as f64);
}

/// How often a letter that had waited as long as this one was still answered within a week, by
/// them and by anybody.
pub(super) fn measure_now(view: &View<'_>, written: f64, elapsed_days: f64, into: &mut Measures) {
    let at = ELAPSED_DAYS.partition_point(|days| *days <= elapsed_days).saturating_sub(1);
    let turns = view.outbound.turns_until(view.cut);
    let earlier =
        turns.get(..turns.partition_point(|turn| turn.start < written)).unwrap_or_default();
    let usual = share(&view.mailbox.answered(at, view.cut), 0.2, 5.0);
    let theirs = answered(earlier, view.cut, elapsed_days, faded);
    into.put(Term::AnswerShareAllNow, log_odds(usual));
    into.put(Term::AnswerShareNow, log_odds(share(&theirs, usual, BORROWED)));
}

/// The turns of which the end is known, later ones counted more by `weight` of how many came after.
fn answered(turns: &[Turn], cut: f64, days: f64, weight: impl Fn(usize) -> f64) -> Answered {
    let mut sum = Answered::default();
    let known = |turn: &&Turn| turn.is_settled(days, cut) && turn.open_after(days);
    for (back, turn) in turns.iter().rev().filter(known).enumerate() {
        sum.add(turn, days, weight(back));
    }
    sum
}

fn faded(back: usize) -> f64 {
    (-(back as f64) / HALF_LIFE_TURNS * std::f64::consts::LN_2).exp()
}

/// The share answered, drawn towards what is usual as if `borrowed` more letters had shown it.
fn share(sum: &Answered, usual: f64, borrowed: f64) -> f64 {
    (sum.answered + borrowed * usual) / (sum.open + borrowed)
}
