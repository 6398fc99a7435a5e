//! What somebody practises: one habit at a time, how it goes by week, and what a coach says to it.

use inroad_advice::seller_habits::goals::{Habit, Towards, habit};
use inroad_advice::seller_habits::weeks::{Material, Trend, trend};
use inroad_model::{KeptSellerWord, Moment, Remark, SellerWord, SellerWordNumber};
use jiff::civil::Date;
use serde::Serialize;

use super::record::{Counted, Desk};
use crate::Result;
use crate::inroad::Inroad;

/// What somebody practises and practised.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Goals {
    /// What they practise now; `None` if nothing.
    pub now: Option<Goal>,
    /// Since when they practised what before, the latest first.
    pub before: Vec<(&'static str, Date)>,
}

/// A habit that is practised.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Goal {
    /// The word that chose it.
    pub number: SellerWordNumber,
    /// The habit.
    pub habit: &'static Habit,
    /// Since when.
    pub since: Date,
    /// The step of this week, counted from 1.
    pub step: usize,
    /// The steps that were done.
    pub done: Vec<u32>,
    /// How it goes.
    pub trend: Trend,
    /// What coaches said: the number, who, when, and the words.
    pub notes: Vec<(SellerWordNumber, String, Moment, Remark)>,
}

/// What is practised of the words that count, with its habit and its first day.
pub(super) fn practised_now(
    words: &[KeptSellerWord],
) -> Option<(&KeptSellerWord, &'static Habit, Date)> {
    chosen(words).last()
}

fn chosen(
    words: &[KeptSellerWord],
) -> impl Iterator<Item = (&KeptSellerWord, &'static Habit, Date)> {
    words.iter().filter_map(|kept| match &kept.word {
        SellerWord::Goal { habit: name, since } => Some((kept, habit(name)?, *since)),
        _ => None,
    })
}

impl Inroad {
    pub(super) async fn goals(
        &self,
        words: &[KeptSellerWord],
        counted: &Counted,
        desk: &Desk,
        at: Moment,
    ) -> Result<Goals> {
        let mut before: Vec<(&'static str, Date)> =
            chosen(words).map(|(_, habit, since)| (habit.title.as_str(), since)).collect();
        let Some((kept, habit, since)) = practised_now(words) else {
            return Ok(Goals { now: None, before });
        };
        before.pop();
        before.reverse();
        let material = Material {
            letters: &counted.written,
            talks: &desk.talks,
            calls: &desk.calls,
            reminders: &counted.of_letters.reminders,
        };
        let is_more = habit.towards == Towards::More;
        let trend = trend(&material, habit.measure, is_more, since, at);
        let mut notes = Vec::new();
        let mut done = Vec::new();
        for word in words {
            match &word.word {
                SellerWord::CoachNote { goal, text } if *goal == kept.number => {
                    let by = self.name_here(word.by.as_ref()).await?;
                    notes.push((word.number, by, word.told_at, text.clone()));
                }
                SellerWord::Practised { goal, step } if *goal == kept.number => done.push(*step),
                _ => {}
            }
        }
        done.sort_unstable();
        done.dedup();
        let step = habit.step_on(since, at.date());
        let now = Some(Goal { number: kept.number, habit, since, step, done, trend, notes });
        Ok(Goals { now, before })
    }
}
