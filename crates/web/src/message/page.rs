//! One message, as it was understood: the writer's words with the telling ones marked, then the
//! rest folded away.

use std::ops::Range;

use inroad_model::{Mailbox, Source};
use inroad_service::Reading;
use maud::{Markup, html};

use crate::parts;

/// The part of the page below its frame. Nothing of the mail is markup, and nothing is loaded.
/// `meant` are the words for which it was opened.
pub(crate) fn message(title: &str, reading: &Reading, meant: Option<&str>) -> Markup {
    let message = &reading.message;
    let as_written = format!("/messages/{}/as-written", parts::escape(message.id.as_str()));
    html! {
        h1 { (title) }
        p.lead {
            (message.from.as_ref().map_or("nobody named", Mailbox::label))
            @if !message.to.is_empty() { " to " (names(&message.to)) }
            @if !message.cc.is_empty() { ", copy to " (names(&message.cc)) }
            " · " (parts::day(message.date))
        }
        div.mail { (marked(&reading.new_text, &quotes(reading), meant)) }
        @if !reading.cues.is_empty() {
            h2 { "Between the lines" }
            p.quiet { "A guess from the words alone, sentence by sentence." }
            ul {
                @for cue in &reading.cues { li { "It " (cue.cue.says()) ": “" (cue.quote) "”" } }
            }
        }
        @for (name, text) in [("Signature", &reading.signature_text), ("Quoted", &reading.quoted_text)] {
            @if !text.is_empty() {
                details { summary { (name) } div.mail.quiet { (text) } }
            }
        }
        p { a href=(as_written) { "As it was written" } " · " a href="/" { "To the review" } }
    }
}

fn names(people: &[Mailbox]) -> String {
    people.iter().map(Mailbox::label).collect::<Vec<_>>().join(", ")
}

/// The words that state something.
fn quotes(reading: &Reading) -> Vec<&str> {
    let in_mail = |fact: &&inroad_model::Fact| matches!(fact.source, Source::Message(_));
    reading.facts.iter().filter(in_mail).map(|fact| fact.quote.as_str()).collect()
}

/// A text with some of its passages marked.
fn marked(text: &str, quotes: &[&str], meant: Option<&str>) -> Markup {
    let meant = meant.and_then(|words| find_folded(text, words));
    let mut ranges: Vec<Range<usize>> =
        quotes.iter().filter_map(|quote| find_folded(text, quote)).collect();
    ranges.retain(|range| {
        meant.as_ref().is_none_or(|m| range.end <= m.start || m.end <= range.start)
    });
    ranges.extend(meant.clone());
    ranges.sort_by_key(|range| range.start);
    ranges.dedup_by(|next, kept| next.start < kept.end);
    let starts = std::iter::once(0).chain(ranges.iter().map(|range| range.end));
    let ends = ranges.iter().map(|range| range.start).chain(std::iter::once(text.len()));
    let mut between = starts.zip(ends).map(|(start, end)| text.get(start..end));
    html! {
        (between.next().flatten().unwrap_or_default())
        @for (range, after) in ranges.iter().zip(between) {
            mark id=[(meant.as_ref() == Some(range)).then_some("words")] { (text.get(range.clone()).unwrap_or_default()) }
            (after.unwrap_or_default())
        }
    }
}

/// Where a passage stands, whatever white space lies between its words.
fn find_folded(text: &str, passage: &str) -> Option<Range<usize>> {
    let words: Vec<&str> = passage.split_whitespace().collect();
    let first = words.first()?;
    text.match_indices(first).find_map(|(start, _)| {
        let mut rest = text.get(start..)?;
        for word in &words {
            rest = rest.trim_start().strip_prefix(word)?;
        }
        Some(start..text.len() - rest.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, quotes: &[&str], expected: &str) {
        assert_eq!(marked(text, quotes, None).into_string(), expected);
    }

    #[test]
    fn the_words_for_which_it_was_opened_are_a_place() {
        let page = marked("a b c d", &["b c"], Some("c d")).into_string();
        assert_eq!(page, "a b <mark id=\"words\">c d</mark>");
    }

    #[test]
    fn marks_words_across_lines_and_escapes_the_rest() {
        check(
            "<b> I am away\nuntil Monday. Bye",
            &["I am away until Monday."],
            "&lt;b&gt; <mark>I am away\nuntil Monday.</mark> Bye",
        );
        check("a b c", &["b", "b"], "a <mark>b</mark> c");
        check("a b c", &["x"], "a b c");
    }
}
