//! Messages of a question: everything that narrows takes messages out of one list, the newest first,
//! and the first of those that stay are shown.
//!
//! A word of one or two letters that is still being typed stands in nearly every message, and to ask
//! the index of words for it would cost more than all else. Then the newest messages are read until
//! enough hold it, in what their writers added, and the index is asked only where few do.

use inroad_store::{Bringing, MessageLine, Sent, Words};
use std::collections::BTreeMap;

use super::Listed;
use super::everybody::Addresses;
use super::fold::tokens;
use super::index::Index;
use super::pattern::{Pattern, line_of};
use super::query::{Has, Query, Term};
use super::shown::{FoundMessage, words_of};
use crate::Result;
use crate::inroad::Inroad;
use jiff::civil::Date;
use jiff::tz::Offset;

/// A word of so few letters is in nearly every message.
const SHORT_CHARS_MAX: usize = 2;
/// How many of the newest messages are read for a short word, and how many at once.
const READ_MAX: usize = 200;
const READ_AT_ONCE: usize = 50;
/// So few messages answer any word at once.
const MESSAGES_FEW: usize = 2_000;
/// No clock is further from the one of the world than this.
const OFFSET_MICROS_MAX: i64 = 26 * 3_600_000_000;
const DAY_MICROS: i64 = 24 * 3_600_000_000;

impl Inroad {
    /// The newest messages that fit, at most so many. `of_deals` are the addresses to whose
    /// mail it is narrowed, if it is.
    pub(super) async fn messages_found(
        &self,
        index: &Index,
        query: &Query,
        of_deals: Option<&Addresses>,
        max: usize,
    ) -> Result<Listed<FoundMessage>> {
        let mut keep = vec![true; index.sent.len()];
        self.narrow(index, query, of_deals, &mut keep).await?;
        let (short, whole) = match index.sent.len() {
            0..=MESSAGES_FEW => (None, query.words.clone()),
            _ => split_short(&query.words),
        };
        self.keep_words(index, &whole, &query.without, &mut keep).await?;
        let patterns: Vec<Pattern> = query.words.iter().map(Pattern::new).collect();
        let mut lines = match &short {
            Some(short) => self.read_newest(index, &keep, &Pattern::new(short), max + 1).await?,
            None => Vec::new(),
        };
        // To ask for one letter, of which so many words are, is worth it only where none was read.
        let is_enough = short.as_ref().is_some_and(|short| {
            lines.len() > max || !lines.is_empty() && !is_asked_for_fast(short)
        });
        if !is_enough {
            self.keep_words(index, short.as_slice(), &[], &mut keep).await?;
            lines = self.store.lines_of(&newest(index, &keep, 0, max + 1)).await?;
        }
        // Of those that were not read, or hold the letter in what they quote, nobody knows.
        let is_all = || keep.iter().filter(|kept| **kept).count() == lines.len();
        let more = lines.len() > max || is_enough && !is_all();
        lines.truncate(max);
        Ok(Listed { shown: self.shown(lines, &patterns).await?, more })
    }

    /// Everything but words.
    async fn narrow(
        &self,
        index: &Index,
        query: &Query,
        of_deals: Option<&Addresses>,
        keep: &mut [bool],
    ) -> Result<()> {
        for part in &query.from {
            let from = addresses_of(index, part);
            keep_if(index, keep, |sent| from.holds(sent.from));
        }
        for part in &query.to {
            let mut to = index.sent_to(&addresses_of(index, part)).into_iter();
            keep_if(index, keep, |_| to.next() == Some(true));
        }
        let with: Vec<Addresses> =
            query.with.iter().map(|part| addresses_of(index, part)).collect();
        for people in with.iter().chain(of_deals) {
            let mut to = index.sent_to(people).into_iter();
            keep_if(index, keep, |sent| to.next() == Some(true) || people.holds(sent.from));
        }
        for has in &query.has {
            let rows = self.bringing(index, bringing(*has)).await?;
            index.keep_only(keep, rows.to_vec(), true);
        }
        for when in &query.when {
            let (first, last) = when.bounds();
            self.keep_days(index, keep, first, last).await?;
        }
        Ok(())
    }

    /// Keeps what was written between two days, by the writers' own clocks.
    async fn keep_days(
        &self,
        index: &Index,
        keep: &mut [bool],
        first: Option<Date>,
        last: Option<Date>,
    ) -> Result<()> {
        let from = first.map_or(i64::MIN, micros);
        let until = last.map_or(i64::MAX, |day| micros(day).saturating_add(DAY_MICROS));
        let surely =
            from.saturating_add(OFFSET_MICROS_MAX)..until.saturating_sub(OFFSET_MICROS_MAX);
        let maybe = from.saturating_sub(OFFSET_MICROS_MAX)..until.saturating_add(OFFSET_MICROS_MAX);
        keep_if(index, keep, |sent| sent.at > i64::MIN && maybe.contains(&sent.at));
        let unsure = |(sent, kept): (&Sent, &bool)| {
            let is_sure = surely.contains(&sent.at)
                || first.is_none() && sent.at < surely.end
                || last.is_none() && sent.at >= surely.start;
            (*kept && !is_sure).then_some(sent.row)
        };
        let unsure: Vec<i64> = index.sent.iter().zip(&*keep).filter_map(unsure).collect();
        let at: BTreeMap<i64, i64> = self.store.offsets_of(&unsure).await?.into_iter().collect();
        keep_if(index, keep, |sent| {
            let Some(offset) = at.get(&sent.row) else { return true };
            let day = day_of(sent.at, *offset);
            day.is_some_and(|day| first.is_none_or(|f| f <= day) && last.is_none_or(|l| day <= l))
        });
        Ok(())
    }

    async fn keep_words(
        &self,
        index: &Index,
        words: &[Term],
        without: &[Term],
        keep: &mut [bool],
    ) -> Result<()> {
        // Where nothing is left, the dearest question of all, one letter, need not be asked.
        if !keep.contains(&true) {
            return Ok(());
        }
        let of_terms = |terms: &[Term]| -> Vec<Words> {
            terms.iter().map(|t| Words { text: t.text.clone(), open: t.open }).collect()
        };
        if words.is_empty() {
            for term in of_terms(without) {
                let rows = self.store.rows_with(&[term], &[]).await?;
                index.keep_only(keep, rows, false);
            }
        } else {
            let rows = self.store.rows_with(&of_terms(words), &of_terms(without)).await?;
            index.keep_only(keep, rows, true);
        }
        Ok(())
    }

    /// Of the newest messages those that hold a short word.
    async fn read_newest(
        &self,
        index: &Index,
        keep: &[bool],
        short: &Pattern,
        max: usize,
    ) -> Result<Vec<MessageLine>> {
        let mut found = Vec::new();
        for skip in (0..READ_MAX).step_by(READ_AT_ONCE) {
            let rows = newest(index, keep, skip, READ_AT_ONCE);
            let lines = self.store.lines_of(&rows).await?;
            found.extend(lines.into_iter().filter(|line| short.is_in(&line_of(&words_of(line)))));
            if found.len() >= max || rows.len() < READ_AT_ONCE {
                break;
            }
        }
        found.truncate(max);
        Ok(found)
    }
}

/// The term that goes on after one or two letters, if there is one, and all others. Of several
/// words side by side the others stay.
fn split_short(words: &[Term]) -> (Option<Term>, Vec<Term>) {
    let is_short = |term: &&Term| {
        let last = tokens(&term.text).last();
        term.open && last.is_some_and(|last| last.folded.chars().count() <= SHORT_CHARS_MAX)
    };
    let Some(short) = words.iter().find(is_short) else { return (None, words.to_vec()) };
    let start = tokens(&short.text).last().map_or(0, |last| last.place.start);
    let before = short.text.get(..start).unwrap_or_default().to_owned();
    let mut whole: Vec<Term> = words.iter().filter(|term| *term != short).cloned().collect();
    if tokens(&before).next().is_some() {
        whole.push(Term { text: before, open: false });
    }
    (Some(short.clone()), whole)
}

/// Whether the index of words answers a short word soon enough: one of two letters, or a letter of
/// which there are many, as in Chinese.
fn is_asked_for_fast(short: &Term) -> bool {
    let mut words = tokens(&short.text);
    let only = words.next().filter(|_| words.next().is_none());
    only.is_some_and(|word| word.folded.len() > 1)
}

/// The addresses of everybody of whom this is a part.
fn addresses_of(index: &Index, part: &str) -> Addresses {
    let part = super::fold::fold(part);
    Addresses::of(index.people.iter().filter(|person| person.text.contains(&part)))
}

fn keep_if(index: &Index, keep: &mut [bool], mut holds: impl FnMut(&Sent) -> bool) {
    for (kept, sent) in keep.iter_mut().zip(&index.sent) {
        *kept = holds(sent) && *kept;
    }
}

/// The rows of the newest that are kept, after so many others.
fn newest(index: &Index, keep: &[bool], skip: usize, max: usize) -> Vec<i64> {
    let kept = index.sent.iter().zip(keep).filter(|(_, kept)| **kept);
    kept.skip(skip).take(max).map(|(sent, _)| sent.row).collect()
}

fn bringing(has: Has) -> Bringing {
    match has {
        Has::Attachment => Bringing::Attachment,
        Has::Fact => Bringing::Fact,
        Has::Invitation => Bringing::Invitation,
        Has::Price => Bringing::Price,
    }
}

/// The start of a day at Greenwich.
fn micros(day: Date) -> i64 {
    let start = Offset::UTC.to_timestamp(day.to_datetime(jiff::civil::Time::midnight()));
    start.map_or(i64::MAX, jiff::Timestamp::as_microsecond)
}

fn day_of(at: i64, offset_seconds: i64) -> Option<Date> {
    let offset = Offset::from_seconds(i32::try_from(offset_seconds).ok()?).ok()?;
    Some(offset.to_datetime(jiff::Timestamp::from_microsecond(at).ok()?).date())
}
