//! Known reasons for silence: away, ill, told us to come back later, a merger, a new order.

use inroad_model::{EmailAddress, FactKind, Moment};
use jiff::ToSpan;
use jiff::civil::Date;

use crate::dealings::{Dealings, Direction, Stated};

/// A known reason, with the statement that gives it.
#[derive(Debug, Clone, Copy)]
pub struct Absence<'d> {
    /// What is known.
    pub stated: &'d Stated,
    /// The day on which it ends, where one is known.
    pub until: Option<Date>,
}

/// Nobody answers everything on the first day back.
const DAYS_TO_CATCH_UP: i64 = 4;
/// An illness without an end is a reason to wait for this long.
const ILL_DAYS: i64 = 45;
/// A merger or a new order in the house occupies everybody for this long.
const UPHEAVAL_DAYS: i64 = 60;

/// The reason that holds at a moment for the one who leads on their side, or for all who are
/// being waited for: who is there can answer.
pub fn known_reason<'d>(dealings: &'d Dealings<'_>, as_of: Moment) -> Option<Absence<'d>> {
    let lead = dealings.lead().and_then(|email| reason_of(dealings, &email, as_of));
    lead.or_else(|| reason_of_all(dealings, as_of))
}

/// The reason of those who are waited for, if there is one for each; the one that ends first.
fn reason_of_all<'d>(dealings: &'d Dealings<'_>, as_of: Moment) -> Option<Absence<'d>> {
    let reasons: Option<Vec<Absence<'_>>> =
        dealings.counterparts().iter().map(|email| reason_of(dealings, email, as_of)).collect();
    // Whoever comes back first is the one to wait for; no end is later than any end.
    reasons?.into_iter().min_by_key(|absence| (absence.until.is_none(), absence.until))
}

/// The reason that holds for one person, the one that lasts longest.
pub fn reason_of<'d>(
    dealings: &'d Dealings<'_>,
    email: &EmailAddress,
    as_of: Moment,
) -> Option<Absence<'d>> {
    let today = as_of.date();
    dealings
        .facts
        .iter()
        .filter(|stated| may_excuse(stated.fact.kind) && is_about(stated, email))
        .filter(|stated| !answered_since(dealings, stated))
        .filter_map(|stated| {
            let (first, last) = span(dealings, stated)?;
            // Nobody catches up on the first day; a named day is that day.
            let catch_up =
                if stated.fact.kind == FactKind::OutOfOffice { DAYS_TO_CATCH_UP } else { -1 };
            let holds_to = last.checked_add(catch_up.days()).unwrap_or(last);
            (first <= today && today <= holds_to).then_some((last, stated))
        })
        .max_by_key(|(last, stated)| (*last, stated.at))
        .map(|(last, stated)| Absence {
            stated,
            // Of the others nobody said when they end.
            until: matches!(stated.fact.kind, FactKind::OutOfOffice | FactKind::ComeBack)
                .then_some(last),
        })
}

/// Whether a statement of that kind can excuse a silence; most are titles.
fn may_excuse(kind: FactKind) -> bool {
    !matches!(kind, FactKind::Title | FactKind::OptedOut | FactKind::Bounced | FactKind::Referred)
}

fn is_about(stated: &Stated, email: &EmailAddress) -> bool {
    stated.fact.email.as_ref().is_none_or(|about| about == email)
}

/// The days for which a statement excuses a silence: the first, and the last one or the day of
/// return.
pub(crate) fn span(dealings: &Dealings<'_>, stated: &Stated) -> Option<(Date, Date)> {
    let fact = &stated.fact;
    let said = stated.at.date();
    match fact.kind {
        FactKind::OutOfOffice => Some((fact.from.unwrap_or(said), fact.until?)),
        FactKind::ComeBack => Some((said, fact.on?)),
        FactKind::Ill | FactKind::Acquired | FactKind::Reorganised => {
            let days = if fact.kind == FactKind::Ill { ILL_DAYS } else { UPHEAVAL_DAYS };
            let last = said.checked_add(days.days()).ok()?;
            let heard = heard_after(dealings, stated).map(Moment::date);
            Some((said, heard.map_or(last, |heard| heard.min(last))))
        }
        _ => None,
    }
}

/// Whether the one who is away wrote since and is owed an answer: who writes is there.
fn answered_since(dealings: &Dealings<'_>, stated: &Stated) -> bool {
    let open = dealings.exchanges.last().filter(|e| e.direction == Direction::Inbound);
    let by_them = open
        .filter(|e| e.writer().is_some_and(|writer| is_about(stated, writer)) && e.at > stated.at);
    by_them.is_some()
        || (stated.fact.kind != FactKind::OutOfOffice && heard_since(dealings, stated))
}

/// Whether the person whom a statement is about wrote after it was made.
pub fn heard_since(dealings: &Dealings<'_>, stated: &Stated) -> bool {
    heard_after(dealings, stated).is_some()
}

fn heard_after(dealings: &Dealings<'_>, stated: &Stated) -> Option<Moment> {
    let about = stated.fact.email.as_ref();
    dealings
        .inbound()
        .find(|e| e.at > stated.at && (about.is_none() || e.writer() == about))
        .map(|e| e.at)
}

/// The days on which somebody was known to be away: of each absence the first, and the last one or
/// the day of return.
pub fn spans_of<'d>(
    dealings: &'d Dealings<'_>,
    email: &'d EmailAddress,
) -> impl Iterator<Item = (Date, Date)> {
    dealings
        .facts
        .iter()
        .filter(move |stated| may_excuse(stated.fact.kind) && is_about(stated, email))
        .filter_map(|stated| span(dealings, stated))
}
