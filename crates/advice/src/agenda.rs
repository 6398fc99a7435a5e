//! A day's work: what of a review asks for something today, what rests and why, what is planned.
//!
//! Must not: weigh anything anew; the review has done that.

use std::collections::BTreeMap;

use inroad_model::{Advice, DealId, EmailAddress, Entry, EntryNumber, KeptEntry, Moment, Subject};
use jiff::civil::Date;

use crate::{DealReview, Review};

/// So many deals are as much as a person can do well in a day.
pub const DEALS_A_DAY_MAX: usize = 7;

/// What a day holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Agenda<'r> {
    /// What was planned for today or before and is not done, the oldest first.
    pub due: Vec<Planned<'r>>,
    /// What asks for something, the most pressing first: at most [`DEALS_A_DAY_MAX`].
    pub first: Vec<&'r DealReview>,
    /// What asks for something too, and can wait for another day.
    pub more: Vec<&'r DealReview>,
    /// What rests, with what ends that.
    pub resting: Vec<Resting<'r>>,
    /// What has ended.
    pub over: Vec<&'r DealReview>,
}

/// Something planned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Planned<'r> {
    /// Its number.
    pub number: EntryNumber,
    /// The deal it is about; `None` where it is about none that is reviewed.
    pub deal: Option<&'r DealReview>,
    /// The day.
    pub day: Date,
    /// With whom.
    pub with: Option<&'r EmailAddress>,
    /// What.
    pub what: &'r str,
}

/// A deal that is to be left alone for now.
#[derive(Debug, Clone, PartialEq)]
pub struct Resting<'r> {
    /// The deal.
    pub deal: &'r DealReview,
    /// What ends it, in words.
    pub until: String,
    /// The user laid it aside, under this number.
    pub laid_aside: Option<EntryNumber>,
}

impl<'r> Agenda<'r> {
    /// The agenda of the day of a review, with what the user wrote down.
    pub fn of(review: &'r Review, entries: &'r [KeptEntry]) -> Self {
        let today = review.as_of.date();
        let mut agenda = Self {
            due: planned(review, entries).into_iter().filter(|plan| plan.day <= today).collect(),
            first: Vec::new(),
            more: Vec::new(),
            resting: Vec::new(),
            over: Vec::new(),
        };
        let aside = laid_aside(entries, review.as_of);
        for deal in review.by_attention() {
            if deal.is_over() {
                agenda.over.push(deal);
            } else if let Some(resting) = rests(deal, &aside, review.as_of) {
                agenda.resting.push(resting);
            } else if agenda.first.len() < DEALS_A_DAY_MAX {
                agenda.first.push(deal);
            } else {
                agenda.more.push(deal);
            }
        }
        agenda
    }
}

/// All that is planned and not done, by its day.
pub fn planned<'r>(review: &'r Review, entries: &'r [KeptEntry]) -> Vec<Planned<'r>> {
    let is_done = |number: EntryNumber| {
        entries.iter().any(|kept| matches!(kept.entry, Entry::Done { plan } if plan == number))
    };
    let mut plans: Vec<Planned<'r>> = entries
        .iter()
        .filter(|kept| !is_done(kept.number))
        .filter_map(|kept| match &kept.entry {
            Entry::Plan { day, with, what, .. } => Some(Planned {
                number: kept.number,
                deal: review.deals.iter().find(|deal| kept.about == Subject::Deal(deal.id.clone())),
                day: *day,
                with: with.as_ref(),
                what: what.as_str(),
            }),
            _ => None,
        })
        .collect();
    plans.sort_by_key(|plan| (plan.day, plan.number));
    plans
}

/// How a deal was laid aside last.
#[derive(Debug)]
struct Aside<'e> {
    number: EntryNumber,
    at: Moment,
    until: Date,
    because: &'e str,
}

fn laid_aside(entries: &[KeptEntry], as_of: Moment) -> BTreeMap<&DealId, Aside<'_>> {
    let mut aside = BTreeMap::new();
    for kept in entries {
        if let (Subject::Deal(id), Entry::Snooze { until, because }) = (&kept.about, &kept.entry)
            && *until > as_of.date()
        {
            let because = because.as_str();
            let (number, at, until) = (kept.number, kept.told_at, *until);
            aside.insert(id, Aside { number, at, until, because });
        }
    }
    aside
}

fn rests<'r>(
    deal: &'r DealReview,
    aside: &BTreeMap<&DealId, Aside<'_>>,
    as_of: Moment,
) -> Option<Resting<'r>> {
    let words = |day: Date| day.strftime("%-d %B %Y").to_string();
    // A letter of theirs ends what the user laid aside.
    let still = |own: &&Aside<'_>| deal.heard_at.is_none_or(|heard| heard <= own.at);
    if let Some(own) = aside.get(&deal.id).filter(still) {
        let until =
            format!("Laid aside until {}, or until they write: {}", words(own.until), own.because);
        return Some(Resting { deal, until, laid_aside: Some(own.number) });
    }
    let later = deal.next_step.as_ref().and_then(|step| step.not_before);
    let later = later.filter(|day| *day > as_of.date());
    let until = match (deal.advice, deal.until.or(later)) {
        (Advice::Wait, Some(day)) => match deal.would_change.first() {
            Some(change) => format!("Until {}. {}", words(day), change.text),
            None => format!("Until {}, or until they write", words(day)),
        },
        (Advice::Wait, None) => "Until they write".to_owned(),
        (Advice::Pursue | Advice::LetGo, _) => match later {
            Some(day) => format!("Nothing to do before {}", words(day)),
            None => return None,
        },
        (Advice::Stop, _) => return None,
    };
    Some(Resting { deal, until, laid_aside: None })
}
