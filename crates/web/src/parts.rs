//! Small pieces that several pages show.

use inroad_advice::DealReview;
use inroad_advice::evidence::Evidence;
use inroad_model::{DealId, EmailAddress, MessageId, Moment, Source, State};
use jiff::civil::Date;
use maud::{Markup, html};

/// A state as a coloured word; the word alone says it too.
pub(crate) fn state(state: State) -> Markup {
    html! { span class={ "state " (state.as_str()) } { (state.as_str()) } }
}

/// A day, or a dash.
pub(crate) fn day(moment: Option<Moment>) -> Markup {
    html! {
        @if let Some(moment) = moment {
            time datetime=(moment.to_string()) { (moment.date().strftime("%-d %b %Y").to_string()) }
        } @else {
            span.quiet { "not yet" }
        }
    }
}

/// A sum, without cents, with thin spaces between thousands.
pub(crate) fn sum(deal: &DealReview) -> Option<String> {
    let value = deal.value.filter(|value| value.is_finite() && value.abs() < 1e15)?;
    let sum = grouped(value);
    Some(format!("{sum} {}", deal.currency.as_deref().unwrap_or("")).trim().to_owned())
}

/// A number without cents, with thin spaces between thousands.
pub(crate) fn grouped(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let mut grouped = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n) % 3 == 0 {
            grouped.push('\u{202f}');
        }
        grouped.push(digit);
    }
    let sign = if value < 0.0 { "−" } else { "" };
    format!("{sign}{grouped}")
}

/// Whether the messages that are pointed at have pages to go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Links {
    /// On the server.
    Pages,
    /// In a file of its own.
    None,
}

/// A conclusion with the words that show it.
pub(crate) fn evidence(evidence: &Evidence, links: Links) -> Markup {
    html! {
        li {
            span { (evidence.says) }
            @if let Some(quote) = &evidence.quote {
                blockquote { (quote) }
            }
            (words_at(&evidence.message, evidence.quote.as_deref(), links))
        }
    }
}

/// So much of a quote is enough to find it in its message.
const WORDS_CHARS_MAX: usize = 80;

/// The address of a message; with the words that are meant, it opens with them marked.
pub(crate) fn message_link(id: &MessageId, words: Option<&str>) -> String {
    let link = format!("/messages/{}", escape(id.as_str()));
    match words.map(beginning) {
        Some(words) if !words.is_empty() => format!("{link}?words={}#words", escape(words)),
        _ => link,
    }
}

/// The first words of a text, none of them cut where there is more than one.
fn beginning(text: &str) -> &str {
    let text = text.trim();
    let Some((end, _)) = text.char_indices().nth(WORDS_CHARS_MAX) else { return text };
    let cut = text.get(..end).unwrap_or(text);
    cut.rsplit_once(char::is_whitespace).map_or(cut, |(words, _)| words).trim_end()
}

/// The page of a person.
pub(crate) fn person_link(email: &EmailAddress) -> String {
    format!("/people/{}", escape(email.as_str()))
}

/// A day in words.
pub(crate) fn date(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

/// Where a message stands.
pub(crate) fn place(source: &Source, links: Links) -> Markup {
    words_at(source, None, links)
}

/// Where words stand.
pub(crate) fn words_at(source: &Source, words: Option<&str>, links: Links) -> Markup {
    html! {
        small.quiet {
            @match (source, links) {
                (Source::Message(id), Links::Pages) => {
                    a href=(message_link(id, words)) { "Read the message" }
                }
                (Source::Message(id), Links::None) => { "message <" (id.as_str()) ">" }
                (Source::Note(date), _) => {
                    "your note of " (date.strftime("%-d %B %Y").to_string())
                }
                (Source::Own(date), _) => {
                    "your own word of " (date.strftime("%-d %B %Y").to_string())
                }
                (Source::Contact(email), _) => { "your contact " (email.as_str()) }
            }
        }
    }
}

/// The page of a deal.
pub(crate) fn deal_link(id: &DealId) -> String {
    format!("/deals/{}", escape(id.as_str()))
}

/// The page of a firm.
pub(crate) fn account_link(domain: &str) -> String {
    format!("/accounts/{}", escape(domain))
}

/// An identifier as a part of a link.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~@".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            escaped.push('%');
            for digit in [byte >> 4, byte & 15] {
                escaped.extend(char::from_digit(digit.into(), 16));
            }
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_begin_whole() {
        let (word, other) = ("a".repeat(70), "b".repeat(20));
        for (text, expected) in [
            (" two words ", "two words"),
            (&format!("{word} {other}"), &word),
            (&"c".repeat(90), &"c".repeat(80)),
        ] {
            assert_eq!(beginning(text), expected);
        }
    }
}
