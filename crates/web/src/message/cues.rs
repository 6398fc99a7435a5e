//! What the sentences of a letter tell between the lines, each with a way to say that it is wrong.
//!
//! A sentence bears the same number in the text and in the list.

use inroad_model::{Cue, FoundCue, MessageId};
use inroad_service::{CueChange, Reading};
use maud::{Markup, html};

use super::correcting::{FIELD_CUE, FIELD_SAYS, FIELD_SENTENCE, Says};
use crate::forms::hidden;
use crate::parts;
use crate::visit::Visit;

/// The place of the list on its page.
const PLACE: &str = "between";
/// So much of a sentence stands in the choice of sentences.
const CHOICE_CHARS: usize = 70;

/// A sentence that tells something, or would without a correction.
#[derive(Debug)]
pub(super) struct Telling<'r> {
    /// Its end, in bytes of the new text.
    pub(super) end: usize,
    quote: &'r str,
    told: Vec<&'r FoundCue>,
    changes: Vec<&'r CueChange>,
}

/// The telling sentences of a letter, in their order; they are numbered from 1.
pub(super) fn telling(reading: &Reading) -> Vec<Telling<'_>> {
    let mut ranges: Vec<(usize, usize, &str)> = reading
        .cues
        .iter()
        .map(|found| (found.range.start, found.range.end, found.quote.as_str()))
        .chain(reading.changes.iter().map(|c| (c.range.start, c.range.end, c.quote.as_str())))
        .collect();
    ranges.sort_unstable();
    ranges.dedup_by_key(|(start, ..)| *start);
    let of = |(start, end, quote)| Telling {
        end,
        quote,
        told: reading.cues.iter().filter(|found| found.range.start == start).collect(),
        changes: reading.changes.iter().filter(|change| change.range.start == start).collect(),
    };
    ranges.into_iter().map(of).collect()
}

/// The number of a sentence behind it, as it stands in the text.
pub(super) fn number(number: usize, telling: &Telling<'_>) -> Markup {
    let says: Vec<&str> = telling.told.iter().map(|found| found.cue.says()).collect();
    let title = if says.is_empty() {
        "You corrected this sentence".to_owned()
    } else {
        format!("This sentence {}", says.join(", "))
    };
    html! { sup.cue { a href={ "#cue-" (number) } title=(title) { (number) } } }
}

/// The list below the text, and the choice to say what else a sentence tells.
pub(super) fn list(reading: &Reading, telling: &[Telling<'_>], visit: &Visit) -> Markup {
    let to = To { id: &reading.message.id, visit };
    html! {
        @if !reading.sentences.is_empty() {
            h2 id=(PLACE) { "Between the lines" }
            @if telling.is_empty() {
                p.quiet { "No sentence seems to tell anything between the lines." }
            } @else {
                p.quiet {
                    "A guess from the words alone, sentence by sentence. Where it is wrong, say so: the \
                     sentence counts as you say, and those like it are read with it."
                }
                ol.cues {
                    @for (number, sentence) in (1..).zip(telling) {
                        li id={ "cue-" (number) } { (one(sentence, &to)) }
                    }
                }
            }
            (more(reading, &to))
        }
    }
}

/// Where corrections are sent to.
struct To<'v> {
    id: &'v MessageId,
    visit: &'v Visit,
}

impl To<'_> {
    fn form(&self, fields: &Markup) -> Markup {
        let address = self.visit.address.split('#').next().unwrap_or_default();
        html! {
            form.correct method="post" action={ "/messages/" (parts::escape(self.id.as_str())) "/correct" } {
                (hidden(&self.visit.form_key, &format!("{address}#{PLACE}")))
                (fields)
            }
        }
    }

    /// One key that says one thing of a sentence and a cue.
    fn key(&self, label: &str, quote: &str, cue: Cue, says: Says) -> Markup {
        let about = format!("{label}: it {}", cue.says());
        self.form(&html! {
            input type="hidden" name=(FIELD_SENTENCE) value=(quote);
            input type="hidden" name=(FIELD_CUE) value=(cue.as_str());
            button type="submit" name=(FIELD_SAYS) value=(says.as_str()) aria-label=(about) { (label) }
        })
    }
}

fn one(sentence: &Telling<'_>, to: &To<'_>) -> Markup {
    let quote = sentence.quote;
    let why = |cue: Cue| sentence.changes.iter().find(|change| change.cue == cue);
    let not_any_more = sentence.changes.iter().filter(|change| !change.holds);
    html! {
        "“" (quote) "”"
        ul {
            @for found in &sentence.told {
                li {
                    "It " (found.cue.says()) ". "
                    @match why(found.cue) {
                        Some(change) if change.is_same => {
                            span.quiet { "You said so on " (day(change)) ". " }
                            (to.key("Take back", quote, found.cue, Says::Undo))
                        }
                        change => {
                            @if let Some(change) = change { (because(change)) }
                            (to.key("Wrong", quote, found.cue, Says::No))
                        }
                    }
                }
            }
            @for change in not_any_more {
                li {
                    "Not that it " (change.cue.says()) ". "
                    @if change.is_same {
                        span.quiet { "You said so on " (day(change)) ". " }
                        (to.key("Take back", quote, change.cue, Says::Undo))
                    } @else {
                        (because(change))
                        (to.key("It does", quote, change.cue, Says::Yes))
                    }
                }
            }
        }
    }
}

fn because(change: &CueChange) -> Markup {
    html! {
        span.quiet {
            "Read so because you corrected "
            a href={ "/messages/" (parts::escape(change.by.message.as_str())) } { "a similar sentence" }
            " on " (day(change)) ". "
        }
    }
}

fn day(change: &CueChange) -> Markup {
    parts::day(Some(change.by.told_at))
}

/// What a sentence tells besides.
fn more(reading: &Reading, to: &To<'_>) -> Markup {
    html! {
        details.correct {
            summary { "A sentence tells something else" }
            (to.form(&html! {
                label {
                    "The sentence"
                    select name=(FIELD_SENTENCE) {
                        @for sentence in &reading.sentences {
                            option value=(sentence) { (shortened(sentence)) }
                        }
                    }
                }
                label {
                    "It also …"
                    select name=(FIELD_CUE) {
                        @for cue in Cue::ALL { option value=(cue.as_str()) { (cue.says()) } }
                    }
                }
                button type="submit" name=(FIELD_SAYS) value=(Says::Yes.as_str()) { "Say so" }
            }))
        }
    }
}

fn shortened(sentence: &str) -> String {
    let mut chars = sentence.chars();
    let mut short: String = chars.by_ref().take(CHOICE_CHARS).collect();
    if chars.next().is_some() {
        short.push('…');
    }
    short
}
