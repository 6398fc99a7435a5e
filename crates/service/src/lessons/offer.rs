//! The short review of a deal that ended, filled in: people, process, what changed.
//!
//! Must not: keep anything, or say what was behind it: that is for the user to say.

use inroad_advice::DealReview;
use inroad_advice::overruled::Overruled;
use inroad_advice::people::PersonReview;
use inroad_model::{
    Cause, Deal, DealId, LastReview, LessonNumber, LessonWords, Moment, Outcome, PlayTried,
    Probability, Remark, Stage, State, SupposedCause,
};
use inroad_store::{DealStatus, StoredDeal};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use crate::review::Backdrop;
use crate::{Error, Inroad, Result};

/// More people than these fill no short review.
const PEOPLE_MAX: usize = 8;
/// A day.
const DAY_SECONDS: i64 = 86_400;
/// More facts than these are no summary.
const FACTS_MAX: usize = 4;

/// The short review of a deal, filled in with what is known.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LessonOffer {
    /// The deal.
    pub deal: DealId,
    /// Its name.
    pub name: String,
    /// The organisation on the other side.
    pub organization: Option<String>,
    /// When it ended; the moment of asking where that is not known.
    pub ended_at: Moment,
    /// How, as far as the deal itself tells; the user may know better.
    pub outcome: Option<Outcome>,
    /// How it stood just before.
    pub state: State,
    /// What is known of people, process and what changed, for the user to correct.
    pub prefilled: LessonWords,
    /// What may have been behind it, likeliest first.
    pub causes: Vec<LikelyCause>,
    /// Plays against these causes.
    pub plays: Vec<PlayTried>,
    /// Where the user had decided otherwise than advised.
    pub overruled: Option<Overruled>,
    /// What the review said last.
    pub last_review: LastReview,
    /// The lesson on this deal that counts, if there is one.
    pub told: Option<LessonNumber>,
}

/// A cause with its name.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LikelyCause {
    /// The cause.
    pub cause: Cause,
    /// As a person says it.
    pub name: String,
    /// How likely it looked.
    pub probability: Probability,
}

impl Inroad {
    /// The short review of one deal. `ended_at` is the user's word for when it ended.
    pub(super) async fn offer(
        &self,
        backdrop: &Backdrop,
        stored: &StoredDeal,
        ended_at: Option<Moment>,
        at: Moment,
    ) -> Result<LessonOffer> {
        let id = &stored.deal.id;
        let end = self.store.deal_end(id).await?;
        let told_end = end.at.map(|end| told_end(end, at)).filter(|end| *end <= at);
        let ended_at = ended_at.or(told_end).unwrap_or(at);
        let has_ended = matches!(stored.deal.stage, Some(Stage::Won | Stage::Lost));
        let stage = if has_ended { end.stage_before } else { stored.deal.stage };
        // As it stood while it was still open, or the end would be all that there is to say.
        let open = Deal { stage, stage_since: None, opened: None, ..stored.deal.clone() };
        let mut review = self.review_as_it_was(backdrop, open.clone(), ended_at).await?;
        let review = review
            .deals
            .pop()
            .ok_or_else(|| Error::Internal { what: "a deal without a review".to_owned() })?;
        let counting = self.counting_lessons().await?;
        let told = counting.iter().find(|kept| kept.lesson.deal == *id).map(|kept| kept.number);
        let opened = stored.deal.opened;
        Ok(LessonOffer {
            deal: id.clone(),
            name: stored.deal.name.clone(),
            organization: stored.deal.organization.clone(),
            ended_at,
            outcome: outcome(stored, review.state),
            state: review.state,
            prefilled: LessonWords {
                people: remark(&people(&review.people)),
                process: remark(&process(&Deal { opened, ..open }, &review)),
                changed: remark(&changed(&review)),
            },
            causes: causes(&review),
            plays: self.plays_against(&review)?,
            overruled: review.overruled.clone(),
            last_review: last_review(&review),
            told,
        })
    }

    fn plays_against(&self, review: &DealReview) -> Result<Vec<PlayTried>> {
        let playbook = self.playbook()?;
        let likely = |cause: Option<Cause>| review.causes.iter().any(|c| Some(c.cause) == cause);
        let plays = playbook.scenarios().filter(|(_, scenario)| likely(scenario.cause)).flat_map(
            |(file, scenario)| {
                let tried = |play: &inroad_advice::playbook::scenario::Play| PlayTried {
                    scenario: file.to_owned(),
                    play: play.name.clone(),
                };
                scenario.play.iter().map(tried).collect::<Vec<_>>()
            },
        );
        Ok(plays.collect())
    }
}

/// Exports name the day of an end, not its hour: what came on that day belongs to the deal.
fn told_end(end: Timestamp, at: Moment) -> Moment {
    let is_day = end.as_second().rem_euclid(DAY_SECONDS) == 0;
    let evening = end.checked_add(SignedDuration::from_secs(DAY_SECONDS - 1));
    match evening {
        Ok(evening) if is_day => Moment::utc(evening.min(at.timestamp())),
        _ => Moment::new(end, at.offset()),
    }
}

/// How it ended, as the deal itself tells.
fn outcome(stored: &StoredDeal, state: State) -> Option<Outcome> {
    match (stored.deal.stage, stored.status) {
        (Some(Stage::Won), _) => Some(Outcome::Won),
        (Some(Stage::Lost), _) => Some(Outcome::Lost),
        (_, DealStatus::Dismissed) => Some(Outcome::LetGo),
        // They asked for no more mail.
        _ => (state == State::Closed).then_some(Outcome::Lost),
    }
}

fn causes(review: &DealReview) -> Vec<LikelyCause> {
    let told = review.causes.iter().filter_map(|cause| {
        Some(LikelyCause {
            cause: cause.cause,
            name: cause.name.clone(),
            probability: cause.probability?,
        })
    });
    told.collect()
}

fn last_review(review: &DealReview) -> LastReview {
    let supposed = review.causes.iter().filter_map(|cause| {
        Some(SupposedCause { cause: cause.cause, probability: cause.probability? })
    });
    let sign =
        |(name, strength): (&&str, &f64)| ((*name).to_owned(), Probability::clamped(*strength));
    LastReview {
        causes: supposed.collect(),
        // What the program advised, also where the user decided otherwise.
        advice: review.overruled.as_ref().map_or(review.advice, |overruled| overruled.advised),
        signs: review.signs.iter().map(sign).collect(),
    }
}

fn people(people: &[PersonReview]) -> Vec<String> {
    let line = |person: &PersonReview| {
        let name = person.name.as_deref().unwrap_or(person.email.as_str());
        let title = person.title.as_deref().map(|t| format!(", {t}")).unwrap_or_default();
        let last = person.heard_at.map(|at| format!(", last on {}", day(at))).unwrap_or_default();
        format!("{name}{title}: {} from them{last}, {} from you", person.received, person.sent)
    };
    people.iter().take(PEOPLE_MAX).map(line).collect()
}

fn process(deal: &Deal, review: &DealReview) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(opened) = deal.opened {
        lines.push(format!("Opened on {}", opened.strftime("%-d %B %Y")));
    }
    if let Some(stage) = deal.stage {
        lines.push(format!("It had come as far as: {}", format!("{stage:?}").to_lowercase()));
    }
    for (who, at) in [("They", review.heard_at), ("You", review.wrote_at)] {
        if let Some(at) = at {
            lines.push(format!("{who} wrote last on {}", day(at)));
        }
    }
    let stated = review.facts.iter().rev().take(FACTS_MAX).rev().map(|fact| {
        let who = fact.email.as_ref().map_or("the firm", |email| email.as_str());
        format!("Stated: {}, {who}", fact.kind.in_words())
    });
    lines.extend(stated);
    lines
}

fn changed(review: &DealReview) -> Vec<String> {
    review.reasons.iter().map(|reason| reason.says.clone()).collect()
}

fn day(at: Moment) -> String {
    at.date().strftime("%-d %B %Y").to_string()
}

/// Lines as one remark; `None` where there is nothing to say.
fn remark(lines: &[String]) -> Option<Remark> {
    let text: String = lines.join("\n").chars().take(Remark::CHARS_MAX).collect();
    Remark::new(&text).ok()
}
