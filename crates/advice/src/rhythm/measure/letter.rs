//! The letter that waits for an answer, and the conversation that it stands in.

use std::collections::BTreeSet;

use super::{NEVER_DAYS, View, answers, surroundings, weekday};
use crate::rhythm::log::{DAY, Event};
use crate::rhythm::pair::{before, until};
use crate::rhythm::term::{Measures, Term};

/// What is unknown where an archive does not keep which letter answers which.
pub const TERMS_OF_CONVERSATION: [Term; 5] =
    [Term::IsReply, Term::AnswersThem, Term::ThreadPeople, Term::ThreadAfter, Term::ThreadAgeDays];

pub(super) fn measure(view: &View<'_>, place: u32, elapsed_days: f64, into: &mut Measures) {
    let Some(letter) = view.log.event(place) else { return };
    let written = letter.time;
    into.put(Term::LetterWeekday, weekday(written));
    into.put_count(Term::To, f64::from(letter.to_count));
    into.put_count(Term::Direct, letter.direct.len() as f64);
    let (heard, wrote) = (view.heard(), view.wrote());
    let heard_last = heard.get(before(heard, written).wrapping_sub(1));
    let heard_days = heard_last.map_or(NEVER_DAYS, |last| (written - last) / DAY);
    into.put_count(Term::HeardBeforeLetter, heard_days);
    into.put_count(Term::Reminders, (wrote.len() - until(wrote, written).min(wrote.len())) as f64);
    into.put_count(Term::SeenSince, view.since(&view.inbound.received, written));
    surroundings::measure_since(view, written, into);
    answers::measure_now(view, written, elapsed_days, into);
    measure_others(view, letter, into);
    if view.mailbox.knows_replies(view.cut) {
        measure_conversation(view, place, letter, into);
    }
}

/// Whether the others who were asked have written since.
fn measure_others(view: &View<'_>, letter: &Event, into: &mut Measures) {
    let others = letter.direct.iter().filter(|person| **person != view.them);
    let answered = others.clone().filter(|person| {
        let pair = view.log.pair(**person, view.me);
        pair.is_some_and(|pair| view.since(&pair.direct, letter.time) > 0.0)
    });
    into.put_count(Term::OthersAnswered, answered.count() as f64);
    into.put_count(Term::Others, others.count() as f64);
}

fn measure_conversation(view: &View<'_>, place: u32, letter: &Event, into: &mut Measures) {
    into.put(Term::IsReply, f64::from(u8::from(letter.is_reply)));
    let parent = letter.parent.and_then(|parent| view.log.event(parent));
    let answers_them = parent.is_some_and(|parent| parent.from == view.them);
    into.put(Term::AnswersThem, f64::from(u8::from(answers_them)));
    let thread = view.mailbox.thread(place);
    let events = |places: &[u32]| -> Vec<&Event> {
        let events = places.iter().filter_map(|place| view.log.event(*place));
        events.take_while(|event| event.time <= view.cut).collect()
    };
    let here = thread.binary_search(&place).unwrap_or(thread.len());
    let earlier = events(thread.get(..here).unwrap_or_default());
    let later = events(thread.get(here + 1..).unwrap_or_default());
    let people: BTreeSet<_> = earlier.iter().map(|event| event.from).collect();
    into.put_count(Term::ThreadPeople, people.len() as f64);
    let by_others = later.iter().filter(|event| event.from != view.me);
    into.put_count(Term::ThreadAfter, by_others.count() as f64);
    let age = earlier.first().map_or(0.0, |first| (letter.time - first.time) / DAY);
    into.put_count(Term::ThreadAgeDays, age);
}
