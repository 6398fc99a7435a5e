//! One message, as it was understood: the writer's words with the telling ones marked, then the
//! rest folded away.

use std::ops::Range;

use inroad_model::{Mailbox, Source};
use inroad_service::Reading;
use maud::{Markup, html};

use super::cues;
use crate::parts;
use crate::visit::Visit;

/// The part of the page below its frame. Nothing of the mail is markup, and nothing is loaded.
/// `meant` are the words for which it was opened.
pub(crate) fn message(
    title: &str,
    reading: &Reading,
    meant: Option<&str>,
    visit: &Visit,
) -> Markup {
    let message = &reading.message;
    let telling = cues::telling(reading);
    let numbers = (1..).zip(&telling).map(|(at, one)| (one.end, cues::number(at, one)));
    let numbers: Vec<(usize, Markup)> = numbers.collect();
    let as_written = format!("/messages/{}/as-written", parts::escape(message.id.as_str()));
    html! {
        h1 { (title) }
        p.lead {
            (message.from.as_ref().map_or("nobody named", Mailbox::label))
            @if !message.to.is_empty() { " to " (names(&message.to)) }
            @if !message.cc.is_empty() { ", copy to " (names(&message.cc)) }
            " · " (parts::day(message.date))
        }
        div.mail { (marked(&reading.new_text, &quotes(reading), meant, &numbers)) }
        (cues::list(reading, &telling, visit))
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

/// A text with some of its passages marked, and with numbers behind those of its bytes.
fn marked(text: &str, quotes: &[&str], meant: Option<&str>, numbers: &[(usize, Markup)]) -> Markup {
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
    let mut between = starts.zip(ends).map(|(start, end)| start..end);
    html! {
        @if let Some(first) = between.next() { (numbered(text, first, numbers)) }
        @for (range, after) in ranges.iter().zip(between) {
            mark id=[(meant.as_ref() == Some(range)).then_some("words")] { (numbered(text, range.clone(), numbers)) }
            (numbered(text, after, numbers))
        }
    }
}

/// A passage with the numbers behind those of its bytes.
fn numbered(text: &str, range: Range<usize>, numbers: &[(usize, Markup)]) -> Markup {
    let here = numbers.iter().filter(|(end, _)| range.start < *end && *end <= range.end);
    let mut from = range.start;
    html! {
        @for (end, number) in here {
            (text.get(std::mem::replace(&mut from, *end)..*end).unwrap_or_default()) (number)
        }
        (text.get(from..range.end).unwrap_or_default())
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
        assert_eq!(marked(text, quotes, None, &[]).into_string(), expected);
    }

    #[test]
    fn the_words_for_which_it_was_opened_are_a_place() {
        let page = marked("a b c d", &["b c"], Some("c d"), &[]).into_string();
        assert_eq!(page, "a b <mark id=\"words\">c d</mark>");
    }

    #[test]
    fn numbers_stand_behind_their_sentences_also_within_marks() {
        let numbers = [(5, html! { "1" }), (8, html! { "2" })];
        let page = marked("Yes. No. Bye", &["No. Bye"], None, &numbers[1..]).into_string();
        assert_eq!(page, "Yes. <mark>No.2 Bye</mark>");
        let page = marked("Yes. No. Bye", &["No."], None, &numbers).into_string();
        assert_eq!(page, "Yes. 1<mark>No.2</mark> Bye");
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
