//! Readings of a story as a language model might have given them: right ones, made from the truth
//! and the letters, and several kinds of garbage. They are replayed to measure what a second
//! reading is worth, and what a bad one can do.
//!
//! A right one names the causes of the truth and quotes the letters by which the story says that
//! one knows. It is as good as a reading can be, so figures made with it are a ceiling.

use inroad_model::{Cause, Moment};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::build::message_id;
use crate::letter::{address, moment};
use crate::story::{Deal, Letter, Story, TrueDeal};

/// What kind of reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// The true causes, with words that stand in the letters.
    Right,
    /// Other causes, with words that stand nowhere.
    FalseQuotes,
    /// Other causes, with words that stand in the letters: the worst that can happen.
    WrongCauses,
    /// All causes alike, with words that stand in the letters.
    AllAlike,
}

/// Quotes for a cause at most.
const QUOTES_MAX: usize = 3;
/// What a model gives its first cause, and the one after it.
const SHARES: [f64; 2] = [0.75, 0.15];
/// A sentence of so many characters says something.
const SENTENCE_CHARS: std::ops::RangeInclusive<usize> = 20..=240;

/// The answers to a story's deals, each by its id. The same story gives the same answers.
pub fn recorded(story: &Story, reading: Reading) -> Vec<(String, Value)> {
    let answer = |truth: &TrueDeal| {
        let deal = story.deals.iter().find(|deal| deal.id == truth.id)?;
        Some((truth.id.clone(), answer(story, deal, truth, reading)))
    };
    story.truth.deals.iter().filter_map(answer).collect()
}

/// The same as the file that `inroad review --second-reading` takes.
pub fn recording_file(story: &Story, reading: Reading) -> String {
    let readings: serde_json::Map<String, Value> = recorded(story, reading).into_iter().collect();
    json!({"model": "stand-in", "readings": readings}).to_string()
}

fn answer(story: &Story, deal: &Deal, truth: &TrueDeal, reading: Reading) -> Value {
    let findings: Vec<Value> = sentences(story, deal, truth)
        .into_iter()
        .take(QUOTES_MAX)
        .map(|(message, quote)| {
            let quote = if reading == Reading::FalseQuotes { reversed(&quote) } else { quote };
            json!({"message": message, "quote": quote, "says": "It shows in these words"})
        })
        .collect();
    let of = |cause: &Cause, probability: f64| json!({"cause": cause.as_str(), "probability": probability, "for": findings, "against": []});
    let causes: Vec<Value> = match reading {
        Reading::Right => truth.causes.iter().zip(SHARES).map(|(c, share)| of(c, share)).collect(),
        Reading::AllAlike => Cause::ALL.iter().map(|cause| of(cause, 0.9)).collect(),
        Reading::FalseQuotes | Reading::WrongCauses => {
            wrong(story, truth).iter().zip(SHARES).map(|(cause, share)| of(cause, share)).collect()
        }
    };
    json!({"causes": causes, "resistor": truth.resistor, "levers": truth.levers,
        "decision_maker": truth.decision_maker, "question": null})
}

/// Causes that the truth does not name, by a count over the story's name so that they differ from
/// story to story.
fn wrong(story: &Story, truth: &TrueDeal) -> Vec<Cause> {
    let name = story.slug.bytes().chain(truth.id.bytes());
    let from = name.fold(7_usize, |sum, byte| (sum * 31 + usize::from(byte)) % 9973);
    let around = Cause::ALL.iter().cycle().skip(from % Cause::ALL.len()).step_by(5);
    around.filter(|cause| !truth.causes.contains(cause)).take(SHARES.len()).copied().collect()
}

/// Words that stand nowhere, and look as if they might.
fn reversed(quote: &str) -> String {
    quote.split_whitespace().rev().collect::<Vec<_>>().join(" ")
}

/// Sentences that show it, with their places: out of their letters that the truth cites, latest
/// first, else out of their latest letters, else out of ours; then out of notes.
fn sentences(story: &Story, deal: &Deal, truth: &TrueDeal) -> Vec<(String, String)> {
    let end = moment(&story.as_of).map(Moment::timestamp);
    let mut letters: Vec<(Option<Timestamp>, &Letter)> = story
        .mail
        .iter()
        .map(|letter| (moment(&letter.date).map(Moment::timestamp), letter))
        .collect();
    letters.retain(|(at, letter)| *at <= end && concerns(deal, letter));
    letters.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    let theirs = |letter: &Letter| is_theirs(deal, address(&letter.from));
    let cites = |letter: &Letter| {
        truth.why.split(|c: char| !c.is_alphanumeric()).any(|word| word == letter.id)
    };
    let any = |_: &Letter| true;
    let ranks: [&dyn Fn(&Letter) -> bool; 3] =
        [&|letter| cites(letter) && theirs(letter), &theirs, &any];
    let said = |rank: &dyn Fn(&Letter) -> bool| -> Vec<(String, String)> {
        let ranked = letters.iter().filter(|(_, letter)| rank(letter));
        let place = |letter| format!("<{}>", message_id(story, letter));
        ranked.filter_map(|(_, letter)| Some((place(letter), longest(&letter.body)?))).collect()
    };
    let mut found = ranks.into_iter().map(said).find(|found| !found.is_empty()).unwrap_or_default();
    let noted = |date| end.is_none_or(|end| jiff::tz::Offset::UTC.to_datetime(end).date() > date);
    let notes = deal.notes.iter().rev().filter(|note| noted(note.date));
    found.extend(
        notes.filter_map(|note| Some((format!("note:{}", note.date), longest(&note.text)?))),
    );
    found
}

fn concerns(deal: &Deal, letter: &Letter) -> bool {
    let everybody = std::iter::once(&letter.from).chain(&letter.to).chain(&letter.cc);
    everybody.into_iter().any(|who| is_theirs(deal, address(who)))
}

fn is_theirs(deal: &Deal, email: &str) -> bool {
    let email = email.to_lowercase();
    let at_firm = email.rsplit_once('@').is_some_and(|(_, domain)| domain == deal.domain);
    at_firm || deal.people.iter().any(|person| person.email.to_lowercase() == email)
}

/// The longest sentence that the writer added and that stands on lines of its own words: before a
/// quoted answer begins.
fn longest(body: &str) -> Option<String> {
    let own: Vec<&str> = body
        .lines()
        .take_while(|line| !line.starts_with('>') && !line.trim_end().ends_with("wrote:"))
        .collect();
    let paragraphs = own.split(|line| line.trim().is_empty()).map(|lines| lines.join(" "));
    let sentences = paragraphs.flat_map(|text| {
        let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
        folded.split_inclusive(['.', '?', '!']).map(|s| s.trim().to_owned()).collect::<Vec<_>>()
    });
    let fitting = sentences.filter(|s| SENTENCE_CHARS.contains(&s.chars().count()));
    fitting.max_by_key(|sentence| sentence.chars().count())
}
