//! Whether a draft is a near copy of what others got: by the runs of four words that both have.

use std::collections::BTreeSet;

use super::words::words;
use super::{Seen, metrics};
use crate::audience::{Audience, Sent};
use crate::draft::Draft;

/// Words in a run.
const RUN: usize = 4;
/// From this share of the draft's own runs on it is a copy.
const SHARE_MIN: f64 = 0.5;
/// A shorter draft may be like another by chance.
const RUNS_MIN: usize = 12;

pub(super) fn look(draft: &Draft<'_>, audience: &Audience, seen: &mut Vec<Seen>) {
    let Some(sent) = &audience.sent else { return };
    let own = runs(metrics::body(draft));
    if own.len() < RUNS_MIN {
        return;
    }
    let share = |other: &Sent| {
        let theirs = runs(&other.text);
        own.intersection(&theirs).count() as f64 / own.len() as f64
    };
    let closest =
        sent.iter().map(|other| (share(other), other)).max_by(|(a, _), (b, _)| a.total_cmp(b));
    if let Some((share, other)) = closest
        && share >= SHARE_MIN
    {
        let on =
            other.on.map(|day| format!(" on {}", super::dates::in_words(day))).unwrap_or_default();
        let says = format!("{:.0} % of it went to {}{on}", share * 100.0, other.to);
        seen.push(Seen::whole("near-copy", says));
    }
}

fn runs(text: &str) -> BTreeSet<String> {
    let words: Vec<String> = words(text).map(|(_, word)| word).collect();
    words.windows(RUN).map(|run| run.join(" ")).collect()
}
