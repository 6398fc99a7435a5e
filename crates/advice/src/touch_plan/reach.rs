//! What of somebody's mail decides when and how to get in touch: when they are away, where they are, at
//! which hours they write, by which number they can be called.

use std::collections::BTreeMap;

use inroad_language::private;
use inroad_model::{EmailAddress, FactKind, MessageId, Moment, Source};
use jiff::civil::Date;
use jiff::tz::Offset;
use serde::Serialize;

use crate::absence;
use crate::correspondence::Correspondence;
use crate::dealings::{Dealings, Exchange, Stated};
use crate::rhythm::clock;
use crate::rhythm::country::Country;

/// Why somebody is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AwayKind {
    /// Out of office, on leave.
    Out,
    /// They asked to come back on a day.
    ComeBack,
    /// Something of their own, of which nothing is said.
    Private,
}

/// Days on which somebody is not there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AwayTold {
    /// Why.
    pub kind: AwayKind,
    /// The first day.
    pub from: Date,
    /// The last day away or the day of return; for [`AwayKind::ComeBack`] the day that they named.
    /// `None` where nobody said.
    pub until: Option<Date>,
    /// When it was said.
    pub said_at: Moment,
    /// Where it stands.
    pub source: Source,
    /// Whether they said it themselves.
    pub by_themselves: bool,
    /// The words, where they may be shown.
    pub words: Option<String>,
}

/// How somebody can be reached.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reach {
    /// When they are away, in the order in which it was said.
    pub away: Vec<AwayTold>,
    /// Telephone numbers of their latest signature.
    pub phones: Vec<String>,
    /// By how much their clock differs from UTC, by their latest letter.
    pub offset: Option<Offset>,
    /// The hour of their day around which they write, from 0 to 23.
    pub hour: Option<i8>,
    /// In which country they work.
    pub country: Option<Country>,
    /// When they were met last.
    pub met_at: Option<Moment>,
}

/// Fewer letters tell no hour.
const LETTERS_OF_HOUR_MIN: usize = 5;
/// The latest letters, by which hours are told.
const LETTERS_OF_HOUR_MAX: usize = 50;
/// Where a clock may truly stand at UTC; elsewhere a mail server wrote its own time.
const AT_UTC: [&str; 4] = ["gb", "ie", "pt", "is"];

impl Reach {
    /// What is known of the one person of some dealings.
    pub(crate) fn of(
        dealings: &Dealings<'_>,
        email: &EmailAddress,
        correspondence: &Correspondence<'_>,
    ) -> Self {
        let theirs = || dealings.inbound().rev().filter(|e| e.writer() == Some(email));
        let signed = theirs().find(|e| !e.touch.signature.phones.is_empty());
        let country = clock::country_of_person(dealings, email);
        let is_at_utc = country.is_some_and(|country| AT_UTC.contains(&country.code));
        let wrote = theirs().filter_map(|e| e.touch.message.date).map(Moment::offset);
        let offset = wrote.take(1).find(|offset| *offset != Offset::UTC || is_at_utc);
        Self {
            away: away(dealings, email, correspondence),
            phones: signed.map(|e| e.touch.signature.phones.clone()).unwrap_or_default(),
            hour: offset.and_then(|_known| hour(theirs())),
            offset,
            country,
            met_at: dealings.met_at,
        }
    }
}

/// The middle one of the hours at which they wrote last, by their own clock.
fn hour<'e, 'a: 'e>(letters: impl Iterator<Item = &'e Exchange<'a>>) -> Option<i8> {
    let dates = letters.take(LETTERS_OF_HOUR_MAX).filter_map(|e| e.touch.message.date);
    let mut hours: Vec<i8> =
        dates.map(|at| at.offset().to_datetime(at.timestamp()).hour()).collect();
    hours.sort_unstable();
    if hours.len() < LETTERS_OF_HOUR_MIN {
        return None;
    }
    hours.get(hours.len() / 2).copied()
}

fn away(
    dealings: &Dealings<'_>,
    email: &EmailAddress,
    correspondence: &Correspondence<'_>,
) -> Vec<AwayTold> {
    let kinds = [FactKind::OutOfOffice, FactKind::ComeBack, FactKind::Ill];
    let told: Vec<&Stated> = dealings
        .facts
        .iter()
        .filter(|stated| kinds.contains(&stated.fact.kind))
        .filter(|stated| stated.fact.email.as_ref().is_none_or(|about| about == email))
        .collect();
    if told.is_empty() {
        return Vec::new();
    }
    // Automatic replies are no exchanges, so the writers are asked of all letters with them.
    let writers: BTreeMap<&MessageId, Option<&EmailAddress>> = correspondence
        .concerning(&dealings.people)
        .map(|(_, letter)| &letter.touch.message)
        .map(|message| (&message.id, message.from.as_ref().map(|from| &from.address)))
        .collect();
    told.into_iter()
        .filter_map(|stated| {
            let fact = &stated.fact;
            let said = stated.at.date();
            let is_private = fact.kind == FactKind::Ill || private::is_private(&fact.quote);
            let (from, until) = match fact.kind {
                FactKind::OutOfOffice => (fact.from.unwrap_or(said), fact.until),
                FactKind::ComeBack => (said, Some(fact.on?)),
                _ => absence::span(dealings, stated).map(|(from, last)| (from, Some(last)))?,
            };
            let kind = match fact.kind {
                _ if is_private => AwayKind::Private,
                FactKind::ComeBack => AwayKind::ComeBack,
                _ => AwayKind::Out,
            };
            let writer = match &fact.source {
                Source::Message(id) => writers.get(id).copied().flatten(),
                _ => None,
            };
            Some(AwayTold {
                kind,
                from,
                until,
                said_at: stated.at,
                source: fact.source.clone(),
                by_themselves: writer == Some(email),
                words: (!is_private && !fact.quote.is_empty()).then(|| fact.words()),
            })
        })
        .collect()
}
