//! Whom a contact puts in copy: somebody who is left out from some letter on, and a boss who is
//! brought in.
//!
//! Must not: take for theirs what our own letters began. Whoever we leave out is left out by every
//! answer to all.

use std::collections::{BTreeMap, BTreeSet};

use inroad_model::{EmailAddress, FactKind, Moment};

use super::titles::{stands_above, title_of};
use crate::dealings::{Dealings, Direction, Exchange};
use crate::evidence::{self, Evidence};
use crate::wording::{day, times};

/// Copied so often somebody is one who is copied.
const COPIED_MIN: usize = 3;
/// Left out once, somebody was forgotten, or the letter was about something else.
const LEFT_OUT_MIN: usize = 2;
/// Letters in both directions before somebody new in copy is news.
const LETTERS_BEFORE_MIN: usize = 3;
/// Who is away within so many days of the last copy is spared it.
const AWAY_NEAR_DAYS: f64 = 30.0;

/// A boss who came in longer ago is no news.
const BOSS_NEWS_DAYS: f64 = 120.0;

/// How one of them was copied by one writer: places among that writer's letters.
#[derive(Debug, Clone, Copy)]
struct Copied {
    first: usize,
    last: usize,
    letters: usize,
}

/// The first letter without somebody whom its writer used to copy; of several the latest.
pub(super) fn left_out(dealings: &Dealings<'_>) -> Option<Evidence> {
    let mut by_writer: BTreeMap<&EmailAddress, Vec<usize>> = BTreeMap::new();
    for (place, exchange) in dealings.exchanges.iter().enumerate() {
        if let (Direction::Inbound, Some(writer)) = (exchange.direction, exchange.writer()) {
            by_writer.entry(writer).or_default().push(place);
        }
    }
    let found = by_writer.iter().filter(|(_, places)| places.len() >= COPIED_MIN + LEFT_OUT_MIN);
    let found = found.filter_map(|(writer, places)| left_out_by(dealings, writer, places));
    found.max_by_key(|(at, _)| *at).map(|(_, evidence)| evidence)
}

/// The same of one writer, whose letters stand at these places.
fn left_out_by(
    dealings: &Dealings<'_>,
    writer: &EmailAddress,
    places: &[usize],
) -> Option<(Moment, Evidence)> {
    let letters: Vec<&Exchange<'_>> =
        places.iter().filter_map(|place| dealings.exchanges.get(*place)).collect();
    let mut copied: BTreeMap<&EmailAddress, Copied> = BTreeMap::new();
    for (n, letter) in letters.iter().enumerate() {
        for mailbox in letter.touch.recipients() {
            let seen = copied.entry(&mailbox.address);
            let seen = seen.or_insert(Copied { first: n, last: n, letters: 0 });
            seen.letters += usize::from(seen.letters == 0 || seen.last != n);
            seen.last = n;
        }
    }
    let is_dropped = |(who, copied): &(&EmailAddress, Copied)| {
        let of = copied.last - copied.first + 1;
        let usual = copied.letters >= COPIED_MIN && 3 * copied.letters >= 2 * of;
        let since = letters.len() - copied.last - 1;
        let between = places.get(copied.last).zip(places.get(copied.last + 1));
        let last = between.zip(letters.get(copied.last));
        usual
            && since >= LEFT_OUT_MIN
            && *who != writer
            && dealings.people.contains(*who)
            && last.is_some_and(|((from, to), last)| {
                !by_us(dealings, (*from, *to), writer, who) && !has_reason(dealings, who, last.at)
            })
    };
    let dropped = copied.into_iter().filter(is_dropped).max_by_key(|(_, copied)| copied.last);
    let (who, copied) = dropped?;
    let (last, without) = letters.get(copied.last).zip(letters.get(copied.last + 1))?;
    let says = format!(
        "{} copied {} {}, last on {}, and leaves them out since {}",
        dealings.name(writer),
        dealings.name(who),
        times(copied.letters),
        day(last.at.date()),
        day(without.at.date()),
    );
    Some((without.at, evidence::of_message(without, says)))
}

fn names(exchange: &Exchange<'_>, who: &EmailAddress) -> bool {
    exchange.touch.recipients().any(|mailbox| mailbox.address == *who)
}

/// Whether we left somebody out first, in our last letter to the writer between two of theirs.
fn by_us(
    dealings: &Dealings<'_>,
    between: (usize, usize),
    writer: &EmailAddress,
    who: &EmailAddress,
) -> bool {
    let between = dealings.exchanges.get(between.0..between.1).unwrap_or_default();
    let ours = between.iter().rfind(|e| e.direction == Direction::Outbound && names(e, writer));
    ours.is_some_and(|ours| !names(ours, who))
}

/// Whether something tells why somebody is left out: they write themselves, or left, are away, or
/// get no mail.
fn has_reason(dealings: &Dealings<'_>, who: &EmailAddress, last_copy: Moment) -> bool {
    let writes = |e: &Exchange<'_>| e.writer() == Some(who) && e.at >= last_copy;
    let near = |at: Moment| at.hours_since(last_copy) > -24.0 * AWAY_NEAR_DAYS;
    let known = dealings.facts.iter().any(|stated| {
        stated.fact.email.as_ref() == Some(who)
            && match stated.fact.kind {
                FactKind::LeftCompany | FactKind::Bounced | FactKind::OptedOut => true,
                FactKind::OutOfOffice | FactKind::Ill => near(stated.at),
                _ => false,
            }
    });
    known || dealings.exchanges.iter().any(writes)
}

/// The letter in which a contact first copied somebody who stands above them; of several the
/// latest.
pub(super) fn boss_brought_in(dealings: &Dealings<'_>, as_of: Moment) -> Option<Evidence> {
    let mut known: BTreeSet<&EmailAddress> = BTreeSet::new();
    let mut wrote: BTreeSet<&EmailAddress> = BTreeSet::new();
    let mut found = None;
    for (n, exchange) in dealings.exchanges.iter().enumerate() {
        if let (Direction::Inbound, Some(writer)) = (exchange.direction, exchange.writer()) {
            if n >= LETTERS_BEFORE_MIN && wrote.contains(writer) {
                let mut copied = exchange.touch.recipients().map(|mailbox| &mailbox.address);
                let boss = copied.find(|who| {
                    !known.contains(who)
                        && dealings.people.contains(*who)
                        && stands_above(dealings, who, writer)
                });
                found = boss.map(|boss| (exchange, writer, boss)).or(found);
            }
            wrote.insert(writer);
            known.insert(writer);
        }
        known.extend(exchange.touch.recipients().map(|mailbox| &mailbox.address));
    }
    let is_news = |at: Moment| as_of.hours_since(at) <= 24.0 * BOSS_NEWS_DAYS;
    let (exchange, writer, boss) = found.filter(|(exchange, ..)| is_news(exchange.at))?;
    let title = title_of(dealings, boss).map(|title| format!(" ({title})"));
    let says = format!(
        "{} put {}{} in copy for the first time on {}",
        dealings.name(writer),
        dealings.name(boss),
        title.unwrap_or_default(),
        day(exchange.at.date()),
    );
    Some(evidence::of_message(exchange, says))
}
