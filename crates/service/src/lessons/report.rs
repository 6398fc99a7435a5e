//! What the lessons add up to: win rates by cause and by play, and what they changed.

use inroad_advice::playbook::lessons::{Change, reweigh};
use inroad_advice::win_rates::{self, CauseTally, PlayTally, Tally};
use inroad_model::{DealId, KeptLesson, Moment, Outcome, Overruling};
use serde::Serialize;

use crate::{Inroad, Result};

/// What finished deals taught, up to a moment.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LessonsReport {
    /// The moment.
    pub as_of: Moment,
    /// Of all deals with a lesson.
    pub all: Tally,
    /// By what the user said was behind it, the commonest first.
    pub by_cause: Vec<CauseTally>,
    /// By what was tried, the commonest first.
    pub by_play: Vec<PlayTally>,
    /// What the lessons changed in the playbook.
    pub changes: Vec<Change>,
    /// The lessons, those taken back among them.
    pub lessons: Vec<ToldLesson>,
    /// Deals that have ended and of which nothing was told.
    pub waiting: Vec<WaitingDeal>,
    /// Where the user decided otherwise than advised.
    pub decided: Vec<DecidedOtherwise>,
    /// How these ended.
    pub decided_tally: Tally,
}

/// A lesson with the name of its deal.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ToldLesson {
    /// The name of the deal.
    pub deal_name: String,
    /// The lesson.
    #[serde(flatten)]
    pub kept: KeptLesson,
}

/// A deal that has ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WaitingDeal {
    /// The deal.
    pub id: DealId,
    /// Its name.
    pub name: String,
}

/// A decision of the user against the advice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DecidedOtherwise {
    /// The name of the deal.
    pub deal_name: String,
    /// The decision.
    #[serde(flatten)]
    pub overruling: Overruling,
    /// How it ended; `None` while it is open, or nobody said.
    pub outcome: Option<Outcome>,
}

impl Inroad {
    /// What finished deals taught, as it was known at a moment.
    ///
    /// # Errors
    /// If the data file or a scenario of the user's own cannot be read.
    pub async fn lessons(&self, at: Moment) -> Result<LessonsReport> {
        let said = self.store.said(at).await?;
        let told = self.store.lessons().await?;
        let ids = told.iter().map(|kept| &kept.lesson.deal);
        let ids = ids.chain(said.overrulings.iter().map(Overruling::deal)).collect();
        let names = self.store.deal_names(&ids).await?;
        let name = |id: &DealId| names.get(id.as_str()).cloned().unwrap_or_else(|| id.to_string());
        let playbook = self.playbook()?;
        let decided: Vec<DecidedOtherwise> = said
            .overrulings
            .into_iter()
            .map(|overruling| DecidedOtherwise {
                deal_name: name(overruling.deal()),
                outcome: outcome_of(&said.lessons, overruling.deal()),
                overruling,
            })
            .collect();
        Ok(LessonsReport {
            as_of: at,
            all: Tally::of(said.lessons.iter().map(|kept| kept.lesson.outcome)),
            by_cause: win_rates::by_cause(&playbook, &said.lessons),
            by_play: win_rates::by_play(&said.lessons),
            changes: reweigh(&playbook, &said.lessons).1,
            lessons: told
                .into_iter()
                .filter(|kept| kept.told_at <= at)
                .map(|kept| ToldLesson { deal_name: name(&kept.lesson.deal), kept })
                .collect(),
            waiting: self.waiting_deals().await?,
            decided_tally: Tally::of(decided.iter().filter_map(|decided| decided.outcome)),
            decided,
        })
    }

    /// The deals that have ended and of which nothing was told yet.
    ///
    /// # Errors
    /// If the data file refuses.
    pub async fn waiting_deals(&self) -> Result<Vec<WaitingDeal>> {
        let lessons = self.counting_lessons().await?;
        let is_told = |id: &DealId| outcome_of(&lessons, id).is_some();
        let ended = self.store.ended_deals().await?.into_iter().map(|stored| stored.deal);
        let waiting = ended.filter(|deal| !is_told(&deal.id));
        Ok(waiting.map(|deal| WaitingDeal { id: deal.id, name: deal.name }).collect())
    }
}

fn outcome_of(lessons: &[KeptLesson], deal: &DealId) -> Option<Outcome> {
    let told = lessons.iter().rfind(|kept| kept.lesson.deal == *deal);
    told.map(|kept| kept.lesson.outcome)
}
