//! What else goes on in the mailbox.

use super::View;
use crate::rhythm::log::DAY;
use crate::rhythm::pair::{count_within, known};
use crate::rhythm::term::{Measures, Term, ln_count};

const SENT: [(Term, f64); 4] =
    [(Term::Sent1, 1.0), (Term::Sent7, 7.0), (Term::Sent30, 30.0), (Term::Sent90, 90.0)];
const RECEIVED: [(Term, f64); 3] =
    [(Term::Received1, 1.0), (Term::Received30, 30.0), (Term::Received90, 90.0)];

pub(super) fn measure(view: &View<'_>, into: &mut Measures) {
    let (sent, received) = (&view.mailbox.sent, &view.mailbox.received);
    for (times, windows) in [(sent, &SENT[..]), (received, &RECEIVED[..])] {
        for (term, days) in windows {
            into.put_count(*term, count_within(times, view.cut, *days) as f64);
        }
    }
    into.put_count(Term::DaysSinceSent, view.days_since(known(sent, view.cut).last().copied()));
    let usual = count_within(received, view.cut, 90.0) as f64 * 7.0 / 90.0;
    let lately = count_within(received, view.cut, 7.0) as f64;
    into.put(Term::ReceivedTrend, ln_count(lately) - ln_count(usual));
}

/// What went on since they last wrote.
pub(super) fn measure_silence(view: &View<'_>, into: &mut Measures) {
    let last = view.heard().last().copied().unwrap_or(view.cut);
    into.put_count(Term::SeenSince, view.since(&view.inbound.received, last));
    into.put_count(Term::OutSince, view.since(&view.outbound.direct, last));
    measure_since(view, last, into);
    let sent = view.since(&view.mailbox.sent, last);
    into.put_count(Term::SentSince, sent);
    let usual = count_within(&view.mailbox.sent, view.cut, 90.0) as f64 / 90.0;
    let days = (view.cut - last) / DAY;
    into.put(Term::SentSinceTrend, ln_count(sent) - ln_count(usual * days));
}

/// What came in since a moment, against what usually does.
pub(super) fn measure_since(view: &View<'_>, moment: f64, into: &mut Measures) {
    let received = view.since(&view.mailbox.received, moment);
    into.put_count(Term::ReceivedSince, received);
    let usual = count_within(&view.mailbox.received, view.cut, 90.0) as f64 / 90.0;
    let days = (view.cut - moment) / DAY;
    into.put(Term::ReceivedSinceTrend, ln_count(received) - ln_count(usual * days));
}
