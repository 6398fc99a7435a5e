//! The mailboxes of participants: what each sent or got, whole and in spans of sixty days.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use inroad_advice::politics::rank::{READERS_MAX, Row, Seen, View, ranks};
use inroad_model::Moment;

use super::data::{Data, Pair};
use super::figures::{Answer, Measured, measured};

const BINS: usize = 10;
/// A mailbox of few people is nearest to a deal.
const PEOPLE_FEW: usize = 20;
const BINS_FEW: usize = 5;
/// A mailbox of fewer letters is left out.
const LETTERS_MIN: usize = 20;
const DAY_SECONDS: i64 = 86_400;
const SPAN_DAYS: i64 = 60;
const STEP_DAYS: i64 = 15;

/// A letter with those who got it.
#[derive(Debug)]
struct Letter {
    from: u32,
    at: Moment,
    to: BTreeSet<u32>,
}

pub(super) fn measure(data: &Data) -> Result<Vec<Measured>> {
    let letters = letters(data);
    let second = |letter: &Letter| letter.at.timestamp().as_second();
    let first = letters.iter().map(second).min().context("There is no mail")?;
    let last = letters.iter().map(second).max().context("There is no mail")?;
    let sixty = (0..).map(|step| first + step * STEP_DAYS * DAY_SECONDS);
    let sixty = sixty.map(|begin| (begin, begin + SPAN_DAYS * DAY_SECONDS));
    let sixty: Vec<(i64, i64)> = sixty.take_while(|(_, end)| *end <= last).collect();
    let mut all = Vec::new();
    for (span, kind, spans) in [
        ("60 days", "60 days", sixty.clone()),
        ("nine months", "9 months", vec![(first, last + 1)]),
    ] {
        for (what, name, pairs) in
            [("chain", "transitive", &data.chain), ("direct", "direct", &data.direct)]
        {
            let answers = answers(data, &letters, &spans, pairs, usize::MAX);
            let beside = |column| data.mailboxes(kind, name, column);
            let reference = format!(
                "copied together {:.3}, volume {:.3}",
                beside("corecipient")?,
                beside("volume")?
            );
            let what = format!("one mailbox, {span}, {what}");
            all.push(measured(&what, &reference, &answers, BINS)?);
        }
    }
    let few = answers(data, &letters, &sixty, &data.chain, PEOPLE_FEW);
    let what = format!("one mailbox of at most {PEOPLE_FEW} people, 60 days, chain");
    all.push(measured(&what, "", &few, BINS_FEW)?);
    Ok(all)
}

/// All letters that are no announcements.
fn letters(data: &Data) -> Vec<Letter> {
    let mut readers: BTreeMap<(u32, Moment), BTreeSet<u32>> = BTreeMap::new();
    let people = |row: &&Row<u32>| {
        row.from != row.to && data.known.contains(&row.from) && data.known.contains(&row.to)
    };
    for row in data.rows.iter().filter(people) {
        readers.entry((row.from, row.at)).or_default().insert(row.to);
    }
    let letters = readers.into_iter().map(|((from, at), to)| Letter { from, at, to });
    letters.filter(|letter| letter.to.len() <= READERS_MAX).collect()
}

/// What each mailbox of at most so many people says in each span of the pairs that are in it.
fn answers(
    data: &Data,
    letters: &[Letter],
    spans: &[(i64, i64)],
    pairs: &[Pair],
    people_max: usize,
) -> Vec<Answer> {
    let mut answers = Vec::new();
    for owner in &data.known {
        let own = |letter: &&Letter| letter.from == *owner || letter.to.contains(owner);
        let own: Vec<&Letter> = letters.iter().filter(own).collect();
        for (begin, end) in spans {
            let within =
                |letter: &&&Letter| (*begin..*end).contains(&letter.at.timestamp().as_second());
            let own: Vec<&&Letter> = own.iter().filter(within).collect();
            if own.len() < LETTERS_MIN {
                continue;
            }
            let rows = own.iter().flat_map(|letter| {
                letter.to.iter().map(|to| Row { from: letter.from, to: *to, at: letter.at })
            });
            let rows: Vec<Row<u32>> = rows.collect();
            let view = View::Mailbox(*owner);
            let ranks = ranks(&Seen { rows: &rows, known: &data.known, said: &[], view });
            let there = |who: &u32| ranks.score(who).is_some();
            if data.known.iter().filter(|who| there(who)).count() > people_max {
                continue;
            }
            let there = pairs.iter().filter(|pair| there(&pair.lower) && there(&pair.higher));
            answers.extend(there.map(|pair| Answer::of(&ranks, *pair, *owner)));
        }
    }
    answers
}
