//! What has passed with somebody: our touches, what counts as an answer, and what the user decided.
//!
//! A letter that the mailbox shows and a call that a note tells of are touches, whoever planned them.
//! What a machine wrote is no answer: automatic replies are not among the letters that are given here.

use std::collections::BTreeSet;

use inroad_model::{Channel, Entry, EntryNumber, KeptEntry, Moment, Remark, Subject, Useful};
use jiff::civil::Date;
use serde::Serialize;

use super::cadence::Cadence;
use super::ledger::Begun;
use super::reach::{AwayKind, Reach};
use crate::dealings::Direction;
use crate::wording;

/// Something that we did to get in touch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Made<'e> {
    pub(super) at: Moment,
    pub(super) day: Date,
    pub(super) by: Channel,
    pub(super) useful: Option<Useful>,
    pub(super) matter: Option<&'e Remark>,
}

/// They answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) at: Moment,
    pub(super) day: Date,
    pub(super) by: Channel,
    /// The user said so of this plan, so that it counts whenever it was.
    is_of_plan: bool,
}

/// A touch that the user approved, and that is not made yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Approved {
    /// What was planned for it.
    pub plan: EntryNumber,
    /// For which day.
    pub day: Date,
    /// How.
    pub by: Channel,
    /// In the user's words.
    pub what: String,
    /// When it was approved.
    #[serde(skip)]
    pub told_at: Moment,
    /// What it brings, if that was said.
    pub useful: Option<Useful>,
}

/// Something that happened, to be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Happened {
    /// When.
    pub day: Date,
    /// What, in words.
    pub says: String,
    #[serde(skip)]
    pub(super) at: Moment,
}

/// What has passed with one person.
#[derive(Debug, Default)]
pub(super) struct Record<'e> {
    /// Our touches, oldest first, those from before the plan too.
    pub(super) made: Vec<Made<'e>>,
    /// What they said, oldest first.
    pub(super) answers: Vec<Answer>,
    /// The last touch that was left out.
    pub(super) skipped: Option<(Date, Moment)>,
    /// Until when the next one was put off, and when that was said.
    pub(super) put_off: Option<(Date, Moment)>,
    /// Since when and why the user ended it.
    pub(super) ended: Option<(Moment, &'e Remark)>,
    pub(super) approved: Option<Approved>,
    /// Plans whose touch was seen to be made.
    pub(super) fulfilled: Vec<EntryNumber>,
    /// What is shown, oldest first.
    pub(super) happened: Vec<Happened>,
}

/// What a record is made of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sources<'a> {
    pub(super) begun: &'a Begun<'a>,
    pub(super) label: &'a str,
    pub(super) letters: &'a [(Moment, Direction)],
    pub(super) reach: &'a Reach,
    pub(super) cadence: &'a Cadence,
    pub(super) as_of: Moment,
}

impl<'a> Record<'a> {
    pub(super) fn of(from: Sources<'a>) -> Self {
        let mut record = Self::default();
        record.take_letters(&from);
        record.take_notes(&from);
        record.take_acts(&from);
        record.take_plans(&from);
        record.made.sort_by_key(|made| made.at);
        record.answers.sort_by_key(|answer| answer.at);
        record.happened.sort_by_key(|happened| happened.at);
        record
    }

    fn say(&mut self, from: &Sources<'_>, at: Moment, day: Date, says: impl Into<String>) {
        if at >= from.begun.at {
            self.happened.push(Happened { day, says: says.into(), at });
        }
    }

    fn touch(&mut self, at: Moment, day: Date, by: Channel) {
        self.made.push(Made { at, day, by, useful: None, matter: None });
    }

    fn take_letters(&mut self, from: &Sources<'a>) {
        for &(at, direction) in from.letters.iter().filter(|(at, _)| *at <= from.as_of) {
            match direction {
                Direction::Outbound => {
                    self.touch(at, at.date(), Channel::Mail);
                    self.say(from, at, at.date(), "You wrote");
                }
                Direction::Inbound => {
                    self.answers.push(Answer {
                        at,
                        day: at.date(),
                        by: Channel::Mail,
                        is_of_plan: false,
                    });
                    self.say(from, at, at.date(), "They wrote");
                }
            }
        }
        if let Some(at) = from.reach.met_at.filter(|at| *at <= from.as_of) {
            self.answers.push(Answer {
                at,
                day: at.date(),
                by: Channel::Meeting,
                is_of_plan: false,
            });
            self.say(from, at, at.date(), "You met");
        }
    }

    fn take_notes(&mut self, from: &Sources<'a>) {
        for kept in &from.begun.beside {
            let Entry::Note { day, by: Some(by @ (Channel::Call | Channel::Meeting)), text } =
                &kept.entry
            else {
                continue;
            };
            let is_of_them = matches!(kept.about, Subject::Person(_));
            if *day > from.as_of.date() || !(is_of_them || names(text, from.label)) {
                continue;
            }
            // A note that tells of an earlier day was true on that day.
            let at = moment_of(kept, *day);
            if *by == Channel::Call && from.cadence.tells_nobody_reached(text.as_str()) {
                self.touch(at, *day, *by);
                self.say(from, at, *day, "You called and reached nobody");
            } else {
                self.answers.push(Answer { at, day: *day, by: *by, is_of_plan: false });
                let says = if *by == Channel::Call { "You spoke by telephone" } else { "You met" };
                self.say(from, at, *day, says);
            }
        }
    }

    fn take_acts(&mut self, from: &Sources<'a>) {
        for kept in &from.begun.acts {
            let at = kept.told_at;
            match &kept.entry {
                Entry::Touched { day, by, useful, matter, is_answered, .. } => {
                    let at = moment_of(kept, *day);
                    if *is_answered {
                        let (day, by) = (*day, *by);
                        self.answers.push(Answer { at, day, by, is_of_plan: true });
                    } else {
                        let (useful, matter) = (*useful, matter.as_ref());
                        self.made.push(Made { at, day: *day, by: *by, useful, matter });
                    }
                    let answered = if *is_answered { ", and they answered" } else { "" };
                    let what = matter.as_ref().map(|m| format!(": {m}")).unwrap_or_default();
                    self.say(from, at, *day, format!("{}{what}{answered}", did(*by)));
                }
                Entry::TouchSkipped { day, because, .. } => {
                    self.skipped = Some((*day, at));
                    self.say(from, at, at.date(), format!("Left out: {because}"));
                }
                Entry::TouchPutOff { until, because, .. } => {
                    self.put_off = Some((*until, at));
                    let because = because.as_ref().map(|b| format!(": {b}")).unwrap_or_default();
                    let says = format!("Put off until {}{because}", wording::day(*until));
                    self.say(from, at, at.date(), says);
                }
                Entry::TouchesEnded { because, .. } => {
                    self.ended = Some((at, because));
                    self.say(from, at, at.date(), format!("Ended: {because}"));
                }
                _ => {}
            }
        }
    }

    /// Plans with the person: what is open is approved, unless a touch since then fulfils it.
    fn take_plans(&mut self, from: &Sources<'a>) {
        let said_made: BTreeSet<Moment> = (from.begun.acts.iter())
            .filter(|kept| matches!(kept.entry, Entry::Touched { .. }))
            .map(|kept| kept.told_at)
            .collect();
        for kept in &from.begun.beside {
            let Entry::Plan { day, by, what, .. } = &kept.entry else { continue };
            let link = from.begun.acts.iter().rev().find_map(|act| match &act.entry {
                Entry::TouchApproved { plan, useful, matter, .. } if *plan == kept.number => {
                    Some((*useful, matter.as_ref()))
                }
                _ => None,
            });
            let (useful, matter) = link.unwrap_or_default();
            let since = |at: Moment| at > kept.told_at;
            if let Some(done) = from.begun.done.get(&kept.number).copied() {
                let is_seen = self.made.iter().any(|m| m.by == *by && since(m.at) && m.at <= done);
                if !is_seen && !said_made.contains(&done) {
                    if *by == Channel::Meeting {
                        let (at, day, by) = (done, done.date(), *by);
                        self.answers.push(Answer { at, day, by, is_of_plan: true });
                    } else {
                        self.made.push(Made {
                            at: done,
                            day: done.date(),
                            by: *by,
                            useful,
                            matter,
                        });
                    }
                    self.say(from, done, done.date(), format!("{}, as planned", did(*by)));
                }
                continue;
            }
            if kept.told_at < from.begun.at {
                continue;
            }
            let made = self.made.iter().any(|made| made.by == *by && since(made.at));
            let answered = self.answers.iter().any(|answer| since(answer.at));
            if made || answered {
                self.fulfilled.push(kept.number);
                continue;
            }
            let says = format!("Approved for {}: {}", wording::day(*day), what);
            self.say(from, kept.told_at, kept.told_at.date(), says);
            let approved = Approved {
                plan: kept.number,
                day: *day,
                by: *by,
                what: what.to_string(),
                told_at: kept.told_at,
                useful,
            };
            if self.approved.as_ref().is_none_or(|first| approved.day < first.day) {
                self.approved = Some(approved);
            }
        }
    }

    /// Our touches since they last said something.
    pub(super) fn run(&self) -> &[Made<'a>] {
        let last = self.answers.last().map(|answer| answer.at);
        let start = self.made.partition_point(|made| last.is_some_and(|last| made.at <= last));
        self.made.get(start..).unwrap_or_default()
    }

    /// On how many days these touches were made.
    pub(super) fn run_days(&self) -> usize {
        self.run().iter().map(|made| made.day).collect::<BTreeSet<_>>().len()
    }

    /// The last answer since the plan was begun, unless it only told when to come back.
    pub(super) fn answer(&self, from: &Sources<'_>) -> Option<Answer> {
        let excuses = |answer: &Answer| {
            from.reach.away.iter().any(|told| {
                told.said_at == answer.at
                    && told.until.is_some()
                    && matches!(told.kind, AwayKind::ComeBack | AwayKind::Out)
            })
        };
        let since =
            (self.answers.iter()).filter(|answer| answer.is_of_plan || answer.at > from.begun.at);
        since.rev().find(|answer| !excuses(answer)).copied()
    }

    /// What was brought before, to be not brought again.
    pub(super) fn brought(&self) -> impl Iterator<Item = (Option<Useful>, Option<&'a Remark>)> {
        self.made.iter().map(|made| (made.useful, made.matter))
    }
}

/// When something of a day was: as it was said, or at noon of the day where it was said later.
fn moment_of(kept: &KeptEntry, day: Date) -> Moment {
    let said = kept.told_at;
    if day >= said.date() {
        return said;
    }
    let noon = said.offset().to_timestamp(day.at(12, 0, 0, 0));
    noon.map_or(said, |noon| Moment::new(noon, said.offset()))
}

/// Whether a note names somebody: a word of their name of at least three letters stands in it.
fn names(text: &Remark, label: &str) -> bool {
    let words = |text: &str| -> BTreeSet<String> {
        let parts = text.split(|c: char| !c.is_alphanumeric());
        parts.filter(|part| part.chars().count() > 2).map(str::to_lowercase).collect()
    };
    !words(label).is_disjoint(&words(text.as_str()))
}

fn did(by: Channel) -> &'static str {
    match by {
        Channel::Mail => "You wrote",
        Channel::Call => "You called",
        Channel::Meeting => "You went to meet them",
    }
}
