//! What they stated that decides whether one may write now: away, ill, left, bought, something at home.

use inroad_coach::audience::{Standing, Stated};
use inroad_language::private::is_private;
use inroad_model::{Cue, Entry, Fact, FactKind, Moment, Touch};
use jiff::ToSpan;
use jiff::civil::Date;

use super::{Record, shown};

/// A takeover unsettles people for about so many days.
const TAKEOVER_DAYS: i32 = 120;
/// An illness without an end is over after so many days, as far as one can tell.
const ILLNESS_DAYS: i32 = 30;
/// Something in the family is fresh for so many days.
const FAMILY_DAYS: i32 = 45;
/// From this probability on a sentence is taken to tell of a family.
const FAMILY_MIN: f32 = 0.6;
/// What ended longer ago says nothing, also not that they are just back.
const OVER_DAYS: i32 = 60;

/// What still counts of what was stated by or about them.
pub(super) fn stated(record: &Record<'_>, today: Date) -> Vec<Stated> {
    let mut found: Vec<Stated> = Vec::new();
    for touch in &record.touches {
        let Some(on) = touch.date().map(Moment::date) else { continue };
        let of_them = touch.facts.iter().filter(|fact| {
            let email = fact.email.as_ref();
            email.is_some_and(|email| record.addresses.contains(email))
                || (email.is_none() && record.is_theirs(touch))
        });
        found.extend(of_them.filter_map(|fact| standing(fact, on)));
        if record.is_theirs(touch) {
            let cues = touch.gist.iter().flat_map(|gist| &gist.cues);
            let family = cues.filter(|cue| cue.cue == Cue::Family && cue.probability >= FAMILY_MIN);
            found.extend(family.take(1).map(|_| Stated {
                what: Standing::Family,
                from: None,
                until: on.checked_add(FAMILY_DAYS.days()).ok(),
                on: Some(on),
                quote: String::new(),
            }));
        }
    }
    found.extend(record.entries.iter().filter_map(|kept| match &kept.entry {
        Entry::Note { day, text, .. } if is_private(text.as_str()) => Some(Stated {
            what: Standing::Family,
            from: None,
            until: day.checked_add(FAMILY_DAYS.days()).ok(),
            on: Some(*day),
            quote: String::new(),
        }),
        _ => None,
    }));
    // Whoever wrote since is well and has not left; the latest word of each kind counts.
    found.reverse();
    let heard = record
        .touches
        .iter()
        .rev()
        .find(|touch| record.is_theirs(touch) && touch.message.nature.is_correspondence());
    let heard = heard.and_then(Touch::date).map(Moment::date);
    found.retain(|stated| {
        let was_heard_since = heard.zip(stated.on).is_some_and(|(heard, on)| heard > on);
        let ends_when_heard = matches!(stated.what, Standing::Ill | Standing::Left);
        let is_over = stated
            .until
            .and_then(|until| until.checked_add(OVER_DAYS.days()).ok())
            .is_some_and(|end| end < today);
        !(is_over || ends_when_heard && was_heard_since)
    });
    found
}

fn standing(fact: &Fact, on: Date) -> Option<Stated> {
    let after = |days: i32| on.checked_add(days.days()).ok();
    let (what, until) = match fact.kind {
        FactKind::OutOfOffice => (Standing::Away, Some(fact.until?)),
        FactKind::Ill => (Standing::Ill, fact.until.or_else(|| after(ILLNESS_DAYS))),
        FactKind::LeftCompany => (Standing::Left, None),
        FactKind::Acquired => (Standing::Bought, after(TAKEOVER_DAYS)),
        _ => return None,
    };
    let from = fact.from;
    let quote = if what == Standing::Ill { String::new() } else { shown(&fact.quote) };
    Some(Stated { what, from, until, on: Some(on), quote })
}
