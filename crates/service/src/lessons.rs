//! What finished deals taught: the short review that is offered when a deal ends, the user's answers,
//! and what they add up to.

mod offer;
mod report;

use std::collections::BTreeSet;

use inroad_advice::playbook::Playbook;
use inroad_model::{
    Cause, KeptLesson, Lesson, LessonNumber, LessonWords, Moment, Outcome, PlayTried, Stage,
};
use inroad_store::{DealStatus, StoredDeal};

use crate::deal_match::folded;
use crate::review::Backdrop;
use crate::{Error, Inroad, Result, deals};

pub use offer::{LessonOffer, LikelyCause};
pub use report::{DecidedOtherwise, LessonsReport, ToldLesson, WaitingDeal};

/// What the user answers to the short review of a deal.
#[derive(Debug, Clone, Default)]
pub struct LessonAnswers {
    /// How it ended; may be left out where the deal is won or lost already.
    pub outcome: Option<Outcome>,
    /// What was behind it; empty where the user does not know.
    pub causes: BTreeSet<Cause>,
    /// The play that was tried: its name, or the name of a scenario with one play.
    pub play: Option<String>,
    /// The user's words.
    pub words: LessonWords,
    /// When it ended; as told of the deal where it is left out, else now.
    pub ended_at: Option<Moment>,
}

impl Inroad {
    /// The short review of a deal, filled in with what is known.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Conflict`] if several are meant or it is only proposed.
    pub async fn lesson_offer(&self, name: &str, at: Moment) -> Result<LessonOffer> {
        self.lesson_offer_before(&self.backdrop().await?, name, at).await
    }

    /// The same before a backdrop that is at hand.
    pub(crate) async fn lesson_offer_before(
        &self,
        backdrop: &Backdrop,
        name: &str,
        at: Moment,
    ) -> Result<LessonOffer> {
        self.offer(backdrop, named(backdrop.deals.latest(), name)?, None, at).await
    }

    /// Takes the user's answers at a moment. A deal that was open ends by it.
    ///
    /// # Errors
    /// As [`Inroad::lesson_offer`]; [`Error::Invalid`] where it is not said how the deal ended, for a
    /// play that is not there, and for an end that is still to come; [`Error::Conflict`] if there is
    /// a lesson on the deal already.
    pub async fn learn(
        &self,
        name: &str,
        answers: LessonAnswers,
        at: Moment,
    ) -> Result<LessonNumber> {
        let backdrop = self.backdrop().await?;
        let stored = named(backdrop.deals.latest(), name)?;
        let offer = self.offer(&backdrop, stored, answers.ended_at, at).await?;
        if offer.ended_at > at {
            return Err(Error::Invalid { what: "That day is still to come".to_owned() });
        }
        let Some(outcome) = answers.outcome.or(offer.outcome) else {
            let what =
                format!("How did '{}' end? Say won, lost, no-decision or let-go", stored.deal.name);
            return Err(Error::Invalid { what });
        };
        let play =
            answers.play.as_deref().map(|play| tried(&self.playbook()?, play)).transpose()?;
        let lesson = Lesson {
            deal: stored.deal.id.clone(),
            ended_at: offer.ended_at,
            outcome,
            causes: answers.causes,
            play,
            last_review: offer.last_review,
            words: answers.words,
        };
        let told = self.store.add_lesson(&lesson, ending(stored, outcome), at).await?;
        told.ok_or_else(|| Error::Conflict {
            what: format!(
                "There is a lesson on '{}' already; to tell it anew take it back first with \
                 'inroad lessons undo{}'",
                stored.deal.name,
                offer.told.map(|number| format!(" {number}")).unwrap_or_default()
            ),
        })
    }

    /// Takes a lesson back at a moment: from then on it counts for nothing.
    ///
    /// # Errors
    /// [`Error::NotFound`], or [`Error::Conflict`] if it was taken back before.
    pub async fn withdraw_lesson(&self, number: LessonNumber, at: Moment) -> Result<KeptLesson> {
        let lessons = self.store.lessons().await?;
        let Some(lesson) = lessons.into_iter().find(|lesson| lesson.number == number) else {
            let what = format!("There is no lesson {number}; 'inroad lessons' lists them");
            return Err(Error::NotFound { what });
        };
        if !self.store.withdraw_lesson(number, at).await? {
            let what = format!("Lesson {number} was taken back before");
            return Err(Error::Conflict { what });
        }
        Ok(KeptLesson { withdrawn_at: Some(at), ..lesson })
    }

    /// The lessons that count on the deals of a data file, without those taken back.
    pub(crate) async fn counting_lessons(&self) -> Result<Vec<KeptLesson>> {
        let lessons = self.store.lessons().await?;
        Ok(lessons.into_iter().filter(|kept| kept.withdrawn_at.is_none()).collect())
    }
}

/// The deal that is meant; a proposal has not begun, so it cannot have ended.
fn named<'d>(kept: &'d [StoredDeal], name: &str) -> Result<&'d StoredDeal> {
    let stored = deals::find(kept, name)?;
    if stored.status == DealStatus::Proposed {
        return Err(Error::Conflict {
            what: format!(
                "'{}' is only proposed; accept it first: inroad deals accept",
                stored.deal.name
            ),
        });
    }
    Ok(stored)
}

/// The stage that a deal takes by its outcome; `None` where it stands so already, or is off the list.
fn ending(stored: &StoredDeal, outcome: Outcome) -> Option<Stage> {
    let stage = outcome.stage();
    let off_the_list = stored.status == DealStatus::Dismissed && stage == Stage::Lost;
    (stored.deal.stage != Some(stage) && !off_the_list).then_some(stage)
}

/// The play of that name, or the only one of the scenario of that name.
fn tried(playbook: &Playbook, name: &str) -> Result<PlayTried> {
    let plays = playbook.scenarios().flat_map(|(file, scenario)| {
        let alone = scenario.play.len() == 1;
        scenario.play.iter().map(move |play| (file, alone, play))
    });
    let wanted = folded(name);
    let is_meant = |(file, alone, play): &(&str, bool, &_)| {
        let play: &inroad_advice::playbook::scenario::Play = play;
        folded(&play.name) == wanted
            || (*alone && *file == wanted)
            || format!("{file}: {}", folded(&play.name)) == wanted
    };
    let found: Vec<_> = plays.filter(is_meant).collect();
    match found.as_slice() {
        [(file, _, play)] => {
            Ok(PlayTried { scenario: (*file).to_owned(), play: play.name.clone() })
        }
        [] => Err(Error::NotFound {
            what: format!("No play is called '{name}'; 'inroad playbook show NAME' shows them"),
        }),
        [(file, ..), ..] => Err(Error::Conflict {
            what: format!("Several plays are called '{name}'; write it as '{file}: {name}'"),
        }),
    }
}
