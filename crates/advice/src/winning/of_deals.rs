//! The user's own deals as a table: what was known of each deal early on.
//!
//! A closed deal is looked at as it stood a month after it was opened, or at half of its life where
//! that is earlier, and an open deal likewise, so that both are seen at the same age and nothing that
//! came with the end is counted. Of a deal whose day of closing is not known only its opening counts.
//!
//! Amount, source and industry are as typed last: no history of them is kept, so [`super::guard`]
//! watches them. What is not known is a value of its own. Must not: look past that moment.

use std::collections::{BTreeMap, BTreeSet};

use inroad_model::{Deal, DealId, EmailAddress, Moment, Role, Stage};
use jiff::Timestamp;
use jiff::civil::Time;

use super::{Cells, Column, Declared, Table};
use crate::Input;
use crate::correspondence::Correspondence;
use crate::dealings::{Dealings, Direction};
use crate::meetings::held_at;
use crate::opt_outs::OptOuts;

/// Days after its opening at which a deal is looked at.
const LOOK_AFTER_DAYS: i64 = 30;
/// More people than these make no difference that few deals could show.
const PEOPLE_TOLD_MAX: usize = 3;
/// Attributes that are taken at that moment; nothing needs to be asked of them.
const AS_OF_THEN: [&str; 8] = [
    "who wrote first",
    "people heard from",
    "their letters",
    "a meeting was held",
    "who decides has written",
    "stage then",
    "age of that stage",
    "ongoing account",
];

/// What was told of the stage of a deal, in the order in which it was told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Past {
    /// Since when, and which stage.
    pub told: Vec<(Timestamp, Option<Stage>)>,
}

fn is_end(stage: Option<Stage>) -> bool {
    matches!(stage, Some(Stage::Won | Stage::Lost))
}

impl Past {
    /// When a deal that is over as of a moment ended; `None` where it was over when it was first
    /// heard of.
    fn ended(&self, as_of: Timestamp) -> Option<Timestamp> {
        let known = self.told.iter().filter(|(since, _)| *since <= as_of);
        let known: Vec<&(Timestamp, Option<Stage>)> = known.collect();
        let run = known.iter().rev().take_while(|(_, stage)| is_end(*stage)).count();
        let first = known.get(known.len() - run)?;
        (run < known.len()).then_some(first.0)
    }

    /// The stage at a moment, as it was told then.
    fn stage_at(&self, at: Timestamp) -> Option<Stage> {
        let told = |(since, _): &&(Timestamp, _)| *since > Timestamp::UNIX_EPOCH && *since <= at;
        let (_, stage) = self.told.iter().rev().find(told)?;
        stage.filter(|stage| !is_end(Some(*stage)))
    }
}

impl Past {
    /// For how many days the stage at a moment had lasted then, as it was told then.
    fn stage_age_days(&self, at: Timestamp) -> Option<f64> {
        let stage = self.stage_at(at)?;
        let told = |(since, _): &&(Timestamp, _)| *since > Timestamp::UNIX_EPOCH && *since <= at;
        let run = self.told.iter().filter(told).rev().take_while(|(_, then)| *then == Some(stage));
        let since = run.map(|(since, _)| *since).min()?;
        Some((at.as_second() - since.as_second()) as f64 / 86_400.0)
    }
}

/// The table of the deals of an input, in their order, and what is known of its columns.
pub fn table(input: &Input<'_>, pasts: &BTreeMap<DealId, Past>) -> (Table, Declared) {
    let correspondence = Correspondence::until(input.touches, input.seller, input.as_of);
    let opt_outs = OptOuts::new(input.opted_out);
    let nothing = Past::default();
    let mut then = vec![Vec::new(); AS_OF_THEN.len()];
    for deal in input.deals {
        let dealings = Dealings::gather(input, deal, &correspondence, &opt_outs);
        let look = Look::at(&dealings, pasts.get(&deal.id).unwrap_or(&nothing), input.as_of);
        for (column, cell) in then.iter_mut().zip(look.cells()) {
            column.push(cell);
        }
    }
    let words = AS_OF_THEN.iter().zip(then);
    let mut columns: Vec<Column> = words
        .map(|(name, cells)| Column { name: (*name).to_owned(), cells: Cells::Words(cells) })
        .collect();
    let amounts = input.deals.iter().map(|deal| deal.value).collect();
    columns.push(Column { name: "amount".to_owned(), cells: Cells::Numbers(amounts) });
    let typed = |of: fn(&Deal) -> Option<&String>| {
        let word = |deal| of(deal).map(|word| word.trim().to_lowercase());
        Cells::Words(input.deals.iter().map(word).map(|w| w.filter(|w| !w.is_empty())).collect())
    };
    for (name, of) in [
        ("source", (|deal| deal.source.as_ref()) as fn(&Deal) -> Option<&String>),
        ("industry", |deal| deal.industry.as_ref()),
    ] {
        columns.push(Column { name: name.to_owned(), cells: typed(of) });
    }
    let outcomes = input.deals.iter().map(outcome).collect();
    let before = AS_OF_THEN.iter().map(|name| (*name).to_owned()).collect();
    (Table { columns, outcomes }, Declared { before, after: BTreeSet::new() })
}

/// How a deal ended, as its stage says.
pub fn outcome(deal: &Deal) -> Option<bool> {
    match deal.stage {
        Some(Stage::Won) => Some(true),
        Some(Stage::Lost) => Some(false),
        _ => None,
    }
}

/// One deal as it stood at one moment.
struct Look<'l, 'a> {
    dealings: &'l Dealings<'a>,
    past: &'l Past,
    /// `None` where the beginning is not known.
    at: Option<Timestamp>,
    as_of: Moment,
}

impl<'l, 'a> Look<'l, 'a> {
    fn at(dealings: &'l Dealings<'a>, past: &'l Past, as_of: Moment) -> Self {
        let deal = dealings.deal;
        let midnight = |day: jiff::civil::Date| {
            as_of.offset().to_timestamp(day.to_datetime(Time::midnight())).ok()
        };
        let first = dealings.exchanges.first().map(|exchange| exchange.at.timestamp());
        let opened = deal.opened.and_then(midnight).or(first);
        let at = opened.map(|opened| {
            let last = match outcome(deal) {
                None => as_of.timestamp().as_second(),
                Some(_) => past.ended(as_of.timestamp()).map_or(opened.as_second(), |ended| {
                    i64::midpoint(opened.as_second(), ended.as_second().max(opened.as_second()))
                }),
            };
            let month = opened.as_second().saturating_add(LOOK_AFTER_DAYS * 86_400);
            Timestamp::from_second(last.min(month)).unwrap_or(opened)
        });
        Self { dealings, past, at, as_of }
    }

    /// In the order of [`AS_OF_THEN`].
    fn cells(&self) -> [Option<String>; 8] {
        let letters = !self.dealings.exchanges.is_empty();
        let known = |text: String| Some(text).filter(|_| letters && self.at.is_some());
        [
            self.first_writer().map(str::to_owned),
            known(few(self.writers().len())),
            known(few(self.theirs().count())),
            known(yes(self.was_met()).to_owned()),
            self.decider_wrote().and_then(|wrote| known(yes(wrote).to_owned())),
            self.at
                .and_then(|at| self.past.stage_at(at))
                .map(|stage| format!("{stage:?}").to_lowercase()),
            self.at.and_then(|at| self.past.stage_age_days(at)).map(|days| age(days).to_owned()),
            Some(yes(self.dealings.deal.ongoing_account).to_owned()),
        ]
    }

    fn until(&self, at: Moment) -> bool {
        self.at.is_some_and(|until| at.timestamp() <= until)
    }

    fn first_writer(&self) -> Option<&'static str> {
        let first = self.dealings.exchanges.first().filter(|exchange| self.until(exchange.at))?;
        Some(if first.direction == Direction::Inbound { "they" } else { "you" })
    }

    fn theirs(&self) -> impl Iterator<Item = &EmailAddress> {
        let until = self.dealings.inbound().filter(|exchange| self.until(exchange.at));
        until.filter_map(|exchange| exchange.writer())
    }

    fn writers(&self) -> BTreeSet<&EmailAddress> {
        self.theirs().collect()
    }

    fn was_met(&self) -> bool {
        let held = self.dealings.meetings.iter().filter_map(|event| held_at(event, self.as_of));
        held.into_iter().any(|held| self.until(held))
    }

    /// Whether somebody of whom it is known that they decide has written; `None` if nobody is known.
    fn decider_wrote(&self) -> Option<bool> {
        let seats = self.dealings.deal.people.iter();
        let mut deciders =
            seats.filter(|seat| seat.roles.contains(&Role::DecisionMaker)).peekable();
        deciders.peek()?;
        let writers = self.writers();
        Some(deciders.any(|seat| writers.contains(&seat.email)))
    }
}

fn yes(it_is: bool) -> &'static str {
    if it_is { "yes" } else { "no" }
}

/// Bands that a few dozen deals can tell apart.
fn age(days: f64) -> &'static str {
    match days {
        ..7.0 => "under a week",
        ..14.0 => "a week",
        _ => "two weeks or more",
    }
}

fn few(count: usize) -> String {
    if count >= PEOPLE_TOLD_MAX { format!("{PEOPLE_TOLD_MAX} or more") } else { count.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_past_tells_when_a_deal_ended() {
        let at = |day: i64| Timestamp::from_second(day * 86_400).unwrap();
        let (open, won) = (Some(Stage::Proposal), Some(Stage::Won));
        let past = |told: &[(i64, Option<Stage>)]| Past {
            told: told.iter().map(|(day, stage)| (at(*day), *stage)).collect(),
        };
        let told = past(&[(10, open), (40, won), (50, won)]);
        assert_eq!((told.ended(at(60)), told.ended(at(30))), (Some(at(40)), None));
        assert_eq!(
            (told.stage_at(at(20)), told.stage_at(at(45)), told.stage_at(at(5))),
            (open, None, None)
        );
        let moved = past(&[(10, Some(Stage::Discovery)), (20, open), (26, open), (40, won)]);
        let ages = [15, 30, 5, 45].map(|day| moved.stage_age_days(at(day)));
        assert_eq!(ages, [Some(5.0), Some(10.0), None, None]);
        assert_eq!(past(&[(40, won)]).ended(at(60)), None, "first heard of when it was over");
        assert_eq!(past(&[(0, None), (40, won)]).ended(at(60)), Some(at(40)), "told by an export");
        assert_eq!(past(&[]).ended(at(60)), None);
    }
}
