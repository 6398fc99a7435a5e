//! Who is tied to whom, as letters show it: reports to, asks, copies, forwards, answers for.
//!
//! Mail alone never shows surely who is whose boss. Ties that contradict each other stand side by
//! side; who reads them sees both.

use std::collections::BTreeMap;

use inroad_language::facts::Part;
use inroad_model::{Cue, EmailAddress, Moment, Probability, Source, TieKind};
use jiff::civil::Date;
use serde::Serialize;

use super::cast::Cast;
use super::sayings::{Saying, Sayings};
use crate::dealings::Dealings;

/// A tie from one to another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tie {
    /// From whom.
    pub from: EmailAddress,
    /// To whom.
    pub to: EmailAddress,
    /// What they are to each other.
    pub kind: TieKind,
    /// How surely; of who is whose boss never more than 0.7.
    pub confidence: Probability,
    /// When it was seen last, for what stands in a letter.
    pub date: Option<Date>,
    /// Where it stands.
    pub source: Source,
    /// In which words; `None` where the heads of letters show it.
    pub quote: Option<String>,
}

/// Mail alone never shows surely who is whose boss.
pub(super) const BOSS_MAX: f64 = 0.7;
/// Copied so often, somebody is surely one who is copied.
const COPIES_SURE: f64 = 2.0;

/// All ties, by who they go from, to whom, and of which kind: each once, as sure as it was ever seen.
pub(super) fn read(dealings: &Dealings<'_>, cast: &Cast, sayings: &Sayings) -> Vec<Tie> {
    let mut ties: BTreeMap<(EmailAddress, EmailAddress, TieKind), Tie> = BTreeMap::new();
    let mut add = |tie: Tie| {
        let key = (tie.from.clone(), tie.to.clone(), tie.kind);
        let is_surer = |known: &Tie| tie.confidence.get() >= known.confidence.get();
        if ties.get(&key).is_none_or(is_surer) {
            ties.insert(key, tie);
        }
    };
    let dates: BTreeMap<&str, Date> = dealings
        .exchanges
        .iter()
        .map(|exchange| (exchange.touch.message.id.as_str(), exchange.at.date()))
        .collect();
    for saying in &sayings.0 {
        for tie in told(cast, saying, &dates) {
            add(tie);
        }
    }
    for tie in copied(dealings, cast) {
        add(tie);
    }
    ties.into_values().collect()
}

/// The ties that one sentence tells.
fn told(cast: &Cast, saying: &Saying, dates: &BTreeMap<&str, Date>) -> Vec<Tie> {
    const KINDS: [(TieKind, &[Cue], f64); 4] = [
        (TieKind::ReportsTo, &[Cue::DefersToBoss, Cue::NeedsApproval], BOSS_MAX),
        (TieKind::GoesToForAdvice, &[Cue::Refers], 0.6),
        (TieKind::Forwards, &[Cue::Forwards], 0.8),
        (TieKind::AnswersFor, &[Cue::AssistantAnswers], 0.8),
    ];
    let Some(from) = saying.speaker.as_ref().filter(|from| cast.get(from).is_some()) else {
        return Vec::new();
    };
    let date = match saying.source() {
        Source::Message(id) => dates.get(id.as_str()).copied(),
        Source::Note(date) | Source::Own(date) => Some(*date),
        Source::Contact(_) => None,
    };
    let mut ties = Vec::new();
    for (to, _) in saying.others().filter(|(_, part)| *part != Part::Addressed) {
        for (kind, cues, most) in KINDS {
            let surely = saying.tells(cues);
            if surely > 0.0 {
                ties.push(Tie {
                    from: from.clone(),
                    to: to.clone(),
                    kind,
                    confidence: Probability::clamped(hundredth(most * surely)),
                    date,
                    source: saying.source().clone(),
                    quote: Some(saying.quote().to_owned()),
                });
            }
        }
    }
    ties
}

/// Who puts whom in copy, with the last letter that does.
fn copied(dealings: &Dealings<'_>, cast: &Cast) -> Vec<Tie> {
    let mut seen: BTreeMap<(&EmailAddress, &EmailAddress), (f64, Moment, Source)> = BTreeMap::new();
    for exchange in dealings.inbound() {
        let Some(from) = exchange.writer().filter(|from| cast.get(from).is_some()) else {
            continue;
        };
        for mailbox in &exchange.touch.message.cc {
            let to = &mailbox.address;
            if to != from && cast.get(to).is_some() {
                let source = Source::Message(exchange.touch.message.id.clone());
                let times = seen.get(&(from, to)).map_or(0.0, |(times, ..)| *times);
                seen.insert((from, to), (times + 1.0, exchange.at, source));
            }
        }
    }
    let tie = |((from, to), (times, at, source)): (
        (&EmailAddress, &EmailAddress),
        (f64, Moment, Source),
    )| Tie {
        from: from.clone(),
        to: to.clone(),
        kind: TieKind::Copies,
        confidence: Probability::clamped(hundredth(times / (times + COPIES_SURE))),
        date: Some(at.date()),
        source,
        quote: None,
    };
    seen.into_iter().map(tie).collect()
}

fn hundredth(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
