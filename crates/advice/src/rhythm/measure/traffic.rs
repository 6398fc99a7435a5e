//! How much is written, and how lately.

use super::View;
use crate::rhythm::log::DAY;
use crate::rhythm::pair::{count_within, until};
use crate::rhythm::term::{Measures, Term, ln_count};

const HEARD: [(Term, f64); 6] = [
    (Term::In1, 1.0),
    (Term::In7, 7.0),
    (Term::In30, 30.0),
    (Term::In90, 90.0),
    (Term::In180, 180.0),
    (Term::In365, 365.0),
];
const WROTE: [(Term, f64); 5] = [
    (Term::Out1, 1.0),
    (Term::Out7, 7.0),
    (Term::Out30, 30.0),
    (Term::Out90, 90.0),
    (Term::Out180, 180.0),
];
const SEEN: [(Term, f64); 4] =
    [(Term::Seen7, 7.0), (Term::Seen30, 30.0), (Term::Seen90, 90.0), (Term::Seen365, 365.0)];

pub(super) fn measure(view: &View<'_>, into: &mut Measures) {
    let (wrote, heard, seen) = (view.wrote(), view.heard(), view.seen());
    let since_heard = view.days_since(heard.last().copied());
    let since_wrote = view.days_since(wrote.last().copied());
    into.put_count(Term::DaysSinceHeard, since_heard);
    into.put_count(Term::DaysSinceWrote, since_wrote);
    into.put_count(Term::DaysSinceAny, since_heard.min(since_wrote));
    into.put_count(Term::DaysSinceSeen, view.days_since(seen.last().copied()));
    for (times, windows) in [(heard, &HEARD[..]), (wrote, &WROTE[..]), (seen, &SEEN[..])] {
        for (term, days) in windows {
            into.put_count(*term, count_within(times, view.cut, *days) as f64);
        }
    }
    let trend = |times: &[f64]| {
        let usual = count_within(times, view.cut, 180.0) as f64 / 6.0;
        ln_count(count_within(times, view.cut, 30.0) as f64) - ln_count(usual)
    };
    into.put(Term::InTrend, trend(heard));
    into.put(Term::OutTrend, trend(wrote));
    let unanswered =
        heard.last().map_or(wrote, |last| wrote.get(until(wrote, *last)..).unwrap_or_default());
    into.put_count(Term::Unanswered, unanswered.len() as f64);
    let pending = unanswered.first().map_or(0.0, |first| (view.cut - first) / DAY);
    into.put_count(Term::PendingDays, pending);
}
