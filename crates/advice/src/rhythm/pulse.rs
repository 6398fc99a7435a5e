//! The rhythm of one deal's letters: forecasts for any of the people in it.
//!
//! Only these letters are looked at, so a deal gets the same figures whatever else is reviewed.

use std::collections::BTreeMap;

use inroad_model::{EmailAddress, Moment};

use super::clock::Clock;
use super::curve::probability;
use super::letters::{Letters, WE, moment, seconds};
use super::log::{EventLog, Person};
use super::measure::View;
use super::outcomes::letter_at;
use super::pair::{Turn, known};
use super::prior::RhythmPrior;
use super::turn::{Turned, turn};
use crate::correspondence::{Correspondence, Letter};

/// Who is silent for so many days more is called dark.
pub const DARK_DAYS: f64 = 60.0;
/// Letters of theirs before a forecast of silence says more than the habit of answering.
const LETTERS_MIN: usize = 3;

/// Letters that waited as long, before they are spoken of.
const LETTERS_TO_COMPARE: u32 = 5;

/// Forecasts from the letters of one deal up to a moment.
#[derive(Debug)]
pub struct Pulse {
    log: EventLog,
    people: BTreeMap<EmailAddress, Person>,
    as_of: Moment,
    cut: f64,
    curves: Option<&'static RhythmPrior>,
}

impl Pulse {
    /// Takes in what people wrote. What machines wrote does not count.
    pub fn of<'c, 'a: 'c>(
        letters: impl IntoIterator<Item = (usize, &'c Letter<'a>)>,
        correspondence: &Correspondence<'a>,
        as_of: Moment,
    ) -> Self {
        let Letters { log, people } = Letters::of(letters, correspondence);
        // A test rules out that the shipped file is broken.
        let curves = RhythmPrior::shipped().ok();
        Self { log, people, as_of, cut: seconds(as_of), curves }
    }

    /// How likely somebody answers within seven days a letter that waits for it, by the clock of
    /// those who are waited for; `None` if none does, or if too little is known.
    pub fn reply_7d(&self, email: &EmailAddress, clock: &Clock) -> Option<f64> {
        let them = *self.people.get(email)?;
        let turn = self.log.pair(WE, them)?.turns_until(self.cut).last()?;
        if turn.answer <= self.cut {
            return None;
        }
        let letter = letter_at(&self.log, WE, them, turn.start)?;
        let waited = clock.days(moment(turn.start)?, self.as_of);
        let measures = View::new(&self.log, WE, them, self.cut).of_reply(letter, waited);
        Some(probability(self.curves?.reply.log_odds(&measures)))
    }

    /// Of our letters to anybody there that had waited about so long, how many were answered within the
    /// week after, and how many there were; `None` if these are too few to say.
    pub fn waited_as_long(&self, days: f64) -> Option<(u32, u32)> {
        let (mut open, mut answered) = (0, 0);
        for ((from, _), pair) in self.log.pairs() {
            let turns = if from == WE { pair.turns_until(self.cut) } else { &[] };
            let known = |turn: &&Turn| turn.open_after(days) && turn.is_settled(days, self.cut);
            for turn in turns.iter().filter(known) {
                open += 1;
                answered += u32::from(turn.answered_after(days));
            }
        }
        (open >= LETTERS_TO_COMPARE).then_some((answered, open))
    }

    /// How likely somebody writes nothing in the next [`DARK_DAYS`]; `None` if too few letters
    /// came so far.
    pub fn dark(&self, email: &EmailAddress) -> Option<f64> {
        let them = *self.people.get(email)?;
        let heard = self.log.pair(them, WE)?;
        if known(&heard.direct, self.cut).len() < LETTERS_MIN {
            return None;
        }
        let measures = View::new(&self.log, WE, them, self.cut).of_silence(DARK_DAYS);
        Some(probability(self.curves?.silence.log_odds(&measures)))
    }

    /// How the habit of somebody in answering turned lately; `None` unless that is sure enough.
    pub fn turned(&self, email: &EmailAddress) -> Option<Turned> {
        turn(&self.log, WE, *self.people.get(email)?, self.cut)
    }
}
