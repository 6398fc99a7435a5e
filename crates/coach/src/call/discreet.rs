//! What a report shows of private words: the place, and the days at most; never the illness, the grief or
//! the family. What is private, [`inroad_language::private`] decides.
//!
//! Must not: change what is counted, found or concluded of a call.

use inroad_language::{private, sentences};

/// Whether a sentence is private.
pub(super) fn is_private(sentence: &str) -> bool {
    private::is_private(sentence)
}

/// What may be shown of a quote out of a sentence; empty where nothing may. A few words of a private
/// sentence are private too.
pub(super) fn quote(quote: &str, sentence: &str) -> String {
    if is_private(sentence) { of_private(quote) } else { quote.to_owned() }
}

/// What may be shown of a quote out of a private sentence.
pub(super) fn of_private(quote: &str) -> String {
    private::shown(quote).unwrap_or_default().to_owned()
}

/// What may be shown of the beginning of a text, of which the last sentence may be cut.
pub(super) fn beginning(quoted: &str, text: &str) -> String {
    let ranges = sentences::ranges(text).into_iter();
    let begun = ranges.take_while(|range| range.start < quoted.len());
    let end = begun.last().map_or(quoted.len(), |range| range.end);
    quote(quoted, text.get(..end).unwrap_or(text))
}
