//! Which elements hold somebody else's words: the marks that mail programs put on quotes.
//!
//! Must not: look at words; only at tags.

use super::token::Tag;

/// How an element takes part in quoting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quoting {
    /// Not at all.
    No,
    /// Its content is quoted.
    Content,
    /// It is the head of a quote that reaches to the end of the mail.
    Rest,
}

/// Parts of `class`, `id`, `name` or `data-marker` of elements whose content is quoted.
const CONTENT_MARKS: [&str; 18] = [
    "gmail_attr",
    "gmail_forward",
    "moz-cite-prefix",
    "moz-forward-container",
    "yahoo_quoted",
    "protonmail_quote",
    "tutanota_quote",
    "zmail_extra",
    "io-ox-quote",
    "ox-quote",
    "front-blockquote",
    "missive_quote",
    "messagereplysection",
    "mail-editor-reference-message-container",
    "ms-outlook-mobile-reference-message",
    "reply-intro",
    "airmail_ext_on",
    "replied-message",
];

/// Marks of elements from which on everything is quoted.
const REST_MARKS: [&str; 4] = ["divrplyfwdmsg", "outlookmessageheader", "zwchr", "__divider__"];

/// Judges a `div`, a `blockquote` or an `hr`. `rest` is the markup behind it.
pub(super) fn of(tag: &Tag<'_>, rest: &str) -> Quoting {
    let is_blockquote = tag.is("blockquote");
    if is_blockquote && !is_indentation(tag) {
        return Quoting::Content;
    }
    for name in ["class", "id", "name", "data-marker"] {
        let Some(value) = tag.attribute(name) else { continue };
        if contains_any(value, &REST_MARKS) {
            return Quoting::Rest;
        }
        if contains_any(value, &["gmail_attr"]) && starts_forward(rest) {
            // The element around it is quoted.
            return Quoting::No;
        }
        if contains_any(value, &CONTENT_MARKS) || is_gmail_forward(value, rest) {
            return Quoting::Content;
        }
    }
    if is_outlook_head(tag, rest) { Quoting::Rest } else { Quoting::No }
}

/// Gmail wraps a reply and a forward alike, but only the quotes of a reply are blockquotes; the
/// head of a forward starts with dashes in every language.
fn is_gmail_forward(value: &str, rest: &str) -> bool {
    if !contains_any(value, &["gmail_quote"]) {
        return false;
    }
    let head: String = rest.chars().take(300).collect();
    head.split_once("gmail_attr")
        .and_then(|(_, head)| head.split_once('>'))
        .is_some_and(|(_, words)| starts_forward(words))
}

fn starts_forward(words: &str) -> bool {
    words.trim_start().starts_with("-----")
}

/// Gmail and Apple Mail use a blockquote without a border to indent one's own words.
fn is_indentation(tag: &Tag<'_>) -> bool {
    let plain = tag.attribute("type").is_none() && tag.attribute("class").is_none();
    plain
        && tag.attribute("style").is_some_and(|style| {
            let style = without_blanks(style);
            style.contains("border:none") && style.contains("margin:00040px")
        })
}

/// Outlook puts a line above the head of the quoted mail, and the labels of the head in bold.
fn is_outlook_head(tag: &Tag<'_>, rest: &str) -> bool {
    let Some(style) = tag.attribute("style") else { return false };
    if !style.contains("order-top") {
        return false;
    }
    let style = without_blanks(style);
    let line = style.contains("border:none;") && style.contains("border-top:solid");
    if !line || !style.contains("padding:3.0pt") && !style.contains("padding:3pt") {
        return false;
    }
    let head: String = rest.chars().take(600).collect::<String>().to_ascii_lowercase();
    (head.contains("<b>") || head.contains("<b ") || head.contains("<strong")) && head.contains(':')
}

fn without_blanks(style: &str) -> String {
    let style = style.chars().take(400).filter(|c| !c.is_whitespace());
    style.collect::<String>().to_ascii_lowercase()
}

fn contains_any(value: &str, marks: &[&str]) -> bool {
    let value: String = value.chars().take(200).collect::<String>().to_ascii_lowercase();
    marks.iter().any(|mark| value.contains(mark))
}
