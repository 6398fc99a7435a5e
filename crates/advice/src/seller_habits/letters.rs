//! What letters show without their words: first answers, reminders, silences that ended.
//!
//! One way through all letters, oldest first, with what is known of each person so far: what is said of a
//! letter rests on what came before it, and on its answer.

use std::collections::BTreeSet;

use inroad_model::Moment;
use jiff::civil::Date;

use super::measure::{Measure, Seen, Told};

/// Cases of so many days up to the moment are counted.
const CASES_DAYS: f64 = 365.0;
/// An answer to a first letter comes within so many days.
const FIRST_ANSWER_DAYS: f64 = 30.0;
/// A letter to more people than these is a mailing.
const READERS_MAX: usize = 5;
/// Nearer than this it is the attachment that was forgotten.
const SAME_LETTER_DAYS: f64 = 0.5;
/// Behind a longer silence it is a new letter, not a reminder.
const REMINDER_DAYS_MAX: f64 = 180.0;
/// Their own habit is known from so many answers.
const OWN_WAITS_MIN: usize = 3;
/// That of people at large from so many; the latest ones count.
const ALL_WAITS_MIN: usize = 8;
const ALL_WAITS_MAX: usize = 300;
/// In so large a share of cases the answer was there within the usual time.
const USUAL_SHARE: f64 = 0.75;
/// A silence of so many days is cold.
const COLD_DAYS: f64 = 30.0;
/// It came back if it ended within so many.
const BACK_DAYS: f64 = 120.0;

/// A letter that a person wrote.
#[derive(Debug, Clone, PartialEq)]
pub struct Letter {
    /// When.
    pub at: Moment,
    /// Who, by number.
    pub from: u32,
    /// To whom, copies too.
    pub to: Box<[u32]>,
    /// Whether it answers another one.
    pub answers: bool,
}

/// All letters, oldest first, with who is who among the numbers.
#[derive(Debug, Clone, Copy)]
pub struct Letters<'a> {
    /// The letters.
    pub letters: &'a [Letter],
    /// The addresses of whose selling it is.
    pub own: &'a BTreeSet<u32>,
    /// Those and all others of the house.
    pub ours: &'a BTreeSet<u32>,
    /// The people of each deal.
    pub deals: &'a [BTreeSet<u32>],
}

/// What is known of somebody outside so far.
#[derive(Debug, Clone, Default)]
struct Known {
    was_in_touch: bool,
    /// The first letter to them that waits for its answer, among the first letters.
    first: Option<usize>,
    /// Since when we wait for them.
    waiting: Option<Moment>,
    /// The last own letter since they wrote.
    reminded: Option<Moment>,
    /// How long they took, in days.
    waits: Vec<f64>,
    deals: Vec<usize>,
}

/// How the talk with a deal stands.
#[derive(Debug, Clone, Copy, Default)]
struct Talk {
    heard: bool,
    /// Since when they are silent, and whether behind an own letter.
    silent: Option<(Moment, bool)>,
}

#[derive(Debug, Default)]
struct Counts {
    firsts: Vec<(Moment, bool)>,
    gaps: Vec<f64>,
    patient: Vec<(Date, bool)>,
    back: Vec<bool>,
}

struct Walk<'a> {
    letters: Letters<'a>,
    as_of: Moment,
    known: Vec<Known>,
    talks: Vec<Talk>,
    all_waits: Vec<f64>,
    counts: Counts,
}

/// What letters show.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FromLetters {
    /// What was counted.
    pub seen: Vec<Seen>,
    /// Each reminder: its day, and whether it left people their time.
    pub reminders: Vec<(Date, bool)>,
}

/// What the letters show at a moment; later ones are not looked at.
pub fn read(letters: Letters<'_>, as_of: Moment) -> FromLetters {
    let mut walk = Walk::new(letters, as_of);
    let until = |letter: &&Letter| letter.at.timestamp() <= as_of.timestamp();
    for letter in letters.letters.iter().take_while(until) {
        if letters.ours.contains(&letter.from) {
            walk.ours(letter);
        } else {
            walk.theirs(letter);
        }
    }
    walk.told()
}

impl<'a> Walk<'a> {
    fn new(letters: Letters<'a>, as_of: Moment) -> Self {
        let numbers =
            letters.letters.iter().flat_map(|letter| letter.to.iter().chain([&letter.from]));
        let numbers = numbers.chain(letters.deals.iter().flatten());
        let count = numbers.max().map_or(0, |last| *last as usize + 1);
        let mut known = vec![Known::default(); count];
        for (deal, people) in letters.deals.iter().enumerate() {
            for person in people {
                if let Some(known) = known.get_mut(*person as usize) {
                    known.deals.push(deal);
                }
            }
        }
        Self {
            letters,
            as_of,
            known,
            talks: vec![Talk::default(); letters.deals.len()],
            all_waits: Vec::new(),
            counts: Counts::default(),
        }
    }

    fn is_counted(&self, at: Moment) -> bool {
        days(at, self.as_of) <= CASES_DAYS
    }

    fn ours(&mut self, letter: &Letter) {
        let is_own = self.letters.own.contains(&letter.from);
        let outside: Vec<u32> =
            letter.to.iter().copied().filter(|to| !self.letters.ours.contains(to)).collect();
        let is_few = !outside.is_empty() && outside.len() <= READERS_MAX;
        let is_new =
            |to: &u32| self.known.get(*to as usize).is_some_and(|known| !known.was_in_touch);
        let is_first = is_own && is_few && !letter.answers && outside.iter().all(is_new);
        if is_first {
            self.counts.firsts.push((letter.at, false));
        }
        for to in &outside {
            if is_own && is_few {
                self.remind(*to, letter.at);
            }
            let Some(known) = self.known.get_mut(*to as usize) else { continue };
            known.was_in_touch = true;
            known.waiting = known.waiting.or(Some(letter.at));
            if is_first {
                known.first = self.counts.firsts.len().checked_sub(1);
            }
            if is_own && is_few {
                known.reminded = Some(letter.at);
            }
            for deal in &known.deals {
                if let Some(talk) = self.talks.get_mut(*deal).filter(|talk| talk.heard) {
                    talk.silent = talk.silent.or(Some((letter.at, is_own)));
                }
            }
        }
    }

    /// Takes down a letter behind an unanswered one.
    fn remind(&mut self, to: u32, at: Moment) {
        let Some(known) = self.known.get(to as usize) else { return };
        let Some(gap) = known.reminded.map(|last| days(last, at)) else { return };
        if !(SAME_LETTER_DAYS..=REMINDER_DAYS_MAX).contains(&gap) || !self.is_counted(at) {
            return;
        }
        let usual =
            usual(&known.waits, OWN_WAITS_MIN).or_else(|| usual(&self.all_waits, ALL_WAITS_MIN));
        self.counts.gaps.push(gap);
        self.counts.patient.extend(usual.map(|usual| (at.date(), gap >= usual)));
    }

    fn theirs(&mut self, letter: &Letter) {
        let is_to_us = letter.to.iter().any(|to| self.letters.ours.contains(to));
        let Some(known) = self.known.get_mut(letter.from as usize).filter(|_| is_to_us) else {
            return;
        };
        known.was_in_touch = true;
        known.reminded = None;
        if let Some((at, is_answered)) =
            known.first.take().and_then(|first| self.counts.firsts.get_mut(first))
        {
            *is_answered |= days(*at, letter.at) <= FIRST_ANSWER_DAYS;
        }
        if let Some(since) = known.waiting.take() {
            let wait = days(since, letter.at);
            known.waits.push(wait);
            self.all_waits.push(wait);
            if self.all_waits.len() > 2 * ALL_WAITS_MAX {
                self.all_waits.drain(..ALL_WAITS_MAX);
            }
        }
        for deal in known.deals.clone() {
            let Some(talk) = self.talks.get_mut(deal) else { continue };
            talk.heard = true;
            let silent = talk.silent.take();
            self.end_silence(silent, letter.at);
        }
    }

    /// Takes down a cold silence that ended, or that has lasted too long to come back.
    fn end_silence(&mut self, silent: Option<(Moment, bool)>, at: Moment) {
        let Some((since, true)) = silent else { return };
        let lasted = days(since, at);
        if lasted > COLD_DAYS && self.is_counted(since) {
            self.counts.back.push(lasted <= BACK_DAYS);
        }
    }

    fn told(mut self) -> FromLetters {
        for talk in std::mem::take(&mut self.talks) {
            let is_over = |(since, _): &(Moment, bool)| days(*since, self.as_of) > BACK_DAYS;
            self.end_silence(talk.silent.filter(is_over), self.as_of);
        }
        let is_ripe = |at: Moment| days(at, self.as_of) > FIRST_ANSWER_DAYS && self.is_counted(at);
        let firsts: Vec<bool> = self
            .counts
            .firsts
            .iter()
            .filter(|(at, _)| is_ripe(*at))
            .map(|(_, is_answered)| *is_answered)
            .collect();
        let share =
            |cases: &[bool]| Told::share(cases.iter().filter(|did| **did).count(), cases.len());
        let patient: Vec<bool> = self.counts.patient.iter().map(|(_, did)| *did).collect();
        let seen = vec![
            Seen { measure: Measure::FirstAnswers, told: share(&firsts) },
            Seen { measure: Measure::FollowUpPatience, told: share(&patient) },
            Seen { measure: Measure::FollowUpGap, told: Told::middle(&self.counts.gaps) },
            Seen { measure: Measure::Recovery, told: share(&self.counts.back) },
        ];
        FromLetters { seen, reminders: self.counts.patient }
    }
}

fn days(from: Moment, to: Moment) -> f64 {
    to.hours_since(from) / 24.0
}

/// The time in which the usual share of answers came; the latest ones count.
fn usual(waits: &[f64], at_least: usize) -> Option<f64> {
    if waits.len() < at_least {
        return None;
    }
    let from = waits.len().saturating_sub(ALL_WAITS_MAX);
    let mut latest = waits.get(from..)?.to_vec();
    latest.sort_by(f64::total_cmp);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of a length is one of its places"
    )]
    let place = ((latest.len() as f64 * USUAL_SHARE).ceil() as usize).saturating_sub(1);
    latest.get(place).copied()
}

#[cfg(test)]
mod tests;
